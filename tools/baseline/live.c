/* SPDX-License-Identifier: MIT */
#include "live.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/options.h"
#include "cli/output.h"
#include "time/now.h"

void
live_begin(struct live *l)
{
    const char *term = getenv("TERM");

    l->on = isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0 &&
            !common_options.json && !common_options.quiet;
}

bool
live_is_due(const struct live *l)
{
    return l->on && now_monotonic() - l->drawn >= MS(100);
}

/* As much of a line as fits; every character of ours is one column wide. */
static struct str
fitting(struct str line, size_t width)
{
    struct str rest = line;

    for (size_t columns = 0; rest.n && columns < width; columns++)
        rest = str_skip(rest, MAX(utf8_length(rest), 1));
    return str_head(line, line.n - rest.n);
}

static void
add_return(const struct live *l, struct strbuf *out)
{
    if (l->lines)
        strbuf_addf(out, "\033[%zuA", l->lines);
    strbuf_adds(out, "\r");
}

enum status
live_draw(struct live *l, struct str text)
{
    AUTO(strbuf) out = { 0 };
    size_t width = (size_t)MAX(output_width(80) - 1, 1);

    if (!l->on)
        return OK;
    add_return(l, &out);
    for (l->lines = 0; text.n; l->lines++) {
        strbuf_add(&out, fitting(str_cut(&text, '\n'), width));
        strbuf_adds(&out, "\033[K\n");
    }
    l->drawn = now_monotonic();
    return output_write(&out);
}

enum status
live_end(struct live *l)
{
    AUTO(strbuf) out = { 0 };

    if (!l->on || l->lines == 0)
        return OK;
    add_return(l, &out);
    strbuf_adds(&out, "\033[J");
    l->lines = 0;
    return output_write(&out);
}

/* The i-th of the last `width` probes; 0 where there was none yet. */
static int64_t
recent(const struct tally *t, size_t width, size_t i)
{
    uint64_t shown = MIN(MIN(t->probes, width), TALLY_RECENT);

    return i < shown ? t->recent[(t->probes - shown + i) % TALLY_RECENT] : 0;
}

void
live_marks(const struct tally *t, size_t width, struct strbuf *out)
{
    bool utf8 = output_utf8();

    for (size_t i = 0; i < width; i++) {
        int64_t one = recent(t, width, i);

        if (one == 0)
            strbuf_addc(out, ' ');
        else if (one > 0)
            strbuf_adds(out, utf8 ? "✓" : ".");
        else
            strbuf_adds(out, utf8 ? "✗" : "x");
    }
}

void
live_bars(const struct tally *t, size_t width, struct strbuf *out)
{
    static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    static const char *const plain[] = { "_", "_", ".", ".", "-", "-", "=", "=" };
    const char *const *levels = output_utf8() ? bars : plain;
    int64_t highest = 1;

    for (size_t i = 0; i < width; i++) {
        int64_t one = recent(t, width, i);

        highest = MAX(highest, one);
    }
    for (size_t i = 0; i < width; i++) {
        int64_t one = recent(t, width, i);

        if (one == 0)
            strbuf_addc(out, ' ');
        else if (one < 0)
            strbuf_adds(out, output_utf8() ? "✗" : "x");
        else
            strbuf_adds(out, levels[one * 7 / highest]);
    }
}
