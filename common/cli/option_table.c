/* SPDX-License-Identifier: MIT */
#include "cli/option_table.h"

#include <stdlib.h>

#include "time/duration.h"

struct common_options common_options;

/* clang-format off */
const struct option_row common_rows[] = {
    { "timeline", 't', OPT_TEXT, &common_options.timeline, "FILE", NULL,
      "the incident's timeline (else $INCIDENT_TIMELINE, else the opened incident)" },
    { "since", 0, OPT_TEXT, &common_options.since, "T", NULL,
      "only from T on: RFC 3339, @EPOCH, HH:MM[:SS], -15m, today, first:auth_failed-30s" },
    { "until", 0, OPT_TEXT, &common_options.until, "T", NULL, "only up to T" },
    { "now", 0, OPT_TEXT, &common_options.now, "T", NULL, "take T for the present" },
    { "zone", 0, OPT_LIST, &common_options.zones, "[GLOB=]ZONE", NULL,
      "zone of stamps that carry none (of the sources that match GLOB)" },
    { "json", 0, OPT_FLAG, &common_options.json, NULL, NULL, "one JSON object a line" },
    { "color", 0, OPT_CHOICE, &common_options.color, "auto|always|never", "auto",
      "colour; NO_COLOR and TERM=dumb are heeded" },
    { "config", 0, OPT_TEXT, &common_options.config, "FILE", NULL, "read options from FILE" },
    { "quiet", 'q', OPT_FLAG, &common_options.quiet, NULL, NULL, "no messages but errors" },
};
/* clang-format on */
const size_t common_rows_len = LEN(common_rows);

struct option_table
option_table_of(const struct option_tool *tool, const struct option_verb *verb)
{
    struct option_table t = { .parts = { { common_rows, common_rows_len }, tool->options } };

    if (verb)
        t.parts[2] = verb->options;
    return t;
}

const struct option_row *
option_table_at(const struct option_table *t, size_t i)
{
    for (size_t part = 0; part < LEN(t->parts); part++) {
        if (i < t->parts[part].len)
            return &t->parts[part].rows[i];
        i -= t->parts[part].len;
    }
    return NULL;
}

const struct option_row *
option_table_find(const struct option_table *t, struct str name, char letter)
{
    const struct option_row *row;

    for (size_t i = 0; (row = option_table_at(t, i)) != NULL; i++)
        if (letter ? row->letter == letter : str_eq(str_of(row->name), name))
            return row;
    return NULL;
}

static enum status
wrong(const struct option_row *row, const char *text, const char *what)
{
    return fail(ERR_USAGE, "--%s: '%s' is not %s", row->name, text, what);
}

static bool
is_one_of(const char *words, struct str text)
{
    struct str rest = str_of(words);

    while (rest.n > 0)
        if (str_eq(str_cut(&rest, '|'), text))
            return true;
    return false;
}

static enum status
set_flag(const struct option_row *row, const char *text)
{
    struct str word = str_of(text);
    bool yes = word.n == 0 || is_one_of("yes|true|on|1", word);

    if (!yes && !is_one_of("no|false|off|0", word))
        return wrong(row, text, "yes or no");
    *(bool *)row->into = yes;
    return OK;
}

static enum status
set_count(const struct option_row *row, const char *text)
{
    uint64_t value;

    if (!str_to_u64(str_of(text), &value) || value > UINT32_MAX)
        return wrong(row, text, "a number");
    *(unsigned *)row->into = (unsigned)value;
    return OK;
}

static enum status
set_text(const struct option_row *row, const char *text)
{
    *(const char **)row->into = text;
    return OK;
}

static enum status
add_to_list(const struct option_row *row, const char *text)
{
    struct option_list *list = row->into;
    const char **items = realloc(list->items, (list->len + 1) * sizeof(*items));

    if (items == NULL)
        return fail(ERR_SYSTEM, "no memory for --%s", row->name);
    items[list->len++] = text;
    list->items = items;
    return OK;
}

static enum status
set_duration(const struct option_row *row, const char *text)
{
    enum status st = option_duration(text, row->into);

    return st ? note(st, "--%s", row->name) : OK;
}

static enum status
set_choice(const struct option_row *row, const char *text)
{
    if (!is_one_of(row->arg, str_of(text)))
        return fail(ERR_USAGE, "--%s: '%s' is none of %s", row->name, text, row->arg);
    return set_text(row, text);
}

enum status
option_set(const struct option_row *row, const char *text)
{
    static enum status (*const setters[])(const struct option_row *, const char *) = {
        [OPT_FLAG] = set_flag,    [OPT_COUNT] = set_count,       [OPT_TEXT] = set_text,
        [OPT_LIST] = add_to_list, [OPT_DURATION] = set_duration, [OPT_CHOICE] = set_choice,
    };

    return setters[row->type](row, text);
}

enum status
option_duration(const char *text, int64_t *ret)
{
    if (duration_read(str_of(text), ret))
        return OK;
    return fail(ERR_USAGE, "'%s' is not a time like 500ms, 3s, 5m, 2h or 1d", text);
}
