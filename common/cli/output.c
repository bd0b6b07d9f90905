/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/options.h"

static bool
is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value && *value;
}

bool
output_color(void)
{
    const char *term = getenv("TERM");

    if (common_options.color && strcmp(common_options.color, "auto") != 0)
        return strcmp(common_options.color, "always") == 0;
    if (is_set("NO_COLOR") || term == NULL || strcmp(term, "dumb") == 0)
        return false;
    return isatty(STDOUT_FILENO);
}

bool
output_utf8(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

    for (size_t i = 0; i < LEN(variables); i++)
        if (is_set(variables[i])) {
            const char *value = getenv(variables[i]);
            return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
        }
    return false;
}

int
output_width(int otherwise)
{
    const char *said = getenv("COLUMNS");
    struct winsize size;
    uint64_t columns;

    if (str_to_u64(str_of(said), &columns) && columns > 0 && columns < 10000)
        return (int)columns;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return otherwise;
}

void
output_styled(struct strbuf *out, enum style style, struct str text)
{
    static const char *const codes[STYLE_LEN] = {
        [STYLE_BAD] = "1;31", [STYLE_GOOD] = "1;32", [STYLE_DIM] = "2", [STYLE_STRONG] = "1"
    };

    if (codes[style] == NULL || !output_color()) {
        strbuf_add(out, text);
        return;
    }
    strbuf_addf(out, "\x1b[%sm", codes[style]);
    strbuf_add(out, text);
    strbuf_adds(out, "\x1b[0m");
}

enum status
output_write(struct strbuf *out)
{
    struct str rest = strbuf_str(out);

    if (strbuf_check(out))
        return note(ERR_LIMIT, "output");
    while (rest.n > 0) {
        ssize_t n = write(STDOUT_FILENO, rest.p, rest.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EPIPE) {
            signal(SIGPIPE, SIG_DFL);
            raise(SIGPIPE);
        }
        if (n < 0)
            return fail_errno("stdout");
        rest = str_skip(rest, (size_t)n);
    }
    strbuf_clear(out);
    return OK;
}
