/* SPDX-License-Identifier: MIT */
#include "sources/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/child.h"
#include "sources/file.h"
#include "time/civil.h"

enum { LAST_LINE = 200 };

struct command_source {
    struct source base;
    struct child child;
    const char *program;
    uint64_t at;
    size_t last; /* bytes of the last piece */
    char chunk[SOURCE_CHUNK];
};

/* The edges a word may name. */
static const struct edge {
    const char *word;
    bool until, epoch;
} edges[] = {
    { "{since}", false, false },
    { "{until}", true, false },
    { "{since@}", false, true },
    { "{until@}", true, true },
};

static const struct edge *
edge_at(struct str word)
{
    for (size_t i = 0; i < LEN(edges); i++)
        if (str_starts(word, str_of(edges[i].word)))
            return &edges[i];
    return NULL;
}

/* False if the user did not set it. */
static bool
add_edge(struct strbuf *out, const struct edge *edge, const struct span *window)
{
    int64_t at = edge->until ? window->high : window->low;

    if (at == (edge->until ? INT64_MAX : INT64_MIN))
        return false;
    if (edge->epoch)
        strbuf_addf(out, "@%lld", (long long)(at / NS_PER_S + (edge->until && at % NS_PER_S)));
    else
        civil_print(out, at, 9);
    return true;
}

/* One word of the row, its braces filled; false if it names an edge that is not set. */
static bool
fill(struct strbuf *out, struct str word, const char *where, const struct source_range *r)
{
    while (word.n) {
        const struct edge *edge = edge_at(word);

        if (edge && !add_edge(out, edge, &r->window))
            return false;
        if (edge) {
            word = str_skip(word, strlen(edge->word));
        } else if (str_starts(word, STR("{}"))) {
            strbuf_adds(out, where);
            word = str_skip(word, 2);
        } else {
            strbuf_addc(out, word.p[0]);
            word = str_skip(word, 1);
        }
    }
    return true;
}

static bool
is_edge(const char *word)
{
    const struct edge *edge = edge_at(str_of(word));

    return edge && strcmp(word, edge->word) == 0;
}

void
command_argv_free(char **argv)
{
    for (char **word = argv; word && *word; word++)
        free(*word);
    free(argv);
}

char **
command_argv(const struct command *c, const char *where, const struct source_range *r)
{
    char **argv = calloc(LEN(c->argv) + 2, sizeof(*argv));
    size_t n = 0;

    if (argv == NULL)
        return NULL;
    for (size_t i = 0; c->argv[i]; i++) {
        AUTO(strbuf) word = { 0 };

        if (fill(&word, str_of(c->argv[i]), where, r))
            argv[n++] = strdup(strbuf_text(&word));
        else if (is_edge(c->argv[i]) && n > 1)
            free(argv[--n]);
        if (n && argv[n - 1] == NULL)
            break;
        argv[n] = NULL;
        if (i == 1 && r->follow && c->follow)
            argv[n++] = strdup(c->follow);
    }
    return argv;
}

/* What the program said last: when it failed, that is why. */
static void
say_why(struct command_source *c, int code, struct str said)
{
    struct str line = str_trim(said);
    size_t cut = SIZE_MAX;

    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '\n')
            cut = i;
    line = cut == SIZE_MAX ? line : str_skip(line, cut + 1);
    source_lacks(&c->base, "%s ended with %d: " STR_FMT, c->program, code,
                 STR_ARG(str_head(line, LAST_LINE)));
}

static enum status
command_next(struct source *s, struct source_chunk *ret, bool *ret_more)
{
    struct command_source *c = (struct command_source *)s;
    ssize_t n;
    int code;

    do
        n = read(s->fd, c->chunk, sizeof(c->chunk));
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN) {
        *ret = (struct source_chunk){ STR(""), c->at, false };
        *ret_more = true;
        return OK;
    }
    *ret_more = n > 0;
    *ret = (struct source_chunk){ { c->chunk, n > 0 ? (size_t)n : 0 }, c->at, false };
    c->at += ret->bytes.n;
    c->last = n > 0 ? (size_t)n : c->last;
    if (n > 0 || c->child.pid <= 0)
        return OK;
    s->fd = -1;
    code = child_stop(&c->child, SECONDS(2));
    if (code)
        say_why(c, code, (struct str){ c->chunk, c->last });
    return OK;
}

static void
command_close(struct source *s)
{
    struct command_source *c = (struct command_source *)s;

    child_stop(&c->child, 0);
    free(c);
}

static const struct source_ops command = {
    .kind = "program",
    .help = "what a program prints",
    .next = command_next,
    .close = command_close,
};

enum status
command_open(struct source **ret, const struct command *row, const char *where,
             const struct source_range *r)
{
    struct command_source *c = calloc(1, sizeof(*c));
    char **argv = c ? command_argv(row, where, r) : NULL;
    enum status st;

    if (argv == NULL) {
        free(c);
        return fail(ERR_SYSTEM, "no memory left");
    }
    st = child_start(&c->child, &(struct child_request){ .argv = (const char *const *)argv,
                                                         .merged = true });
    command_argv_free(argv);
    if (st != OK) {
        free(c);
        return st;
    }
    c->base.ops = &command;
    c->base.fd = c->child.out;
    c->program = row->argv[0];
    if (r->follow)
        fcntl(c->base.fd, F_SETFL, O_NONBLOCK);
    *ret = &c->base;
    return OK;
}
