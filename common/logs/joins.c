/* SPDX-License-Identifier: MIT */
#include "logs/joins.h"

/* How lines begin that belong to what was said before. */
static const char *const continuations[] = {
    "Traceback (most recent call last)",
    "During handling of the above exception",
    "The above exception was the direct cause",
    "Caused by: ",
    "Suppressed: ",
    "... ",
    "at ",
    "goroutine ",
    "created by ",
    "exit status ",
    "DETAIL: ",
    "HINT: ",
    "CONTEXT: ",
    "STATEMENT: ",
    "QUERY: ",
    "LOCATION: ",
    "LINE ",
    "Detail: ",
    "Hint: ",
    "Position: ",
    "[SQL: ",
    "[parameters: ",
    "(Background on this error at",
    "Stack trace:",
    "Stack Trace:",
    "[stacktrace]",
    "--- End of ",
    "--- The above ",
    "Next ",
    "}",
    "]",
    ")",
    "\"}",
    "^",
    "|",
};

static const char *const traces[] = { "Traceback (most recent call last)",
                                      "panic: ",
                                      "goroutine ",
                                      "at ",
                                      "Exception in thread",
                                      "Unhandled exception",
                                      "Stack trace:",
                                      "[stacktrace]" };

static bool
begins_with_any(struct str text, const char *const *words, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (str_starts(text, str_of(words[i])))
            return true;
    return false;
}

/* "#0 /srv/app.php(12): connect()". */
static bool
is_frame_number(struct str text)
{
    return text.n > 2 && text.p[0] == '#' && text.p[1] >= '0' && text.p[1] <= '9';
}

bool
joins_by_itself(struct str text)
{
    if (text.n == 0 || text.p[0] == ' ' || text.p[0] == '\t' || text.p[0] == '\r')
        return true;
    return is_frame_number(text) || begins_with_any(text, continuations, LEN(continuations));
}

bool
joins_as_trace(struct str text)
{
    struct str trimmed = str_trim(text);

    return is_frame_number(trimmed) || begins_with_any(trimmed, traces, LEN(traces));
}

bool
joins_nothing(const struct readout *r)
{
    if (r->format == NULL)
        return r->impossible;
    if (r->parts.joins)
        return false;
    return r->parts.has_stamp || r->format->how == BY_REGEX || r->format->how == BY_JSON;
}

bool
joins_never_more(const struct readout *r)
{
    return r->parts.status != 0 && r->format && r->format->how == BY_REGEX;
}
