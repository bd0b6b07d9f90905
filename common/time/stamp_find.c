/* SPDX-License-Identifier: MIT */
#include "time/abbreviation.h"
#include "time/span.h"
#include "time/stamp_parts.h"

/* Where in a line writers put its stamp. Before it stand at most marks, groups in brackets,
 * addresses, fields and a word or two (a thread, a level, a tag); what reads like a sentence
 * has a date of its own, and that is not when it was written. */

enum {
    REACH = 400,   /* bytes from the start of a line: no stamp begins later */
    WORDS_MAX = 2, /* "pod container 2026-…", "Section start 2026/…" */
};

struct scan {
    struct str line;
    size_t at;
    unsigned words; /* since the line or what stands in front of it began */
    bool told;      /* a word that ends in ":" was the last one */
    bool marked;    /* nothing but marks so far: a bare number or time may be a stamp */
    const struct stamp_row *likely;
};

static char
byte_at(const struct scan *s, size_t i)
{
    return i < s->line.n ? s->line.p[i] : '\0';
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The stamp that begins at `at`. */
static bool
try_at(struct scan *s, size_t at, struct stamp *ret)
{
    if (at >= s->line.n || !stamp_read(str_skip(s->line, at), s->likely, ret))
        return false;
    if (ret->row->lone && !s->marked)
        return false;
    if (s->words > 0 && (str_eq(str_of(ret->row->name), STR("mail"))))
        return false; /* a header of a request, quoted */
    ret->at = at;
    return true;
}

/* Colours and cursor movements. */
static size_t
skip_escape(const struct scan *s, size_t at)
{
    if (byte_at(s, at) != '\x1b')
        return at;
    if (byte_at(s, at + 1) != '[')
        return at + 1;
    at += 2;
    while (is_digit(byte_at(s, at)) || one_of(byte_at(s, at), ";?"))
        at++;
    return is_letter(byte_at(s, at)) ? at + 1 : at;
}

static void
skip_blanks(struct scan *s)
{
    size_t before;

    do {
        before = s->at;
        while (is_blank(byte_at(s, s->at)))
            s->at++;
        s->at = skip_escape(s, s->at);
    } while (s->at != before);
}

/* Where the bracket or quote at `at` ends (one past it), or SIZE_MAX. */
static size_t
group_end(const struct scan *s, size_t at)
{
    char open = byte_at(s, at);
    char close = open == '['   ? ']'
                 : open == '(' ? ')'
                 : open == '{' ? '}'
                 : open == '<' ? '>'
                               : '"';
    int depth = 0;

    for (size_t i = at; i < s->line.n && i < at + REACH; i++) {
        char c = s->line.p[i];
        if (c == open && (open != '"' || depth == 0))
            depth++;
        else if (c == close && --depth == 0)
            return i + 1;
    }
    return SIZE_MAX;
}

/* Where to go on behind a group that ends at `end`: the attributes of an element (log4j's XML)
 * are fields, all others are passed over. */
static size_t
element_name(const struct scan *s, size_t in, size_t end)
{
    size_t name = in;

    while (byte_at(s, name) > ' ' && byte_at(s, name) != '>' && name < in + 32)
        name++;
    if (byte_at(s, s->at) == '<' && name > in && is_letter(byte_at(s, in)) &&
        byte_at(s, name) == ' ')
        return name;
    return end == SIZE_MAX ? s->at + 1 : end;
}

/* At a bracket or quote: a stamp right behind it, or behind one short word in it ("[I 2026-…",
 * "[INFO 2026/…"). Otherwise the group is passed over. */
static bool
enter_group(struct scan *s, struct stamp *ret)
{
    size_t end = group_end(s, s->at), in = s->at + 1, word;

    while (is_blank(byte_at(s, in)) || byte_at(s, in) == byte_at(s, s->at))
        in++;
    in = skip_escape(s, in);
    if (try_at(s, in, ret))
        return true;
    for (word = in; is_letter(byte_at(s, word)) && word < in + 9; word++)
        ;
    if (word > in && byte_at(s, word) == ' ' && byte_at(s, s->at) == '[') {
        struct str said = { s->line.p + in, word - in };
        while (byte_at(s, word) == ' ')
            word++;
        if (try_at(s, word, ret)) {
            if (ret->kind == STAMP_NAIVE && abbreviation_known(said)) {
                ret->kind = STAMP_ABBREVIATION; /* monit: "[CET Nov 22 02:46:50]" */
                ret->zone = said;
            }
            return true;
        }
    }
    s->at = element_name(s, in, end);
    return false;
}

/* The end of a run without blanks; quotes in it belong to it. */
static size_t
run_end(const struct scan *s, size_t at)
{
    while (at < s->line.n && !is_blank(s->line.p[at]) && s->line.p[at] != '\x1b') {
        size_t end = s->line.p[at] == '"' ? group_end(s, at) : SIZE_MAX;
        at = end == SIZE_MAX ? at + 1 : end;
    }
    return at;
}

/* Fortinet writes date=2026-11-22 time=02:46:50. */
static bool
take_date_and_time(struct scan *s, size_t date, size_t end, struct stamp *ret)
{
    char both[32];
    size_t time = end;
    struct stamp t;

    while (is_blank(byte_at(s, time)))
        time++;
    if (end - date != 10 || !str_starts(str_skip(s->line, time), STR("time=")) ||
        s->line.n < time + 13)
        return false;
    memcpy(both, s->line.p + date, 10);
    both[10] = ' ';
    memcpy(both + 11, s->line.p + time + 5, 8);
    if (!stamp_read((struct str){ both, 19 }, NULL, &t) || t.length != 19)
        return false;
    t.at = date;
    t.length = time + 13 - date;
    *ret = t;
    return true;
}

/* key=value: a field named as a time has the stamp; others are passed over. */
static bool
take_field(struct scan *s, size_t equals, size_t end, struct stamp *ret)
{
    struct str key = { s->line.p + s->at, equals - s->at };
    struct str value = { s->line.p + equals + 1, end - equals - 1 };
    size_t at = equals + 1;

    if (str_starts(value, STR("audit("))) { /* the kernel's: seconds.milliseconds:serial */
        s->marked = true;
        return try_at(s, at + 6, ret);
    }
    if (s->words > 0 || stamp_key_rank(key) == 0)
        return false;
    if (take_date_and_time(s, at, end, ret))
        return true;
    while (value.n > 0 && one_of(value.p[value.n - 1], ",;/>"))
        value.n--;
    if (value.n > 1 && value.p[0] == '"' && value.p[value.n - 1] == '"') {
        value = str_head(str_skip(value, 1), value.n - 2);
        at++;
    }
    if (stamp_read_value(value, ret)) {
        ret->at = at;
        return true;
    }
    return try_at(s, at, ret); /* a value with blanks and no quotes */
}

/* Inside a run: behind a letter that says the level, behind "::", ":", "|", "," or ">". */
static bool
look_into_run(struct scan *s, size_t end, struct stamp *ret)
{
    if (is_letter(byte_at(s, s->at)) && is_digit(byte_at(s, s->at + 1)) &&
        try_at(s, s->at + 1, ret))
        return !ret->row->lone;
    for (size_t i = s->at + 1; i < end; i++)
        if (is_digit(s->line.p[i]) && one_of(s->line.p[i - 1], ":|,;>[") && try_at(s, i, ret) &&
            !ret->row->lone)
            return true;
    return false;
}

/* Words that lead on to a date in a sentence. */
static bool
leads_on(struct str word)
{
    static const char *const words[] = { "at",     "on", "in",   "since", "until", "till",
                                         "before", "by", "from", "to",    "of",    "for",
                                         "was",    "is", "as",   "and",   "or",    "after",
                                         "than",   "be", "the",  "SET",   "AND",   "WHERE" };

    for (size_t i = 0; i < LEN(words); i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

static bool
has_letter(struct str run)
{
    for (size_t i = 0; i < run.n; i++)
        if (is_letter(run.p[i]) || (run.p[i] & 0x80))
            return true;
    return false;
}

/* Passes over a run that is no stamp; false where the message begins. */
static bool
pass_run(struct scan *s, size_t end)
{
    struct str run = { s->line.p + s->at, end - s->at };
    bool colon = run.p[run.n - 1] == ':';

    s->at = end;
    if (str_eq(run, STR("|"))) {
        s->words = 0;
        s->told = false;
        s->marked = true;
        return true;
    }
    if (!has_letter(run))
        return true;
    s->marked = false;
    if (s->told || leads_on(run) || ++s->words > WORDS_MAX)
        return false;
    s->told = colon && run.n > 1;
    /* "LOG:  text", as Postgres sets its messages off */
    return !s->told || byte_at(s, end) != ' ' || byte_at(s, end + 1) != ' ';
}

/* "<34>", "<34>1 ", and Cisco's "<189>45: *". */
static void
skip_priority(struct scan *s)
{
    size_t i = s->at + 1, digits;

    if (byte_at(s, s->at) != '<')
        return;
    while (is_digit(byte_at(s, i)))
        i++;
    if (i == s->at + 1 || i > s->at + 4 || byte_at(s, i) != '>')
        return;
    s->at = ++i;
    for (digits = i; is_digit(byte_at(s, digits)); digits++)
        ;
    if (digits > i && digits < i + 3 && byte_at(s, digits) == ' ')
        s->at = digits + 1;
    else if (digits > i && byte_at(s, digits) == ':' && byte_at(s, digits + 1) == ' ')
        s->at = digits + 2;
}

/* What some put right before the stamp: Cisco's "*" and "." (the clock is not set), the "#"
 * of shells' histories, WebLogic's "####". */
static void
skip_marks(struct scan *s)
{
    while (one_of(byte_at(s, s->at), "*.#+"))
        s->at++;
}

static bool
step(struct scan *s, struct stamp *ret, bool *go)
{
    size_t end, equals;

    if (try_at(s, s->at, ret))
        return true;
    if (byte_at(s, s->at) == '{' && s->words == 0 &&
        stamp_find_json(str_skip(s->line, s->at), ret)) {
        ret->at += s->at;
        return true;
    }
    if (one_of(byte_at(s, s->at), "[({<\""))
        return enter_group(s, ret);
    end = run_end(s, s->at);
    equals = str_find_byte((struct str){ s->line.p + s->at, end - s->at }, '=');
    if (equals != SIZE_MAX && equals > 0) {
        if (take_field(s, s->at + equals, end, ret))
            return true;
        s->at = end;
        s->marked = false;
        return false;
    }
    if (look_into_run(s, end, ret))
        return true;
    *go = pass_run(s, end);
    return false;
}

static bool
scan_on(struct scan *s, struct stamp *ret)
{
    size_t limit = MIN(s->line.n, s->at + REACH);
    bool go = true;

    while (go) {
        skip_blanks(s);
        if (s->at >= limit)
            return false;
        if (step(s, ret, &go))
            return true;
    }
    return false;
}

/* An access log's "[22/Nov/2026:…" may stand behind a user's name of many words; nothing
 * else is written so. */
static bool
find_clf(struct str line, struct stamp *ret)
{
    for (size_t i = 0; i + 20 < line.n && i < REACH && line.p[i] != '"'; i++) {
        if (line.p[i] == '[' && line.p[i + 3] == '/' &&
            stamp_fast_clf(str_skip(line, i + 1), ret)) {
            ret->at = i + 1;
            ret->row = &stamp_shapes[1];
            return true;
        }
    }
    return false;
}

/* It alone says which instant it is. */
static bool
is_complete(const struct stamp *s)
{
    return s->has_date && s->has_year && s->kind != STAMP_NAIVE;
}

/* Two clocks on one line tell about the same moment, whatever their zones. */
static bool
is_near(const struct stamp *outer, const struct stamp *inner)
{
    struct civil c = outer->civil;
    int64_t apart;

    if (!outer->has_date)
        return true;
    if (!outer->has_year)
        c.year = inner->civil.year;
    apart = civil_to_ns(&c) - civil_to_ns(&inner->civil);
    apart = apart < 0 ? -apart : apart;
    return apart < SECONDS(26 * 3600) || (!outer->has_year && apart > SECONDS(364 * 86400));
}

static void
look_behind(struct str line, struct stamp *s)
{
    struct scan behind = { .line = line, .at = s->at + s->length };
    struct stamp inner;

    if (is_complete(s))
        return;
    if (one_of(byte_at(&behind, behind.at), "])\":,"))
        behind.at++;
    if (!scan_on(&behind, &inner) || inner.row == NULL || inner.row->lone)
        return;
    if ((is_complete(&inner) || (!s->has_date && inner.has_date)) && is_near(s, &inner))
        *s = inner;
}

bool
stamp_find(struct str line, const struct stamp_row *likely, struct stamp *ret)
{
    struct scan s = { .line = line, .marked = true, .likely = likely };
    struct stamp found;

    if (str_starts(line, STR("\xef\xbb\xbf")))
        s.at = 3;
    if (byte_at(&s, s.at) == '\t' ||
        (byte_at(&s, s.at) == ' ' && byte_at(&s, s.at + 1) == ' ') ||
        (byte_at(&s, s.at) == '#' && is_letter(byte_at(&s, s.at + 1))))
        return false; /* goes on from the line before, or heads a file */
    s.at = skip_escape(&s, s.at);
    skip_priority(&s);
    skip_marks(&s);
    if (scan_on(&s, &found))
        look_behind(line, &found);
    else if (!find_clf(line, &found))
        return false;
    *ret = found;
    return true;
}
