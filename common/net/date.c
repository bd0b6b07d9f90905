/* SPDX-License-Identifier: MIT */
#include "net/date.h"

#include "time/civil.h"
#include "time/span.h"

/* "Sun, 22 Nov 2026 03:06:11 GMT" */
enum { DATE_LEN = 29 };

static bool
digits(const char *p, int n, int *ret)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        value = value * 10 + (p[i] - '0');
    }
    *ret = value;
    return true;
}

/* The place of the three letters at `p` among `names`; -1 if they are not there. */
static int
name_at(const char *p, const char *names)
{
    for (int i = 0; names[i * 3]; i++)
        if (memcmp(p, names + i * 3, 3) == 0)
            return i;
    return -1;
}

static bool
has_marks(const char *p)
{
    return p[3] == ',' && p[4] == ' ' && p[7] == ' ' && p[11] == ' ' && p[16] == ' ' &&
           p[19] == ':' && p[22] == ':' && memcmp(p + 25, " GMT", 4) == 0;
}

bool
date_read(struct str text, int64_t *ret)
{
    const char *p = text.p;
    struct civil c = { 0 };
    int weekday;

    if (text.n != DATE_LEN || !has_marks(p))
        return false;
    weekday = name_at(p, "SunMonTueWedThuFriSat");
    c.month = name_at(p + 8, "JanFebMarAprMayJunJulAugSepOctNovDec") + 1;
    if (weekday < 0 || !digits(p + 5, 2, &c.day) || !digits(p + 12, 4, &c.year) ||
        !digits(p + 17, 2, &c.hour) || !digits(p + 20, 2, &c.minute) ||
        !digits(p + 23, 2, &c.second))
        return false;
    if (!civil_valid(&c) || c.second > 59 || c.year < 1970 || c.year > 2200 ||
        civil_weekday(civil_days(c.year, c.month, c.day)) != weekday)
        return false;
    *ret = civil_to_ns(&c) / NS_PER_S;
    return true;
}
