/* SPDX-License-Identifier: MIT */
#include "net/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "tap.h"

static void
write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
}

static void
a_secret_comes_from_where_the_user_said(void)
{
    char path[] = "/tmp/test-secret-XXXXXX", spec[64];
    AUTO(secret) s = { 0 };
    int fds[2];

    close(mkstemp(path));
    write_file(path, " with blanks \r\n");
    snprintf(spec, sizeof(spec), "file:%s", path);
    ok(secret_read(&s, spec) == OK && str_eq(secret_reveal(&s), STR(" with blanks ")),
       "a file gives all its bytes but the last line end");
    unlink(path);

    setenv("TEST_SECRET", "s3same", 1);
    ok(secret_read(&s, "env:TEST_SECRET") == OK && str_eq(secret_reveal(&s), STR("s3same")),
       "a variable of the environment gives it");

    if (pipe(fds) != 0 || write(fds[1], "two\nlines\n", 10) != 10)
        abort();
    close(fds[1]);
    snprintf(spec, sizeof(spec), "fd:%d", fds[0]);
    ok(secret_read(&s, spec) == OK && str_eq(secret_reveal(&s), STR("two\nlines")),
       "an open descriptor gives it");
    close(fds[0]);
}

static void
a_secret_that_cannot_be_had_is_an_error_that_does_not_repeat_it(void)
{
    AUTO(secret) s = { 0 };

    if (secret_set(&s, STR("before")) != OK)
        abort();
    ok(secret_read(&s, "hunter2") == ERR_USAGE, "a bare password is refused");
    ok(!strstr(err_text(), "hunter2"), "and the refusal does not show it");
    ok(secret_read(&s, "file:/nowhere/at/all") == ERR_SYSTEM &&
           strstr(err_text(), "/nowhere/at/all: No such file"),
       "a missing file is named");
    ok(secret_read(&s, "env:NO_SUCH_VARIABLE_HERE") == ERR_USAGE, "so is a missing variable");
    ok(secret_read(&s, "fd:x") == ERR_USAGE, "a descriptor is a number");
    ok(str_eq(secret_reveal(&s), STR("before")), "and what was held is still held");
}

static void
a_secret_has_a_ceiling(void)
{
    AUTO(secret) s = { 0 };
    AUTO(strbuf) big = { 0 };

    strbuf_fill(&big, 'x', SECRET_MAX + 1);
    ok(secret_set(&s, strbuf_str(&big)) == ERR_LIMIT && !s.p, "one byte too many is refused");
    ok(secret_set(&s, str_head(strbuf_str(&big), SECRET_MAX)) == OK, "the largest is kept");
    ok(s.p[SECRET_MAX] == '\0', "and terminated");
    ok(secret_read(&s, "file:/dev/zero") == ERR_LIMIT, "a file without an end is given up");
}

static void
equal_secrets_share_a_fingerprint_under_one_key(void)
{
    char one[FINGERPRINT_LEN], two[FINGERPRINT_LEN], other[FINGERPRINT_LEN];
    AUTO(secret) a = { 0 };
    AUTO(secret) b = { 0 };

    if (secret_set(&a, STR("tulip")) != OK || secret_set(&b, STR("tulip")) != OK)
        abort();
    secret_fingerprint(&a, STR("key 1"), one);
    secret_fingerprint(&b, STR("key 1"), two);
    secret_fingerprint(&b, STR("key 2"), other);
    ok(strlen(one) == 8 && strcmp(one, two) == 0, "the same secret, the same eight digits");
    ok(strcmp(one, other) != 0, "another incident's key gives others");
    ok(secret_eq(&a, &b), "and they compare equal");
    if (secret_set(&b, STR("tulip ")) != OK)
        abort();
    ok(!secret_eq(&a, &b), "a blank more is another secret");
}

int
main(void)
{
    secret_guard_process();
    a_secret_comes_from_where_the_user_said();
    a_secret_that_cannot_be_had_is_an_error_that_does_not_repeat_it();
    a_secret_has_a_ceiling();
    equal_secrets_share_a_fingerprint_under_one_key();
    return done_testing();
}
