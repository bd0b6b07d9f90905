/* SPDX-License-Identifier: MIT */
#include "net/pgtarget.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "net/pg.h"
#include "net/pgfiles.h"

static const char *
keep(struct pg_target *t, const char *text)
{
    struct str kept = arena_str(&t->memory, str_of(text));

    return kept.p ? kept.p : "";
}

static struct pg_word *
word(const struct pg_words *words, struct str name)
{
    for (size_t i = 0; i < words->len; i++)
        if (str_eq(str_of(words->words[i].name), name))
            return &words->words[i];
    return NULL;
}

/* Its value; NULL if there is none. */
static const char *
value_of(const struct pg_words *words, const char *name)
{
    const struct pg_word *w = word(words, str_of(name));

    return w ? w->value : NULL;
}

/* A service's settings, put in where nothing was given. */
struct service {
    struct pg_target *target;
    const struct pg_words *words;
    const char *path;
    bool found;
};

static void
take_setting(void *context, struct str section, struct str name, struct str value,
             unsigned line)
{
    struct service *s = context;
    struct pg_word *w = word(s->words, name);

    (void)section;
    s->found = true;
    if (!w || w->value)
        return;
    w->value = strndup(value.n ? value.p : "", value.n);
    if (strcmp(w->name, "password") != 0)
        return;
    s->target->password_from = PG_PASSWORD_SERVICE;
    s->target->password_where =
        arena_strf(&s->target->memory, "line %u of %s", line, s->path).p;
}

static enum status
apply_service(struct pg_target *t, const struct pg_words *words)
{
    const char *given = value_of(words, "service"), *name = given ? given : getenv("PGSERVICE");
    struct service s = { t, words, NULL, false };
    AUTO(strbuf) path = { 0 };

    if (!name || !*name)
        return OK;
    t->service = keep(t, name);
    for (size_t i = 0; !s.found && service_path(i, &path); i++) {
        AUTO(secret) text = { 0 };
        AUTO(strbuf) spec = { 0 };

        strbuf_addf(&spec, "file:%s", strbuf_text(&path));
        s.path = strbuf_text(&path);
        if (secret_read(&text, strbuf_text(&spec)) == OK)
            service_each(secret_reveal(&text), t->service, take_setting, &s);
    }
    return s.found ? OK
                   : fail(ERR_USAGE, "service \"%s\" stands in no service file", t->service);
}

/* What is neither given nor in the service comes from the environment, then from libpq. */
static void
apply_defaults(struct pg_target *t, const struct pg_words *words)
{
    for (size_t i = 0; i < words->len; i++) {
        struct pg_word *w = &words->words[i];
        const char *said = w->variable ? getenv(w->variable) : NULL;

        if (w->value)
            continue;
        if (said && strcmp(w->name, "password") == 0)
            t->password_from = PG_PASSWORD_ENV;
        if (said || w->otherwise)
            w->value = strdup(said ? said : w->otherwise);
    }
}

/* The `i`th of a comma-separated list. */
static const char *
item(struct pg_target *t, const char *list, size_t i)
{
    struct str rest = str_of(list), one = str_cut(&rest, ',');

    for (; i > 0; i--)
        one = str_cut(&rest, ',');
    one = arena_str(&t->memory, one);
    return one.p ? one.p : "";
}

static size_t
items(const char *list)
{
    size_t n = 1;

    for (; *list; list++)
        n += *list == ',';
    return n;
}

/* One host of several; `i` counts in whichever lists there are. */
static struct pg_host
host_at(struct pg_target *t, const char *hosts, const char *addrs, const char *ports, size_t i)
{
    const char *port = item(t, ports, items(ports) == 1 ? 0 : i);
    struct pg_host h = {
        .host = *hosts ? item(t, hosts, i) : "",
        .hostaddr = *addrs ? item(t, addrs, i) : NULL,
        .port = *port ? port : "5432",
    };

    if (!*h.host && !h.hostaddr)
        h.host = "/var/run/postgresql";
    return h;
}

/* Hosts as libpq pairs them: as many as there are addresses, or names; one port is for all. */
static enum status
list_hosts(struct pg_target *t, const struct pg_words *words)
{
    const char *hosts = value_of(words, "host"), *addrs = value_of(words, "hostaddr"),
               *ports = value_of(words, "port");

    hosts = hosts ? hosts : "";
    addrs = addrs ? addrs : "";
    ports = ports ? ports : "";
    t->hosts_len = *addrs ? items(addrs) : items(hosts);
    t->hosts = arena_alloc(&t->memory, t->hosts_len * sizeof(*t->hosts));
    if (!t->hosts)
        return fail(ERR_SYSTEM, "no memory for a conninfo");
    if (*hosts && *addrs && items(hosts) != t->hosts_len)
        return fail(ERR_USAGE, "%zu host names do not match %zu addresses", items(hosts),
                    t->hosts_len);
    if (items(ports) != 1 && items(ports) != t->hosts_len)
        return fail(ERR_USAGE, "%zu ports do not match %zu hosts", items(ports), t->hosts_len);
    for (size_t i = 0; i < t->hosts_len; i++)
        t->hosts[i] = host_at(t, hosts, addrs, ports, i);
    return OK;
}

