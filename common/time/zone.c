/* SPDX-License-Identifier: MIT */
#include "time/zone.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "time/zone_rule.h"

enum {
    HEAD = 44,            /* bytes before a data block */
    FILE_MAX = 256 << 10, /* the largest of tzdata has 4 KiB */
    TYPES_MAX = 256,
    OFFSET_MAX = 26 * 3600, /* no clock was ever further from UTC (RFC 8536, 3.2) */
};

struct zone {
    char *name;
    uint32_t changes;
    int64_t *at;   /* when each begins, ascending */
    uint8_t *type; /* what begins */
    struct {
        int32_t offset;
        bool summer;
        uint8_t abbreviation; /* index into `letters` */
    } types[TYPES_MAX];
    char letters[TYPES_MAX + 1];
    bool has_rule;
    struct zone_rule rule; /* from the last change on */
};

void
zone_close(struct zone *z)
{
    if (!z)
        return;
    free(z->name);
    free(z->at);
    free(z->type);
    free(z);
}

const char *
zone_name(const struct zone *z)
{
    return z->name;
}

static enum status
make(struct zone **ret, struct str name)
{
    struct zone *z = calloc(1, sizeof(*z));

    if (z)
        z->name = strndup(name.n ? name.p : "", name.n);
    if (!z || !z->name) {
        zone_close(z);
        return fail(ERR_SYSTEM, "out of memory");
    }
    *ret = z;
    return OK;
}

