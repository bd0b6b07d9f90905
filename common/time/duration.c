/* SPDX-License-Identifier: MIT */
#include "time/duration.h"

#include "time/span.h"

enum { DIGITS_MAX = 10, FRACTION_MAX = 9 };

static const struct unit {
    const char *name;
    int64_t ns;
} units[] = {
    { "", NS_PER_S },
    { "ns", 1 },
    { "us", 1000 },
    { "ms", 1000000 },
    { "s", NS_PER_S },
    { "sec", NS_PER_S },
    { "m", 60 * NS_PER_S },
    { "min", 60 * NS_PER_S },
    { "h", 3600 * NS_PER_S },
    { "d", 86400 * NS_PER_S },
    { "w", 7 * 86400 * NS_PER_S },
};

static const struct unit *
unit_named(struct str name)
{
    for (size_t i = 0; i < LEN(units); i++)
        if (str_eq(str_of(units[i].name), name))
            return &units[i];
    return NULL;
}

/* The digits that `text` begins with. */
static struct str
take_digits(struct str *text)
{
    size_t n = 0;
    struct str digits;

    while (n < text->n && text->p[n] >= '0' && text->p[n] <= '9')
        n++;
    digits = str_head(*text, n);
    *text = str_skip(*text, n);
    return digits;
}

bool
duration_read(struct str text, int64_t *ret)
{
    struct str whole = take_digits(&text), part = { 0 };
    uint64_t seconds, fraction = 0;
    int64_t scale = 1, more;
    const struct unit *unit;

    if (text.n > 0 && text.p[0] == '.') {
        text = str_skip(text, 1);
        part = take_digits(&text);
        if (part.n == 0)
            return false;
    }
    unit = unit_named(str_trim(text));
    if (unit == NULL || whole.n > DIGITS_MAX || part.n > FRACTION_MAX)
        return false;
    if (!str_to_u64(whole, &seconds) || (part.n && !str_to_u64(part, &fraction)))
        return false;
    for (size_t i = 0; i < part.n; i++)
        scale *= 10;
    if (seconds >= (uint64_t)(INT64_MAX / unit->ns))
        return false;
    /* unit->ns * fraction fits only without the last digits of the largest units: they are
     * taken in two steps, and what is lost is less than a nanosecond. */
    more = unit->ns / scale * (int64_t)fraction + unit->ns % scale * (int64_t)fraction / scale;
    *ret = (int64_t)seconds * unit->ns + more;
    return true;
}
