/* SPDX-License-Identifier: MIT */
#include "base/jsonread.h"
#include "logs/pg_record.h"
#include "logs/postgres.h"

/* The keys of jsonlog (documentation: "Using JSON-Format Log Output"), and those under which
 * operators (CloudNativePG) wrap csvlog's columns. */
static const struct {
    const char *key;
    enum pg_column column;
} keys[] = {
    { "timestamp", PG_TIME },
    { "log_time", PG_TIME },
    { "user", PG_USER },
    { "user_name", PG_USER },
    { "dbname", PG_DATABASE },
    { "database_name", PG_DATABASE },
    { "pid", PG_PID },
    { "process_id", PG_PID },
    { "remote_host", PG_CLIENT },
    { "connection_from", PG_CLIENT },
    { "remote_port", PG_PORT },
    { "session_id", PG_SESSION },
    { "session_start", PG_START },
    { "session_start_time", PG_START },
    { "error_severity", PG_SEVERITY },
    { "state_code", PG_STATE },
    { "sql_state_code", PG_STATE },
    { "message", PG_MESSAGE },
    { "detail", PG_DETAIL },
    { "hint", PG_HINT },
    { "internal_query", PG_INTERNAL_QUERY },
    { "context", PG_CONTEXT },
    { "statement", PG_QUERY },
    { "query", PG_QUERY },
};

static enum pg_column
column_of(struct str key)
{
    for (size_t i = 0; i < LEN(keys); i++)
        if (str_eq(key, str_of(keys[i].key)))
            return keys[i].column;
    return PG_COLUMNS;
}

static struct str
keep(struct strbuf *scratch, struct str value)
{
    size_t from = scratch->n;

    strbuf_add(scratch, value);
    return str_skip(strbuf_str(scratch), from);
}

/* The value behind a key: kept if it is a column, walked into if it is the "record". */
static bool
read_value(struct jsonread *r, struct str key, struct str *columns, struct strbuf *scratch)
{
    enum pg_column column = column_of(key);
    enum json_token token;

    if (column == PG_COLUMNS && !str_eq(key, STR("record")))
        return jsonread_skip(r);
    token = jsonread_next(r);
    if ((token == JSON_STRING || token == JSON_NUMBER) && column < PG_COLUMNS)
        columns[column] = keep(scratch, r->value);
    if (token == JSON_ARRAY || (token == JSON_OBJECT && column < PG_COLUMNS))
        return jsonread_skip(r);
    return token != JSON_BAD;
}

/* False if it is no object; what a text holds before it breaks off is kept. */
static bool
read_columns(struct jsonread *r, struct str *columns, struct strbuf *scratch)
{
    enum json_token token = jsonread_next(r);

    if (token != JSON_OBJECT)
        return false;
    while (token != JSON_END && token != JSON_BAD) {
        token = jsonread_next(r);
        if (token == JSON_KEY && !read_value(r, r->value, columns, scratch))
            break;
    }
    return true;
}

bool
pg_json_read(struct str line, struct strbuf *scratch, struct parts *ret)
{
    struct str columns[PG_COLUMNS] = { { 0 } };
    struct jsonread r = { 0 };
    bool well;

    line = str_trim(line);
    if (line.n == 0 || line.p[0] != '{' || str_find(line, STR("error_severity")) == SIZE_MAX ||
        !pg_reserve(scratch, 3 * line.n + PG_RECORD_EXTRA))
        return false;
    jsonread_start(&r, line);
    well = read_columns(&r, columns, scratch) && columns[PG_MESSAGE].n > 0 &&
           pg_record_parts(columns, scratch, ret);
    jsonread_done(&r);
    return well;
}
