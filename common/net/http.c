/* SPDX-License-Identifier: MIT */
#include "net/http.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "net/http_answer.h"
#include "time/now.h"

enum { BODY_MOST = 1 << 20, NS_PER_US = 1000, NS_PER_MS = 1000000, TIMEOUT_S = 10 };

/* One transfer, or one that waits to be used again. */
struct slot {
    struct slot *next, **at; /* in its list, and what points to it there */
    CURL *easy;
    const struct http_request *prepared; /* its options are the easy handle's */
    const struct http_request *request;
    struct curl_slist *headers, *connect_to, id_node;
    char id_line[64];
    bool sent, answered, too_large;
    struct http_answer answer;
    char why[CURL_ERROR_SIZE];
};

struct http {
    CURLM *multi;
    struct slot *idle, *busy; /* unordered */
    size_t under_way;
    int timer; /* curl_multi_poll() counts milliseconds; this wakes it to the microsecond */
};

static int
on_sending(void *clientp, char *remote, char *local, int remote_port, int local_port)
{
    struct slot *s = clientp;

    (void)remote, (void)local, (void)remote_port, (void)local_port;
    s->answer.at.low = now_real();
    s->answer.monotonic.low = now_monotonic();
    s->sent = true;
    s->answered = false;
    return CURL_PREREQFUNC_OK;
}

static size_t
on_header(char *bytes, size_t size, size_t n, void *clientp)
{
    struct slot *s = clientp;

    if (http_answer_line(&s->answer, (struct str){ bytes, size * n }, s->request->want))
        s->answered = true;
    return size * n;
}

static size_t
on_body(char *bytes, size_t size, size_t n, void *clientp)
{
    struct slot *s = clientp;
    struct str piece = { bytes, size * n };
    size_t most = s->request->most ? s->request->most : BODY_MOST;

    s->answer.bytes += piece.n;
    if (s->answer.body.n < s->request->keep)
        strbuf_add(&s->answer.body, str_head(piece, s->request->keep - s->answer.body.n));
    if (s->answer.bytes > most) {
        s->too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return piece.n;
}

static long
in_ms(int64_t ns)
{
    return ns < NS_PER_MS ? 1 : (long)(ns / NS_PER_MS);
}

static void
set_callbacks(struct slot *s)
{
    curl_easy_setopt(s->easy, CURLOPT_PREREQFUNCTION, on_sending);
    curl_easy_setopt(s->easy, CURLOPT_PREREQDATA, s);
    curl_easy_setopt(s->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(s->easy, CURLOPT_HEADERDATA, s);
    curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(s->easy, CURLOPT_WRITEDATA, s);
    curl_easy_setopt(s->easy, CURLOPT_ERRORBUFFER, s->why);
    curl_easy_setopt(s->easy, CURLOPT_PRIVATE, s);
    curl_easy_setopt(s->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(s->easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(s->easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#if LIBCURL_VERSION_NUM >= 0x075700
    /* A name server that does not answer must not hold up the end. */
    curl_easy_setopt(s->easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

/* The method and what goes with it; curl must know a HEAD, or it waits for a body. */
static void
set_method(CURL *easy, const struct http_request *q)
{
    if (q->body.n) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.n);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, q->body.p);
    }
    if (q->method && strcmp(q->method, "HEAD") == 0)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (q->method && strcmp(q->method, "GET") != 0)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, q->method);
}

static void
set_connection(CURL *easy, const struct http_request *q)
{
    int64_t timeout = q->timeout ? q->timeout : SECONDS(TIMEOUT_S);
    static const long versions[] = { [HTTP_ANY_VERSION] = CURL_HTTP_VERSION_2TLS,
                                     [HTTP_1_1] = CURL_HTTP_VERSION_1_1,
                                     [HTTP_2] = CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE };
    bool tls = strncasecmp(q->url, "https:", 6) == 0;

    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, in_ms(timeout));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     in_ms(q->connect_timeout ? q->connect_timeout : timeout));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     tls && q->version == HTTP_2 ? (long)CURL_HTTP_VERSION_2TLS
                                                 : versions[q->version]);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)q->fresh);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, (long)q->fresh);
    if (q->fresh) {
        curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    }
    curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, q->unix_socket);
    curl_easy_setopt(easy, CURLOPT_PROXY, q->proxy);
}

