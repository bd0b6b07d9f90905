/* SPDX-License-Identifier: MIT */
/* keys.h before term.h, which takes words like `lines` for itself. */
#include "terminal.h"

#include "keys.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

struct terminal {
    SCREEN *screen;
    bool color;
};

enum { PAIR_BAD = 1, PAIR_GOOD };

/* What a signal handler needs: it may only write and set the terminal's modes. */
static struct {
    volatile sig_atomic_t ended;
    struct termios before;
    char leave[256];
    size_t leave_n;
} restore;

static void
end_soon(int sig)
{
    restore.ended = sig;
}

/* For signals after which nothing can be trusted: give the terminal back and fall. */
static void
fall(int sig)
{
    ssize_t written = write(STDOUT_FILENO, restore.leave, restore.leave_n);

    (void)written;
    tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
    signal(sig, SIG_DFL);
    raise(sig);
}

static void
keep_capability(const char *name)
{
    const char *text = tigetstr(name);
    size_t n = text && text != (const char *)-1 ? strlen(text) : 0;

    if (n == 0 || restore.leave_n + n > sizeof(restore.leave))
        return;
    memcpy(restore.leave + restore.leave_n, text, n);
    restore.leave_n += n;
}

static void
catch_signals(void)
{
    static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    static const int falling[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
    struct sigaction end = { .sa_handler = end_soon };
    struct sigaction fell = { .sa_handler = fall, .sa_flags = (int)SA_RESETHAND };

    for (size_t i = 0; i < LEN(ending); i++)
        sigaction(ending[i], &end, NULL);
    for (size_t i = 0; i < LEN(falling); i++)
        sigaction(falling[i], &fell, NULL);
}

static void
start_colors(struct terminal *t, bool color)
{
    t->color = color && has_colors() && start_color() == OK;
    if (!t->color)
        return;
    use_default_colors();
    init_pair(PAIR_BAD, COLOR_RED, -1);
    init_pair(PAIR_GOOD, COLOR_GREEN, -1);
}

enum status
terminal_open(struct terminal **ret, bool color)
{
    struct terminal *t;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return fail(ERR_SYSTEM,
                    "the dashboard needs a terminal: --snapshot WxH prints a frame");
    setlocale(LC_CTYPE, "");
    tcgetattr(STDIN_FILENO, &restore.before);
    t = calloc(1, sizeof(*t));
    if (t == NULL)
        return fail(ERR_SYSTEM, "no memory for a terminal");
    t->screen = newterm(NULL, stdout, stdin);
    if (t->screen == NULL || tigetstr("cup") == NULL) {
        if (t->screen) {
            endwin();
            delscreen(t->screen);
        }
        free(t);
        return fail(ERR_SYSTEM,
                    "this terminal (TERM=%s) cannot place text: --snapshot WxH "
                    "prints a frame",
                    getenv("TERM") ? getenv("TERM") : "");
    }
    keep_capability("sgr0");
    keep_capability("cnorm");
    keep_capability("rmkx");
    keep_capability("rmcup");
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    curs_set(0);
    set_escdelay(25);
    start_colors(t, color);
    catch_signals();
    *ret = t;
    return OK;
}

void
terminal_close(struct terminal *t)
{
    if (t == NULL)
        return;
    endwin();
    delscreen(t->screen);
    free(t);
}

void
terminal_size(const struct terminal *t, int *ret_width, int *ret_height)
{
    (void)t;
    getmaxyx(stdscr, *ret_height, *ret_width);
}

static attr_t
attributes(unsigned style)
{
    attr_t a = A_NORMAL;

    if (style & CELL_BOLD)
        a |= A_BOLD;
    if (style & CELL_DIM)
        a |= A_DIM;
    if (style & CELL_REVERSE)
        a |= A_REVERSE;
    return a;
}

static void
show_cell(const struct terminal *t, int x, int y, const struct cell *cell)
{
    wchar_t text[] = { (wchar_t)cell->point, 0 };
    short pair = 0;
    cchar_t wide;

    if (cell->point == 0)
        return;
    if (t->color && cell->style & (CELL_BAD | CELL_GOOD))
        pair = cell->style & CELL_BAD ? PAIR_BAD : PAIR_GOOD;
    setcchar(&wide, text, attributes(cell->style), pair, NULL);
    mvadd_wch(y, x, &wide);
}

void
terminal_show(struct terminal *t, const struct cells *c)
{
    erase();
    for (int y = 0; y < c->height; y++)
        for (int x = 0; x < c->width; x++)
            show_cell(t, x, y, &c->grid[y * c->width + x]);
    refresh();
}

static unsigned
translate(wint_t key)
{
    static const struct {
        unsigned from, to;
    } rows[] = {
        { KEY_UP, PRESS_UP },         { KEY_DOWN, PRESS_DOWN },
        { KEY_LEFT, PRESS_LEFT },     { KEY_RIGHT, PRESS_RIGHT },
        { KEY_PPAGE, PRESS_PAGE_UP }, { KEY_NPAGE, PRESS_PAGE_DOWN },
        { KEY_HOME, PRESS_FIRST },    { KEY_END, PRESS_LAST },
        { KEY_BTAB, PRESS_BACK_TAB }, { KEY_BACKSPACE, PRESS_BACK },
        { KEY_ENTER, PRESS_RETURN },  { KEY_F0 + 1, PRESS_HELP },
        { KEY_F0 + 4, PRESS_FILTER }, { KEY_F0 + 10, PRESS_QUIT },
    };

    for (size_t i = 0; i < LEN(rows); i++)
        if (rows[i].from == key)
            return rows[i].to;
    return PRESS_NONE;
}

unsigned
terminal_key(struct terminal *t, int ms)
{
    wint_t key;
    int kind;

    (void)t;
    timeout(ms);
    kind = get_wch(&key);
    if (restore.ended)
        return PRESS_QUIT;
    if (kind == ERR)
        return PRESS_NONE;
    if (kind == KEY_CODE_YES)
        return translate(key);
    return key == '\r' ? PRESS_RETURN : key == '\b' ? PRESS_BACK : key;
}
