/* SPDX-License-Identifier: MIT */
#include "logs/records.h"
#include "tap.h"

static struct formats *formats;

/* Each record as "line+lines format|text", newlines as "/". */
static void
show(struct strbuf *out, const struct record *rec)
{
    const struct readout *first = &rec->first;

    strbuf_addf(out, "%s%d+%d %s|", out->n ? " ; " : "", (int)rec->line, (int)rec->lines,
                first->format ? first->format->name : "-");
    for (size_t i = 0; i < rec->text.n; i++)
        strbuf_addc(out, rec->text.p[i] == '\n' ? '/' : rec->text.p[i]);
}

static void
take(struct records *r, struct strbuf *out)
{
    const struct record *rec;

    while (records_next(r, &rec))
        show(out, rec);
}

static struct records_count
read_all(struct str text, const struct records_want *want, struct strbuf *out)
{
    struct records *r;
    struct records_count count;
    struct lines lines = { .by = lines_guess(text) };
    struct pg_prefix *prefix = NULL;
    struct line line;

    if (records_open(&r, formats, want) != OK)
        return (struct records_count){ 0 };
    if (pg_prefix_infer(text, &prefix))
        records_prefix(r, prefix);
    lines_feed(&lines, text);
    while (lines_next(&lines, &line) || (lines.chunk.n == 0 && lines_last(&lines, &line))) {
        records_line(r, &line);
        take(r, out);
    }
    records_flush(r);
    take(r, out);
    count = *records_count(r);
    records_close(r);
    pg_prefix_close(prefix);
    lines_done(&lines);
    return count;
}

static const struct {
    const char *what, *lines, *records;
} rows[] = {
    { "a traceback belongs to the line that announced it",
      "[2026-11-22 03:06:11,402] ERROR in app: Exception on /x [GET]\n"
      "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n    connect()\n"
      "psycopg2.OperationalError: connection failed: FATAL:  no\n\n"
      "During handling of the above exception, another exception occurred:\n\n"
      "Traceback (most recent call last):\n  File \"b.py\"\nRuntimeError: sorry\n"
      "[2026-11-22 03:06:12,000] INFO in app: next\n",
      "1+11 flask|Exception on /x [GET]/Traceback (most recent call last):/  File \"a.py\", "
      "line 1, in "
      "f/    connect()/psycopg2.OperationalError: connection failed: FATAL:  no//During "
      "handling of "
      "the above exception, another exception occurred://Traceback (most recent call last):/  "
      "File "
      "\"b.py\"/RuntimeError: sorry ; 12+1 flask|next" },
    { "a request that was answered meanwhile does not tear it apart",
      "[2026-11-22 03:06:11,402] ERROR in app: Exception on /x [GET]\n"
      "Traceback (most recent call last):\n"
      "10.0.0.7 - - [22/Nov/2026:03:06:11 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"\n"
      "  File \"a.py\"\nOSError: no\n",
      "3+1 access|\"GET / HTTP/1.1\" 200 5 \"-\" \"-\" ; "
      "1+4 flask|Exception on /x [GET]/Traceback (most recent call last):/  File "
      "\"a.py\"/OSError: no" },
    { "two containers' tracebacks, line by line in turn",
      "a-1  | [2026-11-22 03:06:11,402] ERROR in app: one\nb-1  | [2026-11-22 03:06:11,403] "
      "ERROR in app: two\n"
      "a-1  | Traceback (most recent call last):\nb-1  | Traceback (most recent call last):\n"
      "a-1  |   File \"a.py\"\nb-1  |   File \"b.py\"\na-1  | OSError: a\nb-1  | OSError: b\n",
      "1+4 flask|one/Traceback (most recent call last):/  File \"a.py\"/OSError: a ; "
      "2+4 flask|two/Traceback (most recent call last):/  File \"b.py\"/OSError: b" },
    { "what Postgres says more is joined by process",
      "2026-11-22 03:06:11.402 UTC [7] app@shop FATAL:  password authentication failed for "
      "user \"app\"\n"
      "2026-11-22 03:06:11.403 UTC [8] app@shop ERROR:  syntax error\n"
      "2026-11-22 03:06:11.402 UTC [7] app@shop DETAIL:  Role \"app\" does not exist.\n"
      "2026-11-22 03:06:11.403 UTC [8] app@shop STATEMENT:  select\n\n\tfrom\n"
      "2026-11-22 03:06:11.500 UTC [9] app@shop LOG:  ready\n",
      "1+2 postgres|password authentication failed for user \"app\"/DETAIL:  Role \"app\" does "
      "not exist. ; "
      "2+4 postgres|syntax error/STATEMENT:  select//\tfrom ; 7+1 postgres|ready" },
    { "Java's causes, and the log line after them",
      "2026-11-22 03:06:11,402 [main] ERROR com.example.Db - failed\n"
      "org.postgresql.util.PSQLException: FATAL: no\n\tat "
      "org.postgresql.Driver.connect(Driver.java:1)\n"
      "Caused by: java.net.ConnectException: refused\n\t... 12 more\n"
      "2026-11-22 03:06:12,000 [main] INFO com.example.Db - ready\n",
      "1+5 log4j|failed/org.postgresql.util.PSQLException: FATAL: no/\tat "
      "org.postgresql.Driver.connect(Driver.java:1)/Caused by: java.net.ConnectException: "
      "refused/\t... 12 more ; 6+1 log4j|ready" },
    { "Go's panic, each line stamped by the runtime",
      "2026-11-22T03:06:11.402000001Z stderr F panic: no\n2026-11-22T03:06:11.402000002Z "
      "stderr F \n"
      "2026-11-22T03:06:11.402000003Z stderr F goroutine 1 [running]:\n"
      "2026-11-22T03:06:11.402000004Z stderr F main.main()\n"
      "2026-11-22T03:06:11.402000005Z stderr F \t/srv/main.go:7 +0x1d\n"
      "2026-11-22T03:06:14.402000005Z stderr F starting\n",
      "1+5 -|panic: no//goroutine 1 [running]:/main.main()/\t/srv/main.go:7 +0x1d ; 6+1 "
      "-|starting" },
    { "a line the runtime cut in two",
      "2026-11-22T03:06:11.402000001Z stdout P {\"level\":\"err\n"
      "2026-11-22T03:06:11.402000001Z stderr F other\n"
      "2026-11-22T03:06:11.402000001Z stdout F or\",\"msg\":\"no\"}\n",
      "2+1 -|other ; 1+2 json|no" },
    { "csvlog with lines in its columns",
      "2026-11-22 03:06:11.402 UTC,,,7,,6b.7,1,,2026-11-22 03:06:11 UTC,,0,ERROR,42601,\"two\n"
      "lines\",,,,,,,,,\"\",\"x\",,0\n"
      "2026-11-22 03:06:12.402 UTC,,,7,,6b.7,2,,2026-11-22 03:06:11 "
      "UTC,,0,LOG,00000,\"one\",,,,,,,,,\"\",\"x\",,0\n",
      "1+2 postgres-csv|two/\tlines ; 3+1 postgres-csv|one" },
    { "words that bear no stamp stand alone", "one\ntwo\n  indented\nthree\n",
      "1+1 -|one ; 2+2 -|two/  indented ; 4+1 -|three" },
    { "a stamp that names no instant is not what the line before says",
      "2026-11-22 03:06:11 one\n2026-11-31 03:06:11 two\n",
      "1+1 stamped|one ; 2+1 -|2026-11-31 03:06:11 two" },
};

