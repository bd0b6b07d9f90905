/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "time/span.h"

/* Timed HTTP requests, one or many at once. http.c is the only file that includes curl. */

/* Why there is no whole answer. A status is never an error here: who asked judges it. */
enum http_error {
    HTTP_OK,
    HTTP_DNS,
    HTTP_REFUSED,
    HTTP_UNREACHABLE,
    HTTP_TLS,
    HTTP_RESET, /* closed or reset before the answer was whole */
    HTTP_TIMEOUT_DNS,
    HTTP_TIMEOUT_CONNECT,
    HTTP_TIMEOUT_TLS,
    HTTP_TIMEOUT_WAIT, /* for the first byte of the answer */
    HTTP_TIMEOUT_BODY, /* for the rest of it */
    HTTP_REDIRECTS,    /* more than were allowed */
    HTTP_TOO_LARGE,
    HTTP_PROTOCOL, /* what came back is not HTTP */
    HTTP_LOCAL,    /* this machine could not ask: memory, files, the request itself */
    HTTP_ERROR_LEN,
};
extern const char *const http_error_names[HTTP_ERROR_LEN];

enum http_version { HTTP_ANY_VERSION, HTTP_1_1, HTTP_2 };

struct http_header {
    const char *name;
    struct str value; /* may be a secret: it is sent and nothing else */
};

/* What to ask. Everything is borrowed and must stay as it is while requests made from it are
 * under way and until the loop is closed: a loop remembers which one it prepared last. */
struct http_request {
    const char *url;
    const char *method; /* NULL: GET, or POST with a body */
    const struct http_header *headers;
    size_t headers_len;
    struct str body;
    int64_t timeout;         /* ns for all of it; 0: 10 s. There is always one. */
    int64_t connect_timeout; /* ns; 0: the same */
    enum http_version version;
    unsigned redirects; /* followed at most; 0: none, a 302 is the answer */
    const char *want;   /* the header of the answer that is kept; NULL: none */
    size_t keep;        /* bytes of the body that are kept */
    size_t most;        /* bytes of the body that are read; 0: 1 MiB */
    bool fresh;         /* a new connection, closed afterwards */
    bool unverified;    /* do not check the server's certificate */
    const char *unix_socket, *proxy;
    const char *connect_to; /* "HOST:PORT", or "[IPv6]:PORT", instead of the URL's own */
    const char *certificate, *key, *authorities; /* PEM files */
};

/* Nanoseconds. They add up to the time from http_start() to the end. */
struct http_phases {
    int64_t queue, dns, connect, tls, wait, body;
};

/* What came back. Zeroed but for what is known. */
struct http_answer {
    void *user; /* as given to http_start() */
    enum http_error error;
    int status; /* 0: none came */
    /* Our clock: before the first byte left, after the first came back. Without an answer:
     * from the start, or from that first byte, to the end. */
    struct span at;
    struct span monotonic;  /* the same on the clock that is never set */
    int64_t started, ended; /* monotonic: http_start() and the last byte */
    unsigned dates;         /* 1: there is one Date and it was understood */
    bool has_age;
    int64_t date; /* seconds since the epoch, as the server wrote */
    int64_t age;  /* seconds; > 0: the Date is that of a cache's copy */
    struct http_phases phases;
    bool reused; /* no new connection was made */
    unsigned redirected;
    uint64_t bytes;             /* of the body, read */
    char remote[64], local[64]; /* "10.0.0.7:80", "[fd00::7]:80" */
    char server[64];            /* the Server header, cut */
    char wanted[128];           /* the header that was wanted, cut; "" if it did not come */
    char id[40];                /* sent as X-Request-Id */
    char said[256];             /* what curl said of the error */
    struct strbuf body;         /* its first bytes; a view would die with the next request */
};
void http_answer_done(struct http_answer *a);

struct http;
must_check enum status http_open(struct http **ret);
void http_close(struct http *h); /* what is under way is dropped */

/* Begins a request. `id` (or NULL) goes into X-Request-Id; `to` (or NULL) is a "HOST:PORT"
 * in place of the request's own connect_to. `user` comes back with the answer. */
must_check enum status http_start(struct http *h, const struct http_request *q, const char *id,
                                  const char *to, void *user);

/* Waits until `until` (monotonic ns) at most for one request to end: true and the answer, to
 * be done away with by the caller; false when the time has come. */
bool http_next(struct http *h, int64_t until, struct http_answer *ret);
size_t http_under_way(const struct http *h);

/* One request from beginning to end, without a loop. An answer with an error in it is OK. */
must_check enum status http_ask(const struct http_request *q, struct http_answer *ret);
