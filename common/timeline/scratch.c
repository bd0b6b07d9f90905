/* SPDX-License-Identifier: MIT */
#include "timeline/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum status
scratch_open(struct scratch *ret, const char *named)
{
    const char *dir = getenv("TMPDIR");
    struct scratch s = { 0 };
    enum status st;
    int fd;

    if (!named) {
        snprintf(s.path, sizeof(s.path), "%.40s/incident-XXXXXX", dir && *dir ? dir : "/tmp");
        fd = mkstemp(s.path);
        if (fd < 0)
            return fail_errno("timeline %s", s.path);
        close(fd);
    }
    st = store_open(&s.store, named ? named : s.path, STORE_WRITE);
    if (st == OK)
        *ret = s;
    else if (!named)
        unlink(s.path);
    return st;
}

void
scratch_done(struct scratch *s)
{
    char beside[sizeof(s->path) + 8];

    store_close(s->store);
    if (s->path[0]) {
        unlink(s->path);
        snprintf(beside, sizeof(beside), "%s-wal", s->path);
        unlink(beside);
        snprintf(beside, sizeof(beside), "%s-shm", s->path);
        unlink(beside);
    }
    *s = (struct scratch){ 0 };
}
