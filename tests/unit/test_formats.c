/* SPDX-License-Identifier: MIT */
#include "logs/format.h"
#include "tap.h"

static struct formats *formats;

/* Calls `each` for every row there is. */
static void
for_each_row(void (*each)(const struct format *row))
{
    for (size_t t = 0; t < formats_known_len; t++)
        for (size_t i = 0; i < *formats_known[t].len; i++)
            each(&formats_known[t].rows[i]);
}

static void
row_reads_its_sample(const struct format *row)
{
    AUTO(strbuf) got = { 0 };
    struct parts parts = { 0 };

    ok(format_reads(formats, row, str_of(row->sample), &parts), "%s reads its sample",
       row->name);
    format_show(&got, &parts);
    if (row->gives)
        ok(str_eq(strbuf_str(&got), str_of(row->gives)), "%s gives %s", row->name,
           strbuf_text(&got));
    ok(!format_reads(formats, row, str_of(row->near_miss), &parts), "%s leaves its near miss",
       row->name);
}

/* The table's order and the rows' patterns agree: asked as a whole, it names the same row. */
static void
row_is_the_one_found(const struct format *row)
{
    struct format_lock lock = { { 0 } };
    AUTO(strbuf) why = { 0 };
    struct readout reading;

    formats_read(formats, &lock, str_of(row->sample), &reading, &why);
    ok((row->envelope ? reading.envelope : reading.format) == row,
       "%s is found for its sample: %s", row->name, strbuf_text(&why));
}

static const struct format *mine;

static void
row_leaves_my_sample(const struct format *row)
{
    struct parts parts;

    if (row != mine && row->how == BY_REGEX &&
        format_reads(formats, row, str_of(mine->sample), &parts))
        ok(false, "%s reads the sample of %s", row->name, mine->name);
}

static void
row_is_left_by_all_others(const struct format *row)
{
    mine = row;
    for_each_row(row_leaves_my_sample);
}

static void
user_rows_are_held_to_the_same(void)
{
    static const struct format good = { .name = "mine",
                                        .how = BY_REGEX,
                                        .pattern = "<<(?<time>\\S+)>> (?<text>.*)",
                                        .sample = "<<2026-11-22T03:06:11Z>> ready",
                                        .near_miss = "<2026-11-22T03:06:11Z> ready" };
    static const struct format wrong[] = {
        { .name = "a", .how = BY_REGEX, .pattern = "(?<text>", .sample = "x" },
        { .name = "b", .how = BY_REGEX, .pattern = "(?<nonsense>.*)", .sample = "x" },
        { .name = "c", .how = BY_REGEX, .pattern = "y(?<text>.*)", .sample = "x" },
        { .name = "d",
          .how = BY_REGEX,
          .pattern = "(?<text>.*)",
          .sample = "x",
          .near_miss = "y" },
        { .name = "e", .how = BY_JSON, .pattern = "nonsense=a", .sample = "{\"a\":1}" },
    };
    struct formats *f = NULL;
    struct format_lock lock = { { 0 } };
    struct readout reading;

    for (size_t i = 0; i < LEN(wrong); i++)
        ok(formats_open(&f, &wrong[i], 1) == ERR_USAGE && f == NULL, "%s", err_text());
    ok(formats_open(&f, &good, 1) == OK, "a good one is taken");
    formats_read(f, &lock, str_of(good.sample), &reading, NULL);
    ok(reading.format == &good && str_eq(reading.parts.text, STR("ready")), "and tried first");
    formats_close(f);
}

/* What a line says when all its wrappings are off. */
static const struct {
    const char *line, *envelope, *format, *shows;
} lines[] = {
    { "{\"log\":\"[2026-11-22 03:06:11,402] ERROR in app: Exception on /api/users [GET]\\n\","
      "\"stream\":\"stderr\",\"time\":\"2026-11-21T21:36:11.4031Z\"}",
      "docker-json", "flask",
      "time=2026-11-22T03:06:11.402|level=ERROR|route=/api/users|stream=stderr|"
      "text=Exception on /api/users [GET]" },
    { "\x1b[36mweb-1     | \x1b[0m2026-11-22T03:06:11.4Z [2026-11-22 03:06:11 +0000] [7] "
      "[INFO] up\r",
      "compose", "gunicorn",
      "time=2026-11-22T03:06:11+0000|level=INFO|pid=7|host=web-1|text=up" },
    { "2026-11-22T03:06:11.402193854Z stderr F 2026/11/22 03:06:10 [warn] 9#9: low", "cri",
      "nginx-error", "time=2026-11-22T03:06:10|level=warn|pid=9|stream=stderr|text=low" },
    { "web-1 | just words", "compose", NULL, "host=web-1|text=just words" },
    { "<30>Nov 22 03:06:11 n1 web[7]: {\"time\":\"2026-11-22T03:06:10Z\",\"msg\":\"hi\"}",
      "syslog", "json", "time=2026-11-22T03:06:10Z|pid=7|host=n1|stream=web|text=hi" },
    { "just words", NULL, NULL, "text=just words" },
};

static void
envelopes_are_taken_off(void)
{
    for (size_t i = 0; i < LEN(lines); i++) {
        struct format_lock lock = { { 0 } };
        AUTO(strbuf) got = { 0 };
        struct readout r;

        formats_read(formats, &lock, str_of(lines[i].line), &r, NULL);
        format_show(&got, &r.parts);
        ok(str_eq(str_of(r.envelope ? r.envelope->name : NULL), str_of(lines[i].envelope)) &&
               str_eq(str_of(r.format ? r.format->name : NULL), str_of(lines[i].format)) &&
               str_eq(strbuf_str(&got), str_of(lines[i].shows)),
           "%s in %s: %s", r.format ? r.format->name : "text",
           r.envelope ? r.envelope->name : "nothing", strbuf_text(&got));
    }
}

int
main(void)
{
    if (formats_open(&formats, NULL, 0) != OK)
        return 1;
    for_each_row(row_reads_its_sample);
    for_each_row(row_is_the_one_found);
    for_each_row(row_is_left_by_all_others);
    envelopes_are_taken_off();
    user_rows_are_held_to_the_same();
    formats_close(formats);
    return done_testing();
}
