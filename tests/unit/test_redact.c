/* SPDX-License-Identifier: MIT */
#include "lines.h"
#include "logs/redact.h"
#include "logs/spots.h"
#include "tap.h"

/* Where secrets are found in the wild; @ stands for the secret. */
static const char *const surroundings[] = {
    "LOG:  statement: ALTER ROLE app PASSWORD '@';",
    "LOG:  statement: alter user \"app\" with encrypted password '@' valid until '2027-01-01'",
    "2026-11-22 01:50:32 UTC [7] app@shop LOG:  statement: CREATE USER x LOGIN PASSWORD '@'",
    "STATEMENT:  alter role x pasword '@'",
    "STATEMENT:  alter role x passwrd '@'",
    "STATEMENT:  ALTER ROLE x WITH PASSWD '@'",
    "STATEMENT:  ALTER ROLE x '@'",
    "STATEMENT:  ALTER ROLE x PASSWORD @",
    "ERROR:  syntax error at or near \"@\"\nSTATEMENT:  ALTER ROLE x PASSWORD @",
    "STATEMENT:  ALTER ROLE x PASSWORD '@",
    "ALTER ROLE x PASSWORD E'@'",
    "ALTER ROLE x PASSWORD U&'@'",
    "ALTER ROLE x PASSWORD $$@$$",
    "ALTER ROLE x PASSWORD $pw$@$pw$;",
    "ALTER ROLE x PASSWORD $pw$@",
    "ALTER\n  ROLE x\n  WITH\n  PASSWORD\n  '@'",
    "ALTER USER x WITH PASSWORD \"@\"",
    "{\"message\":\"statement: ALTER ROLE \\\"app\\\" PASSWORD '@'\"}",
    "AUDIT: SESSION,1,1,ROLE,ALTER ROLE,,,ALTER ROLE app PASSWORD '@',<none>",
    "duration: 1.2 ms  statement: alter group x password='@'",
    "CREATE USER MAPPING FOR x SERVER s OPTIONS (user 'a', password '@')",
    "CREATE SUBSCRIPTION s CONNECTION 'host=db user=a password=@ dbname=d' PUBLICATION p",
    "ALTER USER 'root'@'localhost' IDENTIFIED BY '@'",
    "postgresql://app:@@db.internal:5432/shop?sslmode=require",
    "could not connect to postgres://app:@@10.0.0.7/shop: timeout",
    "jdbc:postgresql://app:@@db/shop",
    "DATABASE_URL=postgres://app:@@db/shop",
    "redis://:@@cache:6379/0",
    "cloning https://bot:@@git.example.com/x.git",
    "jdbc:postgresql://db/shop?user=app&password=@&ssl=true",
    "GET /login?user=app&password=@ HTTP/1.1",
    "host=db port=5432 user=app password=@ dbname=shop",
    "host=db user=app password='@' dbname=shop",
    "Server=db;Database=shop;User Id=app;Password=@;SSL Mode=Require",
    "Host=db;Username=app;Pwd=@;Database=shop",
    "PGPASSWORD=@ psql -h db",
    "export PGPASSWORD='@'",
    "PGPASSWORD=\"@\"",
    "POSTGRES_PASSWORD=@",
    "      POSTGRES_PASSWORD: @",
    "      POSTGRES_PASSWORD: \"@\"",
    "{\"user\":\"app\",\"password\":\"@\",\"host\":\"db\"}",
    "\"{\\\"user\\\":\\\"app\\\",\\\"password\\\":\\\"@\\\"}\"",
    "{'user': 'app', 'PASSWORD': '@', 'HOST': 'db'}",
    "config: Config { user: \"app\", password: Some(\"@\"), port: 5432 }",
    "%{password: \"@\", username: \"app\"}",
    ":password=>\"@\", :host=>\"db\"",
    "spring.datasource.password=@",
    "db_password = \"@\"",
    "<password>@</password>",
    "psql --password=@ -h db",
    "backup --password @ --host db",
    "db.internal:5432:shop:app:@",
    "*:*:*:app:@",
    "\"app\" \"@\"",
    "VAULT_TOKEN=@1",
    "aws_secret_access_key = @1",
    "client_secret=@1&grant_type=x",
    "\"access_token\": \"@1\"",
    "Authorization: Bearer @",
    "authorization: \"Basic @\"",
    "curl -H 'Authorization: Token @' https://x",
};

