/* SPDX-License-Identifier: MIT */
#include "observe/holders.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "time/stamp.h"

const char *const holder_state_names[3] = { "unknown", "current", "stale" };

enum { TEXT_MAX = 16 << 20 };

struct holder *
holders_new(struct holders *h, const char *kind)
{
    if (h->len == h->room) {
        size_t room = h->room ? 2 * h->room : 64;
        struct holder *more =
            h->len < HOLDERS_MAX ? realloc(h->all, room * sizeof(*more)) : NULL;

        if (!more) {
            fail(ERR_LIMIT, "more than %d holders", HOLDERS_MAX);
            return NULL;
        }
        h->all = more;
        h->room = room;
    }
    h->all[h->len] = (struct holder){ .kind = kind, .mend = "update" };
    return &h->all[h->len++];
}

void
holders_done(struct holders *h)
{
    for (size_t i = 0; i < h->len; i++)
        secret_done(&h->all[i].secret);
    free(h->all);
    arena_done(&h->memory);
    *h = (struct holders){ 0 };
}

bool
holders_time(struct str text, struct span *ret)
{
    struct stamp s;
    int64_t at;

    if (!stamp_read(text, NULL, &s) || s.kind != STAMP_OFFSET || !s.has_date)
        return false;
    at = civil_to_ns(&s.civil) - SECONDS(s.offset);
    *ret = (struct span){ at, at + s.grain - 1 };
    return true;
}

/* Bytes read from elsewhere hold secrets. */
static void
wipe(struct strbuf *b)
{
    if (b->p)
        explicit_bzero(b->p, b->room);
    strbuf_done(b);
}

static enum status
read_fd(int fd, struct strbuf *out)
{
    char piece[4096];
    ssize_t n;

    while ((n = read(fd, piece, sizeof(piece))) > 0)
        strbuf_add(out, (struct str){ piece, (size_t)n });
    explicit_bzero(piece, sizeof(piece));
    if (n < 0)
        return fail_errno("stdin");
    return strbuf_check(out);
}

static enum status
read_text(struct holders *h, const struct holder_kind *k, const char *path, const char *where)
{
    struct strbuf text = { .max = TEXT_MAX };
    struct holder_text t = { .where = where };
    struct stat about;
    enum status st;

    if (strcmp(path, "-") == 0) {
        st = read_fd(0, &text);
    } else {
        t.has_modified = stat(path, &about) == 0 && about.st_mtim.tv_sec > 0;
        if (t.has_modified)
            t.modified = span_at(SECONDS(about.st_mtim.tv_sec) + about.st_mtim.tv_nsec);
        st = file_read(path, &text);
    }
    t.text = strbuf_str(&text);
    if (st == OK)
        st = k->read(h, &t);
    wipe(&text);
    return st;
}

/* `word` with WHERE in place of "%". */
static const char *
fill_in(struct holders *h, const char *word, const char *where)
{
    const char *at = strchr(word, '%');

    return at ? arena_strf(&h->memory, "%.*s%s%s", (int)(at - word), word, where, at + 1).p
              : word;
}

static enum status
run_client(struct holders *h, const struct holder_kind *k, const char *where)
{
    const char *argv[LEN(k->argv) + 1] = { NULL };
    struct strbuf out = { .max = TEXT_MAX }, err = { .max = 4096 };
    struct child_request q = { .argv = argv };
    struct holder_text t = { .where = where };
    struct str why;
    int code = 0;
    enum status st;

    for (size_t i = 0; i < LEN(k->argv) && k->argv[i]; i++)
        argv[i] = fill_in(h, k->argv[i], where);
    st = child_run(&q, SECONDS(30), &out, &err, &code);
    if (st == OK && code != 0) {
        why = strbuf_str(&err);
        why = str_cut(&why, '\n');
        st = fail(ERR_NETWORK, "%s: exit code %d: " STR_FMT, argv[0], code, STR_ARG(why));
    }
    t.text = strbuf_str(&out);
    if (st == OK)
        st = k->read(h, &t);
    wipe(&out);
    strbuf_done(&err);
    return st;
}

/* The kind that `spec` begins with, and what stands behind it. */
static const struct holder_kind *
find_kind(const char *spec, const char **ret_where, char *ret_mark)
{
    size_t n = strcspn(spec, ":=");

    for (size_t i = 0; i < holder_kinds_len; i++) {
        const struct holder_kind *k = &holder_kinds[i];

        if (spec[n] == '\0' || !str_eq(str_of(k->name), (struct str){ spec, n }))
            continue;
        *ret_mark = spec[n];
        *ret_where = spec + n + 1;
        return k;
    }
    return NULL;
}

enum status
holders_add(struct holders *h, const char *spec)
{
    const char *where = NULL;
    char mark = 0;
    const struct holder_kind *k = find_kind(spec, &where, &mark);
    enum status st;

    if (!k || !*where)
        return fail(ERR_USAGE,
                    "'%s' is no holder: KIND:WHERE or KIND=FILE (dbprobe drift --help)", spec);
    if (mark == '=')
        st = read_text(h, k, where, where);
    else if (k->path)
        st = read_text(h, k, fill_in(h, k->path, where), where);
    else if (where[0] == '-')
        st = fail(ERR_USAGE, "a name that looks like an option");
    else
        st = run_client(h, k, where);
    return st == OK ? OK : note(st, "%s", spec);
}
