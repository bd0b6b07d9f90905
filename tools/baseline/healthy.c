/* SPDX-License-Identifier: MIT */
#include "healthy.h"

#include <stdio.h>

#include "base/json.h"
#include "base/jsonread.h"
#include "cli/options.h"

enum { NAME_MOST = 100, ROUTES_MOST = 10000 };

enum status
healthy_begin(struct healthy *ret, size_t n)
{
    struct healthy h = { 0 };

    h.routes = arena_alloc(&h.memory, MAX(n, 1) * sizeof(*h.routes));
    for (size_t i = 0; h.routes && i < n; i++) {
        h.routes[i].latencies =
            arena_alloc(&h.memory, HEALTHY_LATENCIES * sizeof(*h.routes[i].latencies));
        if (!h.routes[i].latencies)
            h.routes = NULL;
    }
    if (!h.routes) {
        arena_done(&h.memory);
        return fail(ERR_SYSTEM, "no memory for %zu routes", n);
    }
    h.len = n;
    *ret = h;
    return OK;
}

void
healthy_see(struct healthy_route *r, bool good, int64_t latency)
{
    r->probes++;
    r->failed += !good;
    if (good && r->latencies_len < HEALTHY_LATENCIES)
        r->latencies[r->latencies_len++] = latency;
}

void
healthy_done(struct healthy *h)
{
    arena_done(&h->memory);
    *h = (struct healthy){ 0 };
}

const struct healthy_route *
healthy_find(const struct healthy *h, struct str url)
{
    for (size_t i = 0; i < h->len; i++)
        if (str_eq(h->routes[i].url, url))
            return &h->routes[i];
    return NULL;
}

struct compare_sample
healthy_sample(const struct healthy_route *r)
{
    return (struct compare_sample){ r->probes, r->failed, r->latencies, r->latencies_len };
}

static enum status
key_of(const char *name, char *ret, size_t n)
{
    if (!name[0] || strlen(name) > NAME_MOST)
        return fail(ERR_USAGE, "a baseline's name has 1 to %d bytes", NAME_MOST);
    snprintf(ret, n, "baseline %s", name);
    return OK;
}

enum status
healthy_save(const struct healthy *h, struct store *to, const char *name)
{
    AUTO(strbuf) out = { 0 };
    struct json w = { .out = &out };
    char key[NAME_MOST + 16];
    enum status st = key_of(name, key, sizeof(key));

    json_object(&w, NULL);
    json_array(&w, "routes");
    for (size_t i = 0; i < h->len; i++) {
        const struct healthy_route *r = &h->routes[i];

        json_object(&w, NULL);
        json_str(&w, "url", r->url);
        json_int(&w, "probes", r->probes);
        json_int(&w, "failed", r->failed);
        json_array(&w, "latencies");
        for (size_t k = 0; k < r->latencies_len; k++)
            json_int(&w, NULL, r->latencies[k]);
        json_array_end(&w);
        json_object_end(&w);
    }
    json_array_end(&w);
    json_object_end(&w);
    if (st == OK)
        st = strbuf_check(&out);
    return st == OK ? store_set(to, key, strbuf_str(&out)) : st;
}

static bool
read_latencies(struct jsonread *j, struct healthy_route *r)
{
    enum json_token t = jsonread_next(j);
    uint64_t ns;

    if (t != JSON_ARRAY)
        return false;
    while ((t = jsonread_next(j)) == JSON_NUMBER)
        if (r->latencies_len < HEALTHY_LATENCIES && str_to_u64(j->value, &ns))
            r->latencies[r->latencies_len++] = (int64_t)MIN(ns, INT64_MAX);
    return t == JSON_ARRAY_END;
}

static bool
read_count(struct jsonread *j, unsigned *ret)
{
    uint64_t n;

    if (jsonread_next(j) != JSON_NUMBER || !str_to_u64(j->value, &n) || n > UINT32_MAX)
        return false;
    *ret = (unsigned)n;
    return true;
}

static bool
read_route(struct jsonread *j, struct healthy *h, struct healthy_route *r)
{
    enum json_token t;

    while ((t = jsonread_next(j)) == JSON_KEY) {
        struct str name = j->value;
        bool good;

        if (str_eq(name, STR("probes")))
            good = read_count(j, &r->probes);
        else if (str_eq(name, STR("failed")))
            good = read_count(j, &r->failed);
        else if (str_eq(name, STR("latencies")))
            good = read_latencies(j, r);
        else if (str_eq(name, STR("url")) && (good = jsonread_next(j) == JSON_STRING))
            r->url = arena_str(&h->memory, j->value);
        else
            good = jsonread_skip(j);
        if (!good)
            return false;
    }
    return t == JSON_OBJECT_END && r->url.n > 0 && r->failed <= r->probes;
}

/* How many routes the text can have at most: each has a "url". */
static size_t
count_routes(struct str text)
{
    size_t n = 0, at;

    while ((at = str_find(text, STR("\"url\""))) != SIZE_MAX && n < ROUTES_MOST) {
        text = str_skip(text, at + 1);
        n++;
    }
    return n;
}

static bool
read_routes(struct jsonread *j, struct healthy *h, size_t room)
{
    enum json_token t;

    if (jsonread_next(j) != JSON_OBJECT || jsonread_next(j) != JSON_KEY ||
        jsonread_next(j) != JSON_ARRAY)
        return false;
    for (h->len = 0; (t = jsonread_next(j)) == JSON_OBJECT; h->len++)
        if (h->len == room || !read_route(j, h, &h->routes[h->len]))
            return false;
    return t == JSON_ARRAY_END;
}

enum status
healthy_load(struct healthy *ret, struct store *from, const char *name)
{
    AUTO(jsonread) j = { 0 };
    char key[NAME_MOST + 16];
    struct healthy h;
    struct str text;
    enum status st = key_of(name, key, sizeof(key));

    if (st != OK)
        return st;
    text = store_get(from, key);
    if (text.n == 0)
        return fail(ERR_USAGE, "no baseline '%s' here: baseline record %s URL... makes one",
                    name, name);
    st = healthy_begin(&h, count_routes(text));
    if (st != OK)
        return st;
    jsonread_start(&j, text);
    if (!read_routes(&j, &h, h.len)) {
        healthy_done(&h);
        return fail(ERR_PARSE, "the baseline '%s' cannot be understood", name);
    }
    *ret = h;
    return OK;
}

enum status
healthy_file(struct strbuf *ret)
{
    AUTO(strbuf) state = { 0 };
    enum status st = options_state_file(&state);
    struct str path = strbuf_str(&state);

    if (st != OK)
        return st;
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    strbuf_add(ret, path);
    strbuf_adds(ret, "baselines.timeline");
    return strbuf_check(ret);
}
