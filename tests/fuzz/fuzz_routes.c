/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "net/date.h"
#include "net/http_answer.h"
#include "observe/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What would have the reader open other files or wait for a terminal is left out. */
static bool
reaches_out(struct str text)
{
    return str_find(text, STR("fd:")) != SIZE_MAX ||
           str_find(text, STR("prompt:")) != SIZE_MAX ||
           str_find(text, STR("file:")) != SIZE_MAX || str_find(text, STR("@")) != SIZE_MAX;
}

static void
read_as_routes(struct str text)
{
    int fd = memfd_create("routes", MFD_CLOEXEC);
    struct route_draft d = { 0 };
    AUTO(routes) r = { 0 };
    char path[64];

    if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
        abort();
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (routes_read(&r, path, &d) == OK && r.len == 0)
        abort();
    close(fd);
}

/* Whatever the bytes are: a Date is a second after 1970, a header line fits, a file of routes
 * is routes or an error. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct str text = { (const char *)bytes, n }, lines = text;
    struct http_answer a = { 0 };
    AUTO(strbuf) value = { .max = STRBUF_LINE };
    int64_t date = -1;

    if (date_read(text, &date) && date < 0)
        abort();
    while (lines.n)
        (void)http_answer_line(&a, str_cut(&lines, '\n'), "etag");
    http_answer_done(&a);
    (void)route_json_at(text, STR("/a/0/b"), &value);
    if (!reaches_out(text))
        read_as_routes(text);
    return 0;
}
