/* SPDX-License-Identifier: MIT */
#include "tap.h"
#include "timeline/store.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/store-XXXXXX";

static const char *
path(const char *name)
{
    static char text[4][64];
    static unsigned turn;
    char *p = text[turn++ % 4];

    snprintf(p, sizeof(text[0]), "%s/%s", dir, name);
    return p;
}

static struct store *
opened(const char *name, enum store_mode mode)
{
    struct store *s = NULL;
    enum status st = store_open(&s, path(name), mode);

    ok(st == OK, "%s opens: %s", name, st == OK ? "yes" : err_text());
    return s;
}

static uint32_t
source_named(struct store *s, const char *name)
{
    struct store_source source = { .name = str_of(name), .kind = STR("file") };

    return store_source(s, &source) == OK ? source.id : 0;
}

/* A line stamped "03:06:11.402" in UTC. */
static struct event
line_at(uint32_t source, int64_t raw, uint64_t offset)
{
    return (struct event){
        .when = { .raw = raw, .grain = MS(1), .frame = FRAME_UTC, .zone_from = ZONE_EXPLICIT },
        .source = source,
        .offset = offset,
        .kind = KIND_AUTH_FAILED,
        .role = STR("shop_app"),
        .text = STR("FATAL:  password authentication failed"),
    };
}

static struct event
wall_at(uint32_t source, int64_t raw, uint64_t offset)
{
    struct event e = line_at(source, raw, offset);

    e.when.frame = FRAME_WALL;
    e.when.zone_from = ZONE_ASSUMED;
    return e;
}

static size_t
count(struct store *s, struct store_query q)
{
    struct store_cursor *c = NULL;
    struct event e;
    bool more = true;
    size_t n = 0;
    int64_t before = INT64_MIN;

    if (store_find(s, &q, &c) != OK)
        return SIZE_MAX;
    while (store_next(c, &e, &more) == OK && more) {
        if (e.when.span.low < before)
            return SIZE_MAX - 1;
        before = e.when.span.low;
        n++;
    }
    store_cursor_close(c);
    return n;
}

static const struct store_query all = { .window = { INT64_MIN, INT64_MAX } };

static struct event
first(struct store *s, struct store_cursor **ret)
{
    struct event e = { 0 };
    bool more = false;

    if (store_find(s, &all, ret) != OK || store_next(*ret, &e, &more) != OK)
        return (struct event){ 0 };
    return e;
}

static void
what_is_read_twice_is_there_once(void)
{
    struct store *s = opened("twice", STORE_WRITE);
    uint32_t id = source_named(s, "app.log");
    struct event e = line_at(id, SECONDS(100), 7);
    struct stat st;

    ok(store_add(s, &e) == OK && store_add(s, &e) == OK, "added twice");
    ok(count(s, all) == 1, "one event");
    ok(source_named(s, "app.log") == id, "a source is found again by its name");
    store_close(s);
    s = opened("twice", STORE_READ);
    ok(count(s, all) == 1, "and it is there for the next tool");
    ok(stat(path("twice"), &st) == 0 && (st.st_mode & 0777) == 0600, "for its owner only");
    store_close(s);
}

static void
all_that_was_seen_comes_back(void)
{
    struct store *s = opened("whole", STORE_WRITE);
    struct store_cursor *c = NULL;
    struct event e = line_at(source_named(s, "pg.log"), SECONDS(5), 9), got;

    e.when.has_envelope = true;
    e.when.envelope = SECONDS(6);
    e.when.zone = STR("+01:00");
    e.line = 12;
    e.lines = 3;
    e.length = 99;
    e.echo = true;
    e.status = 500;
    e.sqlstate = STR("28P01");
    e.client = STR("10.0.0.7(5432)");
    e.host = STR("db-1");
    e.hash.bytes[31] = 7;
    ok(store_add(s, &e) == OK, "written");
    got = first(s, &c);
    ok(got.line == 12 && got.lines == 3 && got.length == 99 && got.echo && got.status == 500,
       "numbers");
    ok(str_eq(got.sqlstate, e.sqlstate) && str_eq(got.client, e.client) &&
           str_eq(got.host, e.host) && str_eq(got.text, e.text) && str_eq(got.role, e.role),
       "words");
    ok(got.when.has_envelope && got.when.envelope == SECONDS(6) && got.hash.bytes[31] == 7,
       "the second stamp and the hash");
    ok(got.database.n == 0 && got.route.n == 0, "and nothing that was not");
    store_cursor_close(c);
    store_close(s);
}

