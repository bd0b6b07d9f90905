/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/tls.h"
#include "net/address.h"

/* A conversation with a server by bytes, plain or under TLS, with one deadline for all of it.
 * For looking at a port; what carries secrets goes through libpq and libcurl. */

struct dialogue {
    int fd; /* -1: none */
    struct tls *tls;
    int64_t deadline;      /* of now_monotonic() */
    char buffer[32 << 10]; /* what was received and not yet used */
    size_t n;
    bool closed;     /* the other side said no more will come */
    char local[128]; /* our own end, as struct address writes it */
};

enum dialogue_end {
    DIALOGUE_WELL,
    DIALOGUE_TIMEOUT, /* the deadline passed */
    DIALOGUE_CLOSED,  /* the other side closed or reset it */
    DIALOGUE_REFUSED, /* nobody listens, or the way is barred; err_text() says which */
    DIALOGUE_BROKEN,  /* the TLS is none */
};

/* `s` needs no preparation; always to be followed by dialogue_close(). */
enum dialogue_end dialogue_open(struct dialogue *s, const struct address *to, int64_t deadline);
enum dialogue_end dialogue_secure(struct dialogue *s, const char *name);
enum dialogue_end dialogue_send(struct dialogue *s, struct str bytes);

/* Waits until more bytes came in than there were; they stand in `buffer`. */
enum dialogue_end dialogue_receive(struct dialogue *s);

struct str dialogue_received(const struct dialogue *s);

/* The first `n` bytes of the buffer are dealt with. */
void dialogue_used(struct dialogue *s, size_t n);
void dialogue_close(struct dialogue *s);
