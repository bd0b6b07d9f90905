/* SPDX-License-Identifier: MIT */
#include "observe/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tap.h"
#include "time/civil.h"

static char folder[] = "/tmp/reader-test-XXXXXX";
static const int64_t noon = INT64_C(1795348800) * NS_PER_S; /* 2026-11-22T12:00:00Z */

static const char *
path_of(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static const char *
written(const char *name, struct str bytes)
{
    const char *path = path_of(name);

    if (file_publish(path, bytes, 0600) != OK)
        abort();
    return path;
}

/* Reproducible, and the same everywhere. */
static unsigned
dice(unsigned *seed, unsigned sides)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % sides;
}

static void
stamp(struct strbuf *out, int64_t at)
{
    AUTO(strbuf) text = { 0 };

    civil_print(&text, at, 3);
    text.p[10] = ' ';
    strbuf_add(out, str_head(strbuf_str(&text), 23));
}

/* A server's log, in order but for some hundred milliseconds; failures with what is said
 * behind them, other processes in between. */
static void
server_log(struct strbuf *out, unsigned seed, unsigned lines)
{
    for (unsigned i = 0; i < lines; i++) {
        int64_t at = noon + MS(50) * i - MS(dice(&seed, 300));
        unsigned pid = 100 + dice(&seed, 5);
        bool fails = dice(&seed, 40) == 0, beside = dice(&seed, 2) == 0;

        stamp(out, at);
        strbuf_addf(
            out,
            fails
                ? " UTC [%u] app@shop FATAL:  password authentication failed for user \"app\"\n"
                : " UTC [%u] app@shop LOG:  statement: select %u from orders\n",
            pid, i);
        if (beside) {
            stamp(out, at);
            strbuf_addf(out, " UTC [%u] app@shop LOG:  duration: 0.2 ms\n", pid + 10);
        }
        if (fails) {
            stamp(out, at);
            strbuf_addf(
                out,
                " UTC [%u] app@shop DETAIL:  Role \"app\" does not exist.\n\tMore of it.\n",
                pid);
        }
    }
}

/* An application's: the failure stands many lines behind the one that bears the stamp, and
 * requests are answered in between. */
static void
application_log(struct strbuf *out, unsigned seed, unsigned lines)
{
    for (unsigned i = 0; i < lines; i++) {
        int64_t at = noon + MS(70) * i;
        bool fails = dice(&seed, 30) == 0;
        struct civil c = civil_from_ns(at);

        strbuf_addf(out,
                    "10.0.0.7 - - [22/Nov/2026:%02d:%02d:%02d +0000] \"GET /a/%u HTTP/1.1\" %d "
                    "5 \"-\" \"-\"\n",
                    c.hour, c.minute, c.second, i, dice(&seed, 25) ? 200 : 500);
        if (!fails)
            continue;
        strbuf_addc(out, '[');
        stamp(out, at);
        strbuf_addf(
            out,
            "] ERROR in app: Exception on /a/%u [GET]\nTraceback (most recent call last):\n",
            i);
        for (unsigned k = dice(&seed, 30); k > 0; k--)
            strbuf_addf(out, "  File \"/srv/app.py\", line %u, in f\n", k);
        if (dice(&seed, 2))
            strbuf_addf(out,
                        "10.0.0.7 - - [22/Nov/2026:%02d:%02d:%02d +0000] \"GET / HTTP/1.1\" "
                        "500 5 \"-\" \"-\"\n",
                        c.hour, c.minute, c.second);
        strbuf_adds(out,
                    "psycopg2.OperationalError: connection to server at \"db\" failed: FATAL:  "
                    "password authentication failed for user \"app\"\n\n");
    }
}

struct answer {
    struct strbuf text; /* an event a line */
    unsigned events, backwards;
    struct reader_source source; /* the first one's figures */
    bool opened;
};

