/* SPDX-License-Identifier: MIT */
#include "net/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include "base/digest.h"

static enum status
pages_for(struct secret *ret, size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (n + 1 + page - 1) / page * page;
    void *p = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (p == MAP_FAILED)
        return fail_errno("memory for a secret");
    /* Both may be refused (RLIMIT_MEMLOCK, an old kernel): the secret is still wiped. */
    (void)mlock(p, room);
    (void)madvise(p, room, MADV_DONTDUMP);
    *ret = (struct secret){ .p = p, .room = room };
    return OK;
}

enum status
secret_set(struct secret *s, struct str bytes)
{
    struct secret fresh;
    enum status st;

    if (bytes.n > SECRET_MAX)
        return fail(ERR_LIMIT, "a secret of more than %d bytes", SECRET_MAX);
    st = pages_for(&fresh, bytes.n);
    if (st != OK)
        return st;
    if (bytes.n > 0)
        memcpy(fresh.p, bytes.p, bytes.n);
    fresh.n = bytes.n;
    secret_done(s);
    *s = fresh;
    return OK;
}

static void
drop_line_end(struct secret *s)
{
    if (s->n > 0 && s->p[s->n - 1] == '\n')
        s->n--;
    if (s->n > 0 && s->p[s->n - 1] == '\r')
        s->n--;
    s->p[s->n] = '\0';
}

/* Straight into the locked pages: no copy is left in a buffer of stdio. */
static enum status
read_to_end(struct secret *ret, int fd)
{
    struct secret s;
    enum status st = pages_for(&s, SECRET_MAX);
    ssize_t got = 1;

    if (st != OK)
        return st;
    while (got != 0 && s.n <= SECRET_MAX) {
        got = read(fd, s.p + s.n, SECRET_MAX + 1 - s.n);
        if (got < 0 && errno != EINTR)
            st = fail_errno("read a secret");
        if (st != OK)
            break;
        s.n += got > 0 ? (size_t)got : 0;
    }
    if (st == OK && s.n > SECRET_MAX)
        st = fail(ERR_LIMIT, "a secret of more than %d bytes", SECRET_MAX);
    if (st == OK) {
        drop_line_end(&s);
        secret_done(ret);
        *ret = s;
        return OK;
    }
    secret_done(&s);
    return st;
}

static enum status
from_file(struct secret *ret, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    enum status st;

    if (fd < 0)
        return fail_errno("secret file %s", path);
    st = read_to_end(ret, fd);
    close(fd);
    return st == OK ? OK : note(st, "secret file %s", path);
}

static enum status
from_env(struct secret *ret, const char *name)
{
    const char *value = getenv(name);

    if (!value)
        return fail(ERR_USAGE, "the environment has no variable %s to take the secret from",
                    name);
    return secret_set(ret, str_of(value));
}

static enum status
from_fd(struct secret *ret, const char *digits)
{
    uint64_t fd;

    if (!str_to_u64(str_of(digits), &fd) || fd > 65535)
        return fail(ERR_USAGE, "fd: needs the number of an open descriptor");
    return read_to_end(ret, (int)fd);
}

static ssize_t
read_line(int fd, struct secret *s)
{
    ssize_t got;

    do
        got = read(fd, s->p, SECRET_MAX);
    while (got < 0 && errno == EINTR);
    return got;
}

static enum status
from_terminal(struct secret *ret, const char *what)
{
    static const char line_end = '\n';
    struct termios before, quiet;
    struct secret s;
    enum status st;
    ssize_t got;
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (tty < 0 || tcgetattr(tty, &before) != 0) {
        if (tty >= 0)
            close(tty);
        return fail(ERR_USAGE, "there is no terminal to ask for the secret on");
    }
    st = pages_for(&s, SECRET_MAX);
    if (st != OK) {
        close(tty);
        return st;
    }
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(tty, TCSAFLUSH, &quiet);
    dprintf(tty, "%s: ", *what ? what : "Password");
    got = read_line(tty, &s);
    tcsetattr(tty, TCSAFLUSH, &before);
    (void)!write(tty, &line_end, 1);
    close(tty);
    if (got <= 0) {
        secret_done(&s);
        return fail(ERR_SYSTEM, "no secret was typed");
    }
    s.n = (size_t)got;
    drop_line_end(&s);
    secret_done(ret);
    *ret = s;
    return OK;
}

static const struct {
    const char *scheme;
    enum status (*read)(struct secret *ret, const char *where);
} sources[] = {
    { "file:", from_file },
    { "env:", from_env },
    { "fd:", from_fd },
    { "prompt:", from_terminal },
};

enum status
secret_read(struct secret *ret, const char *spec)
{
    for (size_t i = 0; i < LEN(sources); i++)
        if (str_starts(str_of(spec), str_of(sources[i].scheme)))
            return sources[i].read(ret, spec + strlen(sources[i].scheme));
    return fail(ERR_USAGE, "a secret is given as file:PATH, env:NAME, fd:N or prompt:, "
                           "never as itself");
}

struct str
secret_reveal(const struct secret *s)
{
    return (struct str){ s->p, s->n };
}

bool
secret_eq(const struct secret *a, const struct secret *b)
{
    unsigned char differs = 0;

    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        differs |= (unsigned char)(a->p[i] ^ b->p[i]);
    return differs == 0;
}

void
secret_fingerprint(const struct secret *s, struct str key, char ret[FINGERPRINT_LEN])
{
    struct sha256 digest = hmac_sha256(key, secret_reveal(s));

    hex_print(ret, digest.bytes, (FINGERPRINT_LEN - 1) / 2);
}

void
secret_done(struct secret *s)
{
    if (s->p) {
        explicit_bzero(s->p, s->room);
        munmap(s->p, s->room);
    }
    *s = (struct secret){ 0 };
}

void
secret_guard_process(void)
{
    static const struct rlimit none = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
    /* The leak checker of a sanitizer build has to attach to the process to do its work. */
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
