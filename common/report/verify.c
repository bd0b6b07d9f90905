/* SPDX-License-Identifier: MIT */
#include "report/verify.h"

#include "base/digest.h"
#include "base/jsonread.h"
#include "sources/source.h"

enum { PIECES_MAX = 10000 };

const char *const verified_names[VERIFIED_LEN] = {
    [VERIFIED_SAME] = "same",
    [VERIFIED_CHANGED] = "changed",
    [VERIFIED_MISSING] = "missing",
    [VERIFIED_UNREAD] = "unread",
};

void
verify_done(struct verify *v)
{
    arena_done(&v->memory);
    *v = (struct verify){ 0 };
}

static const struct field {
    const char *name;
    size_t at;
    bool number;
} fields[] = {
    { "source", offsetof(struct verify_piece, source), false },
    { "kind", offsetof(struct verify_piece, kind), false },
    { "text", offsetof(struct verify_piece, text), false },
    { "sha256", offsetof(struct verify_piece, sha256), false },
    { "offset", offsetof(struct verify_piece, offset), true },
    { "length", offsetof(struct verify_piece, length), true },
    { "line", offsetof(struct verify_piece, line), true },
};

static const struct field *
field_named(struct str name)
{
    for (size_t i = 0; i < LEN(fields); i++)
        if (str_eq(name, str_of(fields[i].name)))
            return &fields[i];
    return NULL;
}

static bool
read_field(struct verify *v, struct jsonread *r, const struct field *f, struct verify_piece *p)
{
    void *into = (char *)p + f->at;
    enum json_token token = jsonread_next(r);

    if (token == JSON_NULL)
        return true;
    if (f->number)
        return token == JSON_NUMBER && str_to_u64(r->value, into);
    if (token != JSON_STRING)
        return false;
    *(struct str *)into = arena_str(&v->memory, r->value);
    return true;
}

static bool
read_piece(struct verify *v, struct jsonread *r, struct verify_piece *p)
{
    enum json_token token;

    while ((token = jsonread_next(r)) == JSON_KEY) {
        const struct field *f = field_named(r->value);

        if (f ? !read_field(v, r, f, p) : !jsonread_skip(r))
            return false;
    }
    return token == JSON_OBJECT_END;
}

static bool
read_pieces(struct verify *v, struct jsonread *r)
{
    enum json_token token = jsonread_next(r);

    if (token != JSON_ARRAY)
        return false;
    v->pieces = arena_alloc(&v->memory, PIECES_MAX * sizeof(*v->pieces));
    while (v->pieces && (token = jsonread_next(r)) == JSON_OBJECT) {
        if (v->pieces_len == PIECES_MAX || !read_piece(v, r, &v->pieces[v->pieces_len]))
            return false;
        v->pieces[v->pieces_len].number = v->pieces_len + 1;
        v->pieces_len++;
    }
    return token == JSON_ARRAY_END;
}

/* The evidence stands at the top of the report's object. */
static bool
read_report(struct verify *v, struct str json)
{
    AUTO(jsonread) r = { 0 };

    jsonread_start(&r, json);
    if (jsonread_next(&r) != JSON_OBJECT)
        return false;
    while (jsonread_next(&r) == JSON_KEY) {
        if (str_eq(r.value, STR("evidence")))
            return read_pieces(v, &r);
        if (!jsonread_skip(&r))
            return false;
    }
    return false;
}

static struct str
json_in(struct str report)
{
    struct str before = STR("<script type=\"application/json\" id=\"report\">");
    size_t from = str_find(report, before);
    struct str rest;

    if (from == SIZE_MAX)
        return report;
    rest = str_skip(report, from + before.n);
    return str_head(rest, str_find(rest, STR("</script>")));
}

static void
judge(struct verify *v, struct verify_piece *p, enum verified state, const char *why)
{
    p->state = state;
    p->why = arena_str(&v->memory, str_of(why));
}

/* The record's text in the report has its secrets taken out and may be a part of the record:
 * only where it is the record can the byte itself be named. */
static void
name_byte(struct verify *v, struct verify_piece *p, struct str now)
{
    size_t i = 0;

    if (p->text.n == now.n)
        while (i < now.n && p->text.p[i] == now.p[i])
            i++;
    p->state = VERIFIED_CHANGED;
    if (p->text.n == now.n && i < now.n)
        p->why = arena_strf(&v->memory, "byte %llu is 0x%02x and was 0x%02x",
                            (unsigned long long)(p->offset + i), (unsigned char)now.p[i],
                            (unsigned char)p->text.p[i]);
    else
        p->why = arena_strf(&v->memory, "something in bytes %llu to %llu is not what it was",
                            (unsigned long long)p->offset,
                            (unsigned long long)(p->offset + p->length - 1));
}

static void
compare(struct verify *v, struct verify_piece *p, struct str now)
{
    struct sha256 hash = sha256_of(now);
    char hex[2 * SHA256_LEN + 1];

    hex_print(hex, hash.bytes, SHA256_LEN);
    if (now.n < p->length)
        judge(v, p, VERIFIED_MISSING, "the source ends before");
    else if (str_eq(p->sha256, str_of(hex)))
        judge(v, p, VERIFIED_SAME, NULL);
    else
        name_byte(v, p, now);
}

static void
check_piece(struct verify *v, struct verify_piece *p, const char *folder)
{
    struct source_range all = { .window = { INT64_MIN, INT64_MAX } };
    AUTO(strbuf) spec = { 0 };
    struct source *source;
    struct str now;

    if (!str_eq(p->kind, STR("file"))) {
        judge(v, p, VERIFIED_UNREAD, "not a file: its only record is the timeline");
        return;
    }
    if (p->length == 0 || str_find(p->sha256, STR("00000000000000000000000000000000")) == 0) {
        judge(v, p, VERIFIED_UNREAD,
              "no hash was kept: the record was put together from pieces");
        return;
    }
    if (folder && p->source.n > 0 && p->source.p[0] != '/')
        strbuf_addf(&spec, "%s/", folder);
    strbuf_add(&spec, p->source);
    if (source_open(&source, strbuf_text(&spec), &all) != OK) {
        judge(v, p, VERIFIED_MISSING, err_text());
        return;
    }
    if (source->ops->read_at == NULL)
        judge(v, p, VERIFIED_UNREAD, "this kind of source cannot be read at an offset");
    else if (source->ops->read_at(source, p->offset, p->length, &now) != OK)
        judge(v, p, VERIFIED_MISSING, err_text());
    else
        compare(v, p, now);
    source_close(source);
}

enum status
verify_read(struct verify *ret, struct str report)
{
    struct verify v = { 0 };

    if (!read_report(&v, json_in(report))) {
        verify_done(&v);
        return fail(ERR_PARSE,
                    "no evidence in it that a program can read: give the HTML or the "
                    "JSON of incident report");
    }
    *ret = v;
    return OK;
}

void
verify_check(struct verify *v, const char *folder)
{
    memset(v->counts, 0, sizeof(v->counts));
    for (size_t i = 0; i < v->pieces_len; i++) {
        check_piece(v, &v->pieces[i], folder);
        v->counts[v->pieces[i].state]++;
    }
}
