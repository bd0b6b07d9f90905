/* SPDX-License-Identifier: MIT */
#include "observe/holder_files.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "net/pgfiles.h"
#include "time/now.h"

/* Names that are somebody else's password. */
static const char *const others[] = { "MYSQL", "MARIADB", "REDIS", "MONGO", "RABBIT",
                                      "AMQP",  "SMTP",    "MAIL",  "LDAP",  "KEYSTORE" };

static bool
contains(struct str name, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= name.n; i++)
        if (strncasecmp(name.p + i, word, n) == 0)
            return true;
    return false;
}

static bool
is_password_name(const struct holders *h, struct str name)
{
    if (h->variable)
        return str_eq(name, str_of(h->variable));
    for (size_t i = 0; i < LEN(others); i++)
        if (contains(name, others[i]))
            return false;
    return contains(name, "PASSWORD") || contains(name, "PASSWD");
}

static int
hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* %41 is A. */
static bool
unescape(struct str text, struct secret *ret)
{
    size_t n = 0;

    if (secret_set(ret, text) != OK)
        return false;
    for (size_t i = 0; i < text.n; i++, n++) {
        bool coded = text.p[i] == '%' && i + 2 < text.n && hex_digit(text.p[i + 1]) >= 0 &&
                     hex_digit(text.p[i + 2]) >= 0;

        ret->p[n] = coded ? (char)(hex_digit(text.p[i + 1]) << 4 | hex_digit(text.p[i + 2]))
                          : text.p[i];
        i += coded ? 2 : 0;
    }
    explicit_bzero(ret->p + n, ret->n - n);
    ret->n = n;
    return n > 0;
}

static bool
of_the_role(const struct holders *h, struct str role)
{
    return !h->role || role.n == 0 || str_eq(role, str_of(h->role));
}

/* postgresql://role:password@host, postgresql+psycopg2://, postgres:// */
static bool
from_uri(const struct holders *h, struct str value, struct secret *ret)
{
    size_t at = str_find(value, STR("://"));
    struct str user, rest = str_skip(value, at == SIZE_MAX ? value.n : at + 3);
    size_t end = SIZE_MAX;

    if (at == SIZE_MAX || !str_starts(value, STR("postgres")))
        return false;
    /* The last @ before the path: a password may hold one. */
    for (size_t i = 0; i < rest.n && rest.p[i] != '/' && rest.p[i] != '?'; i++)
        if (rest.p[i] == '@')
            end = i;
    if (end == SIZE_MAX)
        return false;
    rest = str_head(rest, end);
    user = str_cut(&rest, ':');
    return rest.n > 0 && of_the_role(h, user) && unescape(rest, ret);
}

/* The value of `name` in "host=db user=app password='a b'". */
static struct str
word_of(struct str text, struct str name)
{
    size_t at = 0;

    while (at < text.n) {
        struct str rest = str_skip(text, at);
        bool begins = at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == ';' ||
                      text.p[at - 1] == '?' || text.p[at - 1] == '&';

        if (begins && str_starts(rest, name)) {
            size_t end = 0;

            rest = str_skip(rest, name.n);
            if (rest.n > 0 && rest.p[0] == '\'')
                return str_head(str_skip(rest, 1), str_find_byte(str_skip(rest, 1), '\''));
            while (end < rest.n && !strchr(" ;&", rest.p[end]))
                end++;
            return str_head(rest, end);
        }
        at++;
    }
    return STR("");
}

static bool
from_conninfo(const struct holders *h, struct str value, struct secret *ret)
{
    struct str password = word_of(value, STR("password="));

    if (password.n == 0 || (str_find(value, STR("host=")) == SIZE_MAX &&
                            str_find(value, STR("dbname=")) == SIZE_MAX &&
                            !str_starts(value, STR("jdbc:postgresql:"))))
        return false;
    return of_the_role(h, word_of(value, STR("user="))) && secret_set(ret, password) == OK;
}

bool
holders_pair(const struct holders *h, struct str name, struct str value, struct secret *ret)
{
    if (value.n == 0 || value.n > SECRET_MAX || (h->variable && !is_password_name(h, name)))
        return false;
    if (from_uri(h, value, ret) || from_conninfo(h, value, ret))
        return true;
    return is_password_name(h, name) && !contains(name, "_FILE") &&
           secret_set(ret, value) == OK;
}

/* A holder for the pair, if it is one. */
static struct holder *
add_pair(struct holders *h, const char *kind, struct str name, struct str value)
{
    AUTO(secret) found = { 0 };
    struct holder *one;

    if (!holders_pair(h, name, value, &found))
        return NULL;
    one = holders_new(h, kind);
    if (!one)
        return NULL;
    one->has_secret = true;
    one->secret = found;
    found = (struct secret){ 0 };
    return one;
}

/* When a process began, by CLOCK_BOOTTIME: the 22nd field of its stat, in ticks. The second
 * is the name in brackets, which may hold anything. */
