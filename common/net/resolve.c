/* SPDX-License-Identifier: MIT */
#include "net/resolve.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "time/now.h"

enum { ADDRESSES_MAX = 64, HOST_MAX = 256 };

/* What a look-up needs to live: it may outlast its caller's patience. */
struct lookup {
    char host[HOST_MAX];
    struct gaicb request;
    struct addrinfo hints;
};

static void
print_address(const struct addrinfo *a, uint16_t port, struct resolved *ret)
{
    char ip[INET6_ADDRSTRLEN] = "";

    if (a->ai_family == AF_INET6) {
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)(void *)a->ai_addr)->sin6_addr, ip,
                  sizeof(ip));
        snprintf(ret->text, sizeof(ret->text), "[%s]:%u", ip, port);
    } else {
        inet_ntop(AF_INET, &((struct sockaddr_in *)(void *)a->ai_addr)->sin_addr, ip,
                  sizeof(ip));
        snprintf(ret->text, sizeof(ret->text), "%s:%u", ip, port);
    }
}

static bool
is_known(const struct resolved *known, size_t n, const struct resolved *one)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(known[i].text, one->text) == 0)
            return true;
    return false;
}

static enum status
collect(const struct addrinfo *list, uint16_t port, struct resolved **ret, size_t *ret_len)
{
    struct resolved *out = calloc(ADDRESSES_MAX, sizeof(*out));
    size_t n = 0;

    if (!out)
        return fail(ERR_SYSTEM, "no memory for addresses");
    for (; list && n < ADDRESSES_MAX; list = list->ai_next) {
        if (list->ai_family != AF_INET && list->ai_family != AF_INET6)
            continue;
        print_address(list, port, &out[n]);
        if (!is_known(out, n, &out[n]))
            n++;
    }
    if (n == 0) {
        free(out);
        return fail(ERR_NETWORK, "no address");
    }
    *ret = out;
    *ret_len = n;
    return OK;
}

/* EAI_ALLDONE or EAI_INPROGRESS, and then the look-up must be left alone. */
static int
wait_for(struct lookup *l, int64_t timeout)
{
    const struct gaicb *list[] = { &l->request };
    int64_t until = now_monotonic() + timeout;

    while (gai_error(&l->request) == EAI_INPROGRESS) {
        int64_t left = until - now_monotonic();
        struct timespec t = { left / NS_PER_S, left % NS_PER_S };

        if (left <= 0)
            return gai_cancel(&l->request) == EAI_CANCELED ? EAI_ALLDONE : EAI_INPROGRESS;
        gai_suspend(list, 1, &t);
    }
    return EAI_ALLDONE;
}

enum status
resolve_all(struct str host, uint16_t port, int64_t timeout, struct resolved **ret,
            size_t *ret_len)
{
    struct lookup *l = calloc(1, sizeof(*l));
    struct gaicb *list[1];
    enum status st;
    int why;

    if (!l)
        return fail(ERR_SYSTEM, "no memory for a look-up");
    snprintf(l->host, sizeof(l->host), STR_FMT, STR_ARG(host));
    l->hints = (struct addrinfo){ .ai_socktype = SOCK_STREAM };
    l->request = (struct gaicb){ .ar_name = l->host, .ar_request = &l->hints };
    list[0] = &l->request;
    why = getaddrinfo_a(GAI_NOWAIT, list, 1, NULL);
    if (why == 0 && wait_for(l, timeout) == EAI_INPROGRESS)
        /* The resolver's thread still writes into it: it is left to that thread. */
        return fail(ERR_NETWORK, "looking up " STR_FMT " takes too long", STR_ARG(host));
    if (why == 0)
        why = gai_error(&l->request);
    st = why == 0
             ? collect(l->request.ar_result, port, ret, ret_len)
             : fail(ERR_NETWORK, "look up " STR_FMT ": %s", STR_ARG(host), gai_strerror(why));
    if (l->request.ar_result)
        freeaddrinfo(l->request.ar_result);
    free(l);
    return st;
}
