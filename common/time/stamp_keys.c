/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"
#include "time/span.h"
#include "time/stamp_parts.h"

/* Fields that hold when something happened, by how surely they do: names in lower case
 * without _, -, @, $ and dots. */
static const struct {
    const char *name;
    int rank;
} keys[] = {
    { "timestamp", 9 },
    { "realtimetimestamp", 9 }, /* journald */
    { "ts", 8 },
    { "time", 8 },
    { "timeunixnano", 8 }, /* OpenTelemetry */
    { "datetime", 7 },
    { "asctime", 7 },
    { "eventtime", 7 },
    { "logtime", 7 },
    { "timegenerated", 7 },
    { "timemillis", 7 },
    { "utctime", 7 },
    { "t", 6 },
    { "epochsecond", 6 },
    { "unixtime", 6 },
    { "timeiso8601", 6 },
    { "stagetimestamp", 6 },
    { "startutc", 6 },
    { "date", 5 },
    { "dt", 5 },
    { "rt", 5 },
    { "when", 5 },
    { "msec", 5 },
    { "timelocal", 5 },
    { "startlocal", 5 },
    { "starttime", 5 },
    { "timestampms", 5 },
    { "calendartime", 5 },
    { "requesttimestamp", 5 },
    { "requestreceivedtimestamp", 5 },
    { "published", 5 },
    { "creationtime", 5 },
    { "eventtimestamp", 7 },
    { "logtimestamp", 7 },
    { "timestamputc", 7 },
    { "utctimestamp", 7 },
    { "timecreated", 6 },
    { "loggedat", 5 },
    { "occurredat", 5 },
    { "sourcerealtimetimestamp", 4 },
    { "created", 4 },
    { "createdat", 3 },
    { "lasttimestamp", 4 },
    { "observedtimeunixnano", 3 },
    { "observedtimestamp", 3 },
    { "receivetimestamp", 2 },
    { "ingestiontime", 2 },
    { "receivedat", 2 },
};

int
stamp_key_rank(struct str key)
{
    char plain[32];
    size_t n = 0;

    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (one_of(c, "_-@$."))
            continue;
        if (n == sizeof(plain))
            return 0;
        plain[n++] = is_upper(c) ? (char)(c | 0x20) : c;
    }
    for (size_t i = 0; i < LEN(keys); i++)
        if (str_eq((struct str){ plain, n }, str_of(keys[i].name)))
            return keys[i].rank;
    return 0;
}

/* A number in a field whose name says it is an instant: its size tells the unit. */
static bool
epoch_of_digits(struct str digits, int64_t fraction_ns, int64_t grain, struct stamp *s)
{
    static const struct {
        size_t digits;
        int64_t unit, before; /* `before`: seconds from its start to 1970 */
    } units[] = {
        { 9, NS_PER_S, 0 },
        { 10, NS_PER_S, 0 },
        { 12, 1000000, 0 },
        { 13, 1000000, 0 },
        { 16, 1000, 0 },
        { 17, 1000, INT64_C(11644473600) }, /* WebKit: microseconds since 1601 */
        { 18, 100, INT64_C(11644473600) },  /* Windows FILETIME: 100 ns since 1601 */
        { 19, 1, 0 },
    };
    uint64_t value;

    if (!str_to_u64(digits, &value) || value > INT64_MAX)
        return false;
    for (size_t i = 0; i < LEN(units); i++) {
        uint64_t per = (uint64_t)(NS_PER_S / units[i].unit);
        int64_t seconds = (int64_t)(value / per) - units[i].before;
        if (units[i].digits != digits.n)
            continue;
        if (seconds < 631152000 || seconds >= INT64_C(4102444800)) /* 1990 to 2100 */
            return false;
        stamp_set_epoch(s,
                        SECONDS(seconds) + (int64_t)(value % per) * units[i].unit +
                            fraction_ns / (NS_PER_S / units[i].unit),
                        MAX(MIN(units[i].unit, grain / (int64_t)per), 1));
        return true;
    }
    return false;
}