static const char *const plain[] = { "Hunter2Forever", "c0rrectHorseBattery",
                                     "new-13a878fa1fceed4c", "Pa55w0rd_longer" };

/* Secrets that are known by their own shape. */
static const char *const shapes[] = {
    "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$c3RvcmVkc3RvcmVk:c2VydmVyc2VydmVy",
    "md5d41d8cd98f00b204e9800998ecf8427e",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHAifQ.c2lnbmF0dXJl",
    "AKIAIOSFODNN7EXAMPLE",
    "hvs.CAESIJlWh3abcdefghijklmnop",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
    "glpat-abcdefghij0123456789",
    "xoxb-123456789012-abcdefghijklmnop",
    "cG9zdGdyZXM6Ly9hcHA6aHVudGVyMkBkYi9zaG9w",
};

static void
plant(struct strbuf *out, const char *surrounding, const char *secret)
{
    for (const char *c = surrounding; *c; c++) {
        bool host = c[0] == '@' && (c[1] == 'd' || c[1] == '1' || c[1] == 'c' || c[1] == 'g') &&
                    c > surrounding && c[-1] == '@';
        bool mysql = str_starts(str_of(c), STR("@'localhost'"));
        if (*c == '@' && !host && !mysql)
            strbuf_adds(out, secret);
        else
            strbuf_addc(out, *c);
    }
}

static void
no_planted_secret_survives(struct redactor *r)
{
    char tags[LEN(plain)][5] = { { 0 } };

    for (size_t i = 0; i < LEN(surroundings); i++) {
        bool gone = true, again = true, same = true;
        for (size_t j = 0; j < LEN(plain); j++) {
            AUTO(strbuf) text = { 0 }, once = { 0 }, twice = { 0 };
            bool alone = !strstr(surroundings[i], "@1");
            struct leak leak[8] = { 0 };
            plant(&text, surroundings[i], plain[j]);
            redactor_find(r, strbuf_str(&text), leak, LEN(leak));
            redactor_apply(r, strbuf_str(&text), &once);
            redactor_apply(r, strbuf_str(&once), &twice);
            gone &= str_find(strbuf_str(&once), str_of(plain[j])) == SIZE_MAX;
            again &= str_eq(strbuf_str(&once), strbuf_str(&twice));
            if (!gone || !again)
                printf("# %s\n", strbuf_text(&twice));
            if (i == 0)
                memcpy(tags[j], leak[0].tag, sizeof(tags[j]));
            same &= !alone || strcmp(tags[j], leak[0].tag) == 0;
            if (alone && strcmp(tags[j], leak[0].tag) != 0)
                printf("# %s: %s\n", leak[0].rule, strbuf_text(&once));
        }
        ok(gone, "gone from: %s", surroundings[i]);
        ok(same, "and the same secret has the same tag");
        ok(again, "and doing it again changes nothing");
    }
}

static void
secrets_known_by_their_shape_go_wherever_they_stand(struct redactor *r)
{
    static const char *const around[] = { "%s", "found %s in it", "x=%s,y=2", "\"%s\"",
                                          "k: %s\n" };

    for (size_t i = 0; i < LEN(shapes); i++)
        for (size_t j = 0; j < LEN(around); j++) {
            AUTO(strbuf) text = { 0 }, out = { 0 };
            strbuf_addf(&text, around[j], shapes[i]);
            redactor_apply(r, strbuf_str(&text), &out);
            ok(str_find(strbuf_str(&out), str_of(shapes[i])) == SIZE_MAX, "%s",
               strbuf_text(&out));
        }
}