static void
ask(struct answer *ret, const struct reader_request *q)
{
    struct reader *r;
    struct event e;
    bool more = false;
    int64_t last = INT64_MIN;
    const struct reader_source *sources;

    strbuf_clear(&ret->text);
    ret->events = ret->backwards = 0;
    ret->opened = reader_open(&r, q) == OK;
    if (!ret->opened)
        return;
    while (reader_next(r, &e, &more) == OK && more) {
        strbuf_addf(&ret->text, "%u %llu %llu %u %s %lld|" STR_FMT "\n", e.source,
                    (unsigned long long)e.offset, (unsigned long long)e.line, e.lines,
                    event_kinds[e.kind].name, (long long)e.when.span.low, STR_ARG(e.text));
        ret->backwards += e.when.span.low < last;
        last = e.when.span.low;
        ret->events++;
    }
    reader_sources(r, &sources);
    ret->source = sources[0];
    ret->source.name = ret->source.coverage = NULL;
    reader_close(r);
}

static void
sifting_finds_what_reading_finds(void)
{
    for (unsigned seed = 1; seed <= 4; seed++) {
        AUTO(strbuf) server = { 0 };
        AUTO(strbuf) application = { 0 };
        struct answer sifted = { { 0 } }, read = { { 0 } };
        const char *specs[2];
        struct reader_request q = { .specs = specs, .specs_len = 2, .redaction_key = STR("k") };

        server_log(&server, seed, 3000);
        application_log(&application, seed, 2000);
        specs[0] = written("server.log", strbuf_str(&server));
        specs[1] = written("application.log", strbuf_str(&application));
        ask(&sifted, &q);
        q.read_all = true;
        ask(&read, &q);
        ok(sifted.source.sifted && !read.source.sifted && sifted.events > 150 &&
               str_eq(strbuf_str(&sifted.text), strbuf_str(&read.text)),
           "the same %u failures, to the byte", read.events);
        ok(sifted.source.lines == read.source.lines, "and as many lines");
        ok(read.backwards == 0, "two logs merged in order of time");
        strbuf_done(&sifted.text);
        strbuf_done(&read.text);
    }
}

static void
a_window_finds_what_reading_finds(void)
{
    AUTO(strbuf) server = { 0 };
    const char *specs[1];
    struct reader_request q = { .specs = specs, .specs_len = 1, .redaction_key = STR("k") };
    struct answer sought = { { 0 } }, read = { { 0 } };
    unsigned seed = 7, wrong = 0;

    server_log(&server, 3, 45000);
    specs[0] = written("big.log", strbuf_str(&server));
    for (int i = 0; i < 6; i++) {
        int64_t from = noon + SECONDS(dice(&seed, 3000));

        q.window = (struct span){ from, from + SECONDS(dice(&seed, 300)) };
        q.all = i % 2;
        q.read_all = false;
        ask(&sought, &q);
        wrong += sought.source.bytes_read > server.n / 2;
        q.read_all = true;
        ask(&read, &q);
        wrong += !str_eq(strbuf_str(&sought.text), strbuf_str(&read.text));
    }
    ok(wrong == 0, "six windows, each with a part of the reading");
    strbuf_done(&sought.text);
    strbuf_done(&read.text);
}

static const struct {
    const char *what;
    struct str bytes;
    unsigned events;
    uint64_t lines, not_understood;
} odd[] = {
#define T(text)                                                                                \
    {                                                                                          \
        "" text, sizeof(text) - 1                                                              \
    }
    { "an empty file", T(""), 0, 0, 0 },
    { "carriage returns", T("2026-11-22 12:00:00 one\r\n2026-11-22 12:00:01 two\r\n"), 2, 2,
      0 },
    { "NULs in a line", T("2026-11-22 12:00:00 one\0\0\n2026-11-22 12:00:01 t\0wo\n"), 2, 2,
      0 },
    { "bytes that are no UTF-8", T("2026-11-22 12:00:00 \xff\xfe\xc0\n"), 1, 1, 0 },
    { "colours", T("\x1b[31m2026-11-22 12:00:00\x1b[0m one\n"), 1, 1, 0 },
    { "days that do not exist",
      T("2026-11-31 12:00:00 one\n2026-11-22 14:99:00 two\n2026-11-22 12:00:00 three\n"), 3, 3,
      2 },
    { "bytes without sense",
      T("\x7f"
        "ELF\x02\x01\x01\0\0\0\n\x01\x02\x03\n"),
      2, 2, 2 },
#undef T
};