/* "1795312010", "1795312010.256", "1.795312010256e9". */
static bool
read_number(struct str value, struct stamp *s)
{
    char digits[40];
    size_t n = 0, point = SIZE_MAX, i = 0;
    uint64_t exponent = 0;
    int64_t fraction = 0, grain = NS_PER_S;

    for (; i < value.n && n < sizeof(digits) && (is_digit(value.p[i]) || value.p[i] == '.');
         i++) {
        if (is_digit(value.p[i]))
            digits[n++] = value.p[i];
        else if (point == SIZE_MAX)
            point = n;
        else
            return false;
    }
    if (i < value.n && (value.p[i] | 0x20) == 'e') {
        size_t sign = i + 1 < value.n && value.p[i + 1] == '+';
        if (!str_to_u64(str_skip(value, i + 1 + sign), &exponent) || exponent > 20)
            return false;
        i = value.n;
    }
    if (i < value.n || n == 0)
        return false;
    point = (point == SIZE_MAX ? n : point) + exponent;
    while (n < point && n < sizeof(digits))
        digits[n++] = '0';
    for (i = point; i < n && grain > 1; i++) {
        grain /= 10;
        fraction += (digits[i] - '0') * grain;
    }
    return point <= n && epoch_of_digits((struct str){ digits, point }, fraction, grain, s);
}

bool
stamp_read_value(struct str value, struct stamp *ret)
{
    struct stamp s = { .weekday = -1 };
    struct str v = str_trim(value);

    if (str_starts(v, STR("/Date(")))
        v = str_head(str_skip(v, 6), str_find_byte(str_skip(v, 6), ')'));
    if (read_number(v, &s)) {
        s.length = value.n;
        *ret = s;
        return true;
    }
    if (v.n > 2 && v.p[0] == '[' && v.p[v.n - 1] == ']')
        v = str_head(str_skip(v, 1), v.n - 2);
    if (!stamp_read(v, NULL, &s) || s.length != v.n)
        return false;
    *ret = s;
    return true;
}

/* A view that does not lie in `text` would not outlive the reader of it. */
static void
place(struct stamp *s, struct str text, struct str value)
{
    if (value.p >= text.p && value.p < text.p + text.n) {
        s->at = (size_t)(value.p - text.p);
        return;
    }
    s->at = s->length = 0;
    if (s->kind == STAMP_ABBREVIATION || s->kind == STAMP_NAMED)
        s->kind = STAMP_NAIVE;
    s->zone = (struct str){ NULL, 0 };
}

struct best {
    int score;
    struct stamp stamp;
    int64_t nanos; /* {"seconds": …, "nanos": …} */
    bool split;
};

/* The value behind a key; what an object under such a key holds counts as the key. */
static void
weigh(struct jsonread *r, struct str text, int rank, struct best *best)
{
    enum json_token t = jsonread_next(r);
    struct stamp s;
    int score = rank * 64 - (int)MIN(r->depth, 60u);

    if ((t != JSON_STRING && t != JSON_NUMBER) || score <= best->score ||
        !stamp_read_value(r->value, &s))
        return;
    place(&s, text, r->value);
    best->score = score;
    best->stamp = s;
}

static void
take_nanos(struct jsonread *r, struct best *best)
{
    uint64_t nanos;

    if (jsonread_next(r) == JSON_NUMBER && str_to_u64(r->value, &nanos) &&
        nanos < (uint64_t)NS_PER_S) {
        best->nanos = (int64_t)nanos;
        best->split = true;
    }
}

bool
stamp_find_json(struct str text, struct stamp *ret)
{
    struct jsonread r = { 0 };
    struct best best = { 0 };
    enum json_token t;
    int under = 0; /* the rank of the key whose object this is */

    jsonread_start(&r, text);
    while ((t = jsonread_next(&r)) != JSON_END && t != JSON_BAD) {
        int rank;
        if (t != JSON_KEY)
            continue;
        rank = stamp_key_rank(r.value);
        if (str_eq(r.value, STR("nanoOfSecond")) || str_eq(r.value, STR("nanos"))) {
            take_nanos(&r, &best);
            continue;
        }
        if (rank == 0 &&
            (str_eq(r.value, STR("seconds")) || str_eq(r.value, STR("$numberLong"))))
            rank = under;
        if (rank > 0) {
            under = rank;
            weigh(&r, text, rank, &best);
        }
    }
    jsonread_done(&r);
    if (best.score == 0)
        return false;
    if (best.split && best.stamp.kind == STAMP_EPOCH && best.stamp.grain == NS_PER_S) {
        best.stamp.civil.ns = (int)best.nanos;
        best.stamp.grain = 1;
    }
    *ret = best.stamp;
    return true;
}
