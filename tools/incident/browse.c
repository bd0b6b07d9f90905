/* SPDX-License-Identifier: MIT */
#include "browse.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/options.h"
#include "cli/output.h"
#include "dashboard.h"
#include "keys.h"
#include "loaded.h"
#include "publish.h"
#include "scope.h"
#include "snapshot.h"
#include "terminal.h"
#include "time/now.h"

struct browse_args browse_args;

/* The screen is drawn when something has changed, at most ten times a second. */
enum { FRAME_MS = 100, POLL_MS = 500 };

struct browser {
    const char *path;
    struct loaded loaded;
    struct view view;
    struct terminal *terminal;
    uint64_t stamp;    /* of the file as it was loaded */
    int64_t load_took; /* ns */
    int64_t loaded_at; /* monotonic */
};

static enum glyphs
glyphs_wanted(void)
{
    const char *said = browse_args.glyphs;

    if (said && strcmp(said, "auto") != 0)
        return strcmp(said, "ascii") == 0   ? GLYPHS_ASCII
               : strcmp(said, "block") == 0 ? GLYPHS_BLOCK
                                            : GLYPHS_BRAILLE;
    return output_utf8() ? GLYPHS_BRAILLE : GLYPHS_ASCII;
}

static enum status
load(struct browser *b, struct loaded *ret)
{
    int64_t started = now_monotonic();
    uint64_t stamp = loaded_stamp(b->path);
    enum status st = loaded_open(ret, b->path, true);

    b->load_took = now_monotonic() - started;
    b->loaded_at = now_monotonic();
    b->stamp = stamp;
    return st;
}

/* A file that cannot be read just now (it is being replaced) is said and tried again. */
static bool
reload(struct browser *b)
{
    struct loaded fresh;
    struct view *v = &b->view;

    if (v->paused || now_monotonic() - b->loaded_at < MAX(MS(POLL_MS), 10 * b->load_took) ||
        loaded_stamp(b->path) == b->stamp)
        return false;
    if (load(b, &fresh) != OK) {
        snprintf(v->said, sizeof(v->said), "%s", err_text());
        return true;
    }
    if (view_renew(v, &fresh.findings, fresh.events, fresh.events_len) != OK) {
        loaded_done(&fresh);
        return false;
    }
    v->events_more = fresh.events_more;
    loaded_done(&b->loaded);
    b->loaded = fresh;
    v->findings = &b->loaded.findings;
    return true;
}

static enum status
draw(struct browser *b)
{
    AUTO(cells) c = { 0 };
    int width, height;
    enum status st;

    terminal_size(b->terminal, &width, &height);
    st = cells_open(&c, MIN(MAX(width, 1), 1000), MIN(MAX(height, 1), 1000), glyphs_wanted());
    if (st != OK)
        return st;
    dashboard_draw(&b->view, &c);
    terminal_show(b->terminal, &c);
    return OK;
}

/* "outage.timeline" -> "outage.html", beside the timeline. */
static void
write_report(struct browser *b)
{
    AUTO(strbuf) path = { 0 };
    struct str name = str_of(b->path);
    enum status st;

    if (str_ends(name, STR(".timeline")))
        name.n -= STR(".timeline").n;
    strbuf_add(&path, name);
    strbuf_adds(&path, ".html");
    st = publish_report(&b->loaded, b->path, "html", strbuf_text(&path));
    snprintf(b->view.said, sizeof(b->view.said), "%s %s",
             st == OK ? "report written to" : "no report:",
             st == OK ? strbuf_text(&path) : err_text());
    b->view.wants_report = false;
}

/* A failure that lasts gets older while one looks at it. */
static bool
tick(struct browser *b)
{
    int64_t now = now_real();
    bool new_second = now / NS_PER_S != b->view.now / NS_PER_S;

    b->view.now = now;
    return new_second;
}

static enum status
look(struct browser *b)
{
    bool changed = true;
    int64_t drawn = 0;

    while (!b->view.wants_quit) {
        unsigned key;

        if (changed && now_monotonic() - drawn >= MS(FRAME_MS)) {
            enum status st = draw(b);

            if (st != OK)
                return st;
            drawn = now_monotonic();
            changed = false;
        }
        key = terminal_key(b->terminal, changed ? FRAME_MS / 4 : POLL_MS);
        if (key == PRESS_QUIT)
            break;
        if (key != PRESS_NONE)
            keys_press(&b->view, key);
        if (b->view.wants_report)
            write_report(b);
        changed = reload(b) || tick(b) || key != PRESS_NONE || changed;
    }
    return OK;
}

static enum status
snapshot(struct browser *b)
{
    AUTO(strbuf) out = { 0 };
    enum status st =
        snapshot_print(&b->view, browse_args.snapshot, glyphs_wanted(), output_color(), &out);

    return st == OK ? output_write(&out) : st;
}

/* The terminal comes first: a long timeline is read before eyes that know why they wait. */
static enum status
open_terminal(struct browser *b)
{
    AUTO(cells) c = { 0 };
    int width, height;
    enum status st = terminal_open(&b->terminal, output_color());

    if (st != OK)
        return st;
    terminal_size(b->terminal, &width, &height);
    st = cells_open(&c, MIN(MAX(width, 1), 1000), 1, glyphs_wanted());
    if (st != OK)
        return st;
    cells_textf(&c, 1, 0, c.width - 1, CELL_DIM, "reading %s …", b->path);
    terminal_show(b->terminal, &c);
    return OK;
}

/* --since and --until: what the lanes show first. */
static enum status
show_window(struct browser *b)
{
    struct span all = b->view.window, said = all;
    enum status st = scope_window(&said);

    if (st == OK && !span_meet(all, said, &b->view.window))
        st = fail(ERR_USAGE, "nothing was recorded between --since and --until");
    return st;
}

static enum status
browse(struct browser *b)
{
    enum status st = OK;

    if (b->path && !browse_args.snapshot)
        st = open_terminal(b);
    if (st == OK)
        st = load(b, &b->loaded);
    if (st == OK)
        st = view_open(&b->view, &b->loaded.findings, b->loaded.events, b->loaded.events_len);
    if (st != OK)
        return st;
    b->view.events_more = b->loaded.events_more;
    if (common_options.now || !browse_args.snapshot)
        b->view.now = now_real();
    st = show_window(b);
    if (st != OK)
        return st;
    b->view.live = !browse_args.snapshot;
    return browse_args.snapshot ? snapshot(b) : look(b);
}

enum exit_code
browse_verb(int argc, char **argv)
{
    struct browser b = { .path = common_options.timeline };
    enum status st = browse(&b);

    (void)argc, (void)argv;
    terminal_close(b.terminal);
    view_done(&b.view);
    loaded_done(&b.loaded);
    return st == OK ? EXIT_YES : options_fail(st);
}
