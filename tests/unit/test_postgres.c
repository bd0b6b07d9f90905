/* SPDX-License-Identifier: MIT */
#include "logs/pattern.h"
#include "logs/postgres.h"
#include "tap.h"

#include "lines.h"

/* The same six attempts under every prefix and format, made by one server. What each must
 * come to: class, role, SQLSTATE. */
static const char all[] = "auth_failed app 28P01\nno_role ghost 28P01\nno_hba app 28000\n"
                          "connected app -\nno_db app 3D000\nconnected app -\n";
static const char quiet[] = "auth_failed app 28P01\nno_role ghost 28P01\nno_hba app 28000\n"
                            "no_db - 3D000\n";
static const char terse[] = "auth_failed app 28P01\nauth_failed ghost 28P01\nno_hba app 28000\n"
                            "connected app -\nno_db app 3D000\nconnected app -\n";

static const struct {
    const char *file, *prefix, *comes_to;
} logs[] = {
    { "stderr-azure_flexible.log", "%t-%c-", all },
    { "stderr-cloudsql.log", "%m [%p]: [%l-1] db=%d,user=%u ", all },
    { "stderr-cnpg_like_all.log", "%m|%n|%p|%c|%s|%l|%r|%h|%u|%d|%a|%b|%e|%x|%v|%i|%Q|%P| ",
      all },
    { "stderr-debian.log", "%m [%p] %q%u@%d ", all },
    { "stderr-debian_noconn.log", "%m [%p] %q%u@%d ", quiet },
    { "stderr-debian_terse.log", "%m [%p] %q%u@%d ", terse },
    { "stderr-debian_verbose.log", "%m [%p] %q%u@%d ", all },
    { "stderr-empty.log", "", all },
    { "stderr-epoch_sqlstate.log", "%n %e %c %l ", all },
    { "stderr-hostname.log", "%m [%p] %q%r %h ", all },
    { "stderr-pgbadger.log", "%t [%p]: user=%u,db=%d,app=%a,client=%h ", all },
    { "stderr-pgdefault.log", "%m [%p] ", all },
    { "stderr-rds.log", "%t:%r:%u@%d:[%p]:", all },
    { "stderr-tz_kolkata.log", "%t [%p] ", all },
    { "stderr-tz_newyork.log", "%m [%p] %q%u@%d ", all },
};

/* Means one record and writes down what it came to. */
static void
come_to(struct meaning *m, const struct parts *parts, struct str text, struct strbuf *out)
{
    struct event e = { .format = STR("postgres"), .text = text };

    if (text.n == 0)
        return;
    e.level = parts->level;
    e.sqlstate = parts->sqlstate;
    e.role = parts->role;
    meaning_of(m, &e, NULL);
    if (e.kind != KIND_NONE)
        strbuf_addf(out, "%s " STR_FMT " " STR_FMT "\n", event_kinds[e.kind].name,
                    STR_ARG(e.role.n ? e.role : STR("-")),
                    STR_ARG(e.sqlstate.n ? e.sqlstate : STR("-")));
}

/* Joins what belongs together and writes down what the records come to. */
static void
read_log(struct meaning *m, const struct pg_prefix *p, struct str log, struct strbuf *out)
{
    AUTO(strbuf) record = { 0 };
    struct parts parts, head = { 0 };

    while (log.n) {
        struct str line = str_cut(&log, '\n');
        bool read = pg_prefix_read(p, line, &parts);
        if (read && !parts.joins) {
            come_to(m, &head, strbuf_str(&record), out);
            strbuf_clear(&record);
            head = parts;
        } else {
            strbuf_addc(&record, '\n');
        }
        strbuf_add(&record, read ? parts.text : line);
    }
    come_to(m, &head, strbuf_str(&record), out);
}

/* Where the prefix holds no role, and the message neither, there is none to be found. */
static bool
agrees(struct str got, const char *want)
{
    struct str w = str_of(want);

    while (w.n || got.n) {
        struct str a = str_cut(&got, '\n'), b = str_cut(&w, '\n');
        bool no_db = str_starts(a, STR("no_db ")) && str_starts(b, STR("no_db "));
        if (!str_eq(a, b) && !no_db)
            return false;
    }
    return true;
}

static void
six_attempts_come_to_the_same_under_every_prefix(struct meaning *m)
{
    for (size_t i = 0; i < LEN(logs); i++) {
        AUTO(strbuf) log = { 0 }, given = { 0 }, guessed = { 0 };
        struct pg_prefix *p = NULL;

        lines_load(&log, "postgres", logs[i].file);
        ok(pg_prefix_open(&p, str_of(logs[i].prefix)) == OK, "'%s' is a prefix",
           logs[i].prefix);
        read_log(m, p, strbuf_str(&log), &given);
        ok(agrees(strbuf_str(&given), logs[i].comes_to), "%s, prefix given", logs[i].file);
        pg_prefix_close(p);
        p = NULL;
        if (pg_prefix_infer(strbuf_str(&log), &p))
            read_log(m, p, strbuf_str(&log), &guessed);
        ok(agrees(strbuf_str(&guessed), logs[i].comes_to), "%s, prefix inferred: '" STR_FMT "'",
           logs[i].file, STR_ARG(p ? pg_prefix_text(p) : STR("none")));
        pg_prefix_close(p);
    }
}

