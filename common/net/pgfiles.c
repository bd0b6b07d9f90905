/* SPDX-License-Identifier: MIT */
#include "net/pgfiles.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* As libpq: $HOME first, then the user's entry. */
static const char *
home(void)
{
    const char *dir = getenv("HOME");
    struct passwd *user;

    if (dir && *dir)
        return dir;
    user = getpwuid(geteuid());
    return user ? user->pw_dir : NULL;
}

bool
passfile_default(struct strbuf *ret)
{
    const char *path = getenv("PGPASSFILE");

    if (path && *path)
        strbuf_adds(ret, path);
    else if (home())
        strbuf_addf(ret, "%s/.pgpass", home());
    return ret->n > 0;
}

/* One field up to its colon: unescaped into `field` (if there is one), and whether it is `*`
 * or says `want`. False if no colon ends it. */
static bool
take_field(struct str *rest, struct strbuf *field, const char *want, bool *matches)
{
    bool star = str_starts(*rest, STR("*:"));
    size_t at = 0, seen = 0, wanted = want ? strlen(want) : 0;
    bool same = true;

    for (; at < rest->n && rest->p[at] != ':'; at++, seen++) {
        if (rest->p[at] == '\\' && at + 1 < rest->n)
            at++;
        same = same && seen < wanted && want[seen] == rest->p[at];
        if (field)
            strbuf_addc(field, rest->p[at]);
    }
    if (at >= rest->n)
        return false;
    *rest = str_skip(*rest, at + 1);
    *matches = star || (same && seen == wanted);
    return true;
}

/* The password ends the line; backslashes are taken off. */
static enum status
unescape(struct str text, struct secret *ret)
{
    size_t n = 0;
    enum status st = secret_set(ret, text);

    for (size_t i = 0; st == OK && i < text.n; i++) {
        if (text.p[i] == '\\' && i + 1 < text.n)
            i++;
        ret->p[n++] = text.p[i];
    }
    if (st == OK) {
        explicit_bzero(ret->p + n, ret->n - n);
        ret->n = n;
    }
    return st;
}

static struct str
next_line(struct str *text)
{
    struct str line = str_cut(text, '\n');

    while (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

enum status
passfile_search(struct str text, const struct passfile_key *key, struct passfile_hit *ret)
{
    const char *const wants[] = { key->host, key->port, key->database, key->role };
    unsigned number = 0;

    while (text.n > 0) {
        struct str line = next_line(&text);
        size_t i = 0;
        bool matches = true;

        number++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        for (; i < LEN(wants) && matches; i++)
            if (!take_field(&line, NULL, wants[i], &matches))
                break;
        if (i < LEN(wants) || !matches)
            continue;
        ret->line = number;
        return unescape(line, &ret->password);
    }
    return OK;
}

void
passfile_each(struct str text, bool (*each)(void *, const struct passfile_line *),
              void *context)
{
    unsigned number = 0;
    bool going = true;

    while (text.n > 0 && going) {
        struct str line = next_line(&text);
        struct strbuf fields[4] = { 0 };
        AUTO(secret) password = { 0 };
        size_t i = 0;
        bool matches;

        number++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        while (i < LEN(fields) && take_field(&line, &fields[i], NULL, &matches))
            i++;
        if (i == LEN(fields) && unescape(line, &password) == OK)
            going = each(context, &(struct passfile_line){ number, strbuf_str(&fields[0]),
                                                           strbuf_str(&fields[1]),
                                                           strbuf_str(&fields[2]),
                                                           strbuf_str(&fields[3]), &password });
        for (i = 0; i < LEN(fields); i++)
            strbuf_done(&fields[i]);
    }
}

void
passfile_find(const char *path, const struct passfile_key *key, struct passfile_hit *ret)
{
    struct stat about;
    AUTO(secret) text = { 0 };
    AUTO(strbuf) spec = { 0 };

    if (stat(path, &about) != 0)
        return;
    if (!S_ISREG(about.st_mode))
        snprintf(ret->ignored, sizeof(ret->ignored), "it is not a plain file");
    else if (about.st_mode & (S_IRWXG | S_IRWXO))
        snprintf(ret->ignored, sizeof(ret->ignored), "its mode is %04o, it should be 0600",
                 (unsigned)(about.st_mode & 07777));
    if (ret->ignored[0])
        return;
    strbuf_addf(&spec, "file:%s", path);
    if (secret_read(&text, strbuf_text(&spec)) != OK ||
        passfile_search(secret_reveal(&text), key, ret) != OK)
        snprintf(ret->ignored, sizeof(ret->ignored), "it cannot be read");
}

void
service_each(struct str text, const char *service, service_setting *each, void *context)
{
    struct str section = { 0 };
    unsigned number = 0;

    while (text.n > 0) {
        struct str line = str_trim(next_line(&text)), value;

        number++;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (line.p[0] == '[') {
            line = str_skip(line, 1);
            section = str_cut(&line, ']');
            continue;
        }
        if (service && !str_eq(section, str_of(service)))
            continue;
        value = line;
        line = str_cut(&value, '=');
        each(context, section, line, value, number);
    }
}

bool
service_path(size_t i, struct strbuf *ret)
{
    const char *file = getenv("PGSERVICEFILE"), *folder = getenv("PGSYSCONFDIR");

    strbuf_clear(ret);
    if (file && *file && i == 0)
        strbuf_adds(ret, file);
    else if (i == 0 && home())
        strbuf_addf(ret, "%s/.pg_service.conf", home());
    else if (i == 1)
        strbuf_addf(ret, "%s/pg_service.conf",
                    folder && *folder ? folder : "/etc/postgresql-common");
    return i < 2 && ret->n > 0;
}
