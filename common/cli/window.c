/* SPDX-License-Identifier: MIT */
#include "cli/window.h"

#include "cli/options.h"
#include "time/moment.h"
#include "time/now.h"

struct asking {
    struct zone *viewer;
    window_find find;
    void *data;
};

static enum status
resolve(const struct asking *a, const char *option, const char *text, struct span *ret)
{
    struct moment m;
    int64_t at;
    enum status st;

    if (text == NULL)
        return OK;
    st = moment_read(&m, text, a->viewer, now_real());
    if (st != OK)
        return note(st, "%s", option);
    if (!m.is_event) {
        *ret = m.span;
        return OK;
    }
    if (a->find == NULL)
        return fail(ERR_USAGE, "%s: '%s' needs a timeline (-t FILE) to look in", option, text);
    if (!a->find(m.event, m.last, &at, a->data))
        return fail(ERR_USAGE, "%s: no event '" STR_FMT "' is on the timeline", option,
                    STR_ARG(m.event));
    *ret = span_at(at + m.shift);
    return OK;
}

enum status
window_said(struct span *ret, window_find find, void *data)
{
    struct asking a = { .find = find, .data = data };
    struct span since = span_at(INT64_MIN), until = span_at(INT64_MAX);
    enum status st = zone_open(&a.viewer, STR("local"));

    if (st != OK)
        return st;
    st = resolve(&a, "--since", common_options.since, &since);
    if (st == OK)
        st = resolve(&a, "--until", common_options.until, &until);
    zone_close(a.viewer);
    return st ? st : moment_window(since, until, ret);
}
