/* SPDX-License-Identifier: MIT */
#include "lab.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/child.h"
#include "base/digest.h"
#include "base/interrupt.h"
#include "base/jsonread.h"
#include "time/now.h"

/* One value of the driver's JSON, by the path to it. */
struct lab_fact {
    struct str name, value;
};

enum { WORDS_MAX = 32, TICK_MS = 20, LAB_DEPTH = 3 };
static const int64_t patience = SECONDS(60);

/* Whether something came; false at the end. */
static bool
take(struct pollfd *fd, struct strbuf *out)
{
    char piece[4096];
    ssize_t n;

    if (fd->fd < 0 || (fd->revents & (POLLIN | POLLHUP | POLLERR)) == 0)
        return fd->fd >= 0;
    n = read(fd->fd, piece, sizeof(piece));
    if (n > 0)
        strbuf_add(out, (struct str){ piece, (size_t)n });
    else if (n == 0 || errno != EINTR)
        fd->fd = -1;
    return fd->fd >= 0;
}

/* Its last line that is one of its own, without its name: the reason. */
static struct str
last_line(struct str said)
{
    struct str line = { 0 };

    while (said.n > 0) {
        struct str one = str_trim(str_cut(&said, '\n'));
        if (one.n > 0)
            line = one;
    }
    return str_starts(line, STR("stack: ")) ? str_skip(line, strlen("stack: ")) : line;
}

/* Runs the driver to its end; the caller's work goes on meanwhile. */
static enum status
drive(struct lab *l, const char *const *argv, struct strbuf *out)
{
    AUTO(strbuf) err = { .max = STRBUF_LINE };
    struct child_request q = { .argv = argv };
    struct child c;
    struct pollfd fds[2];
    int64_t until = now_monotonic() + patience;
    int code;
    enum status st = child_start(&c, &q);

    if (st != OK)
        return note(st, "the stack's driver");
    fds[0] = (struct pollfd){ .fd = c.out, .events = POLLIN };
    fds[1] = (struct pollfd){ .fd = c.err, .events = POLLIN };
    while (now_monotonic() < until) {
        bool more = take(&fds[0], out);

        if (!take(&fds[1], &err) && !more)
            break;
        if (l->idle)
            l->idle(l->user);
        if (interrupt_came() && !l->leaving)
            break;
        poll(fds, 2, TICK_MS);
    }
    code = child_stop(&c, interrupt_came() && !l->leaving ? 0 : SECONDS(2));
    if (code == 0)
        return OK;
    return fail(ERR_SYSTEM, "%s %s: " STR_FMT, l->driver, argv[1],
                STR_ARG(err.n ? last_line(strbuf_str(&err)) : STR("it did not end in time")));
}

static struct lab_fact *
find(const struct lab *l, struct str name)
{
    for (size_t i = 0; i < l->facts_len; i++)
        if (str_eq(l->facts[i].name, name))
            return &l->facts[i];
    return NULL;
}

/* What is said anew takes the place of what was said before. */
static enum status
keep(struct lab *l, struct str name, struct str value)
{
    struct lab_fact *fact = find(l, name);

    if (fact) {
        fact->value = arena_str(&l->memory, value);
        return OK;
    }
    if (l->facts_len == l->facts_room) {
        size_t room = l->facts_room ? l->facts_room * 2 : 64;
        struct lab_fact *more = realloc(l->facts, room * sizeof(*more));

        if (more == NULL)
            return fail(ERR_SYSTEM, "out of memory");
        l->facts = more;
        l->facts_room = room;
    }
    l->facts[l->facts_len++] =
        (struct lab_fact){ arena_str(&l->memory, name), arena_str(&l->memory, value) };
    return OK;
}

/* Where in the JSON we are: the name, or in an array the number, at each depth. */
struct place {
    struct str names[LAB_DEPTH + 1];
    bool array[LAB_DEPTH + 1];
    unsigned counts[LAB_DEPTH + 1];
};

static void
place_print(struct place *p, unsigned depth, struct strbuf *out)
{
    strbuf_clear(out);
    for (unsigned i = 1; i <= depth; i++) {
        if (i > 1)
            strbuf_addc(out, '.');
        if (p->array[i])
            strbuf_addf(out, "%u", p->counts[i]++);
        else
            strbuf_add(out, p->names[i]);
    }
}

