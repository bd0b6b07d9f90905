/* SPDX-License-Identifier: MIT */
#include "tally.h"

#include <inttypes.h>
#include <math.h>

#include "base/utf8.h"
#include "time/now.h"

/* From one in a hundred to one in four: three failures in a row, or several among few. One
 * false alarm in some 68,000 probes of a route that fails once in a hundred. */
static const double odd = 0.01, many = 0.25, height = 8.7;

static void
heed_alarm(struct tally *t, bool good)
{
    bool was = t->failing;

    if (t->probes == 1)
        t->alarm = chance_sum_between(odd, many);
    if (chance_sum_cusum(&t->alarm, good) >= height) {
        t->failing = true;
        t->alarm.sum = height;
    }
    if (t->alarm.sum <= 0)
        t->failing = false;
    t->changed = t->failing != was;
}

/* A change lies between the last answer of the one kind and the first of the other. */
static void
heed_change(struct tally *t, bool good, struct span at)
{
    if (good && !t->good && t->last_bad.high)
        t->recovery = (struct span){ t->last_bad.low, at.high };
    /* Of what failed from the first on nobody saw the beginning. */
    if (!good && t->good) {
        t->onset = (struct span){ t->last_good.low, at.high };
        t->recovery = (struct span){ 0 };
    }
}

static void
heed_clock(struct tally *t, const struct http_answer *a)
{
    struct sighting seen = {
        .sent = a->at.low, .got = a->at.high, .theirs = SECONDS(a->date), .grain = NS_PER_S
    };

    if (a->status == 0 || a->dates != 1 || (a->has_age && a->age > 0))
        return;
    /* Several clocks behind one name, or one that was set: begin anew, with what is now. */
    if (skew_narrow(&t->clock, &seen) != OK) {
        t->clock = (struct skew){ 0 };
        (void)!skew_narrow(&t->clock, &seen);
    }
}

bool
tally_see(struct tally *t, const struct probe *p)
{
    bool good = p->error == NULL, odd_one;

    t->probes++;
    heed_change(t, good, p->answer.at);
    odd_one = t->probes > 1 ? good != t->good : !good;
    heed_alarm(t, good);
    heed_clock(t, &p->answer);
    t->status = p->answer.status;
    t->recent[(t->probes - 1) % TALLY_RECENT] = good ? p->latency : -1;
    if (good) {
        t->latency = p->latency;
        t->sum += p->latency;
        t->last_good = p->answer.at;
    } else {
        t->failed++;
        t->error = p->error;
        t->last_bad = p->answer.at;
    }
    t->good = good;
    return odd_one;
}

/* A label's value: backslash, quote and newline are escaped. */
static void
add_label(struct strbuf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\\' || text.p[i] == '"')
            strbuf_addc(out, '\\');
        if (text.p[i] == '\n')
            strbuf_adds(out, "\\n");
        else
            strbuf_addc(out, text.p[i]);
    }
}

/* clang-format off */
static const struct metric {
    const char *name, *type, *suffix, *help;
    enum { OF_PROBES, OF_FAILED, OF_FAILING, OF_LATENCY, OF_LOW, OF_HIGH } of;
} metrics[] = {
    { "baseline_probes", "counter", "_total", "Probes of the route.", OF_PROBES },
    { "baseline_failed", "counter", "_total", "Probes that were not good.", OF_FAILED },
    { "baseline_failing", "gauge", "", "1 while several probes fail.", OF_FAILING },
    { "baseline_latency_seconds", "gauge", "", "Of the last good probe.", OF_LATENCY },
    { "baseline_clock_offset_low_seconds", "gauge", "",
      "The server's clock is ahead by at least this.", OF_LOW },
    { "baseline_clock_offset_high_seconds", "gauge", "", "And by at most this.", OF_HIGH },
};
/* clang-format on */

static double
value_of(const struct metric *m, const struct tally *t)
{
    bool clock = t->clock.sightings > 0;

    switch (m->of) {
    case OF_PROBES:
        return (double)t->probes;
    case OF_FAILED:
        return (double)t->failed;
    case OF_FAILING:
        return t->failing;
    case OF_LATENCY:
        return t->latency ? (double)t->latency / 1e9 : NAN;
    case OF_LOW:
        return clock ? (double)t->clock.ahead.low / 1e9 : NAN;
    case OF_HIGH:
        return clock ? (double)t->clock.ahead.high / 1e9 : NAN;
    }
    return NAN;
}

void
tally_metrics(const struct tally *tallies, const struct routes *routes, struct strbuf *out)
{
    for (size_t i = 0; i < LEN(metrics); i++) {
        const struct metric *m = &metrics[i];

        strbuf_addf(out, "# TYPE %s %s\n# HELP %s %s\n", m->name, m->type, m->name, m->help);
        for (size_t k = 0; k < routes->len; k++) {
            double value = value_of(m, &tallies[k]);

            if (isnan(value))
                continue;
            strbuf_addf(out, "%s%s{route=\"", m->name, m->suffix);
            add_label(out, routes->items[k]->name);
            strbuf_adds(out, "\",url=\"");
            add_label(out, routes->items[k]->shown);
            strbuf_addf(out, "\"} %.9g\n", value);
        }
    }
    strbuf_adds(out, "# EOF\n");
}

static void
add_xml(struct strbuf *out, struct str text)
{
    AUTO(strbuf) shown = { 0 };

    utf8_show(&shown, text, false);
    for (size_t i = 0; i < shown.n; i++)
        switch (shown.p[i]) {
        case '<':
            strbuf_adds(out, "&lt;");
            break;
        case '>':
            strbuf_adds(out, "&gt;");
            break;
        case '&':
            strbuf_adds(out, "&amp;");
            break;
        case '"':
            strbuf_adds(out, "&quot;");
            break;
        default:
            strbuf_addc(out, shown.p[i]);
        }
}

void
tally_junit(const struct tally *tallies, const struct routes *routes, struct strbuf *out)
{
    size_t failures = 0;

    for (size_t i = 0; i < routes->len; i++)
        failures += tallies[i].failed > 0 || tallies[i].probes == 0;
    strbuf_addf(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<testsuites>\n<testsuite name=\"baseline\" tests=\"%zu\" failures=\"%zu\">\n",
                routes->len, failures);
    for (size_t i = 0; i < routes->len; i++) {
        const struct tally *t = &tallies[i];
        uint64_t good = t->probes - t->failed;

        strbuf_adds(out, "<testcase classname=\"baseline\" name=\"");
        add_xml(out, routes->items[i]->name);
        strbuf_addf(out, "\" time=\"%.6f\">", good ? (double)t->sum / (double)good / 1e9 : 0.0);
        if (t->failed || t->probes == 0) {
            strbuf_addf(out, "<failure message=\"%" PRIu64 " of %" PRIu64 " failed: %s\">",
                        t->failed, t->probes, t->error ? t->error : "no probe ended");
            add_xml(out, routes->items[i]->shown);
            strbuf_adds(out, "</failure>");
        }
        strbuf_adds(out, "</testcase>\n");
    }
    strbuf_adds(out, "</testsuite>\n</testsuites>\n");
}
