/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "diagnose/findings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A sound timeline, spoiled: the input is patches of four bytes (where, three bytes of it, and
 * what), one that begins with 0xff cuts the file there as well. Opened and worked out it may be
 * refused or give nonsense, and nothing else. */
enum { PATCH = 4, EVENTS = 60 };

static char path[64];

static struct event
event_at(uint32_t source, unsigned i)
{
    return (struct event){ .when = { .raw = SECONDS(1795312345 + i), .grain = SECONDS(1) },
                           .source = source,
                           .offset = i * 90,
                           .line = i,
                           .kind = i % 3 ? KIND_REQUEST : KIND_HTTP_5XX,
                           .status = i % 3 ? 200 : 500,
                           .format = STR("access"),
                           .route = STR("/orders"),
                           .text = STR("GET /orders") };
}

static enum status
make_sound(struct strbuf *ret)
{
    struct store_source source = { .name = STR("a.log") };
    struct store *s = NULL;
    enum status st = store_open(&s, path, STORE_WRITE);

    if (st == OK)
        st = store_source(s, &source);
    for (unsigned i = 0; st == OK && i < EVENTS; i++) {
        struct event e = event_at(source.id, i);

        st = store_add(s, &e);
    }
    store_close(s);
    if (st == OK)
        st = file_read(path, ret);
    unlink(path);
    return st;
}

static void
tidy(void)
{
    static const char *const sides[] = { "", "-wal", "-shm" };

    for (size_t i = 0; i < LEN(sides); i++) {
        char side[sizeof(path) + 8];

        snprintf(side, sizeof(side), "%s%s", path, sides[i]);
        unlink(side);
    }
}

static size_t
spoil(struct strbuf *file, const uint8_t *bytes, size_t n)
{
    size_t length = file->n;

    for (size_t i = 0; i + PATCH <= n; i += PATCH) {
        size_t at = (bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]) % file->n;

        if (bytes[i] == 0xff)
            length = MIN(length, at);
        file->p[at] = (char)bytes[i + 3];
    }
    return length;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct strbuf sound;
    AUTO(strbuf) file = { 0 };
    struct findings f = { 0 };
    struct store *s = NULL;
    int fd;

#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    /* A file is dear: as a test, one input of five is enough. */
    static unsigned turn;

    if (turn++ % 5)
        return 0;
#endif
    if (!path[0])
        snprintf(path, sizeof(path), "%s/fuzz-store-%d",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (int)getpid());
    if (!sound.n && make_sound(&sound) != OK)
        abort();
    strbuf_add(&file, strbuf_str(&sound));
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, file.p, spoil(&file, bytes, n)) < 0)
        abort();
    close(fd);
    if (store_open(&s, path, STORE_READ) == OK && findings_work_out(&f, s) == OK)
        findings_done(&f);
    store_close(s);
    tidy();
    return 0;
}
