/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "net/probe.h"
#include "observe/reader.h"
#include "record.h"
#include "report/words.h"
#include "targets.h"
#include "time/now.h"

/* A role that does not exist: its name is in the refusal's line in every prefix, format and
 * language, and nobody else's. */
struct beacon {
    char role[24];    /* "dbprobe_" and eight hex digits */
    struct span sent; /* the server wrote the line in between, by our clock */
    bool refused;
};

/* More in one go could lock an account out or have us banned. */
enum { BEACONS_MAX = 10 };

/* What one log showed of them. */
struct sighting {
    const char *log;
    unsigned found;
    enum frame frame;
    int64_t grain;
    struct span ahead; /* the stamps as written minus our clock */
    bool conflict;
};

struct lights {
    struct beacon all[BEACONS_MAX];
    unsigned len;
};

static enum status
name_them(struct lights *l, unsigned count)
{
    for (l->len = 0; l->len < count; l->len++) {
        uint8_t random[4];
        char hex[9];
        enum status st = random_bytes(random, sizeof(random));

        if (st != OK)
            return st;
        hex_print(hex, random, sizeof(random));
        snprintf(l->all[l->len].role, sizeof(l->all[l->len].role), "dbprobe_%s", hex);
    }
    return OK;
}

static void
announce(const struct lights *l, const struct pg_target *t)
{
    AUTO(strbuf) names = { .max = STRBUF_LINE };

    for (unsigned i = 0; i < l->len; i++)
        strbuf_addf(&names, "%s%s", i ? ", " : "", l->all[i].role);
    options_say(
        "%s %u failing logins at %s, of roles that do not exist: a FATAL line each (%s)",
        args.dry_run ? "would send" : "sending", l->len, t->shown, strbuf_text(&names));
}

static void
send_one(struct beacon *b, const struct pg_target *t, const struct address *to)
{
    struct probe *p = malloc(sizeof(*p));
    struct probe_request q = {
        .to = to,
        .role = str_of(b->role),
        .database = str_of(t->database),
        .tls = strcmp(t->sslmode, "disable") == 0 ? PROBE_PLAIN : PROBE_PREFER,
        .timeout = args.timeout,
        .beacon = true,
    };

    if (!p)
        return;
    probe_run(p, &q);
    b->refused = p->end == PROBE_REFUSED;
    b->sent = (struct span){ p->sent, p->got };
    free(p);
}

