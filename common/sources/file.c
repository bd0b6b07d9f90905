/* SPDX-License-Identifier: MIT */
#include "sources/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sources/compressed.h"

struct file {
    struct source base;
    char *path; /* NULL: standard input, or a pipe: no offsets to read at */
    dev_t device;
    ino_t inode;
    uint64_t at;
    bool follow, ended;
    char *aside; /* what read_at() returned last */
    size_t aside_room;
    char chunk[SOURCE_CHUNK];
};

static void
learn(struct file *f, const struct stat *st)
{
    f->device = st->st_dev;
    f->inode = st->st_ino;
    if (!S_ISREG(st->st_mode))
        return;
    f->base.size = (uint64_t)st->st_size;
    f->base.modified = SECONDS(st->st_mtim.tv_sec) + st->st_mtim.tv_nsec;
}

static enum status
file_wrap(struct source **ret, const struct source_ops *ops, int fd, const char *path)
{
    struct file *f = calloc(1, sizeof(*f));

    if (f == NULL || (path && (f->path = strdup(path)) == NULL)) {
        free(f);
        close(fd);
        return fail(ERR_SYSTEM, "no memory left");
    }
    f->base.ops = ops;
    f->base.fd = fd;
    *ret = &f->base;
    return OK;
}

/* The first bytes, for the magic numbers; a pipe has none to look at. */
static size_t
first_bytes(int fd, unsigned char ret[4])
{
    ssize_t n = pread(fd, ret, 4, 0);

    return n > 0 ? (size_t)n : 0;
}

static enum status
open_path(struct source **ret, const char *path, const struct source_range *r)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    unsigned char magic[4] = { 0 };
    struct stat st;
    enum status is;

    if (fd < 0)
        return fail_errno("%s", path);
    if (fstat(fd, &st) || S_ISDIR(st.st_mode)) {
        close(fd);
        return fail(ERR_SYSTEM, "%s: is a directory: name the files in it (%s/*)", path, path);
    }
    first_bytes(fd, magic);
    if (S_ISREG(st.st_mode) && compressed_is(magic))
        return compressed_open(ret, fd, path, magic);
    is = file_wrap(ret, &source_file, fd, S_ISREG(st.st_mode) ? path : NULL);
    if (is == OK) {
        learn((struct file *)*ret, &st);
        ((struct file *)*ret)->follow = r->follow;
        posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return is;
}

static enum status
open_stdin(struct source **ret, const char *where, const struct source_range *r)
{
    int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);

    (void)where;
    (void)r;
    if (fd < 0)
        return fail_errno("standard input");
    return file_wrap(ret, &source_stdin, fd, NULL);
}

/* The path may name another file by now (renamed away, made anew), or the same one cut to
 * nothing. Only asked at the end of what there was: the old file is drained first. */
static bool
turn_over(struct file *f)
{
    struct stat now, named;
    int fd;

    if (fstat(f->base.fd, &now) == 0 && (uint64_t)now.st_size < f->at)
        return true;
    if (stat(f->path, &named) || (named.st_ino == f->inode && named.st_dev == f->device))
        return false;
    fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    close(f->base.fd);
    f->base.fd = fd;
    learn(f, &named);
    return true;
}

static enum status
at_end(struct file *f, struct source_chunk *ret, bool *ret_more)
{
    ret->bytes = STR("");
    ret->offset = f->at;
    if (f->follow && f->path) {
        ret->anew = turn_over(f);
        if (ret->anew)
            ret->offset = f->at = 0;
        *ret_more = true;
        return OK;
    }
    if (f->at < f->base.size)
        source_lacks(&f->base, "it was cut to %llu of %llu bytes while it was read",
                     (unsigned long long)f->at, (unsigned long long)f->base.size);
    *ret_more = false;
    return OK;
}

static enum status
file_next(struct source *s, struct source_chunk *ret, bool *ret_more)
{
    struct file *f = (struct file *)s;
    ssize_t n;

    ret->anew = false;
    do
        n = f->path ? pread(s->fd, f->chunk, sizeof(f->chunk), (off_t)f->at)
                    : read(s->fd, f->chunk, sizeof(f->chunk));
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        source_lacks(s, "cannot be read after byte %llu: %s", (unsigned long long)f->at,
                     strerror(errno));
        n = 0;
        f->follow = false;
    }
    if (n == 0)
        return at_end(f, ret, ret_more);
    ret->bytes = (struct str){ f->chunk, (size_t)n };
    ret->offset = f->at;
    f->at += (uint64_t)n;
    *ret_more = true;
    return OK;
}

static enum status
file_read_at(struct source *s, uint64_t offset, size_t n, struct str *ret)
{
    struct file *f = (struct file *)s;
    ssize_t got;

    if (f->path == NULL)
        return fail(ERR_SYSTEM, "%s is a pipe: it has no offsets to read at", s->name);
    if (f->aside_room < n) {
        char *more = realloc(f->aside, n);

        if (more == NULL)
            return fail(ERR_SYSTEM, "no memory left");
        f->aside = more;
        f->aside_room = n;
    }
    got = pread(s->fd, f->aside, n, (off_t)offset);
    if (got < 0)
        return fail_errno("%s", s->name);
    *ret = (struct str){ f->aside, (size_t)got };
    return OK;
}

static enum status
file_seek(struct source *s, uint64_t offset)
{
    struct file *f = (struct file *)s;

    if (f->path == NULL)
        return fail(ERR_SYSTEM, "%s is a pipe: it cannot be wound", s->name);
    f->at = offset;
    return OK;
}

static void
file_close(struct source *s)
{
    struct file *f = (struct file *)s;

    close(s->fd);
    free(f->aside);
    free(f->path);
    free(f);
}

const struct source_ops source_file = {
    .kind = "file",
    .help = "a file, also gzip or zstd",
    .open = open_path,
    .next = file_next,
    .close = file_close,
    .read_at = file_read_at,
    .seek = file_seek,
};

const struct source_ops source_stdin = {
    .kind = "stdin",
    .help = "- is standard input",
    .open = open_stdin,
    .next = file_next,
    .close = file_close,
};
