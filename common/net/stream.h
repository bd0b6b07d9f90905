/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/tls.h"
#include "net/address.h"

/* A conversation with a server by bytes, plain or under TLS, with one deadline for all of it.
 * For looking at a port; what carries secrets goes through libpq and libcurl. */

struct stream {
    int fd; /* -1: none */
    struct tls *tls;
    int64_t deadline;      /* of now_monotonic() */
    char buffer[32 << 10]; /* what was received and not yet used */
    size_t n;
    bool closed;     /* the other side said no more will come */
    char local[128]; /* our own end, as struct address writes it */
};

enum stream_end {
    STREAM_WELL,
    STREAM_TIMEOUT, /* the deadline passed */
    STREAM_CLOSED,  /* the other side closed or reset it */
    STREAM_REFUSED, /* nobody listens, or the way is barred; err_text() says which */
    STREAM_BROKEN,  /* the TLS is none */
};

/* `s` needs no preparation; always to be followed by stream_close(). */
enum stream_end stream_open(struct stream *s, const struct address *to, int64_t deadline);
enum stream_end stream_secure(struct stream *s, const char *name);
enum stream_end stream_send(struct stream *s, struct str bytes);

/* Waits until more bytes came in than there were; they stand in `buffer`. */
enum stream_end stream_receive(struct stream *s);

struct str stream_received(const struct stream *s);

/* The first `n` bytes of the buffer are dealt with. */
void stream_used(struct stream *s, size_t n);
void stream_close(struct stream *s);