static void
spelled_differently_it_is_the_same_secret(struct redactor *r)
{
    static const char *const spelled[] = {
        "ALTER ROLE a PASSWORD 'p@ss''w/rd'",     "ALTER ROLE a PASSWORD E'p@ss\\'w/rd'",
        "postgres://app:p%40ss%27w%2Frd@db/x",    "password='p@ss\\'w/rd'",
        "{\"password\":\"p@ss'w/rd\"}",           "db:5432:shop:app:p@ss'w/rd",
        "data:\n  k: cEBzcyd3L3Jk\nkind: Secret",
    };
    struct leak first = { 0 }, leak = { 0 };

    ok(redactor_find(r, str_of(spelled[0]), &first, 1) == 1, "found once: %s", first.rule);
    for (size_t i = 1; i < LEN(spelled); i++)
        ok(redactor_find(r, str_of(spelled[i]), &leak, 1) == 1 &&
               strcmp(leak.tag, first.tag) == 0,
           "the same tag in %s", spelled[i]);
}

static void
objects_and_blocks_lose_all_they_hold(struct redactor *r)
{
    AUTO(strbuf) out = { 0 };

    redactor_apply(
        r,
        STR("apiVersion: v1\ndata:\n  dsn: aHVudGVyMg==\n  user: YXBwYXBw\nkind: Secret\n"
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"
            "{\"kind\":\"Secret\",\"data\":{\"a\":\"c2VjcmV0MQ==\",\"b\":\"c2VjcmV0Mg==\"}}"),
        &out);
    ok(!strstr(strbuf_text(&out), "aHVud") && !strstr(strbuf_text(&out), "YXBw"),
       "a Secret as YAML");
    ok(!strstr(strbuf_text(&out), "MIIE"), "a private key");
    ok(!strstr(strbuf_text(&out), "c2Vjcm"), "a Secret as JSON");
    ok(strstr(strbuf_text(&out), "-----END RSA PRIVATE KEY-----") != NULL, "its frame stays");
}

/* Lines that talk of passwords, tokens and URLs and hold none. */
static const char *const harmless[] = {
    "FATAL:  password authentication failed for user \"app%zu\"",
    "DETAIL:  User \"app%zu\" has an expired password.",
    "fe_sendauth: no password supplied (attempt %zu)",
    "DETAIL:  Connection matched pg_hba.conf line %zu: \"host all all 0.0.0.0/0 "
    "scram-sha-256\"",
    "Access denied for user 'root'@'10.0.0.%zu' (using password: NO)",
    "sshd[%zu]: Failed password for invalid user bob from 10.0.0.7 port 22 ssh2",
    "Authentication failed against database server at `db%zu`, the provided database "
    "credentials "
    "for `app` are not valid.",
    "GET https://shop.example.com:8443/api/users?page=%zu&mail=bob@example.com 200",
    "ERROR:  syntax error at or near \"select\" at character %zu",
    "LOG:  statement: SELECT password, token FROM users WHERE id = %zu",
    "LOG:  statement: ALTER ROLE app SET search_path = 'public', 'x%zu'",
    "LOG:  statement: CREATE TABLE t%zu (id int, password text)",
    "LOG:  statement: CREATE USER app%zu",
    "psql: error: connection to server at \"10.0.0.%zu\", port 5432 failed: Connection refused",
    "Unexpected token: < at position %zu",
    "SyntaxError: Unexpected token } in JSON at position %zu",
    "secret \"shop-db-%zu\" not found",
    "password: ******** (%zu)",
    "POSTGRES_PASSWORD: ${DB_PASSWORD} %zu",
    "DB_PASSWORD_FILE=/run/secrets/db_%zu",
    "password_encryption = scram-sha-256 # %zu",
    "Invalid password: too short (%zu characters)",
    "The password must be at least %zu characters long",
    "2026-11-22 01:50:36 UTC:127.0.0.1(58922):app@shop:[%zu]:LOG:  connection received",
    "10.0.0.7 - - [22/Nov/2026:01:52:29 +0000] \"GET /token/refresh?n=%zu HTTP/1.1\" 200 122",
    "at "
    "org.postgresql.core.v3.ConnectionFactoryImpl.doAuthentication(ConnectionFactoryImpl.java:%"
    "zu)",
    "checksum md5:d41d8cd98f00b204e9800998ecf8427e of part %zu",
    "etag \"d41d8cd98f00b204e9800998ecf8427e-%zu\"",
    "OAuth bearer authentication failed for user \"app%zu\"",
    "level=info msg=\"token refreshed\" attempt=%zu",
    "could not find secret key: reading config line %zu",
    "kind: Deployment replicas: %zu",
    "LOG:  checkpoint complete: wrote %zu buffers (0.1%%); write=0.001 s, sync=0.001 s",
    "api_key: invalid (%zu)",
    "user=app,db=shop,app=[unknown],client=10.0.0.%zu LOG:  duration: 0.1 ms",
};

