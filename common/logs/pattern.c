/* SPDX-License-Identifier: MIT */
#include "logs/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "logs/languages.h"
#include "logs/needles.h"
#include "logs/said.h"

enum { FIELDS_MAX = 12, MATCH_LIMIT = 200000, HEAP_LIMIT_KIB = 1024 };

/* A named group and the field of the event it fills. */
struct field {
    uint16_t group;
    uint8_t into; /* index in into_fields() */
};

static const char *const field_names[] = { "role", "database", "client", "route" };

/* A row and what was made of it so far: it is compiled when its literal is first seen. */
struct rule {
    const struct pattern *row;
    pcre2_code *regex;
    bool tried;
    unsigned fields_len;
    struct field fields[FIELDS_MAX];
};

struct meaning {
    struct rule *rules;
    size_t rules_len;
    struct pattern *phrases; /* rows made from the server's message catalogues */
    struct needles *gate;
    struct str *literals; /* all alternatives of all rows */
    uint16_t *rule_of;    /* the row a literal belongs to */
    size_t literals_len;
    uint64_t *bits;    /* which literals a record holds */
    struct str *asked; /* last answer of meaning_needles() */
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static struct str *
into_field(struct event *e, unsigned i)
{
    struct str *fields[] = { &e->role, &e->database, &e->client, &e->route };

    return fields[i];
}

/* Compiling */

static void
learn_fields(struct rule *rule)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR entry = NULL;

    pcre2_pattern_info(rule->regex, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(rule->regex, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(rule->regex, PCRE2_INFO_NAMETABLE, &entry);
    for (uint32_t i = 0; i < count && rule->fields_len < FIELDS_MAX; i++, entry += size)
        for (unsigned f = 0; f < LEN(field_names); f++)
            if (strcmp((const char *)entry + 2, field_names[f]) == 0)
                rule->fields[rule->fields_len++] =
                    (struct field){ (uint16_t)(entry[0] << 8 | entry[1]), (uint8_t)f };
}

static enum status
compile(struct rule *rule)
{
    const char *regex = rule->row->regex;
    PCRE2_UCHAR words[128];
    PCRE2_SIZE at;
    int error;

    rule->tried = true;
    rule->regex = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                                PCRE2_MULTILINE | PCRE2_DUPNAMES, &error, &at, NULL);
    if (!rule->regex) {
        pcre2_get_error_message(error, words, sizeof(words));
        return fail(ERR_PARSE, "pattern %s: its regex, column %zu: %s", rule->row->name, at + 1,
                    (const char *)words);
    }
    pcre2_jit_compile(rule->regex, PCRE2_JIT_COMPLETE);
    learn_fields(rule);
    return OK;
}

static bool
is_match(struct meaning *m, struct rule *rule, struct str text)
{
    if (!rule->tried && compile(rule) != OK)
        return false;
    return rule->regex && text.n &&
           pcre2_match(rule->regex, (PCRE2_SPTR)text.p, text.n, 0, 0, m->match, m->limits) > 0;
}

/* Opening */

static void
add_row(struct meaning *m, const struct pattern *row)
{
    m->rules[m->rules_len++] = (struct rule){ .row = row };
}

static void
add_families(struct meaning *m, bool late)
{
    for (size_t f = 0; f < pattern_families_len; f++)
        for (size_t i = 0; i < *pattern_families[f].len; i++)
            if (pattern_families[f].late == late)
                add_row(m, &pattern_families[f].rows[i]);
}

static enum status
add_rows(struct meaning *m, const struct pattern *more, size_t more_len)
{
    size_t n = more_len + phrases_len();

    for (size_t f = 0; f < pattern_families_len; f++)
        n += *pattern_families[f].len;
    m->rules = calloc(n, sizeof(*m->rules));
    m->phrases = phrases_rows();
    if (!m->rules || !m->phrases || n >= UINT16_MAX)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < more_len; i++)
        add_row(m, &more[i]);
    add_families(m, false);
    for (size_t i = 0; i < phrases_len(); i++)
        add_row(m, &m->phrases[i]);
    add_families(m, true);
    return OK;
}

static size_t
count_literals(const char *needle)
{
    size_t n = 1;

    for (; *needle; needle++)
        n += *needle == '|';
    return n;
}