static bool
process_started(const char *pid, struct span *ret)
{
    AUTO(strbuf) path = { .max = STRBUF_LINE };
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    long tick = sysconf(_SC_CLK_TCK);
    struct timespec boot;
    struct str rest, field = { 0 };
    uint64_t ticks;
    int64_t at;

    strbuf_addf(&path, "/proc/%s/stat", pid);
    if (file_read(strbuf_text(&path), &text) != OK || !memrchr(text.p, ')', text.n))
        return false;
    rest = str_skip(strbuf_str(&text),
                    (size_t)((char *)memrchr(text.p, ')', text.n) - text.p) + 2);
    for (int i = 3; i <= 22; i++)
        field = str_cut(&rest, ' ');
    if (!str_to_u64(field, &ticks) || tick <= 0 || clock_gettime(CLOCK_BOOTTIME, &boot) != 0)
        return false;
    at = now_real() - (SECONDS(boot.tv_sec) + boot.tv_nsec) +
         (int64_t)(ticks * (uint64_t)(NS_PER_S / tick));
    *ret = (struct span){ at - NS_PER_S / tick, at + NS_PER_S / tick };
    return true;
}

static struct str
process_name(struct holders *h, const char *pid)
{
    AUTO(strbuf) path = { .max = STRBUF_LINE };
    AUTO(strbuf) text = { .max = STRBUF_LINE };

    strbuf_addf(&path, "/proc/%s/comm", pid);
    if (file_read(strbuf_text(&path), &text) != OK)
        return arena_strf(&h->memory, "process %s", pid);
    return arena_strf(&h->memory, "process %s (" STR_FMT ")", pid,
                      STR_ARG(str_trim(strbuf_str(&text))));
}

/* What a process started with: setting a variable later does not change it. */
enum status
holder_process(struct holders *h, const struct holder_text *t)
{
    struct str text = t->text, name = process_name(h, t->where);
    struct span started;
    bool known = process_started(t->where, &started);

    while (text.n > 0) {
        struct str value = str_cut(&text, '\0'), variable = str_cut(&value, '=');
        struct holder *one = add_pair(h, "process", variable, value);

        if (!one)
            continue;
        one->mend = "restart";
        one->has_taken = known;
        one->taken = known ? started : one->taken;
        one->name =
            arena_strf(&h->memory, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(variable));
    }
    return OK;
}

static struct str
unquote(struct str value)
{
    value = str_trim(value);
    if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') &&
        value.p[value.n - 1] == value.p[0])
        return (struct str){ value.p + 1, value.n - 2 };
    return value;
}

static void
file_holder(struct holders *h, struct holder *one, const struct holder_text *t, unsigned line)
{
    one->name = arena_strf(&h->memory, "%s line %u", t->where, line);
    one->has_changed = t->has_modified;
    one->changed = t->modified;
}

enum status
holder_env_file(struct holders *h, const struct holder_text *t)
{
    struct str text = t->text;

    for (unsigned line = 1; text.n > 0; line++) {
        struct str value = str_trim(str_cut(&text, '\n')), name;
        struct holder *one;

        if (value.n == 0 || value.p[0] == '#')
            continue;
        if (str_starts(value, STR("export ")))
            value = str_trim(str_skip(value, 7));
        name = str_trim(str_cut(&value, '='));
        one = add_pair(h, "env-file", name, unquote(value));
        if (one)
            file_holder(h, one, t, line);
    }
    return OK;
}

struct file_work {
    struct holders *h;
    const struct holder_text *t;
};

static bool
take_passfile(void *context, const struct passfile_line *l)
{
    struct file_work *w = context;
    struct holder *one;

    if (!of_the_role(w->h, str_eq(l->role, STR("*")) ? STR("") : l->role))
        return true;
    one = holders_new(w->h, "pgpass");
    if (!one || secret_set(&one->secret, secret_reveal(l->password)) != OK)
        return false;
    one->has_secret = true;
    file_holder(w->h, one, w->t, l->line);
    return true;
}

enum status
holder_passfile(struct holders *h, const struct holder_text *t)
{
    passfile_each(t->text, take_passfile, &(struct file_work){ h, t });
    return OK;
}

static void
take_service(void *context, struct str section, struct str name, struct str value,
             unsigned line)
{
    struct file_work *w = context;
    struct holder *one;

    if (!str_eq(name, STR("password")))
        return;
    one = holders_new(w->h, "service");
    if (!one || secret_set(&one->secret, value) != OK)
        return;
    one->has_secret = true;
    file_holder(w->h, one, w->t, line);
    one->name = arena_strf(&w->h->memory, "%s [" STR_FMT "]", w->t->where, STR_ARG(section));
}

enum status
holder_service(struct holders *h, const struct holder_text *t)
{
    service_each(t->text, NULL, take_service, &(struct file_work){ h, t });
    return OK;
}

/* "role" "secret": pgbouncer's auth_file. What it keeps may be a verifier; then its salt says
 * whether it is the server's, and no password can be told from it. */
enum status
holder_userlist(struct holders *h, const struct holder_text *t)
{
    struct str text = t->text;
    struct verifier v;

    for (unsigned line = 1; text.n > 0; line++) {
        struct str rest = str_cut(&text, '\n'), role, value;
        struct holder *one;

        str_cut(&rest, '"');
        role = str_cut(&rest, '"');
        str_cut(&rest, '"');
        value = str_cut(&rest, '"');
        if (value.n == 0 || !of_the_role(h, role))
            continue;
        one = holders_new(h, "userlist");
        if (!one || secret_set(&one->secret, value) != OK)
            return ERR_SYSTEM;
        one->has_secret = !verifier_read(value, &v);
        file_holder(h, one, t, line);
    }
    return OK;
}
