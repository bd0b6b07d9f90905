/* SPDX-License-Identifier: MIT */
#include "logs/format_parts.h"

#include "time/span.h"

/* Words for levels that are written as numbers (bunyan and pino; syslog, RFC 5424). */
static const char *const syslog_levels[] = { "EMERG",   "ALERT",  "CRIT", "ERROR",
                                             "WARNING", "NOTICE", "INFO", "DEBUG" };
static const char *const bunyan_levels[] = {
    "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"
};

static const char *const level_words[] = { "EMERG",  "ALERT",  "CRITICAL", "CRIT",  "FATAL",
                                           "SEVERE", "PANIC",  "ERROR",    "ERR",   "WARNING",
                                           "WARN",   "NOTICE", "INFO",     "DEBUG", "TRACE",
                                           "FINE",   "LOG" };

enum { LEVEL_WITHIN = 96 };

static struct str
level_of(struct str word)
{
    uint64_t n;

    if (!str_to_u64(word, &n))
        return word;
    if (n < LEN(syslog_levels))
        return str_of(syslog_levels[n]);
    if (n >= 10 && n <= 60 && n % 10 == 0)
        return str_of(bunyan_levels[n / 10 - 1]);
    return word;
}

static bool
is_sqlstate(struct str code)
{
    bool digit = false;

    if (code.n != 5)
        return false;
    for (size_t i = 0; i < 5; i++) {
        char c = code.p[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            return false;
        digit |= c <= '9';
    }
    return digit;
}

/* "GET /api/users?page=2 HTTP/1.1" or "http://shop/api/users?page=2": the path alone, for
 * what follows may hold a secret. */
static struct str
route_of(struct str asked, bool whole_line)
{
    size_t scheme;

    if (whole_line) {
        str_cut(&asked, ' ');
        asked = str_cut(&asked, ' ');
    }
    scheme = str_find(asked, STR("://"));
    if (scheme != SIZE_MAX) {
        size_t slash = str_find_byte(str_skip(asked, scheme + 3), '/');

        asked = slash == SIZE_MAX ? STR("/") : str_skip(asked, scheme + 3 + slash);
    }
    asked = str_cut(&asked, '?');
    return str_cut(&asked, '#');
}

/* Without the port: "10.0.0.7:51234", "10.0.0.7(51234)", "[::1]:51234". */
static struct str
client_of(struct str client)
{
    size_t colon = str_find_byte(client, ':'), end = str_find_byte(client, ']');

    if (str_starts(client, STR("[")) && end != SIZE_MAX)
        return str_skip(str_head(client, end), 1);
    if (colon != SIZE_MAX && str_find_byte(str_skip(client, colon + 1), ':') == SIZE_MAX)
        return str_head(client, colon);
    return str_cut(&client, '(');
}

static int
status_of(struct str digits)
{
    uint64_t n;

    return digits.n == 3 && str_to_u64(digits, &n) && n >= 100 && n <= 599 ? (int)n : 0;
}

/* `(r=17)`, `request_id=6f1a`: an id that the asker put into the request. */
static struct str
tracer_in(struct str text)
{
    size_t at = str_find(text, STR("(r="));
    struct str rest = str_skip(text, at == SIZE_MAX ? text.n : at + 3);
    size_t end = str_find_byte(rest, ')');

    return end == SIZE_MAX || end > 64 ? STR("") : str_head(rest, end);
}

/* A member named as a time may hold a number in any unit. A line of members that has none
 * under the names asked for may bear its stamp elsewhere. */
static bool
put_time(const struct format *row, struct str time, struct str line,
         const struct stamp_row *likely, struct parts *ret)
{
    bool members = row->how == BY_JSON || row->how == BY_LOGFMT;

    if (time.n && (members ? stamp_read_value(time, &ret->stamp)
                           : stamp_read(time, likely, &ret->stamp))) {
        ret->has_stamp = true;
        ret->stamp.at =
            time.p >= line.p && time.p < line.p + line.n ? (size_t)(time.p - line.p) : 0;
        return true;
    }
    if (!members || row->envelope)
        return time.n == 0;
    ret->has_stamp = stamp_find(line, likely, &ret->stamp);
    return true;
}

const char *
format_put(const struct format *row, const struct str *pieces, struct str line,
           const struct stamp_row *likely, struct parts *ret)
{
    struct str time = str_trim(pieces[PIECE_TIME]), asked = pieces[PIECE_ASKED];

    *ret = (struct parts){
        .level = level_of(pieces[PIECE_LEVEL]),
        .pid = pieces[PIECE_PID],
        .role = pieces[PIECE_ROLE],
        .database = pieces[PIECE_DATABASE],
        .client = client_of(pieces[PIECE_CLIENT]),
        .host = pieces[PIECE_HOST],
        .stream = pieces[PIECE_STREAM],
        .request = pieces[PIECE_REQUEST],
        .text = pieces[PIECE_TEXT],
        .inner = pieces[PIECE_INNER],
        .status = status_of(pieces[PIECE_STATUS]),
        .partial = str_eq(pieces[PIECE_CUT], STR("P")),
    };
    if (!put_time(row, time, line, likely, ret))
        return "its time is none";
    /* A member of a name that is not known, or text before the pairs, may hold it. */
    if (time.n == 0 && row->how != BY_REGEX && !row->envelope)
        ret->has_stamp = stamp_find(line, likely, &ret->stamp);
    if (row->how == BY_LOGFMT && !ret->has_stamp && ret->level.n == 0)
        return "says neither when nor how bad";
    if (row->how == BY_LOGFMT && time.n == 0 && ret->has_stamp)
        return "its time stands elsewhere";
    if (is_sqlstate(pieces[PIECE_SQLSTATE]))
        ret->sqlstate = pieces[PIECE_SQLSTATE];
    if (asked.n || pieces[PIECE_PATH].n)
        ret->route = asked.n ? route_of(asked, true) : route_of(pieces[PIECE_PATH], false);
    if (ret->request.n == 0 && ret->status)
        ret->request = tracer_in(ret->text);
    if (row->envelope && ret->inner.n == 0 && !pieces[PIECE_INNER].p)
        return "holds no line";
    if (ret->text.n == 0 && !row->envelope)
        ret->text = line;
    while (row->how == BY_JSON && str_ends(ret->inner, STR("\n")))
        ret->inner.n--;
    return NULL;
}

static bool
is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Its case tells a level from a word: ERROR and [error], not "an error". */
static bool
is_level_at(struct str line, size_t at, struct str word)
{
    char before = at ? line.p[at - 1] : ' ';
    char after = at + word.n < line.n ? line.p[at + word.n] : ' ';

    if (is_letter(before) || is_letter(after) || line.n - at < word.n)
        return false;
    if (memcmp(line.p + at, word.p, word.n) == 0)
        return true;
    return before == '[' && after == ']' && strncasecmp(line.p + at, word.p, word.n) == 0;
}

void
format_level(struct str line, struct parts *ret)
{
    struct str head = str_head(line, LEVEL_WITHIN);

    for (size_t at = 0; at < head.n; at++) {
        if (!is_letter(head.p[at]) || (at && is_letter(head.p[at - 1])))
            continue;
        for (size_t i = 0; i < LEN(level_words); i++)
            if (is_level_at(head, at, str_of(level_words[i]))) {
                ret->level = (struct str){ head.p + at, strlen(level_words[i]) };
                return;
            }
    }
}

/* The length of the escape sequence that `rest` begins with (ECMA-48). */
static size_t
escape_length(struct str rest)
{
    size_t i = 2;

    if (rest.n < 2)
        return rest.n;
    if (rest.p[1] != '[')
        return 2;
    while (i < rest.n && (unsigned char)rest.p[i] >= 0x20 && (unsigned char)rest.p[i] <= 0x3f)
        i++;
    return MIN(i + 1, rest.n);
}

struct str
format_plain(struct str line, struct strbuf *scratch)
{
    while (line.n && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == '\n'))
        line.n--;
    if (str_find_byte(line, '\x1b') == SIZE_MAX && str_find_byte(line, '\0') == SIZE_MAX)
        return line;
    strbuf_clear(scratch);
    while (line.n) {
        size_t n = 0;

        while (n < line.n && line.p[n] != '\x1b' && line.p[n] != '\0')
            n++;
        strbuf_add(scratch, str_head(line, n));
        line = str_skip(line, n);
        if (line.n)
            line = str_skip(line, line.p[0] ? escape_length(line) : 1);
    }
    return strbuf_str(scratch);
}

