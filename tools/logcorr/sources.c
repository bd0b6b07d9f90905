/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "wanted.h"

static enum status
read_through(struct reader *r)
{
    struct event e;
    bool more = true;
    enum status st = OK;

    while (st == OK && more)
        st = reader_next(r, &e, &more);
    return st;
}

static void
source_json(struct strbuf *out, const struct reader_source *s)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_text(&w, "name", s->name);
    json_text(&w, "format", s->format);
    json_maybe(&w, "zone", s->clock.zone);
    json_text(&w, "zone_from", zone_from_names[s->clock.zone_from]);
    json_maybe(&w, "zone_why", s->zone_why);
    json_bool(&w, "guessed", s->guessed);
    json_text(&w, "coverage", s->coverage);
    json_int(&w, "bytes", (int64_t)s->bytes);
    json_int(&w, "lines", (int64_t)s->lines);
    json_int(&w, "records", (int64_t)s->records);
    json_int(&w, "continuation_lines", (int64_t)s->continuation_lines);
    json_int(&w, "not_understood", (int64_t)s->not_understood);
    json_int(&w, "out_of_order", (int64_t)s->out_of_order);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

static void
source_text(struct strbuf *out, const struct reader_source *s)
{
    strbuf_addf(out, "%s\n", s->name);
    strbuf_addf(out, "    format    %s\n", s->format ? s->format : "not known");
    strbuf_addf(out, "    zone      " STR_FMT ": " STR_FMT "\n", STR_ARG(s->clock.zone),
                STR_ARG(s->zone_why));
    strbuf_addf(
        out, "    lines     %llu: %llu records, %llu that continue them, %llu not understood\n",
        (unsigned long long)s->lines, (unsigned long long)s->records,
        (unsigned long long)s->continuation_lines, (unsigned long long)s->not_understood);
    if (s->out_of_order)
        strbuf_addf(out, "    order     %llu records came too late to be put in their place\n",
                    (unsigned long long)s->out_of_order);
    strbuf_addf(out, "    coverage  %s\n", s->coverage);
}

static enum status
print_sources(struct reader *r, bool *ret_complete)
{
    AUTO(strbuf) out = { 0 };
    const struct reader_source *list;
    size_t len = reader_sources(r, &list);

    *ret_complete = true;
    for (size_t i = 0; i < len; i++) {
        if (common_options.json)
            source_json(&out, &list[i]);
        else
            source_text(&out, &list[i]);
        *ret_complete &= strcmp(list[i].coverage, "complete") == 0;
        *ret_complete &= !(args.strict && list[i].guessed);
    }
    return output_write(&out);
}

enum exit_code
sources_verb(int argc, char **argv)
{
    struct reader_request q;
    struct reader *r = NULL;
    bool complete = false;
    struct store *timeline = NULL;
    enum status st = wanted_timeline(&timeline);

    if (st == OK)
        st = wanted_request(&q, argc, argv, timeline);
    q.all = true;
    if (st == OK)
        st = reader_open(&r, &q);
    if (st == OK)
        st = read_through(r);
    if (st == OK)
        st = print_sources(r, &complete);
    reader_close(r);
    store_close(timeline);
    if (st != OK)
        return options_fail(st);
    return complete ? EXIT_YES : EXIT_PARTIAL;
}