static uint32_t
be32(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t
be64(const char *p)
{
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

/* The counts of one data block, and how long it is. */
struct block {
    uint32_t utc_marks, standard_marks, leaps, changes, types, letters;
    size_t time, bytes; /* a time has 4 bytes in version 1, 8 in later ones */
};

static bool
block_head(struct str file, size_t time, struct block *ret)
{
    struct block b = { .time = time };
    const char *p = file.p;

    if (file.n < HEAD || memcmp(p, "TZif", 4) != 0)
        return false;
    b.utc_marks = be32(p + 20);
    b.standard_marks = be32(p + 24);
    b.leaps = be32(p + 28);
    b.changes = be32(p + 32);
    b.types = be32(p + 36);
    b.letters = be32(p + 40);
    if (MAX(MAX(b.utc_marks, b.standard_marks), MAX(b.leaps, b.changes)) > FILE_MAX ||
        b.types > TYPES_MAX || b.letters > TYPES_MAX)
        return false;
    b.bytes = b.changes * (time + 1) + b.types * 6 + b.letters + b.leaps * (time + 4) +
              b.standard_marks + b.utc_marks;
    *ret = b;
    return b.bytes <= file.n - HEAD;
}

static enum status
read_types(struct zone *z, const char *p, const struct block *b)
{
    for (uint32_t i = 0; i < b->types; i++, p += 6) {
        z->types[i].offset = (int32_t)be32(p);
        z->types[i].summer = p[4] != 0;
        z->types[i].abbreviation = (uint8_t)p[5];
        if ((uint8_t)p[5] >= b->letters || z->types[i].offset > OFFSET_MAX ||
            z->types[i].offset < -OFFSET_MAX)
            return fail(ERR_PARSE, "kind %u of local time makes no sense", i);
    }
    memcpy(z->letters, p, b->letters); /* calloc ends the last name */
    return OK;
}

static enum status
read_block(struct zone *z, const char *p, const struct block *b)
{
    if (b->types == 0)
        return fail(ERR_PARSE, "it names no local time");
    if (b->leaps > 0)
        return fail(ERR_PARSE, "it counts leap seconds, as no log does");
    z->at = calloc(b->changes + 1, sizeof(*z->at));
    z->type = calloc(b->changes + 1, 1);
    if (!z->at || !z->type)
        return fail(ERR_SYSTEM, "out of memory");
    for (uint32_t i = 0; i < b->changes; i++) {
        const char *at = p + i * b->time;
        z->at[i] = b->time == 8 ? be64(at) : (int32_t)be32(at);
        z->type[i] = (uint8_t)p[b->changes * b->time + i];
        if (z->type[i] >= b->types || (i > 0 && z->at[i] <= z->at[i - 1]))
            return fail(ERR_PARSE, "change %u of the clocks makes no sense", i);
    }
    z->changes = b->changes;
    return read_types(z, p + b->changes * (b->time + 1), b);
}

/* Between two newlines at the end of the file; empty if nothing is known past the table. */
static enum status
read_footer(struct zone *z, struct str rest)
{
    size_t end;

    if (rest.n < 2 || rest.p[0] != '\n')
        return fail(ERR_PARSE, "its footer is missing");
    rest = str_skip(rest, 1);
    end = str_find_byte(rest, '\n');
    if (end == SIZE_MAX)
        return fail(ERR_PARSE, "its footer is cut off");
    if (end > 0 && !zone_rule_parse(str_head(rest, end), &z->rule))
        return fail(ERR_PARSE, "its footer is no rule: '" STR_FMT "'",
                    STR_ARG(str_head(rest, MIN(end, 40))));
    z->has_rule = end > 0;
    return OK;
}

static enum status
read_tzif(struct zone *z, struct str file)
{
    struct block b;
    enum status st;

    if (!block_head(file, 4, &b))
        return fail(ERR_PARSE, "it is no TZif file");
    if (file.p[4] == '\0')
        return read_block(z, file.p + HEAD, &b);
    file = str_skip(file, HEAD + b.bytes);
    if (!block_head(file, 8, &b))
        return fail(ERR_PARSE, "its second part is damaged");
    st = read_block(z, file.p + HEAD, &b);
    return st == OK ? read_footer(z, str_skip(file, HEAD + b.bytes)) : st;
}

enum status
zone_open_bytes(struct zone **ret, struct str name, struct str tzif)
{
    struct zone *z;
    enum status st = make(&z, name);

    if (st != OK)
        return st;
    st = read_tzif(z, tzif);
    if (st != OK) {
        zone_close(z);
        return note(st, "zone '" STR_FMT "'", STR_ARG(name));
    }
    *ret = z;
    return OK;
}

static enum status
open_path(struct zone **ret, struct str name, const char *path)
{
    AUTO(strbuf) bytes = { .max = FILE_MAX };
    char piece[4096];
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd >= 0) {
        while ((n = read(fd, piece, sizeof(piece))) > 0 && !bytes.over)
            strbuf_add(&bytes, (struct str){ piece, (size_t)n });
        close(fd);
    }
    if (fd < 0 || n < 0)
        return fail_errno("zone '" STR_FMT "': open %s", STR_ARG(name), path);
    return zone_open_bytes(ret, name, strbuf_str(&bytes));
}

static const char *
tzdata(void)
{
    const char *dir = getenv("TZDIR");

    return dir && *dir ? dir : "/usr/share/zoneinfo";
}

/* "+01:00", "-0330", "+05", "+5". */
static bool
parse_offset(struct str s, int32_t *ret)
{
    int sign = s.n && s.p[0] == '-' ? -1 : 1;
    int digits[4] = { 0 }, n = 0;

    if (s.n < 2 || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == ':' && n == 2)
            continue;
        if (s.p[i] < '0' || s.p[i] > '9' || n == 4)
            return false;
        digits[n++] = s.p[i] - '0';
    }
    if (n == 3 || (n == 2 && s.p[s.n - 1] == ':'))
        return false;
    if (n == 1)
        *ret = sign * digits[0] * 3600;
    else
        *ret = sign * ((digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60);
    return *ret <= 15 * 3600 && *ret >= -15 * 3600 && digits[2] < 6;
}

static enum status
make_fixed(struct zone **ret, struct str name, int32_t offset)
{
    struct zone *z;
    enum status st = make(&z, name);

    if (st != OK)
        return st;
    z->types[0].offset = offset;
    snprintf(z->letters, sizeof(z->letters), "%.*s", (int)MIN(name.n, TYPES_MAX), name.p);
    *ret = z;
    return OK;
}

enum status
zone_open_fixed(struct zone **ret, int32_t offset)
{
    char name[16];
    unsigned minutes = (unsigned)(offset < 0 ? -offset : offset) / 60;

    if (offset == 0)
        return make_fixed(ret, STR("UTC"), 0);
    snprintf(name, sizeof(name), "%c%02u:%02u", offset < 0 ? '-' : '+', minutes / 60 % 100,
             minutes % 60);
    return make_fixed(ret, str_of(name), offset);
}

static bool
is_utc(struct str name)
{
    static const char *const words[] = { "UTC", "utc", "Z", "z" };

    for (size_t i = 0; i < LEN(words); i++)
        if (str_eq(name, str_of(words[i])))
            return true;
    return false;
}

/* What /etc/localtime is a link to, below tzdata's folder; or nothing. */
static struct str
machine_zone(char room[static PATH_MAX])
{
    ssize_t n = readlink("/etc/localtime", room, PATH_MAX);
    struct str path = { room, n > 0 ? (size_t)n : 0 };
    size_t at = str_find(path, STR("zoneinfo/"));

    return at == SIZE_MAX ? (struct str){ NULL, 0 } : str_skip(path, at + 9);
}

static enum status
open_local(struct zone **ret)
{
    const char *tz = getenv("TZ");
    char room[PATH_MAX];
    struct str name;

    if (tz && *tz == ':')
        tz++;
    if (tz && *tz && strcmp(tz, "local") != 0)
        return zone_open(ret, str_of(tz));
    if (tz)
        return make_fixed(ret, STR("UTC"), 0);
    name = machine_zone(room);
    if (name.n > 0)
        return zone_open(ret, name);
    if (access("/etc/localtime", R_OK) == 0)
        return open_path(ret, STR("local"), "/etc/localtime");
    return make_fixed(ret, STR("UTC"), 0);
}

/* Nothing that leads out of tzdata's folder, or into its lists and leap-second copies. */
static bool
is_plain_name(struct str name)
{
    if (name.n == 0 || name.n > 100 || name.p[0] == '/' || name.p[0] == '.' ||
        str_find(name, STR("..")) != SIZE_MAX || str_starts(name, STR("right/")))
        return false;
    for (size_t i = 0; i < name.n; i++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-",
                    name.p[i]))
            return false;
    return true;
}

