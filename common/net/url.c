/* SPDX-License-Identifier: MIT */
#include "net/url.h"

#include <strings.h>

static bool
is_secret_name(struct str name)
{
    static const char *const words[] = { "token", "secret", "passw", "pwd",     "auth",
                                         "key",   "sig",    "cred",  "session", "jwt" };

    for (size_t i = 0; i < LEN(words); i++)
        for (size_t at = 0, n = strlen(words[i]); at + n <= name.n; at++)
            if (strncasecmp(name.p + at, words[i], n) == 0)
                return true;
    return false;
}

static bool
has_blank_or_control(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f)
            return true;
    return false;
}

/* host, host:port or [::1]:port */
static enum status
read_host(struct str text, struct url *ret)
{
    struct str rest = text;
    uint64_t port;

    if (str_starts(text, STR("["))) {
        size_t end = str_find_byte(text, ']');

        if (end == SIZE_MAX)
            return fail(ERR_USAGE, "'[' without ']' in a host");
        ret->host = (struct str){ text.p + 1, end - 1 };
        rest = str_skip(text, end + 1);
        if (rest.n && rest.p[0] != ':')
            return fail(ERR_USAGE, "something other than a port behind ']'");
        rest = str_skip(rest, 1);
    } else {
        ret->host = str_cut(&rest, ':');
    }
    if (ret->host.n == 0)
        return fail(ERR_USAGE, "no host");
    if (rest.n == 0)
        return OK;
    if (!str_to_u64(rest, &port) || port == 0 || port > 65535)
        return fail(ERR_USAGE, "'" STR_FMT "' is not a port", STR_ARG(rest));
    ret->port = (uint16_t)port;
    return OK;
}

static size_t
find_first_of(struct str text, const char *bytes)
{
    for (size_t i = 0; i < text.n; i++)
        if (strchr(bytes, text.p[i]))
            return i;
    return text.n;
}

static struct str
cut_at(struct str *rest, size_t at)
{
    struct str head = str_head(*rest, at);

    *rest = str_skip(*rest, at);
    return head;
}

enum status
url_read(struct str text, struct url *ret)
{
    struct url u = { 0 };
    struct str rest = text, authority;
    size_t at = str_find(text, STR("://"));

    if (at == SIZE_MAX || has_blank_or_control(text) || memchr(text.p, 0, text.n))
        return fail(ERR_USAGE, "not a URL (http://host/path is expected)");
    u.scheme = cut_at(&rest, at);
    if (str_eq(u.scheme, STR("http")))
        u.port = 80;
    else if (str_eq(u.scheme, STR("https")))
        u.port = 443;
    else
        return fail(ERR_USAGE, "'" STR_FMT "' is not http or https", STR_ARG(u.scheme));

    rest = str_skip(rest, 3);
    authority = cut_at(&rest, find_first_of(rest, "/?#"));
    for (size_t i = authority.n; i > 0; i--)
        if (authority.p[i - 1] == '@') {
            u.user = str_head(authority, i - 1);
            authority = str_skip(authority, i);
            break;
        }
    u.path = cut_at(&rest, find_first_of(rest, "?#"));
    if (str_starts(rest, STR("?")))
        u.query = str_skip(cut_at(&rest, find_first_of(rest, "#")), 1);
    u.fragment = str_skip(rest, 1);
    if (read_host(authority, &u) != OK)
        return ERR_USAGE;
    *ret = u;
    return OK;
}

static void
show_query(struct strbuf *out, struct str query)
{
    char before = '?';

    while (query.n) {
        struct str value = str_cut(&query, '&'), name;
        bool has_value = str_find_byte(value, '=') != SIZE_MAX;

        name = str_cut(&value, '=');
        strbuf_addc(out, before);
        strbuf_add(out, name);
        if (has_value)
            strbuf_addc(out, '=');
        if (has_value && is_secret_name(name))
            strbuf_adds(out, "‹secret›");
        else
            strbuf_add(out, value);
        before = '&';
    }
}

void
url_show(struct strbuf *out, const struct url *u)
{
    bool brackets = str_find_byte(u->host, ':') != SIZE_MAX;

    strbuf_add(out, u->scheme);
    strbuf_adds(out, brackets ? "://[" : "://");
    strbuf_add(out, u->host);
    if (brackets)
        strbuf_addc(out, ']');
    if (u->port != (str_eq(u->scheme, STR("https")) ? 443 : 80))
        strbuf_addf(out, ":%u", u->port);
    strbuf_add(out, url_route(u));
    show_query(out, u->query);
}

struct str
url_route(const struct url *u)
{
    return u->path.n ? u->path : STR("/");
}
