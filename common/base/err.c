/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

enum { TEXT_MAX = 1024 };

static _Thread_local char kept[TEXT_MAX];

enum exit_code
status_exit(enum status st)
{
    static const enum exit_code codes[STATUS_LEN] = {
        [OK] = EXIT_YES,
        [ERR_USAGE] = EXIT_USAGE,
        [ERR_SYSTEM] = EXIT_NO_ANSWER,
        [ERR_NETWORK] = EXIT_NO_ANSWER,
        [ERR_PARSE] = EXIT_NO_ANSWER,
        [ERR_LIMIT] = EXIT_PARTIAL,
        [ERR_CONFLICT] = EXIT_PARTIAL,
        [ERR_PARTIAL] = EXIT_PARTIAL,
    };

    return codes[st];
}

/* A sentence on one line: bytes that could break it (or a terminal) become blanks. */
static void
keep_on_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = ' ';
}

enum status
fail(enum status st, const char *fmt, ...)
{
    char text[TEXT_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    keep_on_one_line(text);
    memcpy(kept, text, sizeof(kept));
    return st;
}

enum status
fail_errno(const char *fmt, ...)
{
    const char *why = strerror(errno);
    char what[TEXT_MAX / 2];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return fail(ERR_SYSTEM, "%s: %s", what, why);
}

enum status
note(enum status st, const char *fmt, ...)
{
    char before[TEXT_MAX / 2], said[TEXT_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(before, sizeof(before), fmt, ap);
    va_end(ap);
    memcpy(said, kept, sizeof(said));
    return fail(st, "%s: %s", before, said);
}

const char *
err_text(void)
{
    return kept;
}
