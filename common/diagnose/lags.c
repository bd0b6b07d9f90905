/* SPDX-License-Identifier: MIT */
#include "diagnose/lags.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEAST_MATCHED = 4, /* fewer agree by chance too often */
    LEAST_ORDERED = 8,
    SERIES_MAX = 400, /* of each: the first ones, where an outage begins */
    SHIFT_MAX = 60,
    SHARE_ALIKE = 80, /* percent of the best: as good as the best */
    SHARE_AGREE = 90, /* percent of known pairs that must overlap */
    MEAN_LEAST = 30,  /* pairs whose mean is worth something */
};

#define JITTER   MS(25)     /* two processes on one machine, besides what the stamps cut off */
#define COARSE   MS(400)    /* both stamps together: no instant, but a stretch */
#define SPREAD   SECONDS(3) /* candidates further apart say nothing */
#define LOG_RARE (-12.0)    /* e^-12: one unrelated pair of logs in 160,000 */

/* An end of an interval on the line that is swept. */
struct end {
    int64_t at;
    int step; /* +1 begins, -1 ends */
};

static int
by_end(const void *a, const void *b)
{
    const struct end *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return y->step - x->step;
}

static int
by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

struct span
lag_of_pair(struct span a, struct span b, struct span gap)
{
    return (struct span){ a.low - b.high - gap.high, a.high - b.low - gap.low };
}

/* Marzullo's sweep: the stretch that most intervals share. */
static unsigned
most_shared(const struct span *s, size_t n, struct end *ends, struct span *ret)
{
    int depth = 0, best = 0;

    for (size_t i = 0; i < n; i++) {
        ends[2 * i] = (struct end){ s[i].low, 1 };
        ends[2 * i + 1] = (struct end){ s[i].high, -1 };
    }
    qsort(ends, 2 * n, sizeof(*ends), by_end);
    for (size_t i = 0; i < 2 * n; i++) {
        depth += ends[i].step;
        if (depth > best) {
            best = depth;
            *ret = (struct span){ ends[i].at, ends[i + 1].at };
        }
    }
    return (unsigned)best;
}

/* Stamps cut to whole units say more together than the narrowest of them: happenings fall
 * anywhere within a unit, so the mean of the differences is right although none of them is. */
static void
narrow_by_mean(const struct span *ahead, size_t n, struct span gap, struct span *shared)
{
    double sum = 0, error;
    struct span near;
    int64_t mean;

    if (n < MEAN_LEAST || span_width(ahead[0]) - span_width(gap) < COARSE)
        return;
    for (size_t i = 0; i < n; i++)
        sum += (double)(span_mid(ahead[i]) - span_mid(ahead[0])) / (double)n;
    mean = span_mid(ahead[0]) + (int64_t)sum;
    /* Four standard errors of a uniform one; never less than what unlucky phases may do. */
    error = MAX(4 * 0.29 * (double)span_width(ahead[0]) / 2 / sqrt((double)n), (double)MS(150));
    near = (struct span){ mean - span_width(gap) / 2 - (int64_t)error,
                          mean + span_width(gap) / 2 + (int64_t)error };
    span_meet(near, *shared, shared);
}

bool
lags_of_pairs(const struct span *ahead, size_t n, struct span gap, struct lag *ret)
{
    struct end *ends;
    struct span shared = { 0 };
    unsigned best;

    if (n < LEAST_MATCHED)
        return false;
    ends = calloc(2 * n + 1, sizeof(*ends));
    if (!ends)
        return false;
    best = most_shared(ahead, n, ends, &shared);
    free(ends);
    if (best * 100 < n * SHARE_AGREE)
        return false;
    narrow_by_mean(ahead, n, gap, &shared);
    *ret = (struct lag){ .ahead = shared, .matched = best, .of = (unsigned)n, .candidates = 1 };
    return true;
}

static struct lag_series
first_of(struct lag_series s)
{
    s.len = MIN(s.len, (size_t)SERIES_MAX);
    return s;
}

static int64_t
grain(struct lag_series s)
{
    int64_t widest = 0;

    for (size_t i = 0; i < s.len; i++)
        widest = MAX(widest, span_width(s.at[i]) + 1);
    return widest;
}

/* All differences of a against b, in order; NULL if memory ran out. */
static int64_t *
differences(struct lag_series a, struct lag_series b)
{
    int64_t *d = calloc(a.len * b.len, sizeof(*d));

    for (size_t i = 0; d && i < a.len; i++)
        for (size_t k = 0; k < b.len; k++)
            d[i * b.len + k] = span_mid(a.at[i]) - span_mid(b.at[k]);
    if (d)
        qsort(d, a.len * b.len, sizeof(*d), by_value);
    return d;
}

/* The fullest window of this width: how many differences, and where it begins. */
static size_t
fullest(const int64_t *d, size_t n, int64_t width, int64_t *ret_low)
{
    size_t best = 0;

    for (size_t from = 0, to = 0; from < n; from++) {
        while (to < n && d[to] - d[from] <= width)
            to++;
        if (to - from > best) {
            best = to - from;
            *ret_low = d[from];
        }
    }
    return best;
}

