/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "base/json.h"
#include "cli/output.h"
#include "diagnose/clocks.h"
#include "diagnose/counts.h"
#include "report/words.h"
#include "timeline/scratch.h"
#include "wanted.h"

/* The logs onto a timeline (a passing one without -t), and their clocks against each other. */
static enum status
measure(int argc, char **argv, struct scratch *timeline, struct recording *ret, bool *ret_whole)
{
    struct reader_request q = { 0 };
    struct reader *r = NULL;
    enum status st = scratch_open(timeline, common_options.timeline);

    if (st == OK)
        st = wanted_request(&q, argc, argv, timeline->store);
    if (st == OK)
        st = reader_open(&r, &q);
    if (st == OK) {
        st = reader_record(r, timeline->store);
        *ret_whole = wanted_sum_up(r) && st == OK;
        st = st == ERR_PARTIAL ? OK : st;
    }
    reader_close(r);
    if (st == OK)
        st = recording_load(ret, timeline->store);
    if (st == OK)
        st = counts_find_copies(ret);
    return st;
}

static struct str
name_of(const struct recording *r, uint32_t source)
{
    const struct store_source *sources = NULL;
    size_t n = store_sources(r->store, &sources);

    for (size_t i = 0; i < n; i++)
        if (sources[i].id == source)
            return sources[i].name;
    return (struct str){ 0 };
}

/* What the other end of the comparison is called. */
static struct str
against(const struct recording *r, const struct clock_pair *pair)
{
    if (pair->b >= r->writers_len)
        return STR("second stamps");
    return name_of(r, r->writers[pair->b].source);
}

static void
pair_json(struct strbuf *out, const struct recording *r, const struct clock_pair *pair)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_str(&w, "source", name_of(r, r->writers[pair->a].source));
    json_maybe(&w, "host", r->writers[pair->a].host);
    json_str(&w, "against", against(r, pair));
    if (pair->conflict) {
        json_null(&w, "offset_low");
        json_null(&w, "offset_high");
    } else {
        json_seconds(&w, "offset_low", pair->ahead.low);
        json_seconds(&w, "offset_high", pair->ahead.high);
    }
    json_text(&w, "how", pair->how);
    json_int(&w, "sightings", pair->sightings);
    json_int(&w, "candidates", pair->candidates);
    json_bool(&w, "conflict", pair->conflict);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

static void
pair_text(struct strbuf *out, const struct recording *r, const struct clock_pair *pair)
{
    strbuf_add(out, name_of(r, r->writers[pair->a].source));
    strbuf_adds(out, "  ");
    if (pair->conflict)
        strbuf_adds(out, "two ways of comparing do not agree");
    else
        words_offset(out, pair->ahead);
    strbuf_adds(out, "  against ");
    strbuf_add(out, against(r, pair));
    strbuf_addf(out, "  (%u %s)\n", pair->sightings, pair->how);
}

/* 0: every log could be compared with some other one; 3: not enough anchors. */
static enum exit_code
all_compared(const struct recording *r, const struct clock_pairs *pairs)
{
    for (uint32_t i = 0; i < r->writers_len; i++) {
        bool compared = r->writers[i].copy_of_other || r->writers_len == 1;

        for (size_t k = 0; k < pairs->len; k++)
            compared = compared || (!pairs->items[k].conflict &&
                                    (pairs->items[k].a == i || pairs->items[k].b == i));
        if (compared)
            continue;
        options_say(STR_FMT ": not enough anchors: nothing in it stands in another log too",
                    STR_ARG(name_of(r, r->writers[i].source)));
        return EXIT_PARTIAL;
    }
    return pairs->len ? EXIT_YES : EXIT_PARTIAL;
}

enum exit_code
clock_verb(int argc, char **argv)
{
    AUTO(strbuf) out = { 0 };
    struct scratch timeline = { 0 };
    struct recording r = { 0 };
    struct clock_pairs pairs = { 0 };
    bool whole = false;
    enum exit_code code = EXIT_NO_ANSWER;
    enum status st = measure(argc, argv, &timeline, &r, &whole);

    if (st == OK)
        st = clocks_measure(&r, &pairs);
    for (size_t i = 0; st == OK && i < pairs.len; i++)
        if (common_options.json)
            pair_json(&out, &r, &pairs.items[i]);
        else
            pair_text(&out, &r, &pairs.items[i]);
    if (st == OK)
        st = output_write(&out);
    if (st == OK)
        code = all_compared(&r, &pairs);
    clock_pairs_done(&pairs);
    recording_done(&r);
    scratch_done(&timeline);
    if (st != OK)
        return options_fail(st);
    return whole ? code : EXIT_PARTIAL;
}
