/* SPDX-License-Identifier: MIT */
#include "scope.h"

#include "cli/output.h"
#include "observe/reader.h"
#include "screen.h"
#include "time/moment.h"
#include "time/now.h"

struct scope_args scope_args;

enum status
scope_window(struct span *ret)
{
    struct span since = span_at(INT64_MIN), until = span_at(INT64_MAX);
    struct zone *viewer = NULL;
    struct moment m = { 0 };
    enum status st;

    if (!common_options.since && !common_options.until)
        return OK;
    st = zone_open(&viewer, STR("local"));
    if (st == OK && common_options.since) {
        st = moment_read(&m, common_options.since, viewer, now_real());
        since = m.span;
    }
    if (st == OK && common_options.until) {
        st = moment_read(&m, common_options.until, viewer, now_real());
        until = m.span;
    }
    zone_close(viewer);
    if (st == OK && m.is_event)
        st = fail(ERR_USAGE, "an event cannot be a limit before the logs are read");
    return st == OK ? moment_window(since, until, ret) : st;
}

enum status
scope_read(struct store *into, size_t n, const char *const *specs)
{
    struct reader_request q = {
        .specs = specs,
        .specs_len = n,
        .zones = common_options.zones.items,
        .zones_len = common_options.zones.len,
        .years = scope_args.years.items,
        .years_len = scope_args.years.len,
        .pg_prefix = scope_args.pg_prefix,
    };
    struct reader *r = NULL;
    enum status st = scope_window(&q.window);

    if (st == OK)
        st = store_redaction_key(into, &q.redaction_key);
    if (st == OK)
        st = reader_open(&r, &q);
    if (st == OK) {
        st = reader_record(r, into);
        reader_close(r);
    }
    return st;
}

enum exit_code
scope_exit(const struct findings *f)
{
    static const enum exit_code codes[STATE_LEN] = {
        [STATE_UNKNOWN] = EXIT_PARTIAL,
        [STATE_HEALTHY] = EXIT_YES,
        [STATE_FAILING] = EXIT_NO,
        [STATE_RECOVERED] = EXIT_YES,
    };

    return codes[f->state];
}

static enum status
say(const struct findings *f)
{
    AUTO(strbuf) out = { 0 };

    if (common_options.json) {
        findings_json(f, &out);
        strbuf_addc(&out, '\n');
    } else {
        screen_draw(&out, f, (struct str){ 0 }, output_width(80));
    }
    return output_write(&out);
}

enum exit_code
scope_verb(int argc, char **argv)
{
    struct scratch timeline = { 0 };
    struct findings f = { 0 };
    enum status st, partial = OK;
    enum exit_code code;

    if (argc == 0 && !common_options.timeline)
        return options_fail(fail(ERR_USAGE,
                                 "give logs, or a timeline (-t): there is nothing to "
                                 "look at"));
    st = argc == 0 ? store_open(&timeline.store, common_options.timeline, STORE_READ)
                   : scratch_open(&timeline, common_options.timeline);
    if (st == OK && argc) {
        st = scope_read(timeline.store, (size_t)argc, (const char *const *)argv);
        partial = st == ERR_PARTIAL ? st : OK;
        if (partial)
            options_say("%s", err_text());
    }
    if (st == OK || partial)
        st = argc ? findings_settle(&f, timeline.store) : findings_work_out(&f, timeline.store);
    if (st == OK)
        st = say(&f);
    code = st == OK ? scope_exit(&f) : options_fail(st);
    findings_done(&f);
    scratch_done(&timeline);
    return partial && st == OK ? EXIT_PARTIAL : code;
}
