/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "ask.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "observe/holders.h"
#include "record.h"
#include "report/words.h"
#include "time/civil.h"
#include "time/now.h"

struct drift {
    struct holders holders;
    struct store *timeline;
    struct targets targets;
    struct pg *pg;
    struct secret current;
    struct verifier verifier;
    bool has_verifier;
    struct changed changed;
    uint8_t key[SHA256_LEN];
    unsigned unread;
};

/* One incident, one key: equal secrets show the same fingerprint wherever they are met, and
 * nobody without the timeline can try passwords against a report. */
static enum status
find_key(struct drift *d)
{
    struct str kept = d->timeline ? store_get(d->timeline, "redaction key") : STR("");
    enum status st;

    if (kept.n == sizeof(d->key)) {
        memcpy(d->key, kept.p, kept.n);
        return OK;
    }
    st = random_bytes(d->key, sizeof(d->key));
    if (st == OK && d->timeline)
        st = store_set(d->timeline, "redaction key",
                       (struct str){ (const char *)d->key, sizeof(d->key) });
    return st;
}

/* What the server keeps, if this session may see it. */
static enum status
ask_verifier(struct drift *d, const char *role)
{
    struct pg_rows rows = { 0 };
    enum status st =
        pg_ask(d->pg, "select rolpassword from pg_catalog.pg_authid where rolname = $1", &role,
               1, &rows);

    if (st == ERR_CONFLICT) {
        options_say("what the server keeps may not be seen (%s): judging by times", err_text());
        return OK;
    }
    if (st != OK)
        return st;
    if (rows.rows == 1)
        d->has_verifier = verifier_read(pg_cell(&rows, 0, 0), &d->verifier);
    pg_rows_done(&rows);
    return OK;
}

static enum status
ask_reference(struct drift *d)
{
    enum status st = OK;

    if (args.current)
        st = secret_read(&d->current, args.current);
    if (st == OK && args.database) {
        st = targets_read_one(&d->targets, args.database);
        if (st == OK)
            st = ask_open(&d->pg, &d->targets);
        if (st == OK)
            st = ask_verifier(d, ask_role(&d->targets));
    }
    if (st != OK)
        return st;
    d->holders.role = args.role ? args.role : d->targets.len ? d->targets.all[0].role : NULL;
    d->holders.variable = args.variable;
    if (args.rotated || d->timeline || d->pg)
        st = d->holders.role ? ask_changed(&d->changed, &d->targets, d->timeline, d->pg) : OK;
    return st;
}

/* A holder that cannot be read is said and counted: the others still answer. */
static enum status
read_all(struct drift *d, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        enum status st = holders_add(&d->holders, argv[i]);

        if (st == ERR_USAGE)
            return st;
        if (st != OK) {
            options_say("%s", err_text());
            d->unread++;
        }
    }
    return OK;
}

static void
judge(struct drift *d)
{
    struct holder_reference r = {
        .verifier = d->has_verifier ? &d->verifier : NULL,
        .current = args.current ? &d->current : NULL,
        .rotated = d->changed.known ? &d->changed.when : NULL,
        .before = args.before,
    };

    holders_judge(&d->holders, &r);
}

static const char *
fingerprint(const struct drift *d, const struct holder *one, char room[FINGERPRINT_LEN])
{
    if (!one->has_secret)
        return NULL;
    secret_fingerprint(&one->secret, (struct str){ (const char *)d->key, sizeof(d->key) },
                       room);
    return room;
}

static void
add_stamp(struct json *w, const char *key, bool known, struct span when)
{
    AUTO(strbuf) text = { .max = 64 };

    civil_print(&text, span_mid(when), 6);
    if (known)
        json_str(w, key, strbuf_str(&text));
    else
        json_null(w, key);
}

