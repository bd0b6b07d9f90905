/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "args.h"
#include "wanted.h"

static enum status
count(struct reader *r, uint64_t *ret_found)
{
    struct event e;
    bool more = false;
    enum status st;

    while ((st = reader_next(r, &e, &more)) == OK && more)
        *ret_found += !e.echo;
    return st;
}

/* "No failures" is only said over all there is to read. */
enum exit_code
clean_verb(int argc, char **argv)
{
    struct reader_request q;
    struct reader *r = NULL;
    uint64_t found = 0;
    bool complete = false;
    struct store *timeline = NULL;
    enum status st = wanted_timeline(&timeline);

    if (st == OK)
        st = wanted_request(&q, argc, argv, timeline);
    if (st == OK)
        st = reader_open(&r, &q);
    if (st == OK)
        st = count(r, &found);
    if (st == OK)
        complete = wanted_sum_up(r);
    reader_close(r);
    store_close(timeline);
    if (st != OK)
        return options_fail(st);
    if (common_options.json)
        printf("{\"clean\":%s,\"failures\":%llu,\"complete\":%s}\n",
               found      ? "false"
               : complete ? "true"
                          : "null",
               (unsigned long long)found, complete ? "true" : "false");
    else if (found)
        printf("%llu failures\n", (unsigned long long)found);
    else
        puts(complete ? "clean" : "no failure in what could be read");
    return found ? EXIT_NO : complete ? EXIT_YES : EXIT_PARTIAL;
}