static void
a_better_clock_dates_everything_again(void)
{
    struct store *s = opened("clock", STORE_WRITE);
    uint32_t id = source_named(s, "app.log");
    struct event e = wall_at(id, SECONDS(36000), 0), got;
    struct store_clock clock = { .zone = STR("+05:30"), .zone_from = ZONE_SIBLING };
    struct store_cursor *c = NULL;

    ok(store_add(s, &e) == OK, "a naive stamp, its zone not known");
    got = first(s, &c);
    ok(span_width(got.when.span) > SECONDS(86400), "it may be anywhere in a day");
    store_cursor_close(c);
    ok(store_know(s, id, &clock) == OK, "its neighbours say the zone");
    got = first(s, &c);
    ok(got.when.span.low == SECONDS(36000 - 19800), "UTC by that zone");
    ok(got.when.span.high == SECONDS(36000 - 19800) + MS(1) - 1, "as wide as its last digit");
    store_cursor_close(c);
    clock.has_offset = true;
    clock.offset = (struct span){ SECONDS(37), SECONDS(38) };
    ok(store_know(s, id, &clock) == OK, "its clock is measured");
    got = first(s, &c);
    ok(got.when.span.low == SECONDS(36000 - 19800 - 38), "moved back by what it runs ahead");
    ok(got.when.raw == SECONDS(36000), "and what was seen stands as it was");
    store_cursor_close(c);
    store_close(s);
}

static void
a_record_that_knows_its_zone_keeps_it(void)
{
    struct store *s = opened("changed", STORE_WRITE);
    uint32_t id = source_named(s, "pg.log");
    struct event e = wall_at(id, SECONDS(36000), 0), got;
    struct store_clock clock = { .zone = STR("+01:00"), .zone_from = ZONE_SESSION };
    struct store_cursor *c = NULL;

    e.when.zone_from = ZONE_CHANGED;
    e.when.zone = STR("CST");
    e.when.span = span_at(SECONDS(36000 - 8 * 3600));
    ok(store_add(s, &e) == OK && store_know(s, id, &clock) == OK,
       "the server changed its zone");
    got = first(s, &c);
    ok(got.when.span.low == SECONDS(7200), "the record stays where it put itself");
    store_cursor_close(c);
    store_close(s);
}

static void
a_window_holds_what_may_lie_in_it(void)
{
    struct store *s = opened("window", STORE_WRITE);
    uint32_t a = source_named(s, "a"), b = source_named(s, "b");
    struct store_clock clock = { .zone = STR("-05:00"), .zone_from = ZONE_SAID };
    struct event e;

    for (int i = 0; i < 100; i++) {
        e = line_at(a, SECONDS(100000 + i), (uint64_t)i);
        e.kind = i % 2 ? KIND_HTTP_5XX : KIND_REQUEST;
        ok(store_add(s, &e) == OK, "a");
        e = wall_at(b, SECONDS(100000 + i - 18000), (uint64_t)i);
        ok(store_add(s, &e) == OK, "b");
    }
    ok(store_know(s, b, &clock) == OK, "b is five hours west");
    ok(count(s, all) == 200, "both in order of time");
    ok(count(s, (struct store_query){ .window = { SECONDS(100010), SECONDS(100019) } }) == 20,
       "ten seconds of both");
    ok(count(s, (struct store_query){ .window = all.window, .source = b }) == 100,
       "one source");
    ok(count(s, (struct store_query){ .window = all.window,
                                      .kinds = UINT64_C(1) << KIND_HTTP_5XX }) == 50,
       "one kind");
    e = line_at(a, SECONDS(50000), 1000);
    e.when.grain = SECONDS(86400);
    ok(store_add(s, &e) == OK, "a stamp of a whole day");
    ok(count(s, (struct store_query){ .window = { SECONDS(100010), SECONDS(100019) } }) == 21,
       "is in every window of that day");
    store_close(s);
}