static enum status
open_rule(struct zone **ret, struct str name, const struct zone_rule *rule)
{
    struct zone *z;
    enum status st = make(&z, name);

    if (st != OK)
        return st;
    z->rule = *rule;
    z->has_rule = true;
    *ret = z;
    return OK;
}

enum status
zone_open(struct zone **ret, struct str name)
{
    char path[PATH_MAX];
    struct zone_rule rule;
    struct stat about;
    int32_t offset;

    if (is_utc(name))
        return make_fixed(ret, STR("UTC"), 0);
    if (str_eq(name, STR("local")))
        return open_local(ret);
    if (parse_offset(name, &offset))
        return zone_open_fixed(ret, offset);
    if (is_plain_name(name)) {
        snprintf(path, sizeof(path), "%s/" STR_FMT, tzdata(), STR_ARG(name));
        if (stat(path, &about) == 0 && S_ISREG(about.st_mode))
            return open_path(ret, name, path);
    }
    if ((str_starts(name, STR("UTC")) || str_starts(name, STR("GMT"))) &&
        parse_offset(str_skip(name, 3), &offset))
        return zone_open_fixed(ret, offset);
    if (zone_rule_parse(name, &rule))
        return open_rule(ret, name, &rule);
    if (access(tzdata(), R_OK) != 0)
        return fail(ERR_SYSTEM, "zone '" STR_FMT "': no time zones in %s (install tzdata)",
                    STR_ARG(name), tzdata());
    return fail(ERR_USAGE,
                "'" STR_FMT "' is no time zone: give a name such as Europe/Berlin or an "
                "offset such as +01:00",
                STR_ARG(str_head(name, 60)));
}

