/* SPDX-License-Identifier: MIT */
#include "wanted.h"

#include <stdio.h>
#include <unistd.h>

#include "args.h"
#include "base/utf8.h"
#include "cli/window.h"

static enum status
add_classes(struct str list, uint64_t *kinds)
{
    while (list.n) {
        struct str word = str_trim(str_cut(&list, ','));
        enum kind kind = kind_named(word);

        if (kind == KIND_NONE)
            return fail(ERR_USAGE, "--class: '" STR_FMT "' is no class of event",
                        STR_ARG(word));
        *kinds |= UINT64_C(1) << kind;
    }
    return OK;
}

/* "first:auth_failed" in the timeline of -t. */
static bool
find_event(struct str kind, bool last, int64_t *ret, void *data)
{
    const struct store_query q = { .window = { INT64_MIN, INT64_MAX },
                                   .kinds = UINT64_C(1) << kind_named(kind) };
    struct store *timeline = data;
    struct store_cursor *c;
    struct event e;
    bool more = false, found = false;

    if (kind_named(kind) == KIND_NONE || store_find(timeline, &q, &c) != OK)
        return false;
    while (!(found && !last) && store_next(c, &e, &more) == OK && more) {
        *ret = last ? e.when.span.high : e.when.span.low;
        found = true;
    }
    store_cursor_close(c);
    return found;
}

enum status
wanted_timeline(struct store **ret)
{
    *ret = NULL;
    return common_options.timeline ? store_open(ret, common_options.timeline, STORE_WRITE) : OK;
}

enum status
wanted_request(struct reader_request *ret, int argc, char **specs, struct store *timeline)
{
    enum status st = OK;

    *ret = (struct reader_request){
        .specs = (const char *const *)specs,
        .specs_len = (size_t)argc,
        .all = args.all,
        .reveal = args.reveal,
        .pcre = args.pcre,
        .zones = common_options.zones.items,
        .zones_len = common_options.zones.len,
        .years = args.years.items,
        .years_len = args.years.len,
        .pg_prefix = args.pg_prefix,
        .follow = args.follow,
        .now_said = common_options.now != NULL,
    };
    if (argc == 0)
        return fail(ERR_USAGE, "name a log: a file, - for standard input, or docker:NAME");
    if (args.reveal && !isatty(STDOUT_FILENO))
        return fail(ERR_USAGE, "--reveal: secrets are only shown on a terminal");
    for (size_t i = 0; i < args.classes.len && st == OK; i++)
        st = add_classes(str_of(args.classes.items[i]), &ret->kinds);
    /* Whoever looks for words of their own looks for them everywhere. */
    ret->all |= args.pcre && ret->kinds == 0;
    if (st == OK)
        st = window_said(&ret->window, timeline ? find_event : NULL, timeline);
    return st;
}

static void
say_unread(struct reader *r)
{
    const struct reader_unread *list;
    const struct reader_source *sources;
    size_t len = reader_unread(r, &list);

    reader_sources(r, &sources);
    for (size_t i = 0; i < len; i++) {
        AUTO(strbuf) text = { 0 };

        utf8_show(&text, list[i].text, false);
        fprintf(stderr, "%s:%llu: %s: %s\n", sources[list[i].source - 1].name,
                (unsigned long long)list[i].line, list[i].why, strbuf_text(&text));
    }
}

static void
say_zones(const struct reader_source *sources, size_t len)
{
    for (size_t i = 0; i < len; i++)
        fprintf(stderr, "%s%s " STR_FMT " (" STR_FMT ")", i ? " · " : "", sources[i].name,
                STR_ARG(sources[i].clock.zone), STR_ARG(sources[i].zone_why));
    fputc('\n', stderr);
}

bool
wanted_sum_up(struct reader *r)
{
    const struct reader_source *s;
    size_t len = reader_sources(r, &s);
    uint64_t lines = 0, not_understood = 0;
    bool complete = true, guessed = false;

    for (size_t i = 0; i < len; i++) {
        lines += s[i].lines;
        not_understood += s[i].not_understood;
        guessed |= s[i].guessed;
        if (strcmp(s[i].coverage, "complete") == 0)
            continue;
        complete = false;
        fprintf(stderr, "%s: incomplete: %s\n", s[i].name, s[i].coverage);
    }
    if (!common_options.quiet) {
        say_zones(s, len);
        fprintf(stderr, "%llu lines read, %llu not understood%s\n", (unsigned long long)lines,
                (unsigned long long)not_understood,
                not_understood && !args.unread ? " (--unread shows them)" : "");
    }
    if (args.unread)
        say_unread(r);
    return complete && !(args.strict && guessed);
}