static enum status
open_gate(struct meaning *m)
{
    size_t n = 0, words;

    for (size_t i = 0; i < m->rules_len; i++)
        n += count_literals(m->rules[i].row->needle);
    words = (n + 63) / 64;
    m->literals = calloc(n, sizeof(*m->literals));
    m->asked = calloc(n, sizeof(*m->asked));
    m->rule_of = calloc(n, sizeof(*m->rule_of));
    m->bits = calloc(words, sizeof(*m->bits));
    if (!m->literals || !m->asked || !m->rule_of || !m->bits)
        return fail(ERR_SYSTEM, "out of memory");
    for (size_t i = 0; i < m->rules_len; i++) {
        struct str rest = str_of(m->rules[i].row->needle);
        while (rest.n) {
            m->rule_of[m->literals_len] = (uint16_t)i;
            m->literals[m->literals_len++] = str_cut(&rest, '|');
        }
    }
    return needles_open(&m->gate, m->literals, m->literals_len);
}

static enum status
open_pcre(struct meaning *m)
{
    m->match = pcre2_match_data_create(32, NULL);
    m->limits = pcre2_match_context_create(NULL);
    if (!m->match || !m->limits)
        return fail(ERR_SYSTEM, "out of memory");
    pcre2_set_match_limit(m->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(m->limits, HEAP_LIMIT_KIB);
    return OK;
}

enum status
meaning_open(struct meaning **ret, const struct pattern *more, size_t more_len)
{
    struct meaning *m = calloc(1, sizeof(*m));
    enum status st = m ? OK : fail(ERR_SYSTEM, "out of memory");

    for (size_t i = 0; st == OK && i < more_len; i++)
        st = pattern_check(&more[i]);
    if (st == OK)
        st = add_rows(m, more, more_len);
    if (st == OK)
        st = open_gate(m);
    if (st == OK)
        st = open_pcre(m);
    if (st != OK) {
        meaning_close(m);
        return st;
    }
    *ret = m;
    return OK;
}

void
meaning_close(struct meaning *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->rules_len; i++)
        pcre2_code_free(m->rules[i].regex);
    needles_close(m->gate);
    pcre2_match_data_free(m->match);
    pcre2_match_context_free(m->limits);
    phrases_free(m->phrases);
    free(m->rules);
    free(m->literals);
    free(m->asked);
    free(m->rule_of);
    free(m->bits);
    free(m);
}

/* Deciding */

/* At level ERROR the server, or whoever shows its words as they came, speaks of a statement. */
static bool
is_statements(const struct event *e, const struct said *said, bool server)
{
    return str_eq(e->level, STR("ERROR")) &&
           (server || str_starts(said->message, STR("role \"")) ||
            str_starts(said->message, STR("database \"")));
}

/* Why a row whose literal is there is still not believed; NULL if it is. */
static const char *
objection(const struct pattern *row, const struct event *e, const struct said *said)
{
    bool server = str_starts(e->format, STR("postgres"));

    if (row->only && !str_starts(e->format, str_of(row->only)))
        return "said by another writer";
    if (row->sqlstate && e->sqlstate.n && !str_eq(e->sqlstate, str_of(row->sqlstate)) && server)
        return "the record's own SQLSTATE is another";
    if (row->fatal && (said->statement_failed || is_statements(e, said, server)))
        return "a statement failed, not a connection";
    if (row->words == WORDS_ANYONE && !said_names_postgres(said))
        return "nothing in it names Postgres";
    if (row->words == WORDS_SHARED && said_names_another(said) && !said_names_postgres(said))
        return "it names another system";
    return NULL;
}

static void
fill(struct meaning *m, const struct rule *rule, struct str text, struct event *e)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(m->match);
    uint32_t groups = pcre2_get_ovector_count(m->match);

    for (unsigned i = 0; i < rule->fields_len; i++) {
        unsigned g = rule->fields[i].group;
        struct str *into = into_field(e, rule->fields[i].into);
        if (into->n || g >= groups || at[2 * g] == PCRE2_UNSET || at[2 * g] >= at[2 * g + 1])
            continue;
        *into = str_trim((struct str){ text.p + at[2 * g], at[2 * g + 1] - at[2 * g] });
    }
}

static void
explain(struct strbuf *why, const struct pattern *row, const char *no)
{
    if (!why)
        return;
    if (why->n)
        strbuf_adds(why, "; ");
    if (no)
        strbuf_addf(why, "not %s: %s", row->name, no);
    else
        strbuf_adds(why, row->name);
}

static struct str
looked_at(const struct pattern *row, const struct said *said)
{
    return row->kind == KIND_ROTATION ? said->all : said->message;
}

/* Tries one row whose literal is in the record. The first that is believed decides; those
 * after it may still name the role, the database, the client or the route. */
static void
try_rule(struct meaning *m, struct rule *rule, const struct said *said, struct event *e,
         struct strbuf *why)
{
    const struct pattern *row = rule->row;
    bool decided = e->kind != KIND_NONE;
    struct str text = looked_at(row, said);
    const char *no;