static void
set_tls(CURL *easy, const struct http_request *q)
{
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, (long)!q->unverified);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, q->unverified ? 0L : 2L);
    curl_easy_setopt(easy, CURLOPT_SSLCERT, q->certificate);
    curl_easy_setopt(easy, CURLOPT_SSLKEY, q->key);
    if (q->authorities)
        curl_easy_setopt(easy, CURLOPT_CAINFO, q->authorities);
}

static void
drop_lists(struct slot *s)
{
    curl_slist_free_all(s->headers);
    curl_slist_free_all(s->connect_to);
    s->headers = s->connect_to = NULL;
}

static enum status
add_to_list(struct curl_slist **list, const char *text)
{
    struct curl_slist *longer = text ? curl_slist_append(*list, text) : NULL;

    if (!longer)
        return fail(ERR_SYSTEM, "no memory for a request");
    *list = longer;
    return OK;
}

/* curl borrows both lists. */
static enum status
set_headers(struct slot *s, const struct http_request *q)
{
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    enum status st = OK;

    drop_lists(s);
    for (size_t i = 0; i < q->headers_len && st == OK; i++) {
        strbuf_clear(&text);
        strbuf_addf(&text, "%s%s", q->headers[i].name, q->headers[i].value.n ? ": " : ";");
        strbuf_add(&text, q->headers[i].value);
        st = add_to_list(&s->headers, strbuf_text(&text));
        explicit_bzero(text.p, text.p ? text.n : 0);
    }
    return st;
}

static enum status
prepare(struct slot *s, const struct http_request *q)
{
    curl_easy_reset(s->easy);
    set_callbacks(s);
    set_method(s->easy, q);
    set_connection(s->easy, q);
    set_tls(s->easy, q);
    curl_easy_setopt(s->easy, CURLOPT_URL, q->url);
    curl_easy_setopt(s->easy, CURLOPT_FOLLOWLOCATION, q->redirects ? 1L : 0L);
    curl_easy_setopt(s->easy, CURLOPT_MAXREDIRS, (long)q->redirects);
    s->prepared = q;
    return set_headers(s, q);
}

/* What changes from one request to the next. The id stands before the other headers, in a
 * node of the slot's own. */
static enum status
set_call(struct slot *s, const struct http_request *q, const char *id, const char *to)
{
    char where[80];

    snprintf(s->answer.id, sizeof(s->answer.id), "%s", id ? id : "");
    snprintf(s->id_line, sizeof(s->id_line), "X-Request-Id: %s", s->answer.id);
    s->id_node = (struct curl_slist){ .data = s->id_line, .next = s->headers };
    curl_easy_setopt(s->easy, CURLOPT_HTTPHEADER, id ? &s->id_node : s->headers);
    if (!to && !q->connect_to && !s->connect_to)
        return OK;
    curl_slist_free_all(s->connect_to);
    s->connect_to = NULL;
    snprintf(where, sizeof(where), "::%s", to ? to : q->connect_to ? q->connect_to : "");
    if ((to || q->connect_to) && add_to_list(&s->connect_to, where) != OK)
        return ERR_SYSTEM;
    curl_easy_setopt(s->easy, CURLOPT_CONNECT_TO, s->connect_to);
    return OK;
}

static void
free_slots(struct slot *s)
{
    for (struct slot *next; s; s = next) {
        next = s->next;
        if (s->easy)
            curl_easy_cleanup(s->easy);
        drop_lists(s);
        http_answer_done(&s->answer);
        free(s);
    }
}

enum status
http_open(struct http **ret)
{
    struct http *h;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fail(ERR_SYSTEM, "libcurl cannot be started");
    h = calloc(1, sizeof(*h));
    if (h) {
        h->multi = curl_multi_init();
        curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, 512L); /* idle ones are kept */
        h->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    }
    if (!h || !h->multi || h->timer < 0) {
        http_close(h);
        return fail_errno("a loop for requests");
    }
    *ret = h;
    return OK;
}

