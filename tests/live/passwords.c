/* SPDX-License-Identifier: MIT */
/* Random passwords, and candidates that are the same, nearly the same, or the same once
 * prepared: does the verdict without a login agree with a real login, each time? Usage:
 * passwords ADMIN-CONNINFO CONNINFO ASCII UNICODE (the second's role is made and dropped). */
#include <stdlib.h>

#include "net/pg.h"
#include "net/verifier.h"
#include "tap.h"
#include "time/span.h"

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint32_t
draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % below;
}

static void
add_point(struct strbuf *out, uint32_t c)
{
    if (c < 0x80) {
        strbuf_addc(out, (char)c);
    } else if (c < 0x800) {
        strbuf_addc(out, (char)(0xc0 | c >> 6));
        strbuf_addc(out, (char)(0x80 | (c & 63)));
    } else if (c < 0x10000) {
        strbuf_addc(out, (char)(0xe0 | c >> 12));
        strbuf_addc(out, (char)(0x80 | (c >> 6 & 63)));
        strbuf_addc(out, (char)(0x80 | (c & 63)));
    } else {
        strbuf_addc(out, (char)(0xf0 | c >> 18));
        strbuf_addc(out, (char)(0x80 | (c >> 12 & 63)));
        strbuf_addc(out, (char)(0x80 | (c >> 6 & 63)));
        strbuf_addc(out, (char)(0x80 | (c & 63)));
    }
}

/* Where interesting code points lie: letters, marks, right-to-left, compatibility forms,
 * Hangul, what is mapped, prohibited or was not assigned. */
static uint32_t
draw_point(void)
{
    static const struct {
        uint32_t from, to;
    } parts[] = {
        { 0x21, 0x7e },       { 0xa0, 0x17f },    { 0x300, 0x34f },     { 0x370, 0x3ff },
        { 0x5d0, 0x5ea },     { 0x621, 0x64a },   { 0x1100, 0x11f9 },   { 0x1e00, 0x1eff },
        { 0x2000, 0x206f },   { 0x2100, 0x218f }, { 0x2460, 0x24ff },   { 0x3000, 0x30ff },
        { 0x4e00, 0x4fff },   { 0xac00, 0xacff }, { 0xf900, 0xfaff },   { 0xfb00, 0xfdfc },
        { 0xfe00, 0xfeff },   { 0xff01, 0xffef }, { 0x1d400, 0x1d4ff }, { 0x1f600, 0x1f64f },
        { 0x2f800, 0x2fa1d }, { 0xe000, 0xe010 }, { 0x21, 0x7e },       { 0x5d0, 0x5ea },
    };
    size_t i = draw(LEN(parts));

    return parts[i].from + draw(parts[i].to - parts[i].from + 1);
}

static void
draw_password(struct strbuf *out, bool unicode)
{
    uint32_t n = 1 + draw(unicode ? 8 : 24);

    strbuf_clear(out);
    /* One kind of script alone, now and then: right-to-left text must not be mixed. */
    uint32_t only = unicode && draw(4) == 0 ? 0x5d0 + draw(2) * 0x51 : 0;
    for (uint32_t i = 0; i < n; i++)
        add_point(out, !unicode ? 0x20 + draw(0x5f) : only ? only + draw(20) : draw_point());
}

/* The password itself; with something put in that may map to nothing or to a blank; or with
 * one byte of it changed. */
static void
draw_candidate(struct strbuf *out, struct str password, bool unicode)
{
    static const uint32_t insert[] = { 0xad, 0x200b, 0xa0, 0x20, 0xfe0f, 0x301, 0x2060 };
    uint32_t way = draw(4);

    strbuf_clear(out);
    if (way == 1 && unicode)
        add_point(out, insert[draw(LEN(insert))]);
    strbuf_add(out, password);
    if (way == 2 && unicode)
        add_point(out, insert[draw(LEN(insert))]);
    if (way == 3 || (way != 0 && !unicode))
        out->p[draw((uint32_t)out->n)] ^= 1;
}

static void
set_password(struct pg *admin, const char *role, struct str password)
{
    AUTO(strbuf) sql = { 0 };
    struct pg_rows rows = { 0 };

    strbuf_addf(&sql, "alter role %s password '", role);
    for (size_t i = 0; i < password.n; i++)
        strbuf_adds(&sql, password.p[i] == '\'' ? "''" : (char[]){ password.p[i], '\0' });
    strbuf_addc(&sql, '\'');
    if (pg_ask(admin, strbuf_text(&sql), NULL, 0, &rows) != OK) {
        printf("Bail out! %s\n", err_text());
        exit(1);
    }
    pg_rows_done(&rows);
}

static enum verifier_answer
verdict(struct pg *admin, const char *role, const struct secret *candidate)
{
    struct pg_rows rows = { 0 };
    struct verifier v;
    const char *why;
    enum verifier_answer answer = VERIFIER_UNDECIDED;

    if (pg_ask(admin, "select rolpassword from pg_authid where rolname = $1", &role, 1,
               &rows) == OK &&
        verifier_read(pg_cell(&rows, 0, 0), &v))
        answer = verifier_check(&v, str_of(role), candidate, &why);
    pg_rows_done(&rows);
    return answer;
}

static bool
logs_in(const struct pg_target *t, const struct secret *candidate)
{
    struct pg_request q = { t, t->hosts, NULL, candidate, "passwords", SECONDS(10) };
    struct pg *pg;
    bool in;

    if (pg_open(&pg, &q) != OK)
        abort();
    in = pg_login(pg)->ok;
    pg_close(pg);
    return in;
}

static void
compare(struct pg *admin, const struct pg_target *t, unsigned count, bool unicode)
{
    AUTO(strbuf) password = { 0 };
    AUTO(strbuf) candidate = { 0 };
    unsigned agree = 0, in = 0;

    for (unsigned i = 0; i < count; i++) {
        AUTO(secret) s = { 0 };
        bool let_in;
        enum verifier_answer answer;

        draw_password(&password, unicode);
        draw_candidate(&candidate, strbuf_str(&password), unicode);
        set_password(admin, t->role, strbuf_str(&password));
        if (secret_set(&s, strbuf_str(&candidate)) != OK)
            abort();
        answer = verdict(admin, t->role, &s);
        let_in = logs_in(t, &s);
        in += let_in;
        agree += answer == (let_in ? VERIFIER_MATCHES : VERIFIER_DIFFERS);
        if (answer != (let_in ? VERIFIER_MATCHES : VERIFIER_DIFFERS))
            printf("# number %u: verdict %d, login %d\n", i, (int)answer, (int)let_in);
    }
    ok(agree == count && in > count / 8 && in < count, "%u of %u %s passwords (%u let in)",
       agree, count, unicode ? "Unicode" : "ASCII", in);
}

int
main(int argc, char **argv)
{
    struct pg_target admin_target, target;
    struct pg *admin;

    if (argc != 5 || pg_target_read(&admin_target, argv[1]) != OK ||
        pg_target_read(&target, argv[2]) != OK)
        return 2;
    struct pg_request q = { &admin_target, admin_target.hosts, NULL,
                            NULL,          "passwords",        SECONDS(10) };
    if (pg_open(&admin, &q) != OK || !pg_login(admin)->ok)
        return 2;
    compare(admin, &target, (unsigned)strtoul(argv[3], NULL, 10), false);
    compare(admin, &target, (unsigned)strtoul(argv[4], NULL, 10), true);
    pg_close(admin);
    pg_target_done(&admin_target);
    pg_target_done(&target);
    return done_testing();
}
