/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/output.h"
#include "logs/redact.h"
#include "time/moment.h"
#include "time/now.h"
#include "timeline/store.h"

struct files_args files_args;

static enum status
need_timeline(void)
{
    if (common_options.timeline)
        return OK;
    return fail(ERR_USAGE, "no timeline: name one (-t), or open an incident (incident open)");
}

/* The matter's own time if it was said, else now. */
static enum status
note_time(struct span *ret)
{
    struct zone *viewer = NULL;
    struct moment m;
    enum status st;

    *ret = span_at(now_real());
    if (!files_args.at)
        return OK;
    st = zone_open(&viewer, STR("local"));
    if (st == OK)
        st = moment_read(&m, files_args.at, viewer, now_real());
    zone_close(viewer);
    if (st == OK && m.is_event)
        return fail(ERR_USAGE, "--at: a note stands at a time, not at an event");
    if (st == OK)
        *ret = m.span;
    return st;
}

static const char *
author(void)
{
    const char *user = getenv("USER");

    return files_args.author ? files_args.author : user && *user ? user : "somebody";
}

static enum status
add_note(struct store *s, struct str text)
{
    struct store_source people = { .name = STR("notes"),
                                   .kind = STR("human"),
                                   .format = STR("note"),
                                   .coverage = STR("complete") };
    struct event e = { .kind = KIND_NOTE,
                       .format = STR("note"),
                       .lines = 1,
                       .text = text,
                       .host = str_of(author()),
                       .hash = sha256_of(text),
                       .offset = (uint64_t)now_real() };
    struct span at;
    enum status st = note_time(&at);

    if (st == OK)
        st = store_source(s, &people);
    if (st != OK)
        return st;
    e.source = people.id;
    e.when = (struct when){ .raw = at.low,
                            .grain = span_width(at) + 1,
                            .frame = FRAME_UTC,
                            .zone_from = ZONE_SAID,
                            .span = at };
    return store_add(s, &e);
}

/* A note may quote a statement or a URL: what is kept of it holds no secret either. */
static enum status
redact(struct store *s, struct str text, struct strbuf *out)
{
    struct redactor *r;
    struct str key;
    enum status st = store_redaction_key(s, &key);

    if (st == OK)
        st = redactor_open(&r, key);
    if (st != OK)
        return st;
    redactor_apply(r, text, out);
    redactor_close(r);
    return strbuf_check(out);
}

enum exit_code
note_verb(int argc, char **argv)
{
    AUTO(strbuf) said = { .max = STRBUF_LINE };
    AUTO(strbuf) text = { .max = STRBUF_LINE };
    struct store *s = NULL;
    enum status st = need_timeline();

    for (int i = 0; i < argc; i++)
        strbuf_addf(&said, "%s%s", i ? " " : "", argv[i]);
    if (st == OK && said.n == 0)
        st = fail(ERR_USAGE, "what is to be noted? incident note 'restarted web-1'");
    if (st == OK)
        st = store_open(&s, common_options.timeline, STORE_WRITE);
    if (st == OK)
        st = redact(s, strbuf_str(&said), &text);
    if (st == OK)
        st = add_note(s, strbuf_str(&text));
    store_close(s);
    return st == OK ? EXIT_YES : options_fail(st);
}

/* Folders down to `path`'s own, for nobody else. */
static enum status
make_folders(const char *path)
{
    AUTO(strbuf) part = { 0 };

    for (const char *p = path; *p; p++) {
        if (*p == '/' && part.n && mkdir(strbuf_text(&part), 0700) && errno != EEXIST)
            return fail_errno("create %s", strbuf_text(&part));
        strbuf_addc(&part, *p);
    }
    return OK;
}

static enum status
remember(const char *path)
{
    AUTO(strbuf) state = { 0 }, line = { 0 };
    char whole[PATH_MAX];
    enum status st = options_state_file(&state);

    if (st == OK && !realpath(path, whole))
        st = fail_errno("%s", path);
    if (st == OK)
        st = make_folders(strbuf_text(&state));
    if (st != OK)
        return st;
    strbuf_addf(&line, "%s\n", whole);
    return file_publish(strbuf_text(&state), strbuf_str(&line), 0600);
}

enum exit_code
open_verb(int argc, char **argv)
{
    AUTO(strbuf) out = { 0 };
    struct store *s = NULL;
    enum status st;

    if (argc != 1)
        return options_fail(fail(ERR_USAGE, "which one? incident open outage.timeline"));
    st = store_open(&s, argv[0], STORE_WRITE);
    if (st == OK)
        st = remember(argv[0]);
    store_close(s);
    strbuf_addf(&out, "from here on: %s\n", argc ? argv[0] : "");
    if (st == OK && !common_options.quiet)
        st = output_write(&out);
    return st == OK ? EXIT_YES : options_fail(st);
}

enum exit_code
merge_verb(int argc, char **argv)
{
    struct store *into = NULL;
    enum status st = need_timeline();

    if (st == OK && argc == 0)
        st = fail(ERR_USAGE, "merge what? incident merge -t all.timeline one.timeline ...");
    if (st == OK)
        st = store_open(&into, common_options.timeline, STORE_WRITE);
    for (int i = 0; st == OK && i < argc; i++) {
        struct store *from = NULL;

        st = store_open(&from, argv[i], STORE_READ);
        if (st == OK)
            st = store_merge(into, from);
        store_close(from);
    }
    store_close(into);
    return st == OK ? EXIT_YES : options_fail(st);
}
