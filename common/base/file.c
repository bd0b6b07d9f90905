/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status
read_all(int fd, const char *path, struct strbuf *out)
{
    char chunk[1 << 14];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno("%s", path);
        strbuf_add(out, (struct str){ chunk, (size_t)n });
        if (out->over)
            return note(strbuf_check(out), "%s", path);
    }
    return OK;
}

enum status
file_read(const char *path, struct strbuf *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum status st;

    if (fd < 0)
        return fail_errno("%s", path);
    st = read_all(fd, path, out);
    close(fd);
    return st;
}

static bool
write_all(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes = str_skip(bytes, (size_t)n);
    }
    return true;
}

enum status
file_publish(const char *path, struct str bytes, unsigned mode)
{
    AUTO(strbuf) draft = { .max = STRBUF_LINE };
    bool well;
    int fd;

    strbuf_addf(&draft, "%s.XXXXXX", path);
    if (strbuf_check(&draft))
        return note(ERR_LIMIT, "%s", "path");
    fd = mkostemp(draft.p, O_CLOEXEC);
    if (fd < 0)
        return fail_errno("%s", path);
    well = write_all(fd, bytes) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    well = close(fd) == 0 && well && rename(draft.p, path) == 0;
    if (well)
        return OK;
    fail_errno("%s", path);
    unlink(draft.p);
    return ERR_SYSTEM;
}