/* Log of the chance that any window of unrelated logs is that full. Chernoff's bound on the
 * Poisson tail, times the number of windows that were looked at. */
static double
log_chance(const int64_t *d, size_t n, int64_t width, size_t best)
{
    double range = (double)(d[n - 1] - d[0]) + (double)width;
    /* Differences of two stretches are densest in the middle: twice the mean. */
    double expected = 2.0 * (double)n * (double)width / range, m = (double)best;

    if (m <= expected)
        return 0;
    return -expected + m * (1 + log(expected / m)) + log(range / (double)width + 1);
}

/* Pairs at about this lag, each stamp used once; their differences into `d`. */
static size_t
pairs_at(struct lag_series a, struct lag_series b, struct span lag, int64_t *d)
{
    size_t n = 0;

    for (size_t i = 0, k = 0; i < a.len && k < b.len;) {
        int64_t diff = span_mid(a.at[i]) - span_mid(b.at[k]);

        if (diff < lag.low)
            i++;
        else if (diff > lag.high)
            k++;
        else {
            d[n++] = diff;
            i++;
            k++;
        }
    }
    qsort(d, n, sizeof(*d), by_value);
    return n;
}

/* Other windows nearly as full, and how far apart they all lie. */
static unsigned
alike(const int64_t *d, size_t n, int64_t width, size_t best, struct span *all)
{
    unsigned count = 0;
    int64_t last = INT64_MIN;

    for (size_t from = 0, to = 0; from < n; from++) {
        while (to < n && d[to] - d[from] <= width)
            to++;
        if ((to - from) * 100 < best * SHARE_ALIKE || (count && d[from] - last <= width))
            continue;
        *all = count++ ? span_join(*all, span_at(d[from])) : span_at(d[from]);
        last = d[from];
    }
    return count;
}

/* Where one comes first, the quickest pairs are the nearest to the least gap there can be;
 * where either may, the middle is as good as it gets. */
static struct span
around(const int64_t *d, size_t n, int64_t slack, struct span gap)
{
    int64_t quick = d[n / 10] - gap.low, middle = d[n / 2];

    if (gap.low < 0 && gap.high > 0)
        return (struct span){ middle - gap.high - slack, middle - gap.low + slack };
    return (struct span){ quick - slack - MS(20), quick + slack + MS(2) };
}

bool
lags_by_mode(struct lag_series a, struct lag_series b, struct span gap, struct lag *ret)
{
    int64_t width, low = 0, *d;
    struct span all = { 0 };
    size_t best, n;
    unsigned candidates;
    bool found;

    a = first_of(a);
    b = first_of(b);
    if (MIN(a.len, b.len) < LEAST_MATCHED || !(d = differences(a, b)))
        return false;
    width = grain(a) + grain(b) + JITTER;
    best = fullest(d, a.len * b.len, width, &low);
    candidates = alike(d, a.len * b.len, width, best, &all);
    found = log_chance(d, a.len * b.len, width, best) < LOG_RARE && span_width(all) <= SPREAD;
    n = found ? pairs_at(a, b, (struct span){ low, low + width }, d) : 0;
    if (n >= LEAST_MATCHED) {
        ret->ahead = around(d, n, (grain(a) + grain(b)) / 2, gap);
        if (candidates > 1)
            ret->ahead = span_join(ret->ahead, all);
        ret->matched = (unsigned)n;
        ret->of = (unsigned)MIN(a.len, b.len);
        ret->candidates = candidates;
    }
    free(d);
    return n >= LEAST_MATCHED;
}

/* The k-th of `a` against the (k + shift)-th of `b`. */
static bool
agree_at(struct lag_series a, struct lag_series b, long shift, struct span gap, struct lag *ret)
{
    size_t from = shift < 0 ? (size_t)-shift : 0, n = 0;
    struct span *allowed = calloc(SERIES_MAX, sizeof(*allowed));
    bool ok = false;

    for (size_t i = from; allowed && i < a.len && (size_t)((long)i + shift) < b.len; i++)
        allowed[n++] = lag_of_pair(a.at[i], b.at[(size_t)((long)i + shift)], gap);
    if (n >= LEAST_ORDERED && n * 100 >= MIN(a.len, b.len) * SHARE_ALIKE)
        ok = lags_of_pairs(allowed, n, gap, ret);
    free(allowed);
    return ok;
}

bool
lags_by_order(struct lag_series a, struct lag_series b, struct span gap, struct lag *ret)
{
    struct lag one, all = { 0 };

    a = first_of(a);
    b = first_of(b);
    for (long shift = -SHIFT_MAX; shift <= SHIFT_MAX; shift++) {
        if (!agree_at(a, b, shift, gap, &one))
            continue;
        one.candidates = all.candidates + 1;
        if (all.candidates)
            one.ahead = span_join(all.ahead, one.ahead);
        one.matched = MAX(one.matched, all.matched);
        all = one;
    }
    if (!all.candidates || span_width(all.ahead) > SPREAD)
        return false;
    *ret = all;
    return true;
}