static void
odd_bytes_cost_their_own_record_at_most(void)
{
    for (size_t i = 0; i < LEN(odd); i++) {
        const char *specs[1] = { written("odd.log", odd[i].bytes) };
        const struct reader_request q = { .specs = specs, .specs_len = 1, .all = true };
        struct answer a = { { 0 } };

        ask(&a, &q);
        ok(a.opened && a.events == odd[i].events && a.source.lines == odd[i].lines &&
               a.source.not_understood == odd[i].not_understood,
           "%s: %u records of %d lines, %d not understood", odd[i].what, a.events,
           (int)a.source.lines, (int)a.source.not_understood);
        ok(a.source.lines ==
               a.source.records + a.source.continuation_lines + a.source.not_understood,
           "every line accounted for");
        strbuf_done(&a.text);
    }
}

static void
a_line_of_megabytes_is_one_record(void)
{
    AUTO(strbuf) text = { 0 };
    struct answer a = { { 0 } };
    const char *specs[1];
    const struct reader_request q = { .specs = specs, .specs_len = 1 };

    strbuf_adds(&text, "2026-11-22 12:00:00.000 UTC [7] a@b LOG:  ready\n");
    strbuf_adds(&text, "2026-11-22 12:00:01.000 UTC [7] a@b FATAL:  password authentication "
                       "failed for user \"a\"");
    strbuf_fill(&text, 'x', 5 << 20);
    strbuf_adds(&text, "\n2026-11-22 12:00:02.000 UTC [7] a@b FATAL:  password authentication "
                       "failed for user \"a\"\n");
    specs[0] = written("long.log", strbuf_str(&text));
    ask(&a, &q);
    ok(a.events == 2, "and the next line is read again");
    strbuf_done(&a.text);
}

static void
what_is_known_goes_onto_the_timeline_once(void)
{
    AUTO(strbuf) server = { 0 };
    const char *specs[1];
    const struct reader_request q = { .specs = specs,
                                      .specs_len = 1,
                                      .redaction_key = STR("k") };
    struct store *store;
    unsigned counts[2] = { 0 };

    server_log(&server, 5, 2000);
    specs[0] = written("server.log", strbuf_str(&server));
    if (store_open(&store, path_of("t.timeline"), STORE_WRITE) != OK)
        abort();
    for (int i = 0; i < 2; i++) {
        const struct store_query all = { .window = { INT64_MIN, INT64_MAX } };
        struct store_cursor *c;
        struct reader *r;
        struct event e;
        bool more = false;

        ok(reader_open(&r, &q) == OK && reader_record(r, store) == OK, "recorded");
        reader_close(r);
        if (store_find(store, &all, &c) != OK)
            abort();
        while (store_next(c, &e, &more) == OK && more)
            counts[i]++;
        store_cursor_close(c);
    }
    ok(counts[0] > 30 && counts[0] == counts[1], "%u events, however often it is read",
       counts[0]);
    store_close(store);
}

int
main(void)
{
    char command[160];

    if (mkdtemp(folder) == NULL)
        return 1;
    sifting_finds_what_reading_finds();
    a_window_finds_what_reading_finds();
    odd_bytes_cost_their_own_record_at_most();
    a_line_of_megabytes_is_one_record();
    what_is_known_goes_onto_the_timeline_once();
    for (size_t i = 0; i < 8; i++) {
        static const char *const names[] = { "server.log",     "application.log", "big.log",
                                             "odd.log",        "long.log",        "t.timeline",
                                             "t.timeline-wal", "t.timeline-shm" };

        snprintf(command, sizeof(command), "%s/%s", folder, names[i]);
        unlink(command);
    }
    rmdir(folder);
    return done_testing();
}
