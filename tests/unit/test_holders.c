/* SPDX-License-Identifier: MIT */
#include "observe/holders.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tap.h"

static const struct holder *
named(const struct holders *h, const char *name)
{
    for (size_t i = 0; i < h->len; i++)
        if (str_eq(h->all[i].name, str_of(name)))
            return &h->all[i];
    return NULL;
}

static enum status
read_as(struct holders *h, const char *kind, const char *text)
{
    for (size_t i = 0; i < holder_kinds_len; i++)
        if (strcmp(holder_kinds[i].name, kind) == 0)
            return holder_kinds[i].read(
                h, &(struct holder_text){ "HERE", str_of(text), false, { 0, 0 } });
    abort();
}

static void
every_kind_reads_its_own_sample(void)
{
    for (size_t i = 0; i < holder_kinds_len; i++) {
        const struct holder_kind *k = &holder_kinds[i];
        struct holders h = { 0 };
        const struct holder *one;

        ok(read_as(&h, k->name, k->sample) == OK, "%s", k->name);
        one = named(&h, k->sample_name);
        ok(one != NULL, "gives \"%s\"", k->sample_name);
        ok(one && (!one->has_secret || str_eq(secret_reveal(&one->secret), STR("s3sample"))),
           "with its secret, if it shows one");
        ok(one && (one->has_secret || one->has_changed), "or when it was changed");
        holders_done(&h);
    }
}

static void
json_of_somebody_else_is_refused(void)
{
    static const char *const kinds[] = { "docker", "kubernetes", "vault", "aws", "github" };

    for (size_t i = 0; i < LEN(kinds); i++) {
        struct holders h = { 0 };

        ok(read_as(&h, kinds[i], "{ \"password\": \"hunter2\" ") == ERR_PARSE &&
               !strstr(err_text(), "hunter2"),
           "%s: broken JSON is not repeated: %s", kinds[i], err_text());
        ok(strcmp(kinds[i], "github") == 0 || read_as(&h, kinds[i], "{\"x\":1}") == ERR_PARSE,
           "%s: nor is another answer taken", kinds[i]);
        holders_done(&h);
    }
}

static bool
pair(const char *name, const char *value, const char *wanted)
{
    struct holders h = { .role = "app" };
    AUTO(secret) s = { 0 };
    bool got = holders_pair(&h, str_of(name), str_of(value), &s);

    return wanted ? got && str_eq(secret_reveal(&s), str_of(wanted)) : !got;
}

static void
passwords_are_found_where_people_put_them(void)
{
    ok(pair("PGPASSWORD", "x", "x"), "PGPASSWORD");
    ok(pair("DATABASE_URL", "postgresql://app:p%40ss@db:5432/shop?sslmode=require", "p@ss"),
       "a URI");
    ok(pair("DSN", "postgresql+psycopg2://app:pw@db/shop", "pw"), "with a driver in it");
    ok(pair("DSN", "host=db user=app password='a b' dbname=shop", "a b"), "a conninfo");
    ok(pair("JDBC_URL", "jdbc:postgresql://db/shop?user=app&password=pw", "pw"), "JDBC");
    ok(pair("DATABASE_URL", "postgresql://other:pw@db/shop", NULL), "not another role's");
    ok(pair("REDIS_PASSWORD", "x", NULL), "not another system's");
    ok(pair("POSTGRES_PASSWORD_FILE", "/run/secrets/pw", NULL), "nor the name of a file");
    ok(pair("DATABASE_URL", "mysql://app:pw@db/shop", NULL), "nor MySQL's");
}

static const char cluster[] =
    "{\"kind\":\"List\",\"items\":["
    "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\",\"namespace\":\"shop\","
    "\"managedFields\":["
    "{\"time\":\"2026-08-01T00:00:00Z\"},{\"time\":\"2026-11-22T03:06:09Z\"}]},"
    "\"data\":{\"password\":\"bmV3\"}},"
    "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"old\",\"namespace\":\"shop\"},\"spec\":{"
    "\"containers\":["
    "{\"name\":\"app\",\"env\":[{\"name\":\"PW\",\"valueFrom\":{\"secretKeyRef\":{\"name\":"
    "\"db\"}}}]}]},"
    "\"status\":{\"containerStatuses\":[{\"name\":\"app\",\"state\":{\"running\":"
    "{\"startedAt\":\"2026-11-16T03:00:00Z\"}}}]}},"
    "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"new\",\"namespace\":\"shop\"},\"spec\":{"
    "\"containers\":["
    "{\"name\":\"app\",\"envFrom\":[{\"secretRef\":{\"name\":\"db\"}}]}]},"
    "\"status\":{\"containerStatuses\":[{\"name\":\"app\",\"state\":{\"running\":"
    "{\"startedAt\":\"2026-11-22T03:10:00Z\"}}}]}},"
    "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"mounts\",\"namespace\":\"shop\"},\"spec\":{"
    "\"volumes\":[{\"name\":\"v\",\"secret\":{\"secretName\":\"db\"}}],\"containers\":["
    "{\"name\":\"app\",\"volumeMounts\":[{\"name\":\"v\"},{\"name\":\"v\",\"subPath\":\"pw\"}]}"
    "]},"
    "\"status\":{\"containerStatuses\":[{\"name\":\"app\",\"state\":{\"running\":"
    "{\"startedAt\":\"2026-11-16T03:00:00Z\"}}}]}}]}";

