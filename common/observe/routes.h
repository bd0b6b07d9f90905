/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "net/http.h"
#include "net/url.h"

/* Requests that are made again and again, and what a good answer to each is. */

enum { STATUS_MOST = 599 };

/* The statuses that are good, a bit each. */
struct route_statuses {
    uint64_t bits[STATUS_MOST / 64 + 1];
};

/* "200", "200-399", "200,204,300-308". ERR_USAGE says what is wrong. */
must_check enum status route_statuses_read(struct str text, struct route_statuses *ret);
bool route_statuses_has(const struct route_statuses *s, int status);

/* What there is to say of an answer beside its status; empty: nothing is asked. */
struct route_expect {
    struct route_statuses statuses;
    struct str contains;  /* the body's first 64 KiB hold it */
    int64_t most_latency; /* ns to the first byte; 0: any */
};

struct route {
    struct str name;  /* for people: as given, or the path */
    struct str path;  /* without the query */
    struct str shown; /* the URL without secrets */
    struct str host;  /* "shop:80": what rates are counted by */
    struct url url;   /* where it goes; its user part is a secret */
    struct http_request request;
    struct route_expect expect;
};

/* What holds for every route that does not say otherwise. Borrowed until routes_done(). */
struct route_defaults {
    struct http_request request;
    const char *expect;         /* statuses; NULL: 200-399 */
    const char *const *headers; /* "Name: value" or "Name=file:PATH", env:NAME, fd:N */
    size_t headers_len;
    const char *contains;
    int64_t most_latency;
};

/* Zeroed, it is empty. Routes stay where they are. */
struct routes {
    struct arena memory;
    struct route **items;
    size_t len, room;
    struct route_secret *secrets; /* header values: wiped when done */
};

/* Adds the route of a URL. ERR_USAGE says what is wrong; a URL that holds a password is
 * refused, for every process on the machine can read the words of a command. */
must_check enum status routes_add(struct routes *r, const char *url,
                                  const struct route_defaults *d);

void routes_done(struct routes *r);

/* Why an answer is not good. */
enum route_fault {
    ROUTE_GOOD,
    ROUTE_NO_ANSWER, /* the answer's own error says why */
    ROUTE_STATUS,
    ROUTE_ASSERT, /* the content is not what was expected */
    ROUTE_SLOW,
};

enum route_fault route_judge(const struct route *r, const struct http_answer *a);

/* The error's word: "dns", "status", ...; NULL if it is good. */
const char *route_fault_name(enum route_fault fault, const struct http_answer *a);