static void
records_come_out_whole(void)
{
    for (size_t i = 0; i < LEN(rows); i++) {
        AUTO(strbuf) got = { 0 };
        struct records_count c =
            read_all(str_of(rows[i].lines), &(struct records_want){ 0 }, &got);

        ok(str_eq(strbuf_str(&got), str_of(rows[i].records)), "%s: %s", rows[i].what,
           strbuf_text(&got));
        ok(c.lines && c.lines == c.records + c.continuation + c.not_understood,
           "every line is accounted for");
    }
}

static void
stamped_lines_of_a_record_can_be_had_one_by_one(void)
{
    const struct records_want want = { .parts = true };
    AUTO(strbuf) got = { 0 };

    read_all(STR("2026-11-22 03:06:11.402 UTC [7] a@b FATAL:  no\n"
                 "2026-11-22 03:06:11.402 UTC [7] a@b DETAIL:  why\n"),
             &want, &got);
    ok(str_find(strbuf_str(&got), STR("2+1 postgres|DETAIL:  why")) != SIZE_MAX, "%s",
       strbuf_text(&got));
}

static void
a_record_has_a_ceiling(void)
{
    AUTO(strbuf) text = { 0 };
    AUTO(strbuf) got = { 0 };
    struct records_count c;

    strbuf_adds(&text, "2026-11-22 03:06:11 one\n");
    for (int i = 0; i < 100000; i++)
        strbuf_adds(&text, "  more and more\n");
    c = read_all(strbuf_str(&text), &(struct records_want){ 0 }, &got);
    ok(c.records == 1 && c.continuation == 100000 && got.n < RECORD_TEXT_MAX + 100,
       "its lines are counted, its text is kept up to %d bytes", RECORD_TEXT_MAX);
}

int
main(void)
{
    if (formats_open(&formats, NULL, 0) != OK)
        return 1;
    records_come_out_whole();
    stamped_lines_of_a_record_can_be_had_one_by_one();
    a_record_has_a_ceiling();
    formats_close(formats);
    return done_testing();
}
