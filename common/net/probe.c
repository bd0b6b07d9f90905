/* SPDX-License-Identifier: MIT */
#include "net/probe.h"

#include <stdio.h>

#include "time/now.h"

/* A probe under way. */
struct look {
    struct probe *seen;
    const struct probe_request *q;
    struct dialogue talk;
    int64_t mark;    /* of now_monotonic(): the end of the last stage */
    char nonce[256]; /* the server's, ours first: what a proof goes on with */
};

static int64_t
lap(struct look *l)
{
    int64_t before = l->mark;

    l->mark = now_monotonic();
    return l->mark - before;
}

/* The end of the probe: returns false, so that a stage can end with it. */
static bool
ends(struct look *l, enum probe_end end, const char *why)
{
    l->seen->end = end;
    snprintf(l->seen->why, sizeof(l->seen->why), "%s", why);
    return false;
}

/* The other side stopped talking, while nothing it said could be read as PostgreSQL. */
static bool
ends_with_dialogue(struct look *l, enum dialogue_end end)
{
    bool spoke = l->talk.n > 0;

    if (end == DIALOGUE_TIMEOUT)
        return ends(l, spoke ? PROBE_STRANGER : PROBE_SILENT,
                    spoke ? "it began to answer and stopped" : "it did not answer in time");
    return ends(l, spoke ? PROBE_STRANGER : PROBE_HUNG_UP,
                spoke ? "it broke off in the middle of its answer"
                      : "it closed the connection without a word");
}

static bool
is_stranger(struct look *l)
{
    struct str said = dialogue_received(&l->talk);
    AUTO(strbuf) shown = { .max = 64 };

    l->seen->stranger = pgwire_stranger(said);
    for (size_t i = 0; i < said.n && i < 16; i++)
        strbuf_addc(&shown, said.p[i] >= ' ' && said.p[i] <= '~' ? said.p[i] : '.');
    ends(l, PROBE_STRANGER, "");
    snprintf(l->seen->why, sizeof(l->seen->why), "its answer begins with \"%s\"",
             strbuf_text(&shown));
    return false;
}

/* Keeps the message where the probe's views can point at it. */
static struct str
keep_message(struct look *l, struct str body)
{
    struct probe *p = l->seen;

    p->bytes_n = MIN(body.n, sizeof(p->bytes));
    if (p->bytes_n > 0)
        memcpy(p->bytes, body.p, p->bytes_n);
    return (struct str){ p->bytes, p->bytes_n };
}

static bool
is_refused(struct look *l, struct str body)
{
    struct pgwire_error *e = &l->seen->error;

    l->seen->got = now_real();
    if (!pgwire_error_read(keep_message(l, body), e))
        return is_stranger(l);
    ends(l, PROBE_REFUSED, "");
    snprintf(l->seen->why, sizeof(l->seen->why), STR_FMT, STR_ARG(e->message));
    return false;
}

/* A server that cannot even fork says so in the manner of protocol 2: 'E', text, NUL. */
static bool
is_old_refusal(struct look *l)
{
    struct str said = str_skip(dialogue_received(&l->talk), 1);
    struct str text = keep_message(l, str_cut(&said, '\0'));

    l->seen->error =
        (struct pgwire_error){ .severity = STR("FATAL"), .message = str_trim(text) };
    ends(l, PROBE_REFUSED, "");
    snprintf(l->seen->why, sizeof(l->seen->why), STR_FMT, STR_ARG(str_trim(text)));
    return false;
}

/* The next message that matters; false if the probe ended with it. */
static bool
next_message(struct look *l, struct pgwire_message *ret, size_t *ret_used)
{
    for (;;) {
        struct str said = dialogue_received(&l->talk);
        enum pgwire_got got = pgwire_read(said, ret, ret_used);
        enum dialogue_end end;

        if (got == PGWIRE_FOREIGN && said.p[0] == 'E' && !pgwire_stranger(said) &&
            str_find_byte(said, '\0') != SIZE_MAX)
            return is_old_refusal(l);
        if (got == PGWIRE_FOREIGN && !(said.p[0] == 'E' && said.n < 16 && !l->talk.closed))
            return is_stranger(l);
        if (got == PGWIRE_MESSAGE && ret->type == 'E')
            return is_refused(l, ret->body);
        if (got == PGWIRE_MESSAGE && ret->type == 'R')
            return true;
        if (got == PGWIRE_MESSAGE) {
            dialogue_used(&l->talk, *ret_used);
            continue;
        }
        end = dialogue_receive(&l->talk);
        if (end != DIALOGUE_WELL && pgwire_stranger(dialogue_received(&l->talk)))
            return is_stranger(l);
        if (end != DIALOGUE_WELL)
            return ends_with_dialogue(l, end);
    }
}

static bool
connect_stage(struct look *l)
{
    enum dialogue_end end = dialogue_open(&l->talk, l->q->to, l->mark + l->q->timeout);

    l->seen->connect = lap(l);
    snprintf(l->seen->local, sizeof(l->seen->local), "%s", l->talk.local);
    if (end == DIALOGUE_WELL)
        return true;
    if (end == DIALOGUE_TIMEOUT)
        return ends(l, PROBE_NO_CONNECT, "no answer to the connection in time");
    return ends(l, PROBE_UNREACHABLE, err_text());
}