/* All that is known of a record, but for its time. */
static void
write_down(const struct parts *p, struct strbuf *out)
{
    strbuf_addf(out,
                STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT
                        "|" STR_FMT "\n",
                STR_ARG(p->level), STR_ARG(p->pid), STR_ARG(p->role), STR_ARG(p->database),
                STR_ARG(p->client), STR_ARG(p->sqlstate), STR_ARG(p->session),
                STR_ARG(p->text));
}

static void
csvlog_and_jsonlog_hold_the_same(void)
{
    AUTO(strbuf) csv = { 0 }, json = { 0 }, scratch = { 0 }, a = { 0 }, b = { 0 };
    struct str rest;
    struct parts parts;
    size_t records = 0;

    lines_load(&csv, "postgres", "csvlog-all.csv");
    lines_load(&json, "postgres", "jsonlog-all.json");
    rest = strbuf_str(&csv);
    while (rest.n) {
        size_t end = 0, quotes = 0;
        while (end < rest.n && (rest.p[end] != '\n' || quotes % 2))
            quotes += rest.p[end++] == '"';
        if (pg_csv_read(str_head(rest, end), &scratch, &parts))
            write_down(&parts, &a);
        rest = str_skip(rest, end + 1);
        records++;
    }
    for (rest = strbuf_str(&json); rest.n;)
        if (pg_json_read(str_cut(&rest, '\n'), &scratch, &parts))
            write_down(&parts, &b);
    ok(records == 15, "quotes find the records of csvlog");
    ok(a.n > 0 && str_eq(strbuf_str(&a), strbuf_str(&b)),
       "and both formats say the same of all");
}

static void
stderr_holds_the_same_as_csvlog(void)
{
    AUTO(strbuf) scratch = { 0 }, a = { 0 }, b = { 0 };
    struct pg_prefix *p = NULL;
    struct parts parts;

    ok(pg_csv_read(
           STR("2026-11-22 01:50:32.798 UTC,\"app\",\"shop\",3497,\"10.0.0.7:58796\","
               "6b024a68.da9,2,\"authentication\",2026-11-22 01:50:32 UTC,3/200,0,FATAL,"
               "28P01,\"password authentication failed for user \"\"app\"\"\",,,,,,,,,\"\""),
           &scratch, &parts),
       "a record of csvlog");
    write_down(&parts, &a);
    ok(pg_prefix_open(&p, STR("%m %e %-8u|%10d %r %c [%p] ")) == OK, "a padded prefix");
    ok(pg_prefix_read(
           p,
           STR("2026-11-22 01:50:32.798 UTC 28P01 app     |      shop 10.0.0.7(58796) "
               "6b024a68.da9 [3497] FATAL:  password authentication failed for user "
               "\"app\""),
           &parts),
       "the same on stderr");
    write_down(&parts, &b);
    ok(str_eq(strbuf_str(&a), strbuf_str(&b)), "and nothing differs");
    pg_prefix_close(p);
}

static void
prefixes_of_all_kinds_are_read(void)
{
    static const struct {
        const char *prefix, *line, *role, *client, *level;
    } rows[] = {
        { "%m [%p] %q%u@%d ", "2026-11-22 01:50:32.798 UTC [7] LOG:  checkpoint starting: time",
          "", "", "LOG" },
        { "%t %h %u ", "2026-11-22 01:50:32 -03 fd00::7 app FATAL:  x", "app", "fd00::7",
          "FATAL" },
        { "%r|%u| ", "fd00::7(5432)|app| FATAL:  x", "app", "fd00::7:5432", "FATAL" },
        { "%r|%u| ", "[local]|app| ERROR:  x", "app", "", "ERROR" },
        { "100%% %u ", "100% app LOG:  x", "app", "", "LOG" },
        { "%u %d ", "a b c d LOG:  x", "a", "", "LOG" },
        { "%m [%p] ", "db-1  | 2026-11-22 01:50:32.798 UTC [7] FATAL:  x", "", "", "FATAL" },
        { "%a|%u ", "my app, of two words|app FATAL:  x", "app", "", "FATAL" },
        { "%c %s %P %Q ", "6b024a68.da9 2026-11-22 01:50:32 +0545  -7 WARNING:  x", "", "",
          "WARNING" },
        { "%L %u ", "10.0.0.1 app FATAL:  x", "app", "", "FATAL" },
    };

    for (size_t i = 0; i < LEN(rows); i++) {
        struct pg_prefix *p = NULL;
        struct parts parts = { 0 };
        bool read = pg_prefix_open(&p, str_of(rows[i].prefix)) == OK &&
                    pg_prefix_read(p, str_of(rows[i].line), &parts);

        ok(read && str_eq(parts.level, str_of(rows[i].level)), "'%s' reads %s", rows[i].prefix,
           rows[i].line);
        ok(str_eq(parts.role, str_of(rows[i].role)) &&
               str_eq(parts.client, str_of(rows[i].client)),
           "its role is '" STR_FMT "', its client '" STR_FMT "'", STR_ARG(parts.role),
           STR_ARG(parts.client));
        pg_prefix_close(p);
    }
}

