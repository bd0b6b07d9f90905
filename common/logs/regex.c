/* SPDX-License-Identifier: MIT */
#include "logs/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum { STEPS_MAX = 100000, GROUPS_MAX = 32 };

struct regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
    struct {
        uint32_t group;
        size_t name;
    } groups[GROUPS_MAX];
    size_t groups_len;
};

static enum status
find_groups(struct regex *r, const char *const *names, size_t names_len)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;

    pcre2_pattern_info(r->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; i++, table += size) {
        const char *name = (const char *)table + 2;
        size_t at = 0;

        while (at < names_len && strcmp(names[at], name) != 0)
            at++;
        if (at == names_len || r->groups_len == GROUPS_MAX)
            return fail(ERR_USAGE, "(?<%s>...) is no part of a line", name);
        r->groups[r->groups_len].group = (uint32_t)table[0] << 8 | table[1];
        r->groups[r->groups_len++].name = at;
    }
    return OK;
}

static enum status
compile(struct regex *r, const char *pattern, uint32_t anchored)
{
    int error;
    PCRE2_SIZE at;
    PCRE2_UCHAR words[128];

    r->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                            anchored | PCRE2_DUPNAMES | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY |
                                PCRE2_NEVER_UTF,
                            &error, &at, NULL);
    if (r->code == NULL) {
        pcre2_get_error_message(error, words, sizeof(words));
        return fail(ERR_USAGE, "the pattern, at character %zu: %s", at + 1, (char *)words);
    }
    pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
    r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
    r->limits = pcre2_match_context_create(NULL);
    if (r->data == NULL || r->limits == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    pcre2_set_match_limit(r->limits, STEPS_MAX);
    return OK;
}

enum status
regex_open(struct regex **ret, const char *pattern, const char *const *names, size_t names_len)
{
    struct regex *r = calloc(1, sizeof(*r));
    enum status st;

    if (r == NULL)
        return fail(ERR_SYSTEM, "no memory left");
    st = compile(r, pattern, PCRE2_ANCHORED);
    if (st == OK)
        st = find_groups(r, names, names_len);
    if (st == OK)
        *ret = r;
    else
        regex_close(r);
    return st;
}

enum status
regex_open_search(struct regex **ret, const char *pattern)
{
    struct regex *r = calloc(1, sizeof(*r));
    enum status st = r ? compile(r, pattern, 0) : fail(ERR_SYSTEM, "no memory left");

    if (st == OK)
        *ret = r;
    else
        regex_close(r);
    return st;
}

void
regex_close(struct regex *r)
{
    if (r == NULL)
        return;
    pcre2_code_free(r->code);
    pcre2_match_data_free(r->data);
    pcre2_match_context_free(r->limits);
    free(r);
}

bool
regex_match(struct regex *r, struct str text, struct str *ret, size_t len)
{
    const PCRE2_SIZE *ends;

    if (pcre2_match(r->code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, 0, 0, r->data,
                    r->limits) <= 0)
        return false;
    ends = pcre2_get_ovector_pointer(r->data);
    for (size_t i = 0; i < r->groups_len; i++) {
        PCRE2_SIZE from = ends[2 * r->groups[i].group], to = ends[2 * r->groups[i].group + 1];

        if (from == PCRE2_UNSET || r->groups[i].name >= len || ret[r->groups[i].name].p)
            continue;
        ret[r->groups[i].name] = (struct str){ text.p + from, to - from };
    }
    return true;
}
