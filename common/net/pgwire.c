/* SPDX-License-Identifier: MIT */
#include "net/pgwire.h"

enum { PROTOCOL_3_0 = 3 << 16, SSL_REQUEST = 80877103 };

static void
add_int(struct strbuf *out, uint32_t n)
{
    strbuf_addc(out, (char)(n >> 24));
    strbuf_addc(out, (char)(n >> 16));
    strbuf_addc(out, (char)(n >> 8));
    strbuf_addc(out, (char)n);
}

static uint32_t
int_at(struct str bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.p + at;

    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void
add_text(struct strbuf *out, struct str text)
{
    strbuf_add(out, text);
    strbuf_addc(out, '\0');
}

static void
add_pair(struct strbuf *out, struct str name, struct str value)
{
    if (value.n == 0)
        return;
    add_text(out, name);
    add_text(out, value);
}

void
pgwire_startup(struct strbuf *out, struct str user, struct str database, struct str name)
{
    AUTO(strbuf) body = { .max = PGWIRE_MAX };

    add_int(&body, PROTOCOL_3_0);
    add_pair(&body, STR("user"), user);
    add_pair(&body, STR("database"), database);
    add_pair(&body, STR("application_name"), name);
    strbuf_addc(&body, '\0');
    add_int(out, (uint32_t)body.n + 4);
    strbuf_add(out, strbuf_str(&body));
}

void
pgwire_ssl_request(struct strbuf *out)
{
    add_int(out, 8);
    add_int(out, SSL_REQUEST);
}

void
pgwire_sasl_initial(struct strbuf *out, struct str mechanism, struct str first)
{
    strbuf_addc(out, 'p');
    add_int(out, (uint32_t)(4 + mechanism.n + 1 + 4 + first.n));
    add_text(out, mechanism);
    add_int(out, (uint32_t)first.n);
    strbuf_add(out, first);
}

void
pgwire_answer(struct strbuf *out, struct str text)
{
    strbuf_addc(out, 'p');
    add_int(out, (uint32_t)text.n + 4);
    strbuf_add(out, text);
}

/* Before a login a server sends Authentication, ErrorResponse, NoticeResponse and
 * NegotiateProtocolVersion, and nothing else. */
static bool
may_begin(char type)
{
    return type == 'R' || type == 'E' || type == 'N' || type == 'v';
}

enum pgwire_got
pgwire_read(struct str bytes, struct pgwire_message *ret, size_t *ret_used)
{
    uint32_t length;

    if (bytes.n == 0)
        return PGWIRE_MORE;
    if (!may_begin(bytes.p[0]))
        return PGWIRE_FOREIGN;
    if (bytes.n < 5)
        return PGWIRE_MORE;
    length = int_at(bytes, 1);
    if (length < 4 || length > PGWIRE_MAX)
        return PGWIRE_FOREIGN;
    if (bytes.n < length + 1)
        return PGWIRE_MORE;
    *ret = (struct pgwire_message){ bytes.p[0], str_head(str_skip(bytes, 5), length - 4) };
    *ret_used = length + 1;
    return PGWIRE_MESSAGE;
}

bool
pgwire_auth_read(struct str body, enum pgwire_auth *ret, struct str *ret_data)
{
    if (body.n < 4 || int_at(body, 0) > AUTH_SASL_FINAL)
        return false;
    *ret = (enum pgwire_auth)int_at(body, 0);
    *ret_data = str_skip(body, 4);
    return true;
}

bool
pgwire_offers(struct str mechanisms, struct str mechanism)
{
    while (mechanisms.n > 0) {
        struct str one = str_cut(&mechanisms, '\0');

        if (one.n == 0)
            return false;
        if (str_eq(one, mechanism))
            return true;
    }
    return false;
}

const char *
pgwire_auth_name(enum pgwire_auth auth)
{
    static const char *const names[] = {
        [AUTH_OK] = "trust",
        [AUTH_KERBEROS] = "Kerberos V5",
        [AUTH_CLEARTEXT] = "cleartext password",
        [AUTH_MD5] = "md5",
        [AUTH_GSS] = "GSSAPI",
        [AUTH_SSPI] = "SSPI",
        [AUTH_SASL] = "SASL",
        [AUTH_SASL_CONTINUE] = "SCRAM-SHA-256",
    };

    return auth < LEN(names) && names[auth] ? names[auth] : "an unknown method";
}

bool
pgwire_error_read(struct str body, struct pgwire_error *ret)
{
    struct pgwire_error e = { 0 };

    while (body.n > 0 && body.p[0] != '\0') {
        char field = body.p[0];
        struct str value;

        body = str_skip(body, 1);
        if (str_find_byte(body, '\0') == SIZE_MAX)
            return false;
        value = str_cut(&body, '\0');
        if (field == 'V' || (field == 'S' && e.severity.n == 0))
            e.severity = value;
        else if (field == 'C')
            e.sqlstate = value;
        else if (field == 'M')
            e.message = value;
        else if (field == 'D')
            e.detail = value;
        else if (field == 'H')
            e.hint = value;
        else if (field == 'F')
            e.file = value;
        else if (field == 'R')
            e.routine = value;
    }
    if (e.message.n == 0 && e.sqlstate.n == 0)
        return false;
    *ret = e;
    return true;
}

/* A view that a static row can hold. */
#define ROW(literal)                                                                           \
    {                                                                                          \
        literal, sizeof(literal) - 1                                                           \
    }

/* clang-format off */
const struct pgwire_stranger pgwire_strangers[] = {
    { "HTTP",       ROW("HTTP/"),         0, ROW("HTTP/1.1 400 Bad Request\r\n") },
    { "HTTP",       ROW("<html"),         0, ROW("<html><head><title>400") },
    { "HTTP",       ROW("<!DOC"),         0, ROW("<!DOCTYPE html>") },
    { "SSH",        ROW("SSH-"),          0, ROW("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n") },
    { "TLS",        ROW("\x15\x03"),      0, ROW("\x15\x03\x01\x00\x02\x02\x46") },
    { "Redis",      ROW("-ERR"),          0, ROW("-ERR unknown command\r\n") },
    { "Redis",      ROW("-DENIED"),       0, ROW("-DENIED Redis is running in protected") },
    { "Redis",      ROW("-NOAUTH"),       0, ROW("-NOAUTH Authentication required.\r\n") },
    { "MySQL",      ROW("\x00\x0a"),      3, ROW("\x4a\x00\x00\x00\x0a" "8.0.36\x00") },
    { "MySQL",      ROW("\x00\xff"),      3, ROW("\x45\x00\x00\x00\xff\x6a\x04Host") },
    { "SMTP",       ROW("220 "),          0, ROW("220 mail ESMTP\r\n") },
    { "FTP",        ROW("220-"),          0, ROW("220-FTP server\r\n") },
    { "POP3",       ROW("+OK"),           0, ROW("+OK ready\r\n") },
    { "IMAP",       ROW("* OK"),          0, ROW("* OK IMAP4rev1\r\n") },
    { "AMQP",       ROW("AMQP"),          0, ROW("AMQP\x00\x00\x09\x01") },
    { "memcached",  ROW("ERROR\r\n"),     0, ROW("ERROR\r\n") },
    { "VNC",        ROW("RFB 0"),         0, ROW("RFB 003.008\n") },
};
/* clang-format on */

const size_t pgwire_strangers_len = LEN(pgwire_strangers);

const char *
pgwire_stranger(struct str bytes)
{
    for (size_t i = 0; i < pgwire_strangers_len; i++) {
        const struct pgwire_stranger *row = &pgwire_strangers[i];

        if (str_starts(str_skip(bytes, row->at), row->begins))
            return row->name;
    }
    return NULL;
}