static void
what_is_no_prefix_or_no_postgres_log_is_refused(void)
{
    struct pg_prefix *p = NULL;
    struct parts parts = { .status = 7 };

    ok(pg_prefix_open(&p, STR("%m %z ")) == ERR_PARSE && p == NULL, "no such escape: %s",
       err_text());
    ok(!pg_prefix_infer(STR("INFO:     Started server process [7]\nERROR:root:boom\n"), &p),
       "uvicorn and logging are not Postgres");
    ok(!pg_prefix_infer(
           STR("10.0.0.7 - - [22/Nov/2026:01:50:32 +0000] \"GET / HTTP/1.1\" 200\n"), &p),
       "nor is an access log");
    ok(pg_prefix_open(&p, STR("%m [%p] ")) == OK &&
           !pg_prefix_read(p, STR("2026-11-22 01:50:32.798 UTC [7] no severity"), &parts) &&
           parts.status == 7,
       "a line without a severity is not read, and nothing is touched");
    pg_prefix_close(p);
}

static void
settings_that_change_are_noticed_in_any_language(void)
{
    struct str value = { 0 };

    ok(pg_changed(STR("parameter \"log_line_prefix\" changed to \"%m [%p] \""),
                  STR("log_line_prefix"), &value) &&
           str_eq(value, STR("%m [%p] ")),
       "in English, with the blank at its end");
    ok(pg_changed(STR("paramètre « log_timezone » modifié par « Asia/Shanghai »"),
                  STR("log_timezone"), &value) &&
           str_eq(value, STR("Asia/Shanghai")),
       "in French, within its blanks");
    ok(pg_changed(STR("Parameter »log_timezone« auf »UTC« gesetzt"), STR("log_timezone"),
                  &value) &&
           str_eq(value, STR("UTC")),
       "in German");
    ok(!pg_changed(STR("statement: select log_timezone, \"a\" from \"b\""), STR("log_timezone"),
                   &value),
       "a statement about it is none");
}

/* In the table, "\\n" is where the DETAIL begins and "\\t" a line's end within a message. */
static void
write_message(struct strbuf *log, struct str message)
{
    while (message.n) {
        bool escape = str_starts(message, STR("\\n")) || str_starts(message, STR("\\t"));
        if (!escape)
            strbuf_addc(log, message.p[0]);
        else if (message.p[1] == 'n')
            strbuf_adds(log, "\n2026-11-22 01:50:32.798 UTC [7] ");
        else
            strbuf_adds(log, "\n\t");
        message = str_skip(message, escape ? 2 : 1);
    }
}

static void
the_servers_twelve_languages_are_understood(struct meaning *m)
{
    AUTO(strbuf) table = { 0 };
    struct str rest;
    size_t rows = 0, bad = 0;
    struct pg_prefix *p = NULL;

    lines_load(&table, "postgres", "languages.tsv");
    rest = strbuf_str(&table);
    str_cut(&rest, '\n');
    ok(pg_prefix_open(&p, STR("%m [%p] ")) == OK, "the default prefix");
    while (rest.n) {
        struct str line = str_cut(&rest, '\n'), cell[7];
        AUTO(strbuf) log = { 0 }, got = { 0 }, want = { 0 };
        for (size_t i = 0; i < LEN(cell); i++)
            cell[i] = str_cut(&line, '\t');
        strbuf_addf(&log, "2026-11-22 01:50:32.798 UTC [7] " STR_FMT ":  ", STR_ARG(cell[3]));
        write_message(&log, cell[6]);
        read_log(m, p, strbuf_str(&log), &got);
        strbuf_addf(&want, STR_FMT " " STR_FMT " ", STR_ARG(cell[1]),
                    STR_ARG(cell[4].n ? cell[4] : STR("-")));
        rows++;
        if (str_starts(strbuf_str(&got), strbuf_str(&want)))
            continue;
        bad++;
        printf("# " STR_FMT " wants %s but has %s", STR_ARG(cell[0]), strbuf_text(&want),
               got.n ? strbuf_text(&got) : strbuf_text(&log));
        printf("\n");
    }
    ok(rows > 500 && bad == 0, "%zu messages, %zu not understood", rows, bad);
    pg_prefix_close(p);
}

int
main(void)
{
    struct meaning *m = NULL;

    if (meaning_open(&m, NULL, 0) != OK)
        return 1;
    six_attempts_come_to_the_same_under_every_prefix(m);
    csvlog_and_jsonlog_hold_the_same();
    stderr_holds_the_same_as_csvlog();
    prefixes_of_all_kinds_are_read();
    what_is_no_prefix_or_no_postgres_log_is_refused();
    settings_that_change_are_noticed_in_any_language();
    the_servers_twelve_languages_are_understood(m);
    meaning_close(m);
    return done_testing();
}
