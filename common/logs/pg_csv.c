/* SPDX-License-Identifier: MIT */
#include "logs/pg_escape.h"
#include "logs/pg_record.h"
#include "logs/postgres.h"

/* The columns of csvlog (documentation: "Using CSV-Format Log Output"), which since 9.0 only
 * grew at the end; PG_COLUMNS: not looked at. */
static const enum pg_column order[] = {
    PG_TIME,    PG_USER,    PG_DATABASE, PG_PID,      PG_CLIENT,         PG_SESSION,
    PG_COLUMNS, PG_COLUMNS, PG_START,    PG_COLUMNS,  PG_COLUMNS,        PG_SEVERITY,
    PG_STATE,   PG_MESSAGE, PG_DETAIL,   PG_HINT,     PG_INTERNAL_QUERY, PG_COLUMNS,
    PG_CONTEXT, PG_QUERY,   PG_COLUMNS,  PG_LOCATION,
};

enum { LEAST = 14 /* up to the message */ };

/* A quoted column: what it holds, doubled quotes undone. A record that breaks off ends it. */
static struct str
take_quoted(struct str *rest, struct strbuf *scratch)
{
    size_t from = scratch->n;
    struct str text = str_skip(*rest, 1), plain = text;
    bool doubled = false;

    for (;;) {
        size_t quote = str_find_byte(text, '"');
        bool twice = quote != SIZE_MAX && quote + 1 < text.n && text.p[quote + 1] == '"';
        if (!twice) {
            *rest = quote == SIZE_MAX ? (struct str){ 0 } : str_skip(text, quote + 1);
            plain = str_head(plain, (size_t)(text.p - plain.p) + MIN(quote, text.n));
            strbuf_add(scratch, doubled ? str_head(text, MIN(quote, text.n)) : STR(""));
            return doubled ? str_skip(strbuf_str(scratch), from) : plain;
        }
        strbuf_add(scratch, str_head(text, quote + 1));
        doubled = true;
        text = str_skip(text, quote + 2);
    }
}

/* The next column and the comma behind it; `*ret_last` if the record ends with it. */
static struct str
take_column(struct str *rest, struct strbuf *scratch, bool *ret_last)
{
    struct str value;

    if (rest->n && rest->p[0] == '"') {
        value = take_quoted(rest, scratch);
    } else {
        value = str_head(*rest, str_find_byte(*rest, ','));
        *rest = str_skip(*rest, value.n);
    }
    *ret_last = rest->n == 0 || rest->p[0] != ',';
    if (!*ret_last)
        *rest = str_skip(*rest, 1);
    return value;
}

/* Cheap: does it begin as csvlog begins? */
static bool
begins_well(struct str record)
{
    size_t n;

    return pg_scan_stamp(record, &n) && n < record.n && record.p[n] == ',';
}

bool
pg_csv_read(struct str record, struct strbuf *scratch, struct parts *ret)
{
    struct str columns[PG_COLUMNS + 1] = { { 0 } };
    size_t n = 0, unused;
    bool last = false;

    record = str_trim(record);
    if (!begins_well(record) || !pg_reserve(scratch, 3 * record.n + PG_RECORD_EXTRA))
        return false;
    for (struct str rest = record; !last && n < LEN(order); n++)
        columns[order[n]] = take_column(&rest, scratch, &last);
    if (n < LEAST || !pg_scan_state(columns[PG_STATE], &unused))
        return false;
    return pg_record_parts(columns, scratch, ret);
}