bool
format_impossible(struct str line)
{
    static const char shape[] = "dddd-dd-dd dd:dd:dd";
    size_t i = 0;

    for (; i < line.n && shape[i]; i++) {
        bool digit = line.p[i] >= '0' && line.p[i] <= '9';

        if (shape[i] == 'd'   ? !digit
            : shape[i] == ' ' ? line.p[i] != ' ' && line.p[i] != 'T'
                              : line.p[i] != shape[i])
            return false;
    }
    return shape[i] == '\0';
}

static void
show(struct strbuf *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    if (out->n)
        strbuf_addc(out, '|');
    strbuf_addf(out, "%s=", name);
    strbuf_add(out, value);
}

/* As it was written, whatever it leaves out. */
static void
show_stamp(struct strbuf *out, const struct stamp *stamp)
{
    const struct civil *c = &stamp->civil;
    AUTO(strbuf) time = { 0 };

    if (stamp->has_year)
        strbuf_addf(&time, "%04d-", c->year);
    if (stamp->has_date)
        strbuf_addf(&time, "%02d-%02dT", c->month, c->day);
    strbuf_addf(&time, "%02d:%02d:%02d", c->hour, c->minute, c->second);
    if (stamp->grain < MS(1))
        strbuf_addf(&time, ".%06d", c->ns / 1000);
    else if (stamp->grain < NS_PER_S)
        strbuf_addf(&time, ".%03d", c->ns / 1000000);
    strbuf_add(&time, stamp->zone);
    show(out, "time", strbuf_str(&time));
}

void
format_show(struct strbuf *out, const struct parts *p)
{
    if (p->has_stamp)
        show_stamp(out, &p->stamp);
    show(out, "level", p->level);
    show(out, "pid", p->pid);
    show(out, "role", p->role);
    show(out, "database", p->database);
    show(out, "client", p->client);
    show(out, "sqlstate", p->sqlstate);
    if (p->status) {
        strbuf_addf(out, "%sstatus=%d", out->n ? "|" : "", p->status);
    }
    show(out, "route", p->route);
    show(out, "request", p->request);
    show(out, "host", p->host);
    show(out, "stream", p->stream);
    show(out, "session", p->session);
    show(out, "inner", p->inner);
    show(out, "text", p->text);
}
