/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"
#include "logs/regex.h"
#include "observe/routes.h"

/* One step of a pointer: `~1` is a slash, `~0` a tilde. */
static bool
step_is(struct str step, struct str key)
{
    size_t k = 0;

    for (size_t i = 0; i < step.n; i++, k++) {
        char c = step.p[i];

        if (c == '~' && i + 1 < step.n && (step.p[i + 1] == '0' || step.p[i + 1] == '1'))
            c = step.p[++i] == '1' ? '/' : '~';
        if (k >= key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

/* To the member of that name; the next token is its value. */
static bool
enter_member(struct jsonread *j, struct str step)
{
    for (;;) {
        if (jsonread_next(j) != JSON_KEY)
            return false;
        if (step_is(step, j->value))
            return true;
        if (!jsonread_skip(j))
            return false;
    }
}

/* Past `index` elements; the token that begins the one wanted comes back. */
static enum json_token
enter_element(struct jsonread *j, uint64_t index)
{
    for (;;) {
        enum json_token t = jsonread_next(j);

        if (t == JSON_ARRAY_END || t == JSON_BAD || t == JSON_END || index-- == 0)
            return t == JSON_ARRAY_END ? JSON_BAD : t;
        if ((t == JSON_ARRAY || t == JSON_OBJECT) && !jsonread_skip(j))
            return JSON_BAD;
    }
}

static enum json_token
walk(struct jsonread *j, struct str pointer)
{
    enum json_token t = jsonread_next(j);
    uint64_t index;

    while (pointer.n) {
        struct str rest = str_skip(pointer, 1), step = str_cut(&rest, '/');

        pointer = str_skip(pointer, 1 + step.n);
        if (t == JSON_OBJECT && enter_member(j, step))
            t = jsonread_next(j);
        else if (t == JSON_ARRAY && str_to_u64(step, &index))
            t = enter_element(j, index);
        else
            return JSON_BAD;
    }
    return t;
}

bool
route_json_at(struct str json, struct str pointer, struct strbuf *ret)
{
    AUTO(jsonread) j = { 0 };
    static const struct {
        enum json_token token;
        const char *literal;
    } literals[] = { { JSON_TRUE, "true" }, { JSON_FALSE, "false" }, { JSON_NULL, "null" } };
    enum json_token t;

    jsonread_start(&j, json);
    t = walk(&j, pointer);
    if (t == JSON_STRING || t == JSON_NUMBER) {
        strbuf_add(ret, j.value);
        return true;
    }
    for (size_t i = 0; i < LEN(literals); i++)
        if (literals[i].token == t) {
            strbuf_adds(ret, literals[i].literal);
            return true;
        }
    return false;
}

static bool
has_value(const struct route_expect *e, struct str body)
{
    AUTO(strbuf) value = { .max = STRBUF_LINE };

    return route_json_at(body, e->pointer, &value) && str_eq(strbuf_str(&value), e->value);
}

static bool
content_is_good(const struct route_expect *e, const struct http_answer *a)
{
    struct str body = strbuf_str(&a->body);

    if (e->contains.n && str_find(body, e->contains) == SIZE_MAX)
        return false;
    if (e->matches && !regex_match(e->matches, body, NULL, 0))
        return false;
    if (e->pointer.n && !has_value(e, body))
        return false;
    return !e->header || regex_match(e->header, str_of(a->wanted), NULL, 0);
}

enum route_fault
route_judge(const struct route *r, const struct http_answer *a)
{
    const struct route_expect *e = &r->expect;

    if (a->error != HTTP_OK)
        return ROUTE_NO_ANSWER;
    if (!route_statuses_has(&e->statuses, a->status))
        return ROUTE_STATUS;
    if (!content_is_good(e, a))
        return ROUTE_ASSERT;
    if (e->most_latency && span_width(a->monotonic) > e->most_latency)
        return ROUTE_SLOW;
    return ROUTE_GOOD;
}

const char *
route_fault_name(enum route_fault fault, const struct http_answer *a)
{
    static const char *const names[] = { [ROUTE_GOOD] = NULL,
                                         [ROUTE_NO_ANSWER] = NULL,
                                         [ROUTE_STATUS] = "status",
                                         [ROUTE_ASSERT] = "assert",
                                         [ROUTE_SLOW] = "slow" };

    return fault == ROUTE_NO_ANSWER ? http_error_names[a->error] : names[fault];
}
