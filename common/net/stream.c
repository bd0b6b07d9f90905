/* SPDX-License-Identifier: MIT */
#include "net/stream.h"

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
static enum stream_end
await(const struct stream *s, short events)
{
    struct pollfd fd = { .fd = s->fd, .events = events };

    for (;;) {
        int64_t left = s->deadline - now_monotonic();
        int ready;

        if (left <= 0)
            return STREAM_TIMEOUT;
        ready = poll(&fd, 1, (int)MIN(left / MS(1) + 1, INT64_C(60000)));
        if (ready > 0)
            return STREAM_WELL;
        if (ready < 0 && errno != EINTR)
            return STREAM_CLOSED;
    }
}

/* Our own end: what the server's log calls the client's port. */
static void
learn_own_end(struct stream *s)
{
    struct address own = { .len = sizeof(own.place) };

    s->local[0] = '\0';
    if (getsockname(s->fd, (struct sockaddr *)&own.place, &own.len) != 0)
        return;
    address_print(&own);
    memcpy(s->local, own.text, sizeof(s->local));
}

static enum stream_end
finish_connect(struct stream *s, const struct address *to)
{
    int why = 0;
    socklen_t len = sizeof(why);
    enum stream_end end = await(s, POLLOUT);

    if (end != STREAM_WELL)
        return end;
    if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &why, &len) == 0 && why == 0)
        return STREAM_WELL;
    errno = why;
    fail_errno("%s", to->text);
    return STREAM_REFUSED;
}

enum stream_end
stream_open(struct stream *s, const struct address *to, int64_t deadline)
{
    static const int yes = 1;
    enum stream_end end = STREAM_WELL;

    s->tls = NULL;
    s->n = 0;
    s->closed = false;
    s->deadline = deadline;
    s->local[0] = '\0';
    s->fd = socket(to->place.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->fd < 0) {
        fail_errno("%s", to->text);
        return STREAM_REFUSED;
    }
    if (to->place.ss_family != AF_UNIX)
        (void)setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (connect(s->fd, (const struct sockaddr *)&to->place, to->len) != 0) {
        if (errno != EINPROGRESS) {
            fail_errno("%s", to->text);
            return STREAM_REFUSED;
        }
        end = finish_connect(s, to);
    }
    if (end == STREAM_WELL)
        learn_own_end(s);
    return end;
}

static enum stream_end
await_tls(const struct stream *s, enum tls_want want)
{
    return want == TLS_CLOSED ? STREAM_CLOSED
                              : await(s, want == TLS_WANT_WRITE ? POLLOUT : POLLIN);
}

enum stream_end
stream_secure(struct stream *s, const char *name)
{
    enum tls_want want = TLS_DONE;
    enum stream_end end = STREAM_WELL;

    if (tls_open(&s->tls, s->fd, name) != OK)
        return STREAM_BROKEN;
    while (end == STREAM_WELL) {
        if (tls_handshake(s->tls, &want) != OK)
            return STREAM_BROKEN;
        if (want == TLS_DONE)
            return STREAM_WELL;
        end = await_tls(s, want);
    }
    return end;
}

/* Sends what goes at once; `*ret_n` of it. */
static enum stream_end
send_some(struct stream *s, struct str bytes, size_t *ret_n)
{
    enum tls_want want = TLS_DONE;
    ssize_t got;

    if (s->tls) {
        if (tls_write(s->tls, bytes, ret_n, &want) != OK)
            return STREAM_CLOSED;
        return want == TLS_DONE ? STREAM_WELL : await_tls(s, want);
    }
    got = send(s->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
    if (got >= 0) {
        *ret_n = (size_t)got;
        return STREAM_WELL;
    }
    return errno == EAGAIN || errno == EINTR ? await(s, POLLOUT) : STREAM_CLOSED;
}

enum stream_end
stream_send(struct stream *s, struct str bytes)
{
    enum stream_end end = STREAM_WELL;

    while (bytes.n > 0 && end == STREAM_WELL) {
        size_t n = 0;

        end = send_some(s, bytes, &n);
        bytes = str_skip(bytes, n);
    }
    return end;
}

/* `*ret_n` 0 if there was nothing yet and it was waited for. */
static enum stream_end
receive_some(struct stream *s, size_t *ret_n)
{
    char *into = s->buffer + s->n;
    size_t room = sizeof(s->buffer) - s->n;
    enum tls_want want = TLS_DONE;
    ssize_t got;

    if (s->tls) {
        if (tls_read(s->tls, into, room, ret_n, &want) != OK)
            return STREAM_CLOSED;
        return want == TLS_DONE ? STREAM_WELL : await_tls(s, want);
    }
    got = recv(s->fd, into, room, 0);
    if (got > 0) {
        *ret_n = (size_t)got;
        return STREAM_WELL;
    }
    if (got == 0)
        return STREAM_CLOSED;
    return errno == EAGAIN || errno == EINTR ? await(s, POLLIN) : STREAM_CLOSED;
}

enum stream_end
stream_receive(struct stream *s)
{
    enum stream_end end = STREAM_WELL;
    size_t n = 0;

    if (s->closed || s->n == sizeof(s->buffer))
        return STREAM_CLOSED;
    while (n == 0 && end == STREAM_WELL)
        end = receive_some(s, &n);
    s->n += n;
    s->closed = end == STREAM_CLOSED;
    return end;
}

struct str
stream_received(const struct stream *s)
{
    return (struct str){ s->buffer, s->n };
}

void
stream_used(struct stream *s, size_t n)
{
    memmove(s->buffer, s->buffer + n, s->n - n);
    s->n -= n;
}

/* A socket closed with something unread in it resets the connection, and the server logs
 * that: take what is there until the server closes too, though not for long. */
static void
drain(struct stream *s)
{
    ssize_t got = 1;

    s->deadline = now_monotonic() + MS(100);
    if (shutdown(s->fd, SHUT_WR) != 0)
        return;
    while (got > 0 && await(s, POLLIN) == STREAM_WELL)
        got = recv(s->fd, s->buffer, sizeof(s->buffer), 0);
}

void
stream_close(struct stream *s)
{
    tls_close(s->tls);
    if (s->fd >= 0) {
        drain(s);
        close(s->fd);
    }
    s->tls = NULL;
    s->fd = -1;
}
