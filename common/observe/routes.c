/* SPDX-License-Identifier: MIT */
#include "observe/routes.h"

#include <stdlib.h>

#include "net/secret.h"

enum { KEEP = 512, KEEP_TO_SEARCH = 64 << 10 };

struct route_secret {
    struct route_secret *next;
    struct secret value;
};

static enum status
read_range(struct str text, unsigned *ret_from, unsigned *ret_to)
{
    struct str rest = text, first = str_trim(str_cut(&rest, '-'));
    uint64_t from, to;

    rest = str_trim(rest);
    if (!str_to_u64(first, &from))
        return fail(ERR_USAGE, "'" STR_FMT "' is not a status", STR_ARG(text));
    to = from;
    if (str_find_byte(text, '-') != SIZE_MAX && !str_to_u64(rest, &to))
        return fail(ERR_USAGE, "'" STR_FMT "' is not a range of statuses", STR_ARG(text));
    if (from < 100 || to > STATUS_MOST || from > to)
        return fail(ERR_USAGE, "statuses go from 100 to 599, not '" STR_FMT "'", STR_ARG(text));
    *ret_from = (unsigned)from;
    *ret_to = (unsigned)to;
    return OK;
}

enum status
route_statuses_read(struct str text, struct route_statuses *ret)
{
    struct route_statuses all = { 0 };
    unsigned from, to;

    do {
        struct str piece = str_trim(str_cut(&text, ','));

        if (read_range(piece, &from, &to) != OK)
            return ERR_USAGE;
        for (unsigned i = from; i <= to; i++)
            all.bits[i / 64] |= UINT64_C(1) << (i % 64);
    } while (text.n);
    *ret = all;
    return OK;
}

bool
route_statuses_has(const struct route_statuses *s, int status)
{
    return status >= 0 && status <= STATUS_MOST && (s->bits[status / 64] >> (status % 64) & 1);
}

static enum status
no_memory(void)
{
    return fail(ERR_SYSTEM, "no memory for routes");
}

/* The value of a header that is kept elsewhere, to be wiped when done. */
static enum status
read_secret(struct routes *r, const char *spec, struct str *ret)
{
    struct route_secret *s = calloc(1, sizeof(*s));
    enum status st;

    if (!s)
        return no_memory();
    st = secret_read(&s->value, spec);
    if (st != OK) {
        free(s);
        return st;
    }
    s->next = r->secrets;
    r->secrets = s;
    *ret = secret_reveal(&s->value);
    return OK;
}

static bool
is_token(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] <= ' ' || (unsigned char)text.p[i] >= 0x7f ||
            strchr("\"(),/:;<=>?@[\\]{}", text.p[i]))
            return false;
    return text.n > 0;
}

static bool
has_line_end(struct str text)
{
    return str_find_byte(text, '\n') != SIZE_MAX || str_find_byte(text, '\r') != SIZE_MAX;
}

/* "Name: value" says it, "Name=file:PATH" says where it is kept. */
static enum status
read_header(struct routes *r, const char *text, struct http_header *ret)
{
    size_t at = strcspn(text, ":=");
    struct str name = { text, at };
    enum status st = OK;

    if (text[at] == '\0' || !is_token(name))
        return fail(ERR_USAGE, "a header is 'Name: value' or 'Name=file:PATH'");
    ret->name = arena_str(&r->memory, name).p;
    if (text[at] == '=')
        st = read_secret(r, text + at + 1, &ret->value);
    else
        ret->value = arena_str(&r->memory, str_trim(str_of(text + at + 1)));
    if (st != OK)
        return note(st, "header " STR_FMT, STR_ARG(name));
    if (has_line_end(ret->value))
        return fail(ERR_USAGE, "header " STR_FMT ": a line end in its value", STR_ARG(name));
    return ret->name ? OK : no_memory();
}

static enum status
read_headers(struct routes *r, struct http_request *q, const struct route_defaults *d)
{
    struct http_header *all;
    enum status st = OK;

    if (d->headers_len == 0)
        return OK;
    all = arena_alloc(&r->memory, d->headers_len * sizeof(*all));
    if (!all)
        return no_memory();
    for (size_t i = 0; i < d->headers_len && st == OK; i++)
        st = read_header(r, d->headers[i], &all[i]);
    q->headers = all;
    q->headers_len = d->headers_len;
    return st;
}

static enum status
add_item(struct routes *r, struct route *route)
{
    if (r->len == r->room) {
        size_t room = r->room ? r->room * 2 : 16;
        struct route **items = reallocarray(r->items, room, sizeof(struct route *));

        if (!items)
            return no_memory();
        r->items = items;
        r->room = room;
    }
    r->items[r->len++] = route;
    return OK;
}

static void
name_route(struct routes *r, struct route *route)
{
    AUTO(strbuf) shown = { 0 };

    url_show(&shown, &route->url);
    route->shown = arena_str(&r->memory, strbuf_str(&shown));
    route->path = url_route(&route->url);
    route->name = route->path;
    route->host =
        arena_strf(&r->memory, STR_FMT ":%u", STR_ARG(route->url.host), route->url.port);
}

enum status
routes_add(struct routes *r, const char *url, const struct route_defaults *d)
{
    struct route *route = arena_alloc(&r->memory, sizeof(*route));
    struct str text = arena_str(&r->memory, str_of(url));
    enum status st;

    if (!route || (url[0] && !text.p))
        return no_memory();
    route->request = d->request;
    route->request.url = text.p;
    st = url_read(text, &route->url);
    if (st == OK && route->url.user.n)
        st = fail(ERR_USAGE, "a URL with a user in it can be read by every process: "
                             "say --header Authorization=file:PATH");
    if (st == OK)
        st = route_statuses_read(str_of(d->expect ? d->expect : "200-399"),
                                 &route->expect.statuses);
    if (st == OK)
        st = read_headers(r, &route->request, d);
    if (st != OK)
        return st;
    name_route(r, route);
    route->expect.contains = str_of(d->contains);
    route->expect.most_latency = d->most_latency;
    route->request.keep = route->expect.contains.n ? KEEP_TO_SEARCH : KEEP;
    return add_item(r, route);
}

void
routes_done(struct routes *r)
{
    for (struct route_secret *s = r->secrets, *next; s; s = next) {
        next = s->next;
        secret_done(&s->value);
        free(s);
    }
    free(r->items);
    arena_done(&r->memory);
    *r = (struct routes){ 0 };
}

enum route_fault
route_judge(const struct route *r, const struct http_answer *a)
{
    const struct route_expect *e = &r->expect;

    if (a->error != HTTP_OK)
        return ROUTE_NO_ANSWER;
    if (!route_statuses_has(&e->statuses, a->status))
        return ROUTE_STATUS;
    if (e->contains.n && str_find(strbuf_str(&a->body), e->contains) == SIZE_MAX)
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
