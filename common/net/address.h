/* SPDX-License-Identifier: MIT */
#pragma once
#include <sys/socket.h>

#include "base/arena.h"

/* Where to. `text` is what people read: "10.0.0.7:5432", "[::1]:5432", a socket's path. */
struct address {
    struct sockaddr_storage place;
    socklen_t len;
    char text[128];
};

/* All addresses of `host` (a name, a number, or a folder of Unix sockets), in the order of
 * the resolver. ERR_NETWORK with its reason, or if it takes longer than `timeout` ns. Owned by
 * the arena. */
must_check enum status address_find(struct arena *memory, const char *host, const char *port,
                                    int64_t timeout, struct address **ret, size_t *ret_len);

/* Fills `text` from `place` and `len`. */
void address_print(struct address *a);

/* "10.0.0.7", as hostaddr wants it; false for a Unix socket. */
enum { ADDRESS_NUMBER = 64 };
bool address_number(const struct address *a, char ret[ADDRESS_NUMBER]);
