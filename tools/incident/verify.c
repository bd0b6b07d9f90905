/* SPDX-License-Identifier: MIT */
#include "report/verify.h"

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "browse.h"
#include "cli/options.h"
#include "cli/output.h"
#include "report/words.h"

static void
show_json(struct strbuf *out, const struct verify_piece *p)
{
    struct json w = { .out = out };

    json_object(&w, NULL);
    json_int(&w, "evidence", (int64_t)p->number);
    json_text(&w, "state", verified_names[p->state]);
    json_maybe(&w, "source", p->source);
    json_int(&w, "line", (int64_t)p->line);
    json_int(&w, "offset", (int64_t)p->offset);
    json_int(&w, "length", (int64_t)p->length);
    json_maybe(&w, "why", p->why);
    json_object_end(&w);
    strbuf_addc(out, '\n');
}

/* Only what does not stand is worth a line to people. */
static void
show_text(struct strbuf *out, const struct verify_piece *p)
{
    if (p->state == VERIFIED_SAME)
        return;
    strbuf_addf(out, "E%-4zu ", p->number);
    output_styled(out, p->state == VERIFIED_UNREAD ? STYLE_DIM : STYLE_BAD,
                  str_of(verified_names[p->state]));
    strbuf_addc(out, ' ');
    utf8_show(out, p->source, false);
    strbuf_addf(out, ", line %llu: ", (unsigned long long)p->line);
    utf8_show(out, p->why, false);
    strbuf_addc(out, '\n');
}

static enum exit_code
conclude(const struct verify *v)
{
    size_t wrong = v->counts[VERIFIED_CHANGED] + v->counts[VERIFIED_MISSING];
    AUTO(strbuf) said = { 0 };

    words_count(&said, v->counts[VERIFIED_SAME]);
    strbuf_adds(&said, " of ");
    words_counted(&said, v->pieces_len, "piece of evidence stands|pieces of evidence stand");
    options_say("%s as reported", strbuf_text(&said));
    return wrong > 0 ? EXIT_NO : v->counts[VERIFIED_UNREAD] > 0 ? EXIT_PARTIAL : EXIT_YES;
}

static enum status
check(struct verify *v, const char *path)
{
    AUTO(strbuf) report = { 0 };
    AUTO(strbuf) out = { 0 };
    enum status st = file_read(path, &report);

    if (st != OK)
        return st;
    st = verify_read(v, strbuf_str(&report));
    if (st != OK)
        return note(st, "%s", path);
    verify_check(v, browse_args.folder);
    for (size_t i = 0; i < v->pieces_len; i++) {
        if (common_options.json)
            show_json(&out, &v->pieces[i]);
        else
            show_text(&out, &v->pieces[i]);
    }
    return output_write(&out);
}

enum exit_code
verify_verb(int argc, char **argv)
{
    struct verify v = { 0 };
    enum exit_code code;
    enum status st;

    if (argc != 1)
        return options_fail(fail(ERR_USAGE, "verify takes one report"));
    st = check(&v, argv[0]);
    code = st == OK ? conclude(&v) : options_fail(st);
    verify_done(&v);
    return code;
}
