/* SPDX-License-Identifier: MIT */
#include "logs/redact.h"

#include <stdio.h>

#include "args.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "sources/source.h"

enum {
    AT_ONCE = 1024,      /* secrets taken from one piece */
    CARRY_MAX = 1 << 20, /* bytes of a line that goes on in the next piece */
    TAGS = 1 << 16,      /* different secrets told apart: all tags there are */
};

/* What was found over all sources. */
struct count {
    uint64_t secrets, lines, different;
    uint8_t seen[TAGS / 8];
    bool partial;
};

/* One source on its way: what stands at the end of the last piece waits for its line's end. */
struct pass {
    struct redactor *redactor;
    struct count *count;
    const char *name;
    struct strbuf text;
    uint64_t offset, line; /* of the first byte of `text`, from 0 and from 1 */
};

static void
count_tag(struct count *c, const char *tag)
{
    unsigned value = 0;

    for (const char *p = tag; *p; p++)
        value = value * 16 + (unsigned)(*p <= '9' ? *p - '0' : *p - 'a' + 10);
    c->different += !(c->seen[value / 8] >> (value % 8) & 1);
    c->seen[value / 8] |= (uint8_t)(1 << (value % 8));
    c->secrets++;
}

static uint64_t
count_lines(struct str text)
{
    uint64_t n = 0;

    for (size_t at; (at = str_find_byte(text, '\n')) != SIZE_MAX; n++)
        text = str_skip(text, at + 1);
    return n;
}

static void
print_leak(struct strbuf *out, const struct pass *p, const struct leak *leak, uint64_t line)
{
    struct json w = { .out = out };

    if (!common_options.json) {
        utf8_show(out, str_of(p->name), false);
        strbuf_addf(out, ":%llu: %s ‹secret %s›\n", (unsigned long long)line, leak->rule,
                    leak->tag);
        return;
    }
    json_object(&w, NULL);
    json_text(&w, "source", p->name);
    json_int(&w, "line", (int64_t)line);
    json_int(&w, "offset", (int64_t)(p->offset + leak->at));
    json_text(&w, "rule", leak->rule);
    json_text(&w, "secret", leak->tag);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* Looks through the first `n` bytes of what waits, and lets them go. */
static enum status
look_through(struct pass *p, size_t n)
{
    AUTO(strbuf) out = { 0 };
    struct str text = str_head(strbuf_str(&p->text), n), rest;
    struct leak found[AT_ONCE];
    size_t len = redactor_find(p->redactor, text, found, AT_ONCE), at = 0;
    uint64_t line = p->line;
    struct strbuf kept = { 0 };

    for (size_t i = 0; i < MIN(len, (size_t)AT_ONCE); i++) {
        line += count_lines(str_head(str_skip(text, at), found[i].at - at));
        at = found[i].at;
        count_tag(p->count, found[i].tag);
        print_leak(&out, p, &found[i], line);
    }
    p->count->secrets += len > AT_ONCE ? len - AT_ONCE : 0;
    p->line += count_lines(text);
    p->offset += n;
    rest = str_skip(strbuf_str(&p->text), n);
    strbuf_add(&kept, rest);
    strbuf_done(&p->text);
    p->text = kept;
    return out.n ? output_write(&out) : OK;
}

/* Up to the last whole line; a line without end is looked at as far as it came. */
static enum status
take_chunk(struct pass *p, struct str bytes)
{
    size_t whole;
    struct str text;

    strbuf_add(&p->text, bytes);
    text = strbuf_str(&p->text);
    for (whole = text.n; whole > 0 && text.p[whole - 1] != '\n'; whole--)
        ;
    if (whole == 0 && text.n < CARRY_MAX)
        return strbuf_check(&p->text);
    return look_through(p, whole ? whole : text.n);
}

static enum status
look_into(struct pass *p, const char *spec)
{
    const struct source_range all = { .window = { INT64_MIN, INT64_MAX } };
    struct source *source = NULL;
    struct source_chunk chunk;
    bool more = true;
    enum status st = source_open(&source, spec, &all);

    while (st == OK && more) {
        st = source_next(source, &chunk, &more);
        if (st == OK && more)
            st = take_chunk(p, chunk.bytes);
    }
    if (st == OK && p->text.n)
        st = look_through(p, p->text.n);
    if (st == OK && source->partial) {
        p->count->partial = true;
        fprintf(stderr, "%s: incomplete: %s\n", spec, source->coverage ? source->coverage : "");
    }
    p->count->lines += p->line - 1;
    source_close(source);
    return st;
}

static enum status
look_into_all(struct count *count, int argc, char **specs)
{
    struct redactor *redactor = NULL;
    uint8_t key[SHA256_LEN];
    enum status st = random_bytes(key, sizeof(key));

    if (st == OK)
        st = redactor_open(&redactor, (struct str){ (const char *)key, sizeof(key) });
    for (int i = 0; st == OK && i < argc; i++) {
        struct pass p = { .redactor = redactor, .count = count, .name = specs[i], .line = 1 };
        st = look_into(&p, specs[i]);
        strbuf_done(&p.text);
    }
    redactor_close(redactor);
    return st;
}

enum exit_code
leaks_verb(int argc, char **argv)
{
    static struct count count;
    enum status st;

    if (argc == 0)
        return options_fail(
            fail(ERR_USAGE, "name a log: a file, - for standard input, or docker:NAME"));
    st = look_into_all(&count, argc, argv);
    if (st != OK)
        return options_fail(st);
    if (!common_options.quiet)
        fprintf(stderr, "%llu secrets in clear, in %llu places; %llu lines looked through\n",
                (unsigned long long)count.different, (unsigned long long)count.secrets,
                (unsigned long long)count.lines);
    return count.secrets ? EXIT_NO : count.partial ? EXIT_PARTIAL : EXIT_YES;
}