void
http_close(struct http *h)
{
    if (!h)
        return;
    for (struct slot *s = h->busy; s; s = s->next)
        curl_multi_remove_handle(h->multi, s->easy);
    free_slots(h->busy);
    free_slots(h->idle);
    curl_multi_cleanup(h->multi);
    if (h->timer >= 0)
        close(h->timer);
    free(h);
    curl_global_cleanup();
}

/* An idle slot, best one that already has the request's options. */
static struct slot *
take_slot(struct http *h, const struct http_request *q)
{
    struct slot **best = &h->idle, *s;

    for (struct slot **at = &h->idle; *at; at = &(*at)->next)
        if ((*at)->prepared == q) {
            best = at;
            break;
        }
    if (*best) {
        s = *best;
        *best = s->next;
        return s;
    }
    s = calloc(1, sizeof(*s));
    if (s && !(s->easy = curl_easy_init())) {
        free(s);
        return NULL;
    }
    return s;
}

enum status
http_start(struct http *h, const struct http_request *q, const char *id, const char *to,
           void *user)
{
    struct slot *s = take_slot(h, q);
    enum status st = OK;

    if (!s)
        return fail(ERR_SYSTEM, "no memory for a request");
    s->next = NULL;
    s->request = q;
    s->sent = s->answered = s->too_large = false;
    s->why[0] = '\0';
    s->answer = (struct http_answer){ .user = user, .body.max = q->keep + 1 };
    if (s->prepared != q)
        st = prepare(s, q);
    s->answer.started = s->answer.monotonic.low = now_monotonic();
    s->answer.at.low = now_real();
    if (st == OK)
        st = set_call(s, q, id, to);
    if (st != OK || curl_multi_add_handle(h->multi, s->easy) != CURLM_OK) {
        free_slots(s);
        return fail(ERR_SYSTEM, "a request cannot be started");
    }
    s->next = h->busy;
    s->at = &h->busy;
    if (h->busy)
        h->busy->at = &s->next;
    h->busy = s;
    h->under_way++;
    return OK;
}

static int64_t
timer_of(struct slot *s, CURLINFO which)
{
    curl_off_t us = 0;

    curl_easy_getinfo(s->easy, which, &us);
    return (int64_t)us * NS_PER_US;
}

static enum http_error
timeout_phase(struct slot *s)
{
    long port = 0;

    if (s->answered)
        return HTTP_TIMEOUT_BODY;
    if (s->sent)
        return HTTP_TIMEOUT_WAIT;
    curl_easy_getinfo(s->easy, CURLINFO_LOCAL_PORT, &port);
    if (port > 0)
        return HTTP_TIMEOUT_TLS;
    return timer_of(s, CURLINFO_NAMELOOKUP_TIME_T) > 0 ? HTTP_TIMEOUT_CONNECT
                                                       : HTTP_TIMEOUT_DNS;
}

static enum http_error
connect_error(struct slot *s)
{
    long number = 0;

    curl_easy_getinfo(s->easy, CURLINFO_OS_ERRNO, &number);
    return number == ECONNREFUSED || number == ENOENT ? HTTP_REFUSED : HTTP_UNREACHABLE;
}

static enum http_error
error_of(struct slot *s, CURLcode code)
{
    static const struct {
        CURLcode code;
        enum http_error error;
    } rows[] = {
        /* clang-format off */
        { CURLE_COULDNT_RESOLVE_HOST, HTTP_DNS },            { CURLE_COULDNT_RESOLVE_PROXY, HTTP_DNS },
        { CURLE_SSL_CONNECT_ERROR, HTTP_TLS },               { CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS },
        { CURLE_SSL_CERTPROBLEM, HTTP_TLS },                 { CURLE_SSL_CIPHER, HTTP_TLS },
        { CURLE_SSL_CACERT_BADFILE, HTTP_TLS },              { CURLE_SSL_ISSUER_ERROR, HTTP_TLS },
        { CURLE_USE_SSL_FAILED, HTTP_TLS },                  { CURLE_TOO_MANY_REDIRECTS, HTTP_REDIRECTS },
        { CURLE_GOT_NOTHING, HTTP_RESET },                   { CURLE_RECV_ERROR, HTTP_RESET },
        { CURLE_SEND_ERROR, HTTP_RESET },                    { CURLE_PARTIAL_FILE, HTTP_RESET },
        { CURLE_HTTP2, HTTP_PROTOCOL },                      { CURLE_HTTP2_STREAM, HTTP_PROTOCOL },
        { CURLE_UNSUPPORTED_PROTOCOL, HTTP_PROTOCOL },       { CURLE_WEIRD_SERVER_REPLY, HTTP_PROTOCOL },
        { CURLE_BAD_CONTENT_ENCODING, HTTP_PROTOCOL },       { CURLE_PROXY, HTTP_UNREACHABLE },
        /* clang-format on */
    };

    if (code == CURLE_OK)
        return HTTP_OK;
    if (s->too_large)
        return HTTP_TOO_LARGE;
    if (code == CURLE_OPERATION_TIMEDOUT)
        return timeout_phase(s);
    if (code == CURLE_COULDNT_CONNECT)
        return connect_error(s);
    for (size_t i = 0; i < LEN(rows); i++)
        if (rows[i].code == code)
            return rows[i].error;
    return HTTP_LOCAL;
}