static bool
is_state(const struct holders *h, const char *name, enum holder_state state)
{
    const struct holder *one = named(h, name);

    return one && one->state == state;
}

static void
pods_that_read_before_their_secret_changed_are_stale(void)
{
    struct holders h = { 0 };
    AUTO(secret) current = { 0 };
    struct holder_reference r = { .current = &current };

    if (secret_set(&current, STR("new")) != OK)
        abort();
    ok(read_as(&h, "kubernetes", cluster) == OK, "a namespace is read");
    holders_judge(&h, &r);
    ok(is_state(&h, "Secret shop/db", HOLDER_CURRENT), "the Secret holds the current one");
    ok(is_state(&h, "pod old app (env)", HOLDER_STALE), "a pod of before it changed is stale");
    ok(is_state(&h, "pod new app (env)", HOLDER_CURRENT), "one of after it has what it has");
    ok(is_state(&h, "pod mounts app (mount)", HOLDER_UNKNOWN), "a mount follows: not known");
    ok(is_state(&h, "pod mounts app (subPath)", HOLDER_STALE), "a subPath does not follow");
    holders_done(&h);
}

static void
times_alone_can_tell(void)
{
    struct holders h = { 0 };
    struct span rotated;
    struct holder_reference r = { .rotated = &rotated, .before = SECONDS(3600) };

    ok(holders_time(STR("2026-11-22T03:06:11Z"), &rotated), "the rotation");
    ok(read_as(&h, "github",
               "[{\"name\":\"OLD\",\"updatedAt\":\"2026-08-20T10:11:12Z\"},"
               "{\"name\":\"JUST\",\"updatedAt\":\"2026-11-22T03:06:09Z\"}]") == OK,
       "names and times are all that GitHub shows");
    ok(read_as(&h, "docker",
               "[{\"Name\":\"/web\",\"Created\":\"2026-11-20T00:00:00Z\","
               "\"Config\":{\"Env\":[\"DB_PASSWORD=x\"]}}]") == OK,
       "a container's environment");
    holders_judge(&h, &r);
    ok(is_state(&h, "GitHub OLD", HOLDER_STALE), "one of August is older than the rotation");
    ok(is_state(&h, "GitHub JUST", HOLDER_CURRENT), "one of two seconds before it is not");
    ok(is_state(&h, "container web DB_PASSWORD", HOLDER_STALE), "created before it: stale");
    holders_done(&h);
}

static void
nothing_known_is_nothing_said(void)
{
    struct holders h = { 0 };
    struct holder_reference r = { 0 };

    ok(read_as(&h, "pgpass", "db:5432:shop:app:x\n") == OK, "a passfile");
    holders_judge(&h, &r);
    ok(h.len == 1 && h.all[0].state == HOLDER_UNKNOWN,
       "is neither current nor stale by itself");
    holders_done(&h);
}

static void
the_words_of_the_user_are_checked(void)
{
    struct holders h = { 0 };
    char path[] = "/tmp/test-holders-XXXXXX", spec[64];

    ok(holders_add(&h, "nonsense:x") == ERR_USAGE, "an unknown kind");
    ok(holders_add(&h, "docker:") == ERR_USAGE, "a kind of nothing");
    ok(holders_add(&h, "docker:--privileged") == ERR_USAGE, "a name that is an option");
    ok(holders_add(&h, "process:999999999") == ERR_SYSTEM, "a process that is gone");
    close(mkstemp(path));
    snprintf(spec, sizeof(spec), "env-file:%s", path);
    ok(file_publish(path, STR("DB_PASSWORD=x\n"), 0600) == OK && holders_add(&h, spec) == OK &&
           h.len == 1 && h.all[0].has_changed,
       "a file is read, with when it was changed");
    unlink(path);
    holders_done(&h);
}

int
main(void)
{
    every_kind_reads_its_own_sample();
    json_of_somebody_else_is_refused();
    passwords_are_found_where_people_put_them();
    pods_that_read_before_their_secret_changed_are_stale();
    times_alone_can_tell();
    nothing_known_is_nothing_said();
    the_words_of_the_user_are_checked();
    return done_testing();
}
