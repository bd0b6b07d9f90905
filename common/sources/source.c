/* SPDX-License-Identifier: MIT */
#include "sources/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sources/command.h"
#include "sources/file.h"

const struct source_ops *const source_schemes[] = {
    &source_file,
    &source_stdin,
};
const size_t source_schemes_len = LEN(source_schemes);

/* A path that exists is a path, whatever stands before its first colon. */
static bool
has_scheme(const char *spec, const char *scheme)
{
    size_t n = strlen(scheme);

    return strncmp(spec, scheme, n) == 0 && spec[n] == ':' && spec[n + 1] &&
           access(spec, F_OK) != 0;
}

static enum status
open_scheme(struct source **ret, const char *spec, const struct source_range *r)
{
    for (size_t i = 0; i < commands_len; i++)
        if (has_scheme(spec, commands[i].scheme))
            return command_open(ret, &commands[i], spec + strlen(commands[i].scheme) + 1, r);
    for (size_t i = 0; i < source_schemes_len; i++) {
        const struct source_ops *ops = source_schemes[i];

        if (ops->scheme && has_scheme(spec, ops->scheme))
            return ops->open(ret, spec + strlen(ops->scheme) + 1, r);
    }
    if (strcmp(spec, "-") == 0)
        return source_stdin.open(ret, spec, r);
    return source_file.open(ret, spec, r);
}

enum status
source_open(struct source **ret, const char *spec, const struct source_range *r)
{
    struct source *s;
    enum status st = open_scheme(&s, spec, r);

    if (st != OK)
        return st;
    s->name = strdup(spec);
    if (s->name == NULL) {
        source_close(s);
        return fail(ERR_SYSTEM, "no memory left");
    }
    *ret = s;
    return OK;
}

enum status
source_next(struct source *s, struct source_chunk *ret, bool *ret_more)
{
    enum status st = s->ops->next(s, ret, ret_more);

    return st == OK ? OK : note(st, "%s", s->name);
}

void
source_close(struct source *s)
{
    if (s == NULL)
        return;
    free(s->name);
    free(s->coverage);
    s->ops->close(s);
}

void
source_lacks(struct source *s, const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;

    s->partial = true;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) >= 0) {
        free(s->coverage);
        s->coverage = text;
    }
    va_end(ap);
}
