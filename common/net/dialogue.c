/* SPDX-License-Identifier: MIT */
#include "net/dialogue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/un.h>
#include <unistd.h>

#include "net/address.h"
#include "time/now.h"
#include "time/span.h"

/* Waits for `events` on the socket. */
static enum dialogue_end
await(const struct dialogue *s, short events)
{
    struct pollfd fd = { .fd = s->fd, .events = events };

    for (;;) {
        int64_t left = s->deadline - now_monotonic();
        int ready;

        if (left <= 0)
            return DIALOGUE_TIMEOUT;
        ready = poll(&fd, 1, (int)MIN(left / MS(1) + 1, INT64_C(60000)));
        if (ready > 0)
            return DIALOGUE_WELL;
        if (ready < 0 && errno != EINTR)
            return DIALOGUE_CLOSED;
    }
}

/* Our own end: what the server's log calls the client's port. */
static void
learn_own_end(struct dialogue *s)
{
    struct address own = { .len = sizeof(own.place) };

    s->local[0] = '\0';
    if (getsockname(s->fd, (struct sockaddr *)&own.place, &own.len) != 0)
        return;
    address_print(&own);
    memcpy(s->local, own.text, sizeof(s->local));
}

static enum dialogue_end
finish_connect(struct dialogue *s, const struct address *to)
{
    int why = 0;
    socklen_t len = sizeof(why);
    enum dialogue_end end = await(s, POLLOUT);

    if (end != DIALOGUE_WELL)
        return end;
    if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &why, &len) == 0 && why == 0)
        return DIALOGUE_WELL;
    errno = why;
    fail_errno("%s", to->text);
    return DIALOGUE_REFUSED;
}

enum dialogue_end
dialogue_open(struct dialogue *s, const struct address *to, int64_t deadline)
{
    static const int yes = 1;
    enum dialogue_end end = DIALOGUE_WELL;

    s->tls = NULL;
    s->n = 0;
    s->closed = false;
    s->deadline = deadline;
    s->local[0] = '\0';
    s->fd = socket(to->place.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->fd < 0) {
        fail_errno("%s", to->text);
        return DIALOGUE_REFUSED;
    }
    if (to->place.ss_family != AF_UNIX)
        (void)setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (connect(s->fd, (const struct sockaddr *)&to->place, to->len) != 0) {
        if (errno != EINPROGRESS) {
            fail_errno("%s", to->text);
            return DIALOGUE_REFUSED;
        }
        end = finish_connect(s, to);
    }
    if (end == DIALOGUE_WELL)
        learn_own_end(s);
    return end;
}

static enum dialogue_end
await_tls(const struct dialogue *s, enum tls_want want)
{
    return want == TLS_CLOSED ? DIALOGUE_CLOSED
                              : await(s, want == TLS_WANT_WRITE ? POLLOUT : POLLIN);
}

enum dialogue_end
dialogue_secure(struct dialogue *s, const char *name)
{
    enum tls_want want = TLS_DONE;
    enum dialogue_end end = DIALOGUE_WELL;

    if (tls_open(&s->tls, s->fd, name) != OK)
        return DIALOGUE_BROKEN;
    while (end == DIALOGUE_WELL) {
        if (tls_handshake(s->tls, &want) != OK)
            return DIALOGUE_BROKEN;
        if (want == TLS_DONE)
            return DIALOGUE_WELL;
        end = await_tls(s, want);
    }
    return end;
}

/* Sends what goes at once; `*ret_n` of it. */
static enum dialogue_end
send_some(struct dialogue *s, struct str bytes, size_t *ret_n)
{
    enum tls_want want = TLS_DONE;
    ssize_t got;

    if (s->tls) {
        if (tls_write(s->tls, bytes, ret_n, &want) != OK)
            return DIALOGUE_CLOSED;
        return want == TLS_DONE ? DIALOGUE_WELL : await_tls(s, want);
    }
    got = send(s->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
    if (got >= 0) {
        *ret_n = (size_t)got;
        return DIALOGUE_WELL;
    }
    return errno == EAGAIN || errno == EINTR ? await(s, POLLOUT) : DIALOGUE_CLOSED;
}

enum dialogue_end
dialogue_send(struct dialogue *s, struct str bytes)
{
    enum dialogue_end end = DIALOGUE_WELL;

    while (bytes.n > 0 && end == DIALOGUE_WELL) {
        size_t n = 0;

        end = send_some(s, bytes, &n);
        bytes = str_skip(bytes, n);
    }
    return end;
}

/* `*ret_n` 0 if there was nothing yet and it was waited for. */
static enum dialogue_end
receive_some(struct dialogue *s, size_t *ret_n)
{
    char *into = s->buffer + s->n;
    size_t room = sizeof(s->buffer) - s->n;
    enum tls_want want = TLS_DONE;
    ssize_t got;

    if (s->tls) {
        if (tls_read(s->tls, into, room, ret_n, &want) != OK)
            return DIALOGUE_CLOSED;
        return want == TLS_DONE ? DIALOGUE_WELL : await_tls(s, want);
    }
    got = recv(s->fd, into, room, 0);
    if (got > 0) {
        *ret_n = (size_t)got;
        return DIALOGUE_WELL;
    }
    if (got == 0)
        return DIALOGUE_CLOSED;
    return errno == EAGAIN || errno == EINTR ? await(s, POLLIN) : DIALOGUE_CLOSED;
}

enum dialogue_end
dialogue_receive(struct dialogue *s)
{
    enum dialogue_end end = DIALOGUE_WELL;
    size_t n = 0;

    if (s->closed || s->n == sizeof(s->buffer))
        return DIALOGUE_CLOSED;
    while (n == 0 && end == DIALOGUE_WELL)
        end = receive_some(s, &n);
    s->n += n;
    s->closed = end == DIALOGUE_CLOSED;
    return end;
}

struct str
dialogue_received(const struct dialogue *s)
{
    return (struct str){ s->buffer, s->n };
}

void
dialogue_used(struct dialogue *s, size_t n)
{
    memmove(s->buffer, s->buffer + n, s->n - n);
    s->n -= n;
}

/* A socket closed with something unread in it resets the connection, and the server logs
 * that: take what is there until the server closes too, though not for long. */
static void
drain(struct dialogue *s)
{
    ssize_t got = 1;

    s->deadline = now_monotonic() + MS(100);
    if (shutdown(s->fd, SHUT_WR) != 0)
        return;
    while (got > 0 && await(s, POLLIN) == DIALOGUE_WELL)
        got = recv(s->fd, s->buffer, sizeof(s->buffer), 0);
}

void
dialogue_close(struct dialogue *s)
{
    tls_close(s->tls);
    if (s->fd >= 0) {
        drain(s);
        close(s->fd);
    }
    s->tls = NULL;
    s->fd = -1;
}
