/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/base.h"

/* How a function that can fail says so. Common code never prints and never exits: it
 * returns a status and leaves one sentence (per thread) that `main` prints once. */
enum status {
    OK,
    ERR_USAGE,    /* the user's words cannot be understood or do not go together */
    ERR_SYSTEM,   /* the kernel or the disk said no, or memory ran out */
    ERR_NETWORK,  /* the other side cannot be reached or did not answer */
    ERR_PARSE,    /* the bytes are not what they were said to be */
    ERR_LIMIT,    /* a ceiling was reached; nothing was cut silently */
    ERR_CONFLICT, /* two pieces of evidence cannot both be true */
    ERR_PARTIAL,  /* answered, but not over everything that was asked */
    STATUS_LEN,
};

/* Exit codes of all four tools: 0 yes, 1 no, 2 wrong arguments, 3 in part, 4 no answer. */
enum exit_code {
    EXIT_YES = 0,
    EXIT_NO = 1,
    EXIT_USAGE = 2,
    EXIT_PARTIAL = 3,
    EXIT_NO_ANSWER = 4
};

enum exit_code status_exit(enum status st);

/* Says why: returns `st` and keeps the sentence. No full stop, no newline, no secret. */
enum status fail(enum status st, const char *fmt, ...) printf_like(2, 3);

/* fail() with errno's own words behind: "open x.log: No such file or directory". */
enum status fail_errno(const char *fmt, ...) printf_like(1, 2);

/* Puts a place before the kept sentence: "source app.log: " + what was said. */
enum status note(enum status st, const char *fmt, ...) printf_like(2, 3);

/* The sentence last kept in this thread; "" if nothing failed. */
const char *err_text(void);