/* One token of what the driver said; strings and numbers are kept. */
static enum status
learn_token(struct lab *l, const struct jsonread *r, enum json_token token, struct place *p)
{
    AUTO(strbuf) name = { .max = STRBUF_LINE };

    if (r->depth > LAB_DEPTH)
        return OK;
    switch (token) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        p->array[r->depth] = token == JSON_ARRAY;
        p->counts[r->depth] = 0;
        return OK;
    case JSON_KEY:
        p->names[r->depth] = arena_str(&l->memory, r->value);
        return OK;
    case JSON_STRING:
    case JSON_NUMBER:
        place_print(p, r->depth, &name);
        return keep(l, strbuf_str(&name), r->value);
    default:
        return OK;
    }
}

static enum status
learn(struct lab *l, struct str said)
{
    struct jsonread r = { 0 };
    struct place p = { 0 };
    enum json_token token;
    enum status st = OK;

    jsonread_start(&r, said);
    do {
        token = jsonread_next(&r);
        st = learn_token(l, &r, token, &p);
    } while (st == OK && token != JSON_END && token != JSON_BAD);
    jsonread_done(&r);
    return token == JSON_BAD ? fail(ERR_PARSE, "%s: what it says is not JSON", l->driver) : st;
}

static enum status
ask(struct lab *l, const char *verb, const char *const *words)
{
    AUTO(strbuf) out = { .max = STRBUF_LINE };
    const char *argv[WORDS_MAX] = { l->driver, verb, l->dir };
    size_t n = 3;
    enum status st;

    for (; words && *words && n + 1 < WORDS_MAX; words++)
        argv[n++] = *words;
    argv[n] = NULL;
    st = drive(l, argv, &out);
    return st == OK ? learn(l, strbuf_str(&out)) : st;
}

enum status
lab_up(struct lab *l, const char *const *words)
{
    char pid[16];
    uint32_t tag;
    const char *tmp = getenv("TMPDIR");
    const char *all[WORDS_MAX] = { "--guard", pid };
    size_t n = 2;

    snprintf(pid, sizeof(pid), "%d", (int)getpid());
    for (; words && *words && n + 1 < WORDS_MAX; words++)
        all[n++] = *words;
    all[n] = NULL;

    /* Short, for a socket lives in it. Made by the driver, which cleans up after itself. */
    if (random_bytes(&tag, sizeof(tag)) != OK)
        return ERR_SYSTEM;
    snprintf(l->dir, sizeof(l->dir), "%s/rehearsal.%08x", tmp && *tmp ? tmp : "/tmp", tag);
    return ask(l, "up", all);
}

enum status
lab_act(struct lab *l, const char *verb, struct span *ret)
{
    uint64_t from, until;
    enum status st = ask(l, verb, NULL);

    if (st != OK)
        return st;
    if (!str_to_u64(lab_fact(l, "from"), &from) || !str_to_u64(lab_fact(l, "until"), &until))
        return fail(ERR_PARSE, "%s %s: it did not say when", l->driver, verb);
    *ret = (struct span){ (int64_t)from, (int64_t)until };
    return OK;
}

enum status
lab_look(struct lab *l)
{
    return ask(l, "status", NULL);
}

struct str
lab_fact(const struct lab *l, const char *name)
{
    const struct lab_fact *fact = find(l, str_of(name));

    return fact ? fact->value : (struct str){ 0 };
}

enum status
lab_down(struct lab *l)
{
    static const int keyboard[] = { SIGINT, SIGTERM, SIGHUP };
    void (*before[LEN(keyboard)])(int);
    enum status st;

    if (l->dir[0] == '\0')
        return OK;
    /* The driver inherits it: a second Ctrl-C must not stop what cleans up. */
    for (size_t i = 0; i < LEN(keyboard); i++)
        before[i] = signal(keyboard[i], SIG_IGN);
    l->idle = NULL;
    l->leaving = true;
    st = ask(l, "down", NULL);
    for (size_t i = 0; i < LEN(keyboard); i++)
        signal(keyboard[i], before[i]);
    if (st == OK)
        l->dir[0] = '\0';
    return st;
}

void
lab_done(struct lab *l)
{
    free(l->facts);
    l->facts = NULL;
    l->facts_len = l->facts_room = 0;
    arena_done(&l->memory);
}