/* The server's one byte on our SSLRequest. */
static bool
ask_for_tls(struct look *l, char *ret)
{
    AUTO(strbuf) request = { .max = 64 };
    enum dialogue_end end;

    pgwire_ssl_request(&request);
    end = dialogue_send(&l->talk, strbuf_str(&request));
    if (end == DIALOGUE_WELL)
        end = dialogue_receive(&l->talk);
    if (end != DIALOGUE_WELL)
        return ends_with_dialogue(l, end);
    *ret = l->talk.buffer[0];
    return true;
}

static bool
tls_stage(struct look *l)
{
    struct pgwire_message message;
    size_t used;
    char answer;
    enum dialogue_end end;

    if (l->q->tls == PROBE_PLAIN || l->q->to->place.ss_family == AF_UNIX)
        return true;
    if (!ask_for_tls(l, &answer))
        return false;
    if (answer == 'E')
        return next_message(l, &message, &used) && is_stranger(l);
    /* A byte more would be data slipped in before the TLS (CVE-2021-23222). */
    if ((answer != 'S' && answer != 'N') || l->talk.n != 1)
        return is_stranger(l);
    dialogue_used(&l->talk, 1);
    if (answer == 'N' && l->q->tls == PROBE_TLS)
        return ends(l, PROBE_NO_TLS, "the server does not support TLS");
    if (answer == 'N')
        return true;
    end = dialogue_secure(&l->talk, l->q->name);
    l->seen->tls = lap(l);
    if (end == DIALOGUE_BROKEN)
        return ends(l, PROBE_NO_TLS, err_text());
    if (end != DIALOGUE_WELL)
        return ends_with_dialogue(l, end);
    l->seen->secured = true;
    l->seen->facts = tls_facts(l->talk.tls);
    return true;
}

/* One message to the server, one Authentication back. */
static bool
exchange(struct look *l, const struct strbuf *say, struct str *ret_data, size_t *ret_used)
{
    struct pgwire_message message;
    enum dialogue_end end = dialogue_send(&l->talk, strbuf_str(say));

    if (end != DIALOGUE_WELL)
        return ends_with_dialogue(l, end);
    if (!next_message(l, &message, ret_used))
        return false;
    if (!pgwire_auth_read(message.body, &l->seen->auth, ret_data))
        return is_stranger(l);
    return true;
}

static bool
startup_stage(struct look *l, bool *ret_scram)
{
    AUTO(strbuf) say = { .max = PGWIRE_MAX };
    struct str data;
    size_t used;

    pgwire_startup(&say, l->q->role, l->q->database, STR("dbprobe"));
    l->seen->sent = now_real();
    if (!exchange(l, &say, &data, &used))
        return false;
    l->seen->got = now_real();
    l->seen->startup = lap(l);
    *ret_scram = l->seen->auth == AUTH_SASL && pgwire_offers(data, STR("SCRAM-SHA-256"));
    dialogue_used(&l->talk, used);
    return true;
}

static bool
salt_stage(struct look *l)
{
    AUTO(strbuf) say = { .max = PGWIRE_MAX };
    char first[SCRAM_FIRST_LEN];
    struct str data;
    size_t used;

    if (scram_first(first) != OK)
        return ends(l, PROBE_ASKS, err_text());
    pgwire_sasl_initial(&say, STR("SCRAM-SHA-256"), str_of(first));
    if (!exchange(l, &say, &data, &used))
        return false;
    l->seen->salt_took = lap(l);
    snprintf(l->nonce, sizeof(l->nonce), STR_FMT,
             STR_ARG(str_head(data, str_find_byte(data, ','))));
    l->seen->has_salt = l->seen->auth == AUTH_SASL_CONTINUE &&
                        scram_salt_read(data, str_of(first), &l->seen->salt);
    dialogue_used(&l->talk, used);
    return true;
}

/* An answer that proves nothing, so that the server has to refuse it. */
static void
beacon_stage(struct look *l)
{
    static const char no_proof[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    AUTO(strbuf) say = { .max = PGWIRE_MAX };
    AUTO(strbuf) text = { .max = PGWIRE_MAX };
    struct str data;
    size_t used;

    if (l->seen->has_salt)
        strbuf_addf(&text, "c=biws,%s,p=%s", l->nonce, no_proof);
    else
        strbuf_add(&text, STR("md500000000000000000000000000000000\0"));
    pgwire_answer(&say, strbuf_str(&text));
    l->seen->sent = now_real();
    if (exchange(l, &say, &data, &used))
        l->seen->end = l->seen->auth == AUTH_OK ? PROBE_TRUSTS : PROBE_ASKS;
}

void
probe_run(struct probe *ret, const struct probe_request *q)
{
    struct look *l = &(struct look){ .seen = ret, .q = q, .mark = now_monotonic() };
    bool scram = false;

    memset(ret, 0, offsetof(struct probe, bytes));
    ret->connect = ret->tls = ret->startup = ret->salt_took = -1;
    ret->bytes_n = 0;
    if (connect_stage(l) && tls_stage(l) && startup_stage(l, &scram) &&
        (!scram || salt_stage(l)))
        ret->end = ret->auth == AUTH_OK ? PROBE_TRUSTS : PROBE_ASKS;
    if (q->beacon && ret->end == PROBE_ASKS && ret->startup >= 0)
        beacon_stage(l);
    dialogue_close(&l->talk);
}
