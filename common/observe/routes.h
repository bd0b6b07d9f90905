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

/* What there is to say of an answer; empty: nothing is asked. */
struct route_expect {
    struct route_statuses statuses;
    struct str contains;   /* the body's first 64 KiB hold it */
    struct regex *matches; /* and match this; owned */
    struct str pointer;    /* RFC 6901: the place in a JSON body where */
    struct str value;      /* this is (a string's text, or the literal) */
    struct regex *header;  /* the wanted header matches this; owned */
    int64_t most_latency;  /* ns to the first byte; 0: any */
};

struct route {
    struct str name;  /* for people: as given, or the path */
    struct str path;  /* without the query */
    struct str shown; /* the URL without secrets */
    struct str host;  /* "shop:80": what rates are counted by */
    struct url url;   /* where it goes; its user part is a secret */
    double weight;    /* asked so many times as often as others */
    struct http_request request;
    struct route_expect expect;
};

/* A route as somebody describes it; zeroed but for what is said. Borrowed until routes_done().
 * The command's options fill one, a file of routes begins each of its own with that. */
struct route_draft {
    const char *url, *name;
    struct http_request request;
    const char *expect;         /* statuses; NULL: 200-399 */
    const char *const *headers; /* "Name: value" or "Name=file:PATH", env:NAME, fd:N */
    size_t headers_len;
    const char *contains, *matches;
    const char *json;   /* "/data/0/state = ready" */
    const char *header; /* "Content-Type: PCRE", of the answer */
    int64_t most_latency;
    double weight;  /* 0: 1 */
    bool from_file; /* its URL may hold a password: nobody else can read it */
};

/* Zeroed, it is empty. Routes stay where they are. */
struct routes {
    struct arena memory;
    struct route **items;
    size_t len, room;
    struct route_secret *secrets; /* header values: wiped when done */
};

/* Adds a route. ERR_USAGE says what is wrong; a URL that holds a password is refused unless
 * it is from a file, for every process on the machine can read the words of a command. */
must_check enum status routes_add(struct routes *r, const struct route_draft *d);

/* Adds the routes of a file (man baseline(1) has its forms: INI sections, JSON lines, targets
 * of vegeta and hurl). ERR_USAGE with path:line:column, ERR_SYSTEM if it cannot be read. */
must_check enum status routes_read(struct routes *r, const char *path,
                                   const struct route_draft *defaults);

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

/* Appends `text` with what the routes hold as secrets (header values, a URL's password)
 * replaced: servers like to show what they were asked. */
void routes_mask(const struct routes *r, struct str text, struct strbuf *out);

/* The scalar at a JSON pointer: a string's text or the literal. False if there is none. */
bool route_json_at(struct str json, struct str pointer, struct strbuf *ret);