static void
describe(struct pg_target *t)
{
    AUTO(strbuf) shown = { 0 };

    strbuf_addf(&shown, "postgresql://%s@", t->role);
    for (size_t i = 0; i < t->hosts_len; i++) {
        const struct pg_host *h = &t->hosts[i];

        strbuf_adds(&shown, i ? "," : "");
        strbuf_adds(&shown, *h->host ? h->host : h->hostaddr);
        if (strcmp(h->port, "5432") != 0)
            strbuf_addf(&shown, ":%s", h->port);
    }
    strbuf_addf(&shown, "/%s", t->database);
    t->shown = keep(t, strbuf_text(&shown));
}

/* As libpq: who runs this is the role where nothing says another. */
static const char *
user_name(void)
{
    const struct passwd *user = getpwuid(geteuid());

    return user ? user->pw_name : "";
}

static enum status
take_words(struct pg_target *t, const struct pg_words *words)
{
    const char *password, *database;
    enum status st;

    if (value_of(words, "password"))
        t->password_from = PG_PASSWORD_CONNINFO;
    st = apply_service(t, words);
    if (st != OK)
        return st;
    apply_defaults(t, words);
    password = value_of(words, "password");
    if (!password || !*password)
        t->password_from = PG_PASSWORD_NONE;
    else if (secret_set(&t->password, str_of(password)) != OK)
        return ERR_SYSTEM;
    t->role = keep(t, value_of(words, "user"));
    if (!*t->role)
        t->role = keep(t, user_name());
    database = value_of(words, "dbname");
    t->database = database && *database ? keep(t, database) : t->role;
    t->sslmode = keep(t, value_of(words, "sslmode"));
    t->passfile = keep(t, value_of(words, "passfile"));
    st = list_hosts(t, words);
    if (st == OK)
        describe(t);
    return st;
}

enum status
pg_target_read(struct pg_target *ret, const char *conninfo)
{
    struct pg_target t = { 0 };
    struct pg_words words;
    enum status st = pg_words_read(&words, conninfo);

    if (st != OK)
        return st;
    t.is_uri = str_starts(str_of(conninfo), STR("postgresql://")) ||
               str_starts(str_of(conninfo), STR("postgres://"));
    st = take_words(&t, &words);
    pg_words_done(&words);
    if (st == OK)
        st = secret_set(&t.conninfo, str_of(conninfo));
    if (st != OK) {
        pg_target_done(&t);
        return st;
    }
    *ret = t;
    return OK;
}

void
pg_target_done(struct pg_target *t)
{
    secret_done(&t->conninfo);
    secret_done(&t->password);
    arena_done(&t->memory);
    *t = (struct pg_target){ 0 };
}

static enum status
trace_passfile(struct pg_password *ret, const struct pg_target *t, const struct pg_host *host)
{
    struct passfile_key key = { *host->host ? host->host : host->hostaddr, host->port,
                                t->database, t->role };
    struct passfile_hit hit = { 0 };
    AUTO(strbuf) path = { 0 };

    /* libpq: the usual socket folder is called localhost in a passfile. */
    if (strcmp(key.host, "/var/run/postgresql") == 0 || strcmp(key.host, "/tmp") == 0)
        key.host = "localhost";
    if (t->passfile && *t->passfile)
        strbuf_adds(&path, t->passfile);
    else if (!passfile_default(&path))
        return OK;
    passfile_find(strbuf_text(&path), &key, &hit);
    if (hit.ignored[0])
        snprintf(ret->ignored, sizeof(ret->ignored), "%.180s: %s", strbuf_text(&path),
                 hit.ignored);
    if (hit.line == 0 || hit.password.n == 0) {
        secret_done(&hit.password);
        return OK;
    }
    ret->from = PG_PASSWORD_PASSFILE;
    ret->value = hit.password;
    snprintf(ret->where, sizeof(ret->where), "line %u of %.250s", hit.line, strbuf_text(&path));
    return OK;
}

enum status
pg_password_trace(struct pg_password *ret, const struct pg_target *t,
                  const struct pg_host *host)
{
    *ret = (struct pg_password){ .from = t->password_from };
    if (t->password_from == PG_PASSWORD_NONE)
        return trace_passfile(ret, t, host);
    if (t->password_from == PG_PASSWORD_SERVICE)
        snprintf(ret->where, sizeof(ret->where), "service %.80s, %.200s", t->service,
                 t->password_where);
    else
        snprintf(ret->where, sizeof(ret->where), "%s",
                 t->password_from == PG_PASSWORD_ENV ? "PGPASSWORD"
                 : t->is_uri                         ? "the URI"
                                                     : "the conninfo");
    return secret_set(&ret->value, secret_reveal(&t->password));
}

void
pg_password_done(struct pg_password *p)
{
    secret_done(&p->value);
}