static struct zone_period
period_of(const struct zone *z, uint32_t change)
{
    uint8_t type = z->type[change];

    return (struct zone_period){
        .from = z->at[change],
        .to = change + 1 < z->changes ? z->at[change + 1] : INT64_MAX,
        .offset = z->types[type].offset,
        .summer = z->types[type].summer,
        .abbreviation = z->letters + z->types[type].abbreviation,
    };
}

struct zone_period
zone_period_at(const struct zone *z, int64_t utc)
{
    struct zone_period p = { INT64_MIN, INT64_MAX, z->types[0].offset, z->types[0].summer,
                             z->letters + z->types[0].abbreviation };
    uint32_t low = 0, high = z->changes;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (z->at[mid] <= utc)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < z->changes || (low > 0 && !z->has_rule)) {
        if (low > 0)
            return period_of(z, low - 1);
        p.to = z->at[0];
        return p;
    }
    if (!z->has_rule)
        return p;
    p = zone_rule_period_at(&z->rule, utc);
    if (z->changes > 0)
        p.from = MAX(p.from, z->at[z->changes - 1]);
    return p;
}

static int64_t
floor_seconds(int64_t ns)
{
    return ns / NS_PER_S - (ns % NS_PER_S < 0);
}

struct zone_instants
zone_to_utc(const struct zone *z, int64_t wall)
{
    int64_t s = floor_seconds(wall), ns = wall - s * NS_PER_S;
    struct zone_period p = zone_period_at(z, s - OFFSET_MAX);
    int64_t early = INT64_MAX, late = INT64_MIN, gap = s - p.offset;

    for (;;) {
        int64_t utc = s - p.offset;
        if (utc >= p.from && utc < p.to) {
            early = MIN(early, utc);
            late = MAX(late, utc);
        }
        if (utc >= p.to)
            gap = utc; /* shown no more by this period; the last such stands before the jump */
        if (p.to > s + OFFSET_MAX)
            break;
        p = zone_period_at(z, p.to);
    }
    if (early == INT64_MAX)
        return (struct zone_instants){ gap * NS_PER_S + ns, gap * NS_PER_S + ns, true };
    return (struct zone_instants){ early * NS_PER_S + ns, late * NS_PER_S + ns, false };
}

int64_t
zone_to_wall(const struct zone *z, int64_t utc)
{
    return utc + SECONDS(zone_period_at(z, floor_seconds(utc)).offset);
}

/* Goes down two folders at most: America/Argentina/Ushuaia. */
static bool
walk(const char *below, int depth, bool (*each)(const char *name, void *data), void *data)
{
    char path[PATH_MAX], name[PATH_MAX];
    struct dirent *e;
    bool go = true;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/%s", tzdata(), below);
    dir = opendir(path);
    while (dir && go && (e = readdir(dir))) {
        struct stat about;
        if (snprintf(name, sizeof(name), "%s%s%s", below, *below ? "/" : "", e->d_name) >=
                (int)sizeof(name) ||
            !is_plain_name(str_of(name)) || str_starts(str_of(name), STR("posix")) ||
            fstatat(dirfd(dir), e->d_name, &about, 0) != 0)
            continue;
        if (S_ISDIR(about.st_mode) && depth < 2)
            go = walk(name, depth + 1, each, data);
        else if (S_ISREG(about.st_mode) && name[0] >= 'A' && name[0] <= 'Z')
            go = each(name, data);
    }
    if (dir)
        closedir(dir);
    return go;
}

void
zone_each_name(bool (*each)(const char *name, void *data), void *data)
{
    (void)walk("", 0, each, data);
}
