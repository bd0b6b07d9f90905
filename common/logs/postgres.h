/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"
#include "logs/parts.h"

/* Lines of a Postgres server under any log_line_prefix (documentation: "Error Reporting and
 * Logging", log_line_prefix), csvlog and jsonlog. Severity words in the server's twelve
 * languages. */
struct pg_prefix;

/* Compiles "%m [%p] %q%u@%d "; ERR_PARSE names what it cannot be read by. */
must_check enum status pg_prefix_open(struct pg_prefix **ret, struct str prefix);

/* The prefix most of `sample`'s lines are written in; false if they are no Postgres log. */
bool pg_prefix_infer(struct str sample, struct pg_prefix **ret);
void pg_prefix_close(struct pg_prefix *p);
struct str pg_prefix_text(const struct pg_prefix *p);

/* Reads one line; false if it does not begin with this prefix (something foreign may stand
 * before it) and a severity word. DETAIL, HINT, CONTEXT, STATEMENT, QUERY, LOCATION lines have
 * `joins` set and keep their tag: they belong to the last record of the same pid. The client
 * and a pid taken from %c are put together in memory of `p`: they live until its next read,
 * and only one thread may use it at a time. */
bool pg_prefix_read(const struct pg_prefix *p, struct str line, struct parts *ret);

/* One csvlog record (all its lines: quotes balance, or it breaks off behind the message) /
 * one jsonlog line (also as "record" in an operator's envelope). What they hold lives in
 * `record` and in `scratch`, which is cleared first. The text is that of the same record on
 * stderr: message, then DETAIL, HINT, QUERY, CONTEXT, STATEMENT behind their tags. */
bool pg_csv_read(struct str record, struct strbuf *scratch, struct parts *ret);
bool pg_json_read(struct str line, struct strbuf *scratch, struct parts *ret);

/* The English severity ("FATAL") of a word in any of the server's languages; empty if none. */
struct str pg_severity(struct str word);

/* The value in a record that says `parameter "NAME" changed to "VALUE"` in whatever language:
 * log_line_prefix and log_timezone take effect with that very record. */
bool pg_changed(struct str text, struct str name, struct str *ret);
