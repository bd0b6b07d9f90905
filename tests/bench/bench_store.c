/* SPDX-License-Identifier: MIT */
#include "time/now.h"
#include "timeline/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A million events from four sources into a timeline, then windows and all of it out again:
 * bench_store [EVENTS]. Prints what the store is held to. */

static enum status
fill(struct store *s, int64_t n)
{
    struct store_source sources[4] = {
        { .name = STR("a") }, { .name = STR("b") }, { .name = STR("c") }, { .name = STR("d") }
    };
    enum status st = OK;

    for (size_t i = 0; st == OK && i < LEN(sources); i++)
        st = store_source(s, &sources[i]);
    if (st == OK)
        st = store_begin(s);
    for (int64_t i = 0; st == OK && i < n; i++) {
        struct event e = { .when = { .raw = i * MS(86), .grain = MS(1) },
                           .source = sources[i % 4].id,
                           .offset = (uint64_t)i * 80,
                           .line = (uint64_t)i,
                           .length = 80,
                           .kind = i % 3 ? KIND_REQUEST : KIND_AUTH_FAILED,
                           .format = STR("postgres"),
                           .role = STR("shop_app"),
                           .route = STR("/api/users"),
                           .text = STR("FATAL:  password authentication failed") };

        e.hash.bytes[i % 32] = (uint8_t)i;
        st = store_add(s, &e);
    }
    return st == OK ? store_commit(s) : st;
}

static enum status
read_out(struct store *s, struct span window, uint64_t *ret)
{
    const struct store_query q = { .window = window };
    struct store_cursor *c = NULL;
    struct event e;
    bool more = true;
    uint64_t n = 0;
    enum status st = store_find(s, &q, &c);

    while (st == OK && (st = store_next(c, &e, &more)) == OK && more)
        n++;
    store_cursor_close(c);
    *ret = n;
    return st;
}

static enum status
run(struct store *s, int64_t events)
{
    int64_t t0 = now_monotonic(), t1, middle = events / 2 * MS(86), best = INT64_MAX;
    uint64_t n = 0;
    enum status st = fill(s, events);

    t1 = now_monotonic();
    printf("filled    %8.0f events/s\n", (double)events / ((double)(t1 - t0) / 1e9));
    for (int i = 0; st == OK && i < 20; i++) {
        t0 = now_monotonic();
        st = read_out(s, (struct span){ middle, middle + SECONDS(180) }, &n);
        best = MIN(best, now_monotonic() - t0);
    }
    printf("window    %8.3f ms for %lu events of 3 minutes\n", (double)best / 1e6,
           (unsigned long)n);
    t0 = now_monotonic();
    if (st == OK)
        st = read_out(s, (struct span){ INT64_MIN, INT64_MAX }, &n);
    printf("all       %8.0f ms for %lu events\n", (double)(now_monotonic() - t0) / 1e6,
           (unsigned long)n);
    return st;
}

int
main(int argc, char **argv)
{
    char path[] = "/tmp/bench-store-XXXXXX";
    int fd = mkstemp(path);
    struct store *s = NULL;
    uint64_t events = 1000000;
    enum status st;

    if (fd < 0 || (argc > 1 && !str_to_u64(str_of(argv[1]), &events)))
        return EXIT_USAGE;
    close(fd);
    st = store_open(&s, path, STORE_WRITE);
    if (st == OK)
        st = run(s, (int64_t)events);
    store_close(s);
    unlink(path);
    if (st != OK)
        fprintf(stderr, "bench_store: %s\n", err_text());
    return status_exit(st);
}