static void
merging_is_a_union(void)
{
    struct store *a = opened("one", STORE_WRITE), *b = opened("two", STORE_WRITE);
    uint32_t ida = source_named(a, "app.log"), idb = 0;
    struct store_clock clock = { .zone = STR("+02:00"),
                                 .zone_from = ZONE_SAID,
                                 .has_offset = true,
                                 .offset = { SECONDS(3600), SECONDS(3600) } };
    struct event e;
    struct store_source other = { .name = STR("app.log"), .head.bytes = { 1 } };

    (void)source_named(b, "first.log");
    idb = source_named(b, "app.log");
    for (int i = 0; i < 10; i++) {
        e = wall_at(ida, SECONDS(i), (uint64_t)i);
        ok(store_add(a, &e) == OK, "in one");
        e = wall_at(idb, SECONDS(i + 5), (uint64_t)i + 5);
        ok(store_add(b, &e) == OK, "in two");
    }
    ok(store_know(b, idb, &clock) == OK, "two knows the zone");
    ok(store_merge(a, b) == OK && store_merge(a, b) == OK, "merged, and again");
    ok(count(a, all) == 15, "what both saw is there once");
    store_clock_of(a, ida, &clock);
    ok(str_eq(clock.zone, STR("+02:00")), "and the zone is known in both");
    ok(store_source(b, &other) == OK, "the same name over other bytes");
    e = wall_at(other.id, SECONDS(1), 1);
    ok(store_add(b, &e) == OK && store_merge(a, b) == OK, "is merged");
    ok(count(a, all) == 15 + 11, "as a log of its own");
    store_close(a);
    store_close(b);
}

static void
values_are_kept_with_the_incident(void)
{
    struct store *s = opened("values", STORE_WRITE);

    ok(store_get(s, "title").n == 0, "nothing there yet");
    ok(store_set(s, "title", STR("one")) == OK && store_set(s, "title", STR("two")) == OK,
       "set");
    ok(str_eq(store_get(s, "title"), STR("two")), "the last one holds");
    store_close(s);
}

static void
put(const char *name, const char *bytes, size_t n)
{
    int fd = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ok(fd >= 0 && write(fd, bytes, n) == (ssize_t)n, "%s is there", name);
    close(fd);
}

static void
other_files_are_named_for_what_they_are(void)
{
    struct store *s = (struct store *)1;
    char noise[4096] = "SQLite format 3";

    put("text", "hello, I am a log\n", 18);
    put("nothing", "", 0);
    put("noise", noise, sizeof(noise));
    ok(store_open(&s, path("text"), STORE_READ) == ERR_PARSE &&
           store_open(&s, path("text"), STORE_WRITE) == ERR_PARSE,
       "a text file: %s", err_text());
    ok(store_open(&s, path("nothing"), STORE_READ) == ERR_PARSE, "an empty one: %s",
       err_text());
    ok(store_open(&s, path("noise"), STORE_WRITE) == ERR_PARSE, "damaged: %s", err_text());
    ok(store_open(&s, path("gone"), STORE_READ) == ERR_SYSTEM, "not there: %s", err_text());
    ok(store_open(&s, path("no/such/folder"), STORE_WRITE) == ERR_SYSTEM, "nor its folder: %s",
       err_text());
    ok(store_open(&s, dir, STORE_READ) == ERR_SYSTEM, "a folder: %s", err_text());
    ok(s == (struct store *)1, "and nothing was touched");
}

static void
a_damaged_timeline_is_said_to_be(void)
{
    struct store *s = opened("damaged", STORE_WRITE);
    uint32_t id = source_named(s, "a");
    struct event e;
    int fd;

    ok(store_begin(s) == OK, "begin");
    for (int i = 0; i < 2000; i++) {
        e = line_at(id, SECONDS(i), (uint64_t)i);
        if (store_add(s, &e) != OK)
            ok(false, "added");
    }
    ok(store_commit(s) == OK, "commit");
    store_close(s);
    fd = open(path("damaged"), O_WRONLY);
    for (off_t at = 65536; at < 65536 + 8192; at += 8)
        ok(pwrite(fd, "\xff\x00\xff\x00\xff\x00\xff", 8, at) == 8, "bytes change");
    close(fd);
    ok(store_open(&s, path("damaged"), STORE_READ) == ERR_PARSE, "%s", err_text());
}