    if (decided && (rule->fields_len == 0 && rule->tried))
        return;
    if (!is_match(m, rule, text)) {
        if (!decided)
            explain(why, row, "its words are there, not its sentence");
        return;
    }
    no = objection(row, e, said);
    if (!decided || no == NULL)
        explain(why, row, no);
    if (no)
        return;
    fill(m, rule, text, e);
    if (decided)
        return;
    e->kind = row->kind;
    e->echo = e->echo || row->echo || said->continues;
    e->rule = str_of(row->name);
    if (e->sqlstate.n == 0 && row->sqlstate)
        e->sqlstate = str_of(row->sqlstate);
}

static void
try_rules(struct meaning *m, const struct said *said, struct event *e, struct strbuf *why)
{
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < m->literals_len; i++) {
        if (!needles_bit(m->bits, i) || m->rule_of[i] == last)
            continue;
        last = m->rule_of[i];
        try_rule(m, &m->rules[last], said, e, why);
    }
}

static void
decide_by_status(struct event *e)
{
    if (e->status < 100)
        return;
    e->kind = e->status >= 500 ? KIND_HTTP_5XX : KIND_REQUEST;
    e->rule = STR("status");
}

static void
decide_by_state(struct event *e)
{
    bool fatal = str_eq(e->level, STR("FATAL")) || str_eq(e->level, STR("PANIC"));
    enum kind kind = e->sqlstate.n && fatal ? meaning_of_state(e->sqlstate) : KIND_NONE;

    if (kind == KIND_NONE)
        return;
    e->kind = kind;
    e->rule = STR("sqlstate");
}

void
meaning_of(struct meaning *m, struct event *e, struct strbuf *why)
{
    struct said said;

    if (e->kind == KIND_NONE && e->status >= 100 && e->status < 500)
        decide_by_status(e);
    if (e->kind == KIND_NONE && needles_find(m->gate, e->text, m->bits)) {
        said_read(&said, e);
        try_rules(m, &said, e, why);
    }
    if (e->kind == KIND_NONE)
        decide_by_state(e);
    if (e->kind == KIND_NONE)
        decide_by_status(e);
}

size_t
meaning_needles(struct meaning *m, uint64_t kinds, const struct str **ret)
{
    size_t n = 0;

    for (size_t i = 0; i < m->literals_len; i++)
        if (kinds >> m->rules[m->rule_of[i]].row->kind & 1)
            m->asked[n++] = m->literals[i];
    *ret = m->asked;
    return n;
}

/* Checking */

static bool
holds_a_literal(const char *needle, struct str text)
{
    struct str rest = str_of(needle);

    while (rest.n)
        if (str_find(text, str_cut(&rest, '|')) != SIZE_MAX)
            return true;
    return false;
}

static enum status
check_words(const struct pattern *row)
{
    struct str rest = str_of(row->needle);

    if (!row->name || !*row->name)
        return fail(ERR_PARSE, "a pattern needs a name");
    if (!row->regex || !row->sample || !rest.n)
        return fail(ERR_PARSE, "pattern %s: needs needle, regex and sample", row->name);
    while (rest.n)
        if (str_cut(&rest, '|').n < NEEDLE_MIN)
            return fail(ERR_PARSE, "pattern %s: a needle of less than %d bytes", row->name,
                        NEEDLE_MIN);
    if (!holds_a_literal(row->needle, str_of(row->sample)))
        return fail(ERR_PARSE, "pattern %s: its sample does not hold its needle", row->name);
    return OK;
}

/* Whether the row alone would be believed of `text`. */
static bool
believes(const struct rule *rule, const char *text)
{
    struct event e = { .text = str_of(text) };
    pcre2_match_data *match = pcre2_match_data_create(32, NULL);
    struct said said;
    struct str seen;
    int got = -1;

    said_read(&said, &e);
    seen = looked_at(rule->row, &said);
    if (match && seen.n)
        got = pcre2_match(rule->regex, (PCRE2_SPTR)seen.p, seen.n, 0, 0, match, NULL);
    pcre2_match_data_free(match);
    return got > 0 && holds_a_literal(rule->row->needle, e.text) &&
           objection(rule->row, &e, &said) == NULL;
}

enum status
pattern_check(const struct pattern *row)
{
    struct rule rule = { .row = row };
    enum status st = check_words(row);

    if (st == OK)
        st = compile(&rule);
    if (st == OK && !row->only && !believes(&rule, row->sample))
        st = fail(ERR_PARSE, "pattern %s does not match its own sample", row->name);
    if (st == OK && row->near_miss && believes(&rule, row->near_miss))
        st = fail(ERR_PARSE, "pattern %s matches its near miss", row->name);
    pcre2_code_free(rule.regex);
    return st;
}
