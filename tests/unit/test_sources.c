/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/file.h"
#include "sources/command.h"
#include "sources/file.h"
#include "tap.h"

static const struct source_range all = { { INT64_MIN, INT64_MAX }, false };
static char folder[] = "/tmp/sources-XXXXXX";

static const char *
path_of(const char *name)
{
    static char path[256];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static const char *
written(const char *name, struct str bytes)
{
    if (file_publish(path_of(name), bytes, 0600) != OK)
        abort();
    return path_of(name);
}

/* Everything the source gives, its offsets checked; "-" before a sentence if it cannot. */
static void
slurp(struct source *s, struct strbuf *out)
{
    struct source_chunk chunk;
    bool more = true;

    while (source_next(s, &chunk, &more) == OK && more) {
        ok(chunk.offset == out->n, "a piece begins where the last one ended");
        strbuf_add(out, chunk.bytes);
    }
}

static struct str
gzipped(struct strbuf *out, struct str text)
{
    z_stream z = { 0 };
    unsigned char piece[4096];
    size_t n;

    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    z.next_in = (Bytef *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.n;
    do {
        z.next_out = piece;
        z.avail_out = sizeof(piece);
        deflate(&z, Z_FINISH);
        n = sizeof(piece) - z.avail_out;
        strbuf_add(out, (struct str){ (char *)piece, n });
    } while (n == sizeof(piece));
    deflateEnd(&z);
    return strbuf_str(out);
}

static void
a_plain_file_comes_whole_and_at_offsets(void)
{
    AUTO(strbuf) text = { 0 };
    AUTO(strbuf) got = { 0 };
    struct source *s;
    struct str at = { 0 };

    for (int i = 0; i < 100000; i++)
        strbuf_addf(&text, "line %d\n", i);
    ok(source_open(&s, written("plain", strbuf_str(&text)), &all) == OK, "opened");
    ok(s->size == text.n && s->modified > 0, "its size and age are known");
    ok(s->ops->read_at(s, 5, 9, &at) == OK && str_eq(at, STR("0\nline 1\n")),
       "looked at aside");
    slurp(s, &got);
    ok(str_eq(strbuf_str(&got), strbuf_str(&text)) && !s->partial, "complete");
    source_close(s);
}

static void
what_is_no_log_says_so(void)
{
    struct source *s = NULL;

    ok(source_open(&s, path_of("missing"), &all) == ERR_SYSTEM && s == NULL &&
           strstr(err_text(), "missing: No such file"),
       "%s", err_text());
    ok(source_open(&s, folder, &all) == ERR_SYSTEM && strstr(err_text(), "is a directory"),
       "%s", err_text());
    ok(source_open(&s, "/dev/null", &all) == OK, "an empty device can be read");
    source_close(s);
}

static void
members_of_gzip_follow_each_other(void)
{
    AUTO(strbuf) both = { 0 };
    AUTO(strbuf) got = { 0 };
    struct source *s;

    gzipped(&both, STR("first\n"));
    gzipped(&both, STR("second\n"));
    ok(source_open(&s, written("two.log", strbuf_str(&both)), &all) == OK,
       "told by its bytes, not by its name");
    slurp(s, &got);
    ok(str_eq(strbuf_str(&got), STR("first\nsecond\n")) && !s->partial, "both are read");
    source_close(s);
}

static void
a_truncated_gzip_costs_its_end_and_says_so(void)
{
    AUTO(strbuf) text = { 0 };
    AUTO(strbuf) packed = { 0 };
    AUTO(strbuf) got = { 0 };
    struct source *s;

    for (int i = 0; i < 20000; i++)
        strbuf_addf(&text, "line %d %d\n", i, i * 7919);
    gzipped(&packed, strbuf_str(&text));
    packed.n /= 2;
    ok(source_open(&s, written("cut.gz", strbuf_str(&packed)), &all) == OK, "opened");
    slurp(s, &got);
    ok(got.n > 1000 && got.n < text.n && memcmp(got.p, text.p, got.n) == 0,
       "its first part is there");
    ok(s->partial && strstr(s->coverage, "end in the middle"), "%s", s->coverage);
    source_close(s);
}

static void
zstd_is_read_too(void)
{
    char packed[256];
    struct str text = STR("one\ntwo\n");
    size_t n = ZSTD_compress(packed, sizeof(packed), text.p, text.n, 3);
    AUTO(strbuf) got = { 0 };
    struct source *s;

    ok(source_open(&s, written("z", (struct str){ packed, n }), &all) == OK, "opened");
    slurp(s, &got);
    ok(str_eq(strbuf_str(&got), text) && !s->partial, "and whole");
    source_close(s);
}

static void
a_file_that_shrinks_is_partial_and_no_fault(void)
{
    AUTO(strbuf) text = { 0 };
    struct source_chunk chunk;
    struct source *s;
    bool more = true;

    strbuf_fill(&text, 'x', 3 * SOURCE_CHUNK);
    ok(source_open(&s, written("shrinks", strbuf_str(&text)), &all) == OK &&
           source_next(s, &chunk, &more) == OK && chunk.bytes.n == SOURCE_CHUNK,
       "the first piece");
    ok(truncate(path_of("shrinks"), SOURCE_CHUNK / 2) == 0, "cut meanwhile");
    ok(source_next(s, &chunk, &more) == OK && !more && s->partial, "%s", s->coverage);
    source_close(s);
}

static void
a_followed_file_is_found_again_when_it_is_renamed_or_cut(void)
{
    const struct source_range follow = { all.window, true };
    struct source_chunk chunk;
    struct source *s;
    bool more;

    ok(source_open(&s, written("live", STR("old\n")), &follow) == OK &&
           source_next(s, &chunk, &more) == OK && source_next(s, &chunk, &more) == OK && more &&
           chunk.bytes.n == 0 && !chunk.anew,
       "it waits at the end");
    written("live", STR("new and longer\n"));
    ok(source_next(s, &chunk, &more) == OK && chunk.anew &&
           source_next(s, &chunk, &more) == OK &&
           str_eq(chunk.bytes, STR("new and longer\n")) && chunk.offset == 0,
       "another file by the same name is begun anew");
    ok(truncate(path_of("live"), 0) == 0 && source_next(s, &chunk, &more) == OK && chunk.anew,
       "so is one that was cut");
    source_close(s);
}

static void
a_program_is_a_source(void)
{
    static const struct command row = {
        "say", "for this test", { "printf", "%s\\n", "--since", "{since}", "{}", NULL }, NULL
    };
    static const struct command bad = {
        "bad", "for this test", { "sh", "-c", "{}", NULL }, NULL
    };
    const struct source_range since = { { SECONDS(1), INT64_MAX }, false };
    AUTO(strbuf) got = { 0 };
    struct source *s;

    ok(command_open(&s, &row, "a b; c", &all) == OK, "started");
    slurp(s, &got);
    ok(str_eq(strbuf_str(&got), STR("a b; c\n")) && !s->partial,
       "without a window its option is left out");
    source_close(s);
    strbuf_clear(&got);
    ok(command_open(&s, &row, "x", &since) == OK, "started");
    slurp(s, &got);
    ok(str_eq(strbuf_str(&got), STR("--since\n1970-01-01T00:00:01.000000000Z\nx\n")),
       "with one it is given");
    source_close(s);
    strbuf_clear(&got);
    ok(command_open(&s, &bad, "echo went wrong >&2; exit 7", &all) == OK, "started");
    slurp(s, &got);
    ok(s->partial && strstr(s->coverage, "ended with 7: went wrong"), "%s", s->coverage);
    source_close(s);
}

static void
every_program_row_can_be_called(void)
{
    const struct source_range window = { { SECONDS(1), SECONDS(2) }, true };

    for (size_t i = 0; i < commands_len; i++) {
        char **argv = command_argv(&commands[i], "WHERE", &window);
        bool where = false;

        for (char **word = argv; *word; word++)
            where |= strstr(*word, "WHERE") != NULL;
        ok(where && commands[i].help && strcmp(argv[0], commands[i].argv[0]) == 0, "%s:WHERE",
           commands[i].scheme);
        command_argv_free(argv);
    }
}

int
main(void)
{
    char remove[64];

    if (mkdtemp(folder) == NULL)
        return 1;
    a_plain_file_comes_whole_and_at_offsets();
    what_is_no_log_says_so();
    members_of_gzip_follow_each_other();
    a_truncated_gzip_costs_its_end_and_says_so();
    zstd_is_read_too();
    a_file_that_shrinks_is_partial_and_no_fault();
    a_followed_file_is_found_again_when_it_is_renamed_or_cut();
    a_program_is_a_source();
    every_program_row_can_be_called();
    for (size_t i = 0; i < 6; i++) {
        static const char *const names[] = { "plain", "two.log", "cut.gz",
                                             "z",     "shrinks", "live" };

        snprintf(remove, sizeof(remove), "%s/%s", folder, names[i]);
        unlink(remove);
    }
    rmdir(folder);
    return done_testing();
}