static void
peer_print(CURL *easy, CURLINFO ip, CURLINFO port, char ret[static 64])
{
    const char *address = NULL;
    long number = 0;

    curl_easy_getinfo(easy, ip, &address);
    curl_easy_getinfo(easy, port, &number);
    if (address && address[0] && number > 0)
        snprintf(ret, 64, strchr(address, ':') ? "[%s]:%ld" : "%s:%ld", address, number);
}

static void
fill_answer(struct slot *s, CURLcode code)
{
    struct http_answer *a = &s->answer;
    long status = 0, connects = 0, redirected = 0;

    a->ended = now_monotonic();
    if (!s->answered) {
        a->at.high = now_real();
        a->monotonic.high = a->ended;
    }
    curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(s->easy, CURLINFO_NUM_CONNECTS, &connects);
    curl_easy_getinfo(s->easy, CURLINFO_REDIRECT_COUNT, &redirected);
    a->error = error_of(s, code);
    a->status = s->answered ? (int)status : 0;
    a->reused = s->sent && connects == 0;
    a->redirected = (unsigned)redirected;
    peer_print(s->easy, CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT, a->remote);
    peer_print(s->easy, CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT, a->local);
    if (a->error != HTTP_OK)
        snprintf(a->said, sizeof(a->said), "%s", s->why[0] ? s->why : curl_easy_strerror(code));
    http_answer_phases(a, s->sent, timer_of(s, CURLINFO_NAMELOOKUP_TIME_T),
                       timer_of(s, CURLINFO_CONNECT_TIME_T),
                       timer_of(s, CURLINFO_APPCONNECT_TIME_T));
}

static void
retire(struct http *h, struct slot *s)
{
    *s->at = s->next;
    if (s->next)
        s->next->at = s->at;
    s->next = h->idle;
    h->idle = s;
    h->under_way--;
}

static bool
take_finished(struct http *h, struct http_answer *ret)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(h->multi, &left))) {
        struct slot *s = NULL;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &s);
        fill_answer(s, message->data.result);
        curl_multi_remove_handle(h->multi, s->easy);
        retire(h, s);
        *ret = s->answer;
        s->answer = (struct http_answer){ 0 };
        return true;
    }
    return false;
}

static void
set_timer(struct http *h, int64_t until)
{
    int64_t left = MAX(until - now_monotonic(), 1);
    struct itimerspec after = { .it_value = { left / NS_PER_S, left % NS_PER_S } };

    timerfd_settime(h->timer, 0, &after, NULL);
}

bool
http_next(struct http *h, int64_t until, struct http_answer *ret)
{
    struct curl_waitfd timer = { .fd = h->timer, .events = CURL_WAIT_POLLIN };
    int running;

    for (;;) {
        if (take_finished(h, ret))
            return true;
        curl_multi_perform(h->multi, &running);
        if (take_finished(h, ret))
            return true;
        if (now_monotonic() >= until)
            return false;
        set_timer(h, until);
        curl_multi_poll(h->multi, &timer, 1, 1000, NULL);
    }
}

size_t
http_under_way(const struct http *h)
{
    return h->under_way;
}