static void
add_json(struct strbuf *out, const struct drift *d, const struct holder *one)
{
    struct json *w = &(struct json){ .out = out };
    char tag[FINGERPRINT_LEN];

    json_object(w, NULL);
    json_str(w, "holder", one->name);
    json_text(w, "kind", one->kind);
    json_text(w, "fingerprint", fingerprint(d, one, tag));
    add_stamp(w, "changed", one->has_changed, one->changed);
    json_text(w, "state", holder_state_names[one->state]);
    json_maybe(w, "why", one->why);
    add_stamp(w, "taken", one->has_taken, one->taken);
    json_maybe(w, "source", one->source);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

static void
add_cell(struct strbuf *out, struct str text, size_t width)
{
    size_t start = out->n;

    utf8_show(out, text, false);
    strbuf_fill(out, ' ', out->n - start < width ? width - (out->n - start) : 2);
}

static void
add_when(struct strbuf *out, const struct holder *one)
{
    AUTO(strbuf) when = { .max = 64 };

    if (one->has_changed)
        words_clock(&when, one->changed, WORDS_DATE_TIME);
    else if (one->has_taken) {
        strbuf_adds(&when, "began ");
        words_clock(&when, (struct span){ one->taken.low, one->taken.low + NS_PER_S },
                    WORDS_DATE_TIME);
    }
    add_cell(out, when.n ? str_head(strbuf_str(&when), 26) : STR("-"), 28);
}

static void
add_line(struct strbuf *out, const struct drift *d, const struct holder *one, size_t width)
{
    char tag[FINGERPRINT_LEN];
    const char *shown = fingerprint(d, one, tag);

    add_cell(out, one->name, width);
    add_cell(out, str_of(shown ? shown : "?"), 10);
    add_when(out, one);
    output_styled(out, one->state == HOLDER_STALE ? STYLE_BAD : STYLE_PLAIN,
                  str_of(holder_state_names[one->state]));
    if (one->why.n > 0)
        strbuf_adds(out, ": ");
    utf8_show(out, one->why, false);
    strbuf_addc(out, '\n');
}

static size_t
count(const struct drift *d, enum holder_state state)
{
    size_t n = 0;

    for (size_t i = 0; i < d->holders.len; i++)
        n += d->holders.all[i].state == state;
    return n;
}

static void
add_head(struct strbuf *out, const struct drift *d, size_t width)
{
    AUTO(strbuf) when = { .max = 128 };

    add_cell(out, STR("holder"), width);
    add_cell(out, STR("secret"), 10);
    add_cell(out, STR("changed"), 28);
    strbuf_adds(out, "state\n");
    if (!d->has_verifier && !d->changed.known)
        return;
    add_cell(out,
             d->holders.role ? arena_strf((struct arena *)&d->holders.memory,
                                          "postgres role %s", d->holders.role)
                             : STR("postgres"),
             width);
    add_cell(out, STR("-"), 10);
    if (d->changed.known)
        words_clock(&when, d->changed.when, WORDS_DATE_TIME);
    add_cell(out, when.n ? strbuf_str(&when) : STR("-"), 28);
    strbuf_addf(out, "reference%s%s\n", d->changed.known ? ": " : "", d->changed.how);
}

static enum status
show(const struct drift *d)
{
    AUTO(strbuf) out = { 0 };
    size_t width = 24, stale = count(d, HOLDER_STALE), unknown = count(d, HOLDER_UNKNOWN);

    for (size_t i = 0; i < d->holders.len; i++)
        width = MAX(width, MIN(d->holders.all[i].name.n, (size_t)48) + 2);
    if (!common_options.json)
        add_head(&out, d, width);
    for (size_t i = 0; i < d->holders.len; i++) {
        if (common_options.json)
            add_json(&out, d, &d->holders.all[i]);
        else
            add_line(&out, d, &d->holders.all[i], width);
    }
    if (!common_options.json) {
        strbuf_addf(&out, "%zu of %zu holders %s stale", stale, d->holders.len,
                    stale == 1 ? "is" : "are");
        if (unknown > 0)
            strbuf_addf(&out, ", of %zu it is not known", unknown);
        strbuf_adds(&out, ".\n");
    }
    return output_write(&out);
}

static enum status
record(const struct drift *d)
{
    enum status st = OK;

    for (size_t i = 0; st == OK && d->timeline && i < d->holders.len; i++)
        st = record_holder(d->timeline, &d->holders.all[i], d->holders.role, i);
    return st;
}

static enum exit_code
answer(const struct drift *d)
{
    if (count(d, HOLDER_STALE) > 0)
        return EXIT_NO;
    if (d->holders.len == 0)
        return d->unread > 0 ? EXIT_NO_ANSWER : EXIT_PARTIAL;
    return count(d, HOLDER_UNKNOWN) > 0 || d->unread > 0 ? EXIT_PARTIAL : EXIT_YES;
}

enum exit_code
drift_verb(int argc, char **argv)
{
    struct drift d = { 0 };
    enum exit_code code = EXIT_YES;
    enum status st = argc > 0 ? record_open(&d.timeline)
                              : fail(ERR_USAGE, "no holder to look at: dbprobe drift --help");

    if (st == OK)
        st = find_key(&d);
    if (st == OK)
        st = ask_reference(&d);
    if (st == OK)
        st = read_all(&d, argc, argv);
    if (st == OK) {
        judge(&d);
        st = record(&d);
    }
    if (st == OK)
        st = show(&d);
    code = answer(&d);
    holders_done(&d.holders);
    pg_close(d.pg);
    targets_done(&d.targets);
    store_close(d.timeline);
    secret_done(&d.current);
    explicit_bzero(d.key, sizeof(d.key));
    return st == OK ? code : options_fail(st);
}
