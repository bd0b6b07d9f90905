/* SPDX-License-Identifier: MIT */
#include "diagnose/findings.h"
#include "time/now.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* How long a recording of a million events takes to be scoped: bench_findings [EVENTS]. A
 * proxy's requests, of which a stretch in the middle fails, with the application's error and
 * the server's refusal for each. */

static struct event
line(uint32_t source, int64_t at, int64_t grain, enum kind kind)
{
    return (struct event){ .when = { .raw = at / grain * grain, .grain = grain },
                           .source = source,
                           .offset = (uint64_t)at,
                           .kind = kind };
}

static enum status
add_failure(struct store *s, const uint32_t *sources, int64_t at)
{
    struct event refused = line(sources[1], at, MS(1), KIND_AUTH_FAILED);
    struct event error = line(sources[2], at + MS(3), MS(1), KIND_AUTH_FAILED);
    enum status st;

    refused.format = STR("postgres");
    refused.role = error.role = STR("app");
    error.format = STR("flask");
    error.route = STR("/api/users");
    st = store_add(s, &refused);
    return st == OK ? store_add(s, &error) : st;
}

static enum status
fill(struct store *s, int64_t events)
{
    static const char *const names[] = { "access.log", "postgres.log", "app.log" };
    int64_t step = SECONDS(3600) / events;
    uint32_t sources[3];
    enum status st = OK;

    for (size_t i = 0; st == OK && i < LEN(names); i++) {
        struct store_source source = { .name = str_of(names[i]) };

        st = store_source(s, &source);
        sources[i] = source.id;
    }
    if (st == OK)
        st = store_begin(s);
    for (int64_t i = 0, n = 0; st == OK && n < events; i++, n++) {
        int64_t at = SECONDS(1795312345) + i * step * 11 / 10;
        bool bad = i > events / 3 && i < events / 3 + events / 12;
        struct event e =
            line(sources[0], at + MS(9), SECONDS(1), bad ? KIND_HTTP_5XX : KIND_REQUEST);

        e.offset = (uint64_t)i;
        e.format = STR("access");
        e.status = bad ? 500 : 200;
        e.route = i % 3 ? STR("/api/users") : STR("/orders");
        e.text = STR("GET /api/users HTTP/1.1 200 122");
        st = store_add(s, &e);
        if (st == OK && bad) {
            st = add_failure(s, sources, at);
            n += 2;
        }
    }
    return st == OK ? store_commit(s) : st;
}

int
main(int argc, char **argv)
{
    char path[] = "/tmp/bench-findings-XXXXXX";
    int fd = mkstemp(path);
    struct findings f = { 0 };
    struct store *s = NULL;
    uint64_t events = 1000000;
    int64_t began;
    clock_t busy;
    enum status st;

    if (fd < 0 || (argc > 1 && !str_to_u64(str_of(argv[1]), &events)))
        return EXIT_USAGE;
    close(fd);
    st = store_open(&s, path, STORE_WRITE);
    if (st == OK)
        st = fill(s, (int64_t)events);
    began = now_monotonic();
    busy = clock();
    if (st == OK)
        st = findings_work_out(&f, s);
    printf("scoped    %8.0f ms (%.0f ms of the processor) for %lu events: %.*s\n",
           (double)(now_monotonic() - began) / 1e6,
           (double)(clock() - busy) * 1e3 / CLOCKS_PER_SEC, (unsigned long)events,
           STR_ARG(f.sentence));
    findings_done(&f);
    store_close(s);
    unlink(path);
    if (st != OK)
        fprintf(stderr, "bench_findings: %s\n", err_text());
    return status_exit(st);
}