/* Four writers at once, each event its own transaction, killed without warning: what they
 * had been told was kept, is. */
static void
write_until_killed(int who, volatile uint64_t *told)
{
    struct store *s = NULL;
    struct store_source source = { .name = STR("x") };
    char name[24];

    snprintf(name, sizeof(name), "writer %d", who);
    source.name = str_of(name);
    if (store_open(&s, path("killed"), STORE_WRITE) != OK || store_source(s, &source) != OK)
        _exit(1);
    for (uint64_t i = 0;; i++) {
        struct event e = line_at(source.id, SECONDS((int64_t)i), i);

        if (store_add(s, &e) != OK)
            _exit(1);
        told[who] = i + 1;
    }
}

static bool
all_told_is_there(const uint64_t *told, int who)
{
    struct store *s = NULL;
    const struct store_source *sources = NULL;
    char name[24];
    size_t n, kept = 0;

    snprintf(name, sizeof(name), "writer %d", who);
    if (store_open(&s, path("killed"), STORE_READ) != OK)
        return false;
    n = store_sources(s, &sources);
    for (size_t i = 0; i < n; i++)
        if (str_eq(sources[i].name, str_of(name)))
            kept = count(s, (struct store_query){ all.window, 0, sources[i].id });
    store_close(s);
    return told[who] > 0 && kept >= told[who];
}

/* On a busy machine a writer may wait long for its first turn. */
static void
wait_until_all_were_told(volatile uint64_t *told, int writers)
{
    for (int tries = 0, who = 0; tries < 3000 && who < writers; tries++)
        if (told[who] > 0)
            who++;
        else
            usleep(10000);
}

static void
nothing_said_to_be_kept_is_lost_to_kill(void)
{
    enum { WRITERS = 4 };
    pid_t pids[WRITERS];
    uint64_t *told =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            write_until_killed(i, told);
    }
    wait_until_all_were_told(told, WRITERS);
    usleep(200000);
    for (int i = 0; i < WRITERS; i++) {
        int status;

        kill(pids[i], SIGKILL);
        waitpid(pids[i], &status, 0);
        ok(WIFSIGNALED(status), "writer %d was still writing", i);
    }
    for (int i = 0; i < WRITERS; i++)
        ok(all_told_is_there(told, i), "writer %d: all %lu events it was told of are there", i,
           (unsigned long)told[i]);
}

static void
kinds_have_the_words_of_the_contract(void)
{
    bool whole = true;

    for (enum kind k = KIND_NONE + 1; k < KIND_LEN; k++)
        whole = whole && event_kinds[k].name && event_kinds[k].plain &&
                kind_named(str_of(event_kinds[k].name)) == k &&
                (!event_kinds[k].refused || event_kinds[k].failure);
    ok(whole, "every kind has a word that leads back to it");
    ok(kind_named(STR("nonsense")) == KIND_NONE && kind_named((struct str){ 0 }) == KIND_NONE,
       "no other word does");
}

static void
tidy(void)
{
    static const char *const names[] = { "twice", "whole",   "clock",  "changed", "window",
                                         "one",   "two",     "values", "text",    "nothing",
                                         "noise", "damaged", "killed" };

    for (size_t i = 0; i < LEN(names); i++) {
        char side[96];

        snprintf(side, sizeof(side), "%s-wal", path(names[i]));
        unlink(side);
        snprintf(side, sizeof(side), "%s-shm", path(names[i]));
        unlink(side);
        unlink(path(names[i]));
    }
    ok(rmdir(dir) == 0, "nothing is left behind");
}

int
main(void)
{
    if (!mkdtemp(dir))
        return 1;
    kinds_have_the_words_of_the_contract();
    what_is_read_twice_is_there_once();
    all_that_was_seen_comes_back();
    a_better_clock_dates_everything_again();
    a_record_that_knows_its_zone_keeps_it();
    a_window_holds_what_may_lie_in_it();
    merging_is_a_union();
    values_are_kept_with_the_incident();
    other_files_are_named_for_what_they_are();
    a_damaged_timeline_is_said_to_be();
    nothing_said_to_be_kept_is_lost_to_kill();
    tidy();
    return done_testing();
}
