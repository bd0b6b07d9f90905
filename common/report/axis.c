/* SPDX-License-Identifier: MIT */
#include "report/axis.h"

#include "time/civil.h"

int64_t
axis_step(struct span shown, size_t most)
{
    static const int seconds[] = { 1,   2,   5,    10,   15,   30,    60,    120,  300,
                                   600, 900, 1800, 3600, 7200, 10800, 21600, 43200 };
    int64_t day = 86400 * NS_PER_S;
    int64_t width = MAX(span_width(shown), 1);

    most = MAX(most, (size_t)1);
    for (size_t i = 0; i < LEN(seconds); i++)
        if (width / (seconds[i] * NS_PER_S) < (int64_t)most)
            return seconds[i] * NS_PER_S;
    return (width / day / (int64_t)most + 1) * day;
}

int64_t
axis_first(struct span shown, int64_t step)
{
    int64_t rest = shown.low % step;

    return rest == 0 ? shown.low : shown.low - rest + (rest > 0 ? step : 0);
}

void
axis_label(struct strbuf *out, int64_t at, int64_t step)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil c = civil_from_ns(at);

    if (step >= 86400 * NS_PER_S)
        strbuf_addf(out, "%d %s", c.day, months[c.month - 1]);
    else if (step >= 60 * NS_PER_S)
        strbuf_addf(out, "%02d:%02d", c.hour, c.minute);
    else
        strbuf_addf(out, "%02d:%02d:%02d", c.hour, c.minute, c.second);
}
