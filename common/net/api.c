/* SPDX-License-Identifier: MIT */
#include "net/api.h"

#include <stdlib.h>

#include <jansson.h>

struct api {
    json_t *root;
};

enum { BEFORE_IT = sizeof(max_align_t) };

/* jansson frees without saying how much: the size stands before what it gets. */
static void *
allocate(size_t n)
{
    char *p = n < SIZE_MAX - BEFORE_IT ? malloc(n + BEFORE_IT) : NULL;

    if (!p)
        return NULL;
    memcpy(p, &n, sizeof(n));
    return p + BEFORE_IT;
}

static void
wipe_and_free(void *what)
{
    char *p = what;
    size_t n;

    if (!p)
        return;
    memcpy(&n, p - BEFORE_IT, sizeof(n));
    explicit_bzero(p, n);
    free(p - BEFORE_IT);
}

enum status
api_read(struct api **ret, struct str text, size_t *ret_used)
{
    struct api *a;
    json_error_t why;

    json_set_alloc_funcs(allocate, wipe_and_free);
    a = calloc(1, sizeof(*a));
    if (!a)
        return fail(ERR_SYSTEM, "no memory for an answer");
    a->root =
        json_loadb(text.n ? text.p : "", text.n,
                   JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &why);
    if (!a->root) {
        free(a);
        return fail(ERR_PARSE, "not JSON at line %d, column %d", why.line, why.column);
    }
    *ret_used = (size_t)why.position;
    *ret = a;
    return OK;
}

void
api_close(struct api *a)
{
    if (!a)
        return;
    json_decref(a->root);
    free(a);
}

static struct api_value
value(const json_t *node)
{
    return (struct api_value){ node };
}

static const json_t *
node(struct api_value v)
{
    return v.node;
}

struct api_value
api_root(const struct api *a)
{
    return value(a->root);
}

struct api_value
api_get(struct api_value v, const char *path)
{
    struct str rest = str_of(path);
    const json_t *at = node(v);

    while (at && rest.n > 0) {
        struct str name = str_cut(&rest, '.');

        at = json_object_getn(at, name.p, name.n);
    }
    return value(at);
}

size_t
api_len(struct api_value v)
{
    return json_is_object(node(v)) ? json_object_size(node(v)) : json_array_size(node(v));
}

/* Members are few: each is found from the first on. */
static void *
member(struct api_value v, size_t i)
{
    void *at = json_object_iter((json_t *)node(v));

    for (; at && i > 0; i--)
        at = json_object_iter_next((json_t *)node(v), at);
    return at;
}

struct api_value
api_at(struct api_value v, size_t i)
{
    if (json_is_object(node(v)))
        return value(json_object_iter_value(member(v, i)));
    return value(json_array_get(node(v), i));
}

struct str
api_name(struct api_value v, size_t i)
{
    void *at = json_is_object(node(v)) ? member(v, i) : NULL;

    return at ? str_of(json_object_iter_key(at)) : STR("");
}

bool
api_there(struct api_value v)
{
    return v.node != NULL && !json_is_null(node(v));
}

struct str
api_text(struct api_value v)
{
    return json_is_string(node(v))
               ? (struct str){ json_string_value(node(v)), json_string_length(node(v)) }
               : STR("");
}

bool
api_number(struct api_value v, double *ret)
{
    if (!json_is_number(node(v)))
        return false;
    *ret = json_number_value(node(v));
    return true;
}