static void
harmless_lines_are_left_alone(struct redactor *r)
{
    size_t touched = 0, lines = 0;

    for (size_t n = 0; lines < 100000; n++)
        for (size_t i = 0; i < LEN(harmless); i++, lines++) {
            AUTO(strbuf) text = { 0 };
            struct leak leak;
            strbuf_addf(&text, harmless[i], n * 7 + 3);
            if (redactor_find(r, strbuf_str(&text), &leak, 1) == 0)
                continue;
            if (touched++ < 8)
                printf("# %s in: %s\n", leak.rule, strbuf_text(&text));
        }
    ok(touched * 1000 <= lines, "%zu of %zu harmless lines touched", touched, lines);
}

static void
what_a_server_really_logs_is_left_alone(struct redactor *r)
{
    static const char *const files[] = { "stderr-debian_verbose.log", "stderr-rds.log",
                                         "stderr-empty.log",          "csvlog-all.csv",
                                         "jsonlog-all.json",          "languages.tsv" };

    for (size_t i = 0; i < LEN(files); i++) {
        AUTO(strbuf) log = { 0 }, out = { 0 };
        lines_load(&log, "postgres", files[i]);
        redactor_apply(r, strbuf_str(&log), &out);
        ok(log.n > 0 && str_eq(strbuf_str(&log), strbuf_str(&out)), "%s", files[i]);
    }
}

static void
every_rule_finds_its_sample(struct redactor *r)
{
    for (size_t i = 0; i < spot_rules_len; i++) {
        struct leak leak = { 0 };
        ok(redactor_find(r, str_of(spot_rules[i].sample), &leak, 1) > 0, "%s (%s)",
           spot_rules[i].name, leak.rule);
    }
}

/* A traceback quotes the program's source beside the server's words. */
static void
a_variable_called_password_takes_no_words_away(struct redactor *r)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };

    redactor_apply(r,
                   STR("    return connect(conninfo, password=password)\n"
                       "FATAL:  password authentication failed for user \"app\""),
                   &out);
    ok(str_find(strbuf_str(&out), STR("FATAL:  password authentication failed")) != SIZE_MAX,
       "password=password in a program's source leaves the server's message as it is");
}

int
main(void)
{
    struct redactor *r = NULL;

    if (redactor_open(&r, STR("a key of one incident")) != OK)
        return 1;
    every_rule_finds_its_sample(r);
    no_planted_secret_survives(r);
    secrets_known_by_their_shape_go_wherever_they_stand(r);
    spelled_differently_it_is_the_same_secret(r);
    objects_and_blocks_lose_all_they_hold(r);
    harmless_lines_are_left_alone(r);
    what_a_server_really_logs_is_left_alone(r);
    a_variable_called_password_takes_no_words_away(r);
    redactor_close(r);
    return done_testing();
}
