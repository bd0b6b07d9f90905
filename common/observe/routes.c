/* SPDX-License-Identifier: MIT */
#include "observe/routes.h"

#include <stdlib.h>

#include "logs/regex.h"
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
read_headers(struct routes *r, struct http_request *q, const struct route_draft *d)
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

/* "/data/0/state = ready" */
static enum status
read_pointer(struct routes *r, const char *text, struct route_expect *e)
{
    struct str rest = arena_str(&r->memory, str_of(text));

    e->pointer = str_trim(str_cut(&rest, '='));
    e->value = str_trim(rest);
    if (!str_starts(e->pointer, STR("/")) || str_find_byte(str_of(text), '=') == SIZE_MAX)
        return fail(ERR_USAGE, "value: '/place/in/the/body = value' is expected");
    return OK;
}

/* "Content-Type: PCRE" */
static enum status
read_wanted(struct routes *r, const char *text, struct route *route)
{
    struct str rest = str_of(text), name = str_trim(str_cut(&rest, ':'));
    const char *pattern = arena_str(&r->memory, str_trim(rest)).p;

    if (!is_token(name) || !pattern)
        return fail(ERR_USAGE, "an answer's header is 'Name: PATTERN'");
    route->request.want = arena_str(&r->memory, name).p;
    return regex_open_search(&route->expect.header, pattern);
}

static enum status
read_expect(struct routes *r, struct route *route, const struct route_draft *d)
{
    struct route_expect *e = &route->expect;
    enum status st =
        route_statuses_read(str_of(d->expect ? d->expect : "200-399"), &e->statuses);

    e->contains = arena_str(&r->memory, str_of(d->contains));
    e->most_latency = d->most_latency;
    if (st == OK && d->json)
        st = read_pointer(r, d->json, e);
    if (st == OK && d->matches && (st = regex_open_search(&e->matches, d->matches)) != OK)
        note(st, "matches");
    if (st == OK && d->header && (st = read_wanted(r, d->header, route)) != OK)
        note(st, "answer-header");
    route->request.keep = e->contains.n || e->matches || e->pointer.n ? KEEP_TO_SEARCH : KEEP;
    return st;
}

/* A URL's user and password become what curl would have made of them, but out of the URL. */
static enum status
read_url(struct route *route, const struct route_draft *d, struct str text)
{
    enum status st;

    if (!d->url)
        return fail(ERR_USAGE, "no url");
    st = url_read(text, &route->url);
    if (st == OK && route->url.user.n && !d->from_file)
        return fail(ERR_USAGE, "a URL with a user in it can be read by every process: "
                               "say --header Authorization=file:PATH, or use --routes");
    return st;
}

static void
free_expect(struct route *route)
{
    regex_close(route->expect.matches);
    regex_close(route->expect.header);
}

enum status
routes_add(struct routes *r, const struct route_draft *d)
{
    struct route *route = arena_alloc(&r->memory, sizeof(*route));
    struct str text = arena_str(&r->memory, str_of(d->url));
    enum status st;

    if (!route || (d->url && d->url[0] && !text.p))
        return no_memory();
    route->request = d->request;
    route->request.url = text.p;
    route->weight = d->weight > 0 ? d->weight : 1;
    st = read_url(route, d, text);
    if (st == OK)
        st = read_headers(r, &route->request, d);
    if (st == OK)
        st = read_expect(r, route, d);
    if (st == OK) {
        name_route(r, route);
        if (d->name)
            route->name = arena_str(&r->memory, str_of(d->name));
        st = add_item(r, route);
    }
    if (st != OK)
        free_expect(route);
    return st;
}

void
routes_done(struct routes *r)
{
    for (size_t i = 0; i < r->len; i++)
        free_expect(r->items[i]);
    for (struct route_secret *s = r->secrets, *next; s; s = next) {
        next = s->next;
        secret_done(&s->value);
        free(s);
    }
    free(r->items);
    arena_done(&r->memory);
    *r = (struct routes){ 0 };
}

/* The length of the secret that `text` begins with; 0 if it begins with none. Very short ones
 * would hide half of what is said and are no secrets. */
static size_t
secret_at(const struct routes *r, struct str text)
{
    enum { LEAST = 4 };
    struct str rest, held;

    for (const struct route_secret *s = r->secrets; s; s = s->next) {
        held = secret_reveal(&s->value);
        if (held.n >= LEAST && str_starts(text, held))
            return held.n;
        /* "Bearer TOKEN": the token alone is one, too. */
        rest = held;
        (void)str_cut(&rest, ' ');
        if (rest.n >= LEAST && str_starts(text, rest))
            return rest.n;
    }
    for (size_t i = 0; i < r->len; i++) {
        rest = r->items[i]->url.user;
        (void)str_cut(&rest, ':');
        if (rest.n >= LEAST && str_starts(text, rest))
            return rest.n;
    }
    return 0;
}

void
routes_mask(const struct routes *r, struct str text, struct strbuf *out)
{
    while (text.n) {
        size_t n = secret_at(r, text);

        if (n)
            strbuf_adds(out, "‹secret›");
        else
            strbuf_addc(out, text.p[0]);
        text = str_skip(text, n ? n : 1);
    }
}