/* Not at regular times: whole seconds are told apart by where in them the lines fall. */
static void
pause_about(int64_t about)
{
    uint16_t random = 0;
    int64_t ns;
    struct timespec nap;

    if (random_bytes(&random, sizeof(random)) != OK)
        random = 0;
    ns = about / 2 + (int64_t)((double)about * random / 65535.0);
    nap = (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
    nanosleep(&nap, NULL);
}

static enum status
send_all(struct lights *l, const struct pg_target *t)
{
    struct arena memory = { 0 };
    const struct pg_host *host = &t->hosts[0];
    struct address *to;
    unsigned refused = 0;
    size_t n;
    enum status st = address_find(&memory, host->hostaddr ? host->hostaddr : host->host,
                                  host->port, args.timeout, &to, &n);

    for (unsigned i = 0; st == OK && i < l->len; i++) {
        if (i > 0)
            pause_about(args.pause);
        send_one(&l->all[i], t, to);
        refused += l->all[i].refused;
    }
    if (st == OK && refused == 0)
        st = fail(ERR_NETWORK, "%s refused none of them: nothing is in its log", to->text);
    arena_done(&memory);
    return st;
}

static const struct beacon *
named(const struct lights *l, struct str text)
{
    for (unsigned i = 0; i < l->len; i++)
        if (l->all[i].refused && str_find(text, str_of(l->all[i].role)) != SIZE_MAX)
            return &l->all[i];
    return NULL;
}

/* The line's stamp [raw, raw + grain) was taken between `sent.low` and `sent.high`. */
static void
take(struct sighting *s, const struct beacon *b, const struct event *e)
{
    struct span one = { e->when.raw - b->sent.high, e->when.raw + e->when.grain - b->sent.low };

    if (s->found++ == 0) {
        s->ahead = one;
        s->frame = e->when.frame;
        s->grain = e->when.grain;
    } else if (!span_meet(s->ahead, one, &s->ahead)) {
        s->conflict = true;
    }
}

static enum status
look_into(struct sighting *s, const struct lights *l)
{
    struct reader_request q = { .specs = &s->log,
                                .specs_len = 1,
                                .all = true,
                                .pcre = "dbprobe_[0-9a-f]{8}",
                                .zones = common_options.zones.items,
                                .zones_len = common_options.zones.len };
    bool more = true, taken[BEACONS_MAX] = { false };
    struct reader *r;
    struct event e;
    enum status st = reader_open(&r, &q);

    if (st != OK)
        return st;
    s->found = 0;
    s->conflict = false;
    while (st == OK && more) {
        const struct beacon *b;

        st = reader_next(r, &e, &more);
        b = st == OK && more && e.when.time_from == TIME_STAMP ? named(l, e.text) : NULL;
        if (b && !taken[b - l->all]) {
            taken[b - l->all] = true;
            take(s, b, &e);
        }
    }
    reader_close(r);
    return st;
}

static enum status
await(struct sighting *s, const struct lights *l)
{
    int64_t until = now_monotonic() + args.wait;
    enum status st;

    do {
        st = look_into(s, l);
        if (st != OK || s->found == l->len)
            return st;
        pause_about(MS(200));
    } while (now_monotonic() < until);
    return st;
}

/* A log that writes local times shows its zone and its clock in one; zones differ by quarters
 * of an hour, clocks by less. */
static int64_t
zone_of(const struct sighting *s)
{
    const int64_t quarter = SECONDS(900);
    int64_t mid = span_mid(s->ahead);

    if (s->frame == FRAME_UTC)
        return 0;
    return (mid + (mid < 0 ? -quarter / 2 : quarter / 2)) / quarter * quarter;
}

static void
print_zone(char ret[8], int64_t zone)
{
    int minutes = (int)(zone / SECONDS(60));

    snprintf(ret, 8, "%c%02d:%02d", minutes < 0 ? '-' : '+', abs(minutes) / 60 % 100,
             abs(minutes) % 60);
}

static struct span
clock_of(const struct sighting *s)
{
    int64_t zone = zone_of(s);

    return span_add(s->ahead, (struct span){ -zone, -zone });
}

static enum status
keep(const struct sighting *s, struct store *timeline)
{
    struct store_source source = { .name = str_of(s->log),
                                   .kind = STR("file"),
                                   .coverage = STR("sampled") };
    struct store_clock known = { .zone_from = ZONE_ANCHOR,
                                 .has_offset = true,
                                 .offset = clock_of(s),
                                 .how = STR("beacons of dbprobe found in it") };
    char zone[8];
    enum status st;

    if (!timeline || s->found == 0 || s->conflict)
        return OK;
    print_zone(zone, zone_of(s));
    if (s->frame == FRAME_WALL)
        known.zone = str_of(zone);
    st = store_source(timeline, &source);
    return st == OK ? store_know(timeline, source.id, &known) : st;
}

static void
add_json(struct strbuf *out, const struct sighting *s, unsigned sent)
{
    struct json *w = &(struct json){ .out = out };
    struct span ahead = clock_of(s);
    bool known = s->found > 0 && !s->conflict;
    char zone[8];

    print_zone(zone, zone_of(s));
    json_object(w, NULL);
    json_text(w, "source", s->log);
    json_int(w, "sent", sent);
    json_int(w, "found", s->found);
    if (known) {
        json_seconds(w, "offset_low", ahead.low);
        json_seconds(w, "offset_high", ahead.high);
    } else {
        json_null(w, "offset_low");
        json_null(w, "offset_high");
    }
    json_text(w, "zone", known && s->frame == FRAME_WALL ? zone : NULL);
    json_bool(w, "conflict", s->conflict);
    json_object_end(w);
    strbuf_addc(out, '\n');
}

static void
add_text(struct strbuf *out, const struct sighting *s, unsigned sent)
{
    char zone[8];

    strbuf_addf(out, "%s: %u of %u beacons found", s->log, s->found, sent);
    if (s->conflict) {
        strbuf_adds(out, ", and they do not agree: its clock was set in between\n");
        return;
    }
    if (s->found > 0) {
        strbuf_adds(out, ", its clock is at ");
        words_offset(out, clock_of(s));
    }
    print_zone(zone, zone_of(s));
    if (s->found > 0 && s->frame == FRAME_WALL)
        strbuf_addf(out, ", it writes %s", zone);
    strbuf_addc(out, '\n');
}

static enum status
look(const struct lights *l, struct store *timeline, unsigned *ret_found)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };
    enum status st = OK;

    for (size_t i = 0; st == OK && i < args.logs.len; i++) {
        struct sighting s = { .log = args.logs.items[i] };

        st = await(&s, l);
        if (st == OK)
            st = keep(&s, timeline);
        (common_options.json ? add_json : add_text)(&out, &s, l->len);
        *ret_found += s.found > 0 && !s.conflict;
    }
    return st == OK ? output_write(&out) : st;
}

static enum status
run(const struct pg_target *t, unsigned *ret_found)
{
    struct lights l;
    struct store *timeline = NULL;
    enum status st = name_them(&l, args.count);

    if (st != OK)
        return st;
    announce(&l, t);
    if (args.dry_run)
        return OK;
    st = record_open(&timeline);
    if (st == OK)
        st = send_all(&l, t);
    if (st == OK)
        st = look(&l, timeline, ret_found);
    store_close(timeline);
    return st;
}

enum exit_code
beacon_verb(int argc, char **argv)
{
    struct targets targets;
    unsigned found = 0;
    enum status st = targets_read(&targets, argc, argv);

    if (st != OK)
        return options_fail(st);
    if (args.count == 0 || args.count > BEACONS_MAX)
        st = fail(ERR_USAGE, "--count: from 1 to %d", BEACONS_MAX);
    else if (args.logs.len == 0 && !args.dry_run)
        st = fail(ERR_USAGE, "--log says where the server's log is");
    if (st == OK)
        st = run(&targets.all[0], &found);
    targets_done(&targets);
    if (st != OK)
        return options_fail(st);
    return args.dry_run || found == args.logs.len ? EXIT_YES : found ? EXIT_PARTIAL : EXIT_NO;
}
