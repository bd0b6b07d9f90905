/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "cli/output.h"
#include "print.h"
#include "wanted.h"

enum { WRITE_AT = 32 << 10 };

static enum status
print_all(struct reader *r, uint64_t *ret_found)
{
    AUTO(strbuf) out = { 0 };
    const struct reader_source *sources;
    struct event e;
    bool more = false;
    enum status st;

    reader_sources(r, &sources);
    while ((st = reader_next(r, &e, &more)) == OK && more) {
        const char *name = sources[e.source - 1].name;

        *ret_found += e.continues == 0;
        if (e.continues && !common_options.json)
            continue;
        if (common_options.json)
            print_json(&out, &e, name, NULL);
        else
            print_text(&out, &e, name, args.full);
        if (out.n > WRITE_AT || args.follow)
            st = output_write(&out);
        if (st != OK)
            return st;
    }
    return st == OK ? output_write(&out) : st;
}

/* What could be read only in part is said with the figures. */
static enum status
partial(enum status st)
{
    return st == ERR_PARTIAL ? OK : st;
}

enum exit_code
search_verb(int argc, char **argv)
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
    if (st == OK && timeline)
        st = reader_into(r, timeline);
    if (st == OK)
        st = print_all(r, &found);
    if (st == OK && timeline)
        st = partial(reader_settle(r));
    if (st == OK)
        complete = wanted_sum_up(r);
    reader_close(r);
    store_close(timeline);
    if (st != OK)
        return options_fail(st);
    return !complete ? EXIT_PARTIAL : found ? EXIT_YES : EXIT_NO;
}
