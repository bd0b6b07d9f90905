/* SPDX-License-Identifier: MIT */
#include "net/pgfiles.h"

#include <stdlib.h>

#include "net/pg.h"
#include "tap.h"

/* The line that matches and whether its password is `password`. */
static bool
finds(struct str text, const struct passfile_key *key, unsigned line, struct str password)
{
    struct passfile_hit hit = { 0 };
    bool yes = passfile_search(text, key, &hit) == OK && hit.line == line &&
               str_eq(secret_reveal(&hit.password), password);

    secret_done(&hit.password);
    return yes;
}

static void
the_first_line_that_matches_holds(void)
{
    static const struct passfile_key app = { "db", "5432", "shop", "app" };
    static const char file[] = "# a comment\n\ndb:5433:shop:app:port\ndb:*:shop:app:first\n"
                               "*:*:*:*:second\n";

    ok(finds(str_of(file), &app, 4, STR("first")), "by host, port, database and role");
    ok(finds(str_of(file), &(struct passfile_key){ "x", "1", "y", "z" }, 5, STR("second")),
       "a star is everybody's");
    ok(finds(STR("db:5432:shop:app"), &app, 0, STR("")), "a line without a password is none");
    ok(finds(STR("db:5432:shop:ap:x\ndb:5432:shop:appp:y\n"), &app, 0, STR("")),
       "a name is the whole name");
}

static void
backslashes_keep_colons(void)
{
    static const struct passfile_key v6 = { "fd00::7", "5432", "s\\h", "app" };

    ok(finds(STR("fd00\\:\\:7:5432:s\\\\h:app:p\\:w\\\\d:x\r\n"), &v6, 1, STR("p:w\\d:x")),
       "in names and in the password");
    ok(finds(STR("*x:*:*:*:no\n"), &v6, 0, STR("")), "a star with more behind it is no star");
}

struct settings {
    unsigned n, line;
    bool password;
};

static void
take(void *context, struct str section, struct str name, struct str value, unsigned line)
{
    struct settings *s = context;

    (void)section;
    s->n++;
    if (str_eq(name, STR("password")) && str_eq(value, STR("p=w d"))) {
        s->password = true;
        s->line = line;
    }
}

static void
a_service_is_a_section_of_its_file(void)
{
    static const char file[] = "[other]\npassword=no\n\n[shop]\nhost=db\n# c\npassword=p=w d\n";
    struct settings shop = { 0 }, all = { 0 };

    service_each(str_of(file), "shop", take, &shop);
    service_each(str_of(file), NULL, take, &all);
    ok(shop.n == 2 && shop.password && shop.line == 7, "its settings, and their lines");
    ok(all.n == 3, "or those of all");
}

static void
a_target_is_read_as_libpq_reads_it(void)
{
    struct pg_target t;

    unsetenv("PGHOST");
    unsetenv("PGPORT");
    unsetenv("PGPASSWORD");
    ok(pg_target_read(&t, "postgresql://app@a:1,b:2/shop?sslmode=require") == OK &&
           t.hosts_len == 2 && strcmp(t.hosts[1].host, "b") == 0 &&
           strcmp(t.hosts[1].port, "2") == 0 && strcmp(t.sslmode, "require") == 0,
       "a URI with two hosts");
    ok(strcmp(t.shown, "postgresql://app@a:1,b:2/shop") == 0, "shown as %s", t.shown);
    pg_target_done(&t);
    ok(pg_target_read(&t, "host=a user=app password='se cret'") == OK &&
           t.password_from == PG_PASSWORD_CONNINFO && !strstr(t.shown, "se cret") &&
           strcmp(t.database, "app") == 0,
       "a password in the words is known, and not shown");
    pg_target_done(&t);
    ok(pg_target_read(&t, "host=a nonsense-with-sesame") == ERR_USAGE &&
           !strstr(err_text(), "sesame"),
       "words that cannot be read are not repeated");
    ok(pg_target_read(&t, "host=a,b port=1,2,3 user=u") == ERR_USAGE,
       "ports that match no hosts");
    setenv("PGPASSWORD", "from-env", 1);
    ok(pg_target_read(&t, "host=a user=app") == OK && t.password_from == PG_PASSWORD_ENV,
       "the environment stands in");
    pg_target_done(&t);
    unsetenv("PGPASSWORD");
    ok(pg_target_read(&t, "service=no-such-service") == ERR_USAGE,
       "a service must be somewhere");
}

int
main(void)
{
    the_first_line_that_matches_holds();
    backslashes_keep_colons();
    a_service_is_a_section_of_its_file();
    a_target_is_read_as_libpq_reads_it();
    return done_testing();
}
