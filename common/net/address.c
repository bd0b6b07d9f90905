/* SPDX-License-Identifier: MIT */
#include "net/address.h"

#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/un.h>
#include <time.h>

#include "time/now.h"
#include "time/span.h"

void
address_print(struct address *a)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];
    const struct sockaddr *place = (const struct sockaddr *)&a->place;

    if (a->place.ss_family == AF_UNIX) {
        const struct sockaddr_un *un = (const struct sockaddr_un *)&a->place;

        snprintf(a->text, sizeof(a->text), "%s",
                 a->len > sizeof(sa_family_t) ? un->sun_path : "");
        return;
    }
    if (getnameinfo(place, a->len, host, sizeof(host), port, sizeof(port),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        snprintf(a->text, sizeof(a->text), "?");
    else
        snprintf(a->text, sizeof(a->text),
                 a->place.ss_family == AF_INET6 ? "[%.80s]:%s" : "%.80s:%s", host, port);
}

bool
address_number(const struct address *a, char ret[ADDRESS_NUMBER])
{
    return a->place.ss_family != AF_UNIX &&
           getnameinfo((const struct sockaddr *)&a->place, a->len, ret, ADDRESS_NUMBER, NULL, 0,
                       NI_NUMERICHOST) == 0;
}

/* What a resolver's thread works on. It may outlive the one who asked: the last of both
 * frees it. */
struct question {
    pthread_mutex_t lock;
    pthread_cond_t answered;
    int holders;
    bool done;
    int code;
    struct addrinfo *answer;
    char *host, *port;
};

static void
release(struct question *q)
{
    bool last = --q->holders == 0;

    pthread_mutex_unlock(&q->lock);
    if (!last)
        return;
    if (q->answer)
        freeaddrinfo(q->answer);
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->answered);
    free(q->host);
    free(q->port);
    free(q);
}

static void *
resolve(void *context)
{
    static const struct addrinfo want = { .ai_socktype = SOCK_STREAM };
    struct question *q = context;
    struct addrinfo *answer = NULL;
    int code = getaddrinfo(q->host, q->port, &want, &answer);

    pthread_mutex_lock(&q->lock);
    q->code = code;
    q->answer = answer;
    q->done = true;
    pthread_cond_signal(&q->answered);
    release(q);
    return NULL;
}

static struct question *
ask(const char *host, const char *port)
{
    struct question *q = calloc(1, sizeof(*q));
    pthread_condattr_t steady;
    pthread_t thread;

    if (!q)
        return NULL;
    q->host = strdup(host);
    q->port = strdup(port);
    q->holders = 2;
    pthread_mutex_init(&q->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&q->answered, &steady);
    pthread_condattr_destroy(&steady);
    if (q->host && q->port && pthread_create(&thread, NULL, resolve, q) == 0) {
        pthread_detach(thread);
        return q;
    }
    q->holders = 1;
    pthread_mutex_lock(&q->lock);
    release(q);
    return NULL;
}

static size_t
keep(struct arena *memory, const struct addrinfo *answer, struct address **ret)
{
    size_t n = 0;

    for (const struct addrinfo *a = answer; a; a = a->ai_next)
        n++;
    *ret = arena_alloc(memory, MAX(n, (size_t)1) * sizeof(**ret));
    n = 0;
    for (const struct addrinfo *a = answer; *ret && a; a = a->ai_next) {
        struct address *one = &(*ret)[n++];

        memcpy(&one->place, a->ai_addr, a->ai_addrlen);
        one->len = a->ai_addrlen;
        address_print(one);
    }
    return n;
}

static enum status
by_name(struct arena *memory, struct question *q, int64_t timeout, struct address **ret,
        size_t *ret_len)
{
    int64_t until = now_monotonic() + timeout;
    struct timespec at = { until / NS_PER_S, until % NS_PER_S };
    enum status st = OK;

    pthread_mutex_lock(&q->lock);
    while (!q->done && st == OK)
        if (pthread_cond_timedwait(&q->answered, &q->lock, &at) != 0)
            st = fail(ERR_NETWORK, "the resolver did not answer for %s in %.1f s", q->host,
                      (double)timeout / (double)NS_PER_S);
    if (q->done) {
        st = OK;
        if (q->code != 0)
            st = fail(ERR_NETWORK, "%s: %s", q->host, gai_strerror(q->code));
        else
            *ret_len = keep(memory, q->answer, ret);
    }
    release(q);
    return st;
}

/* A folder of Unix sockets: documentation of libpq, parameter "host". */
static enum status
by_folder(struct arena *memory, const char *folder, const char *port, struct address **ret,
          size_t *ret_len)
{
    struct address *a = arena_alloc(memory, sizeof(*a));
    struct sockaddr_un *un;
    int n;

    if (!a)
        return fail(ERR_SYSTEM, "no memory for an address");
    un = (struct sockaddr_un *)&a->place;
    un->sun_family = AF_UNIX;
    n = snprintf(un->sun_path, sizeof(un->sun_path), "%s/.s.PGSQL.%s", folder, port);
    if (n < 0 || (size_t)n >= sizeof(un->sun_path))
        return fail(ERR_USAGE, "%s: the path of a Unix socket has at most %zu bytes", folder,
                    sizeof(un->sun_path) - 1);
    if (folder[0] == '@')
        un->sun_path[0] = '\0';
    a->len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)n + 1);
    snprintf(a->text, sizeof(a->text), "%s/.s.PGSQL.%s", folder, port);
    *ret = a;
    *ret_len = 1;
    return OK;
}

/* A number needs no resolver, and no waiting for one. */
static bool
by_number(struct arena *memory, const char *host, const char *port, struct address **ret,
          size_t *ret_len)
{
    static const struct addrinfo want = { .ai_socktype = SOCK_STREAM,
                                          .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
    struct addrinfo *answer;

    if (getaddrinfo(host, port, &want, &answer) != 0)
        return false;
    *ret_len = keep(memory, answer, ret);
    freeaddrinfo(answer);
    return true;
}

enum status
address_find(struct arena *memory, const char *host, const char *port, int64_t timeout,
             struct address **ret, size_t *ret_len)
{
    struct question *q;

    if (host[0] == '/' || host[0] == '@')
        return by_folder(memory, host, port, ret, ret_len);
    if (by_number(memory, host, port, ret, ret_len))
        return OK;
    q = ask(host, port);
    if (!q)
        return fail(ERR_SYSTEM, "no memory to resolve %s", host);
    return by_name(memory, q, timeout, ret, ret_len);
}
