/* SPDX-License-Identifier: MIT */
#include "report/words.h"

#include <inttypes.h>

#include "time/civil.h"

void
words_count(struct strbuf *out, uint64_t n)
{
    if (n >= 1000) {
        words_count(out, n / 1000);
        strbuf_addf(out, ",%03" PRIu64, n % 1000);
    } else {
        strbuf_addf(out, "%" PRIu64, n);
    }
}

void
words_counted(struct strbuf *out, uint64_t n, const char *noun)
{
    struct str many = str_of(noun);
    struct str one = str_cut(&many, '|');

    words_count(out, n);
    strbuf_addc(out, ' ');
    strbuf_add(out, n != 1 && many.n ? many : one);
    if (n != 1 && many.n == 0)
        strbuf_addc(out, 's');
}

void
words_percent(struct strbuf *out, uint64_t part, uint64_t whole)
{
    double share = whole ? (double)part / (double)whole : 0;
    int percent = (int)(share * 100 + 0.5);

    if (percent == 100 && part < whole)
        percent = 99;
    if (percent == 0 && part > 0)
        percent = 1;
    strbuf_addf(out, "%d %%", percent);
}

/* From the largest down; `small` is how the unit below it is counted in `unit`. */
static const struct unit {
    int64_t ns;
    const char *word;
    char letter;
} units[] = {
    { 86400 * NS_PER_S, "d", 'd' },
    { 3600 * NS_PER_S, "h", 'h' },
    { 60 * NS_PER_S, "min", 'm' },
    { NS_PER_S, "s", 's' },
};

void
words_duration(struct strbuf *out, int64_t ns)
{
    size_t i = 0;

    if (ns < 0) {
        strbuf_adds(out, "-");
        ns = ns == INT64_MIN ? INT64_MAX : -ns;
    }
    while (i < LEN(units) - 1 && ns < units[i].ns)
        i++;
    if (ns < NS_PER_S && ns > 0) {
        strbuf_addf(out, ns < MS(10) ? "%.1f ms" : "%.0f ms", (double)ns / 1e6);
        return;
    }
    strbuf_addf(out, "%" PRId64 " %s", ns / units[i].ns, units[i].word);
    if (i + 1 < LEN(units))
        strbuf_addf(out, i == 0 ? " %" PRId64 " %s" : " %02" PRId64 " %s",
                    ns % units[i].ns / units[i + 1].ns, units[i + 1].word);
}

void
words_duration_short(struct strbuf *out, int64_t ns)
{
    size_t i = 0;

    ns = MAX(ns, 0);
    while (i < LEN(units) - 1 && ns < units[i].ns)
        i++;
    strbuf_addf(out, "%" PRId64 "%c", ns / units[i].ns, units[i].letter);
    if (i + 1 < LEN(units))
        strbuf_addf(out, "%02" PRId64 "%c", ns % units[i].ns / units[i + 1].ns,
                    units[i + 1].letter);
}

/* A span said with a few digits: `at` and what may be added to it and taken from it, all in
 * whole `unit`s of 10^-digits seconds. */
struct said {
    int64_t at, margin;
    int digits;
    bool forward; /* [at, at + margin] and not [at - margin, at + margin] */
};

static bool
is_known(struct span when)
{
    return when.low > INT64_MIN / 2 && when.high < INT64_MAX / 2 && when.low <= when.high;
}

static int64_t
round_down(int64_t ns, int64_t unit)
{
    int64_t rest = ns % unit;

    return ns - rest - (rest < 0 ? unit : 0);
}

static int64_t
round_up(int64_t ns, int64_t unit)
{
    return -round_down(-ns, unit);
}

/* Clocks that write whole seconds give spans that begin on one. */
static bool
is_whole_seconds(struct span when)
{
    return when.low == round_down(when.low, NS_PER_S) && span_width(when) >= NS_PER_S - MS(1) &&
           span_width(when) <= NS_PER_S;
}

/* One digit of the margin is worth saying, two where the second is free. */
static struct said
say_around(struct span when)
{
    int64_t half = span_width(when) / 2 + span_width(when) % 2;
    struct said s = { .digits = 3 };
    int64_t unit = MS(1);

    while (s.digits > 0 && half >= 10 * unit) {
        unit *= 10;
        s.digits--;
    }
    s.at = round_down(span_mid(when) + unit / 2, unit);
    s.margin = MAX(round_up(MAX(when.high - s.at, s.at - when.low), unit), MS(1));
    return s;
}

static struct said
say(struct span when)
{
    if (is_whole_seconds(when))
        return (struct said){ when.low, NS_PER_S, 0, true };
    return say_around(when);
}

void
words_clock(struct strbuf *out, struct span when, enum words_day day)
{
    AUTO(strbuf) whole = { 0 };
    struct str text;

    if (!is_known(when)) {
        strbuf_adds(out, "not known");
        return;
    }
    civil_print(&whole, say(when).at, say(when).digits);
    text = strbuf_str(&whole);
    text.n--; /* the Z */
    if (day == WORDS_DATE_TIME) {
        strbuf_add(out, str_cut(&text, 'T'));
        strbuf_addc(out, ' ');
    } else {
        str_cut(&text, 'T');
    }
    strbuf_add(out, text);
}

void
words_margin(struct strbuf *out, struct span when)
{
    struct said s;

    if (!is_known(when))
        return;
    s = say(when);
    strbuf_adds(out, s.forward ? "+" : "±");
    if (s.margin >= SECONDS(120))
        words_duration(out, s.margin);
    else
        strbuf_addf(out, "%.*f s", s.digits, (double)s.margin / 1e9);
}

void
words_instant(struct strbuf *out, struct span when, enum words_day day)
{
    words_clock(out, when, day);
    if (!is_known(when))
        return;
    strbuf_addc(out, ' ');
    words_margin(out, when);
}

void
words_offset(struct strbuf *out, struct span offset)
{
    struct said s;

    if (!is_known(offset)) {
        strbuf_adds(out, "not known");
        return;
    }
    s = say_around(offset);
    strbuf_addf(out, "%+.*f ± %.*f s", s.digits, (double)s.at / 1e9, s.digits,
                (double)s.margin / 1e9);
}

bool
words_offset_matters(struct span offset)
{
    return is_known(offset) && (offset.low > NS_PER_S || offset.high < -NS_PER_S);
}

/* Past an hour, in whole minutes; past a day, in whole hours: cut, and the margin says so. */
static void
add_long(struct strbuf *out, struct span lasting)
{
    int64_t mid = span_mid(lasting);
    int64_t unit = (mid >= 86400 * NS_PER_S ? 3600 : 60) * NS_PER_S;

    words_duration(out, round_down(mid, unit));
    strbuf_adds(out, " ±");
    words_duration(out, round_up(lasting.high - round_down(mid, unit), unit));
}

void
words_lasting(struct strbuf *out, struct span lasting)
{
    struct said s;
    int width = 0;

    if (!is_known(lasting)) {
        strbuf_adds(out, "not known");
        return;
    }
    if (span_mid(lasting) >= 3600 * NS_PER_S) {
        add_long(out, lasting);
        return;
    }
    s = say_around(lasting);
    if (s.at >= SECONDS(60)) {
        strbuf_addf(out, "%" PRId64 " min ", s.at / SECONDS(60));
        width = s.digits > 0 ? 3 + s.digits : 2;
    }
    strbuf_addf(out, "%0*.*f s ±%.*f s", width, s.digits, (double)(s.at % SECONDS(60)) / 1e9,
                s.digits, (double)s.margin / 1e9);
}
