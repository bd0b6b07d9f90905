/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/output.h"
#include "rehearse.h"
#include "report/words.h"
#include "time/now.h"

enum { COLUMN_NAME = 9, COLUMN_TRUTH = 24 };

static struct {
    const struct rehearse_step *step;
    int64_t began, shown;
} running;

/* Only where somebody looks on: a line that is written again and again. */
static bool
is_live(void)
{
    return !common_options.quiet && isatty(STDERR_FILENO) && isatty(STDOUT_FILENO);
}

void
progress_begin(const struct rehearse_step *step)
{
    running.step = step;
    running.began = now_monotonic();
    running.shown = 0;
    progress_tick();
}

void
progress_tick(void)
{
    int64_t now = now_monotonic();
    int width = output_width(80);

    if (!is_live() || now - running.shown < MS(100))
        return;
    running.shown = now;
    fprintf(stderr, "\r\033[K%-*s %5.1f s  %.*s", COLUMN_NAME, running.step->name,
            (double)(now - running.began) / NS_PER_S, MAX(width - COLUMN_NAME - 12, 10),
            running.step->plan);
    fflush(stderr);
}

static void
forget_line(void)
{
    if (is_live())
        fputs("\r\033[K", stderr);
}

enum status
progress_done(const char *said)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };
    int64_t took = now_monotonic() - running.began;

    forget_line();
    if (common_options.json) {
        struct json w = { .out = &out };

        json_object(&w, NULL);
        json_text(&w, "step", running.step->name);
        json_number(&w, "seconds", (double)took / NS_PER_S, 3);
        json_text(&w, "said", said);
        json_object_end(&w);
        strbuf_addc(&out, '\n');
    } else {
        strbuf_addf(&out, "%-*s %5.1f s  ", COLUMN_NAME, running.step->name,
                    (double)took / NS_PER_S);
        strbuf_addf(&out, "%s\n", said);
    }
    return output_write(&out);
}

static void
compare_json(const struct rehearse_comparison *row, struct strbuf *out)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_text(&w, "what", row->what);
    json_str(&w, "truth", row->truth);
    json_str(&w, "found", row->found);
    json_bool(&w, "agrees", row->agrees);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* The width of a text in columns, as far as these need it: one for each code point. */
static size_t
columns(struct str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}

static void
add_column(struct strbuf *out, struct str text, size_t width)
{
    size_t n = columns(text);

    strbuf_add(out, text);
    strbuf_fill(out, ' ', n < width ? width - n : 1);
}

static void
compare_text(const struct rehearse_comparison *rows, size_t n, struct strbuf *out)
{
    size_t agree = 0, truth = strlen("what was"), found = strlen("what was found");

    for (size_t i = 0; i < n; i++) {
        agree += rows[i].agrees;
        truth = MAX(truth, columns(rows[i].truth));
        found = MAX(found, columns(rows[i].found));
    }
    strbuf_addc(out, '\n');
    strbuf_fill(out, ' ', COLUMN_TRUTH);
    add_column(out, STR("what was"), truth + 2);
    strbuf_adds(out, "what was found\n");
    for (size_t i = 0; i < n; i++) {
        add_column(out, str_of(rows[i].what), COLUMN_TRUTH);
        add_column(out, rows[i].truth, truth + 2);
        add_column(out, rows[i].found, found + 2);
        if (rows[i].agrees)
            output_styled(out, STYLE_GOOD, STR("agrees"));
        else
            output_styled(out, STYLE_BAD, STR("DIFFERS"));
        strbuf_addc(out, '\n');
    }
    strbuf_addc(out, '\n');
    if (agree == n)
        output_styled(out, STYLE_GOOD, STR("REHEARSED"));
    else
        output_styled(out, STYLE_BAD, STR("NOT AS IT WAS"));
    strbuf_addf(out, "  %zu of %zu findings agree with what was done\n", agree, n);
}

enum status
progress_compare(const struct rehearse_comparison *rows, size_t n)
{
    AUTO(strbuf) out = { 0 };

    if (!common_options.json)
        compare_text(rows, n, &out);
    for (size_t i = 0; i < n && common_options.json; i++)
        compare_json(&rows[i], &out);
    return output_write(&out);
}
