/* SPDX-License-Identifier: MIT */
#include "logs/pg_record.h"

#include "logs/pg_escape.h"
#include "logs/postgres.h"

bool
pg_reserve(struct strbuf *scratch, size_t n)
{
    strbuf_clear(scratch);
    strbuf_fill(scratch, ' ', n);
    if (strbuf_check(scratch) != OK || scratch->room < n)
        return false;
    strbuf_clear(scratch);
    return true;
}

/* What stderr shows of it: lines behind the first begin with a tab. */
static void
add_tabbed(struct strbuf *out, struct str text)
{
    while (text.n) {
        size_t line = str_find_byte(text, '\n');
        strbuf_add(out, str_head(text, line == SIZE_MAX ? text.n : line + 1));
        if (line != SIZE_MAX && line + 1 < text.n)
            strbuf_addc(out, '\t');
        text = str_skip(text, line == SIZE_MAX ? text.n : line + 1);
    }
}

static void
add_tagged(struct strbuf *out, const char *tag, struct str text)
{
    if (text.n == 0)
        return;
    strbuf_addf(out, "\n%s:  ", tag);
    add_tabbed(out, text);
}

static struct str
text_of(const struct str columns[PG_COLUMNS], struct strbuf *scratch)
{
    static const struct {
        enum pg_column column;
        const char *tag;
    } parts[] = {
        { PG_DETAIL, "DETAIL" },   { PG_HINT, "HINT" },         { PG_INTERNAL_QUERY, "QUERY" },
        { PG_CONTEXT, "CONTEXT" }, { PG_LOCATION, "LOCATION" }, { PG_QUERY, "STATEMENT" },
    };
    size_t from = scratch->n;

    add_tabbed(scratch, columns[PG_MESSAGE]);
    for (size_t i = 0; i < LEN(parts); i++)
        add_tagged(scratch, parts[i].tag, columns[parts[i].column]);
    return str_skip(strbuf_str(scratch), from);
}

static struct str
client_of(const struct str columns[PG_COLUMNS], struct strbuf *scratch)
{
    size_t from = scratch->n;

    if (columns[PG_PORT].n == 0)
        return columns[PG_CLIENT];
    strbuf_addf(scratch, STR_FMT ":" STR_FMT, STR_ARG(columns[PG_CLIENT]),
                STR_ARG(columns[PG_PORT]));
    return str_skip(strbuf_str(scratch), from);
}

bool
pg_record_parts(const struct str columns[PG_COLUMNS], struct strbuf *scratch, struct parts *ret)
{
    struct parts p = { .level = pg_severity(columns[PG_SEVERITY]) };

    if (p.level.n == 0 || !stamp_read(columns[PG_TIME], NULL, &p.stamp))
        return false;
    p.has_stamp = true;
    p.role = columns[PG_USER];
    p.database = columns[PG_DATABASE];
    p.pid = columns[PG_PID];
    p.session = columns[PG_SESSION];
    p.started = columns[PG_START];
    p.sqlstate = columns[PG_STATE];
    if (str_eq(p.sqlstate, STR("00000")))
        p.sqlstate = (struct str){ 0 };
    p.client = client_of(columns, scratch);
    p.text = text_of(columns, scratch);
    *ret = p;
    return true;
}
