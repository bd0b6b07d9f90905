/* SPDX-License-Identifier: MIT */
#include "wanted.h"

#include <stdio.h>
#include <unistd.h>

#include "args.h"
#include "base/utf8.h"
#include "time/now.h"
#include "time/stamp.h"

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

/* The edge of the window; the far end of the world where none is given. */
static enum status
edge(const char *name, const char *text, int64_t otherwise, int64_t *ret)
{
    struct stamp stamp;

    *ret = otherwise;
    if (text == NULL)
        return OK;
    if (!stamp_read(str_of(text), NULL, &stamp) || !stamp.has_year)
        return fail(ERR_USAGE, "--%s: '%s' is not a time", name, text);
    *ret = civil_to_ns(&stamp.civil) - SECONDS(stamp.offset);
    return OK;
}

enum status
wanted_request(struct reader_request *ret, int argc, char **specs)
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
        st = edge("since", common_options.since, INT64_MIN, &ret->window.low);
    if (st == OK)
        st = edge("until", common_options.until, INT64_MAX, &ret->window.high);
    if (st == OK && ret->window.low > ret->window.high)
        return fail(ERR_USAGE, "--since %s is after --until %s", common_options.since,
                    common_options.until);
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
