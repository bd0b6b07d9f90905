/* SPDX-License-Identifier: MIT */
#include "logs/phrases.h"

#include <stdlib.h>

#include "logs/languages.h"

static const char *const language_names[LANGUAGES] = {
    [LANGUAGE_DE] = "de", [LANGUAGE_ES] = "es",       [LANGUAGE_FR] = "fr",
    [LANGUAGE_IT] = "it", [LANGUAGE_JA] = "ja",       [LANGUAGE_KA] = "ka",
    [LANGUAGE_KO] = "ko", [LANGUAGE_RU] = "ru",       [LANGUAGE_SV] = "sv",
    [LANGUAGE_UK] = "uk", [LANGUAGE_ZH_CN] = "zh_CN", [LANGUAGE_ZH_TW] = "zh_TW",
};

/* The named group, and what it may hold, of a letter of `fields`. */
static const char *
group_of(char field)
{
    switch (field) {
    case 'r':
        return "(?<role>[^\\n]{1,128}?)";
    case 'd':
        return "(?<database>[^\\n]{1,128}?)";
    case 'c':
        return "(?<client>[^\\n]{1,128}?)";
    default:
        return "[^\\n]{0,400}?";
    }
}

/* "%s" or "%2$s" at the start of `said`: its length, and which argument it shows. */
static size_t
placeholder(const char *said, size_t *next)
{
    if (said[0] != '%')
        return 0;
    if (said[1] >= '1' && said[1] <= '9' && said[2] == '$') {
        *next = (size_t)(said[1] - '1');
        return 4;
    }
    return 2;
}

/* A byte of the catalogue as regex. A quote may have been escaped or doubled on its way. */
static void
add_literal(struct strbuf *regex, char c)
{
    if (c == '"') {
        strbuf_adds(regex, "\\\\{0,3}\"{1,2}");
        return;
    }
    if (c == '\n') {
        strbuf_adds(regex, "\\s+");
        return;
    }
    if (strchr("\\^$.[]|()?*+{}", c))
        strbuf_addc(regex, '\\');
    strbuf_addc(regex, c);
}

static char *
regex_of(const struct phrase *phrase, const char *said)
{
    AUTO(strbuf) regex = { 0 };
    size_t field = 0, fields = strlen(phrase->fields), n;
    char last = 0;

    while (*said) {
        n = placeholder(said, &field);
        if (n == 0) {
            add_literal(&regex, *said++);
            last = 0;
            continue;
        }
        last = field < fields ? phrase->fields[field] : '-';
        strbuf_adds(&regex, group_of(last));
        field++;
        said += n;
    }
    if (last) /* nothing stands behind the last one to end it */
        strbuf_adds(&regex, "(?=[ ,]|$)");
    return strbuf_check(&regex) == OK ? strbuf_take(&regex) : NULL;
}

/* The longest part that is the same in every line. */
static char *
needle_of(const char *said)
{
    struct str best = { 0 }, rest = str_of(said);
    size_t field = 0;

    while (rest.n) {
        size_t n = strcspn(rest.p, "%\"|\n");
        size_t skip = rest.p[n] == '%' ? placeholder(rest.p + n, &field) : 1;
        if (n > best.n)
            best = str_head(rest, n);
        rest = str_skip(rest, n + skip);
    }
    return strndup(best.n ? best.p : "", best.n);
}

static char *
name_of(const struct phrase *phrase, enum language language)
{
    AUTO(strbuf) name = { 0 };

    strbuf_addf(&name, "%s-%s", phrase->name, language_names[language]);
    return strbuf_take(&name);
}

static bool
make_row(struct pattern *row, const struct phrase *phrase, enum language language)
{
    const char *said = phrase->said[language];

    *row = (struct pattern){
        .name = name_of(phrase, language),
        .kind = phrase->kind,
        .fatal = phrase->fatal,
        .sqlstate = phrase->sqlstate,
        .needle = needle_of(said),
        .regex = regex_of(phrase, said),
        .sample = said,
    };
    return row->name && row->needle && row->regex;
}

static bool
make_rows(struct pattern *rows, const struct phrase *phrases, size_t n, size_t *at)
{
    for (size_t i = 0; i < n; i++)
        for (int l = 0; l < LANGUAGES; l++)
            if (phrases[i].said[l] && !make_row(&rows[(*at)++], &phrases[i], (enum language)l))
                return false;
    return true;
}

static size_t
count_said(const struct phrase *phrases, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        for (int l = 0; l < LANGUAGES; l++)
            count += phrases[i].said[l] != NULL;
    return count;
}

size_t
phrases_len(void)
{
    return count_said(phrases_refused, phrases_refused_len) +
           count_said(phrases_server, phrases_server_len);
}

struct pattern *
phrases_rows(void)
{
    struct pattern *rows = calloc(phrases_len() + 1, sizeof(*rows));
    size_t at = 0;

    if (rows && make_rows(rows, phrases_refused, phrases_refused_len, &at) &&
        make_rows(rows, phrases_server, phrases_server_len, &at))
        return rows;
    phrases_free(rows);
    return NULL;
}

void
phrases_free(struct pattern *rows)
{
    if (!rows)
        return;
    for (size_t i = 0; i < phrases_len(); i++) {
        free((char *)rows[i].name);
        free((char *)rows[i].needle);
        free((char *)rows[i].regex);
    }
    free(rows);
}
