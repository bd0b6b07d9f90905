/* SPDX-License-Identifier: MIT */
#include "rehearse.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "cli/output.h"
#include "time/now.h"

struct rehearse_args rehearse_args;

static enum exit_code
say_plan(void)
{
    AUTO(strbuf) out = { 0 };

    for (size_t i = 0; i < rehearse_steps_len; i++)
        strbuf_addf(&out, "%-9s %s\n", rehearse_steps[i].name, rehearse_steps[i].plan);
    strbuf_addf(&out, "Nothing outside %s and a folder in /tmp is touched.\n",
                rehearse_args.out);
    return output_write(&out) == OK ? EXIT_YES : EXIT_NO_ANSWER;
}

/* A folder of the user's: made if need be, and of what is in it only that is replaced which a
 * rehearsal writes. */
static enum status
clear_out(struct rehearsal *r)
{
    static const char *const ours[] = { "incident.timeline",
                                        "incident.timeline-wal",
                                        "incident.timeline-shm",
                                        "report.html",
                                        "report.md",
                                        "logs/postgres.log",
                                        "logs/app.log",
                                        "logs/access.log",
                                        "logs/error.log" };

    if (mkdir(r->out, 0777) != 0 && errno != EEXIST)
        return fail_errno("%s", r->out);
    for (size_t i = 0; i < LEN(ours); i++) {
        const char *path = arena_strf(&r->memory, "%s/%s", r->out, ours[i]).p;

        if (path == NULL)
            return fail(ERR_SYSTEM, "out of memory");
        if (unlink(path) != 0 && errno != ENOENT)
            return fail_errno("%s", path);
    }
    return OK;
}

static enum status
rehearsal_open(struct rehearsal *r)
{
    enum status st;

    r->out = rehearse_args.out;
    r->mend = rehearse_args.mend;
    r->pool = rehearse_args.pool;
    r->lab.driver = rehearse_args.stack;
    st = clear_out(r);
    if (st != OK)
        return st;
    r->timeline_path = arena_strf(&r->memory, "%s/incident.timeline", r->out);
    st = store_open(&r->timeline, r->timeline_path.p, STORE_WRITE);
    return st;
}

static enum status
run_steps(struct rehearsal *r)
{
    AUTO(strbuf) said = { .max = STRBUF_LINE };
    enum status st = OK;

    for (size_t i = 0; i < rehearse_steps_len && st == OK; i++) {
        strbuf_clear(&said);
        progress_begin(&rehearse_steps[i]);
        st = rehearse_steps[i].run(r, &said);
        if (st == OK)
            st = progress_done(strbuf_text(&said));
    }
    return st;
}

/* Takes down what stands, whatever happened before: the first reason is the one that counts. */
static enum status
rehearsal_close(struct rehearsal *r, enum status st)
{
    AUTO(strbuf) why = { .max = STRBUF_LINE };
    enum status down;

    strbuf_adds(&why, interrupt_came() ? "interrupted, and taken down" : err_text());
    down = lab_down(&r->lab);
    if (st != OK)
        st = fail(interrupt_came() ? ERR_SYSTEM : st, "%s", strbuf_text(&why));
    else
        st = down;
    saltwatch_done(&r->salts);
    traffic_close(&r->traffic);
    findings_done(&r->findings);
    store_close(r->timeline);
    lab_done(&r->lab);
    arena_done(&r->memory);
    return st;
}

enum exit_code
rehearse_verb(int argc, char **argv)
{
    struct rehearsal r = { .began = now_monotonic() };
    const struct rehearse_comparison *rows;
    size_t n = 0, agree = 0;
    enum status st;

    (void)argc;
    (void)argv;
    if (rehearse_args.dry_run)
        return say_plan();
    interrupt_hold();
    st = rehearsal_open(&r);
    if (st == OK)
        st = run_steps(&r);
    if (st == OK) {
        n = rehearse_compare(&r, &rows);
        st = progress_compare(rows, n);
    }
    for (size_t i = 0; i < n; i++)
        agree += rows[i].agrees;
    st = rehearsal_close(&r, st);
    if (st != OK)
        return options_fail(st);
    return agree == n ? EXIT_YES : EXIT_NO;
}
