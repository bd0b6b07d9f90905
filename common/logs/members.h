/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/jsonread.h"
#include "base/strbuf.h"

/* The pieces of a line by name: groups of a regex, members of a JSON object, logfmt pairs,
 * journald fields. What format.c makes the parts of. */

enum piece {
    PIECE_TIME,
    PIECE_LEVEL,
    PIECE_PID,
    PIECE_ROLE,
    PIECE_DATABASE,
    PIECE_CLIENT,
    PIECE_SQLSTATE,
    PIECE_STATUS,
    PIECE_PATH,    /* "/api/users?page=2" */
    PIECE_ASKED,   /* "GET /api/users?page=2 HTTP/1.1" */
    PIECE_REQUEST, /* an id of the request */
    PIECE_HOST,
    PIECE_STREAM,
    PIECE_TEXT,
    PIECE_INNER,
    PIECE_CUT,   /* "P" if the line's rest comes as the next one */
    PIECE_EPOCH, /* the whole seconds of a time that comes in two numbers */
    PIECE_NANO,  /* the other one */
    PIECE_MORE,  /* belongs to the text as well: an error, a stack */
    PIECE_LEN,
};

/* Their names in the rows: "time", "level", ... */
extern const char *const piece_names[PIECE_LEN];

/* "time=ts,time text=msg,error.message": which name is which piece, the first that is there
 * being taken ("more" takes all). */
struct members;
must_check enum status members_open(struct members **ret, const char *spec);
void members_close(struct members *m);

/* Where values live that do not stand in the line as such; zeroed, it is ready. Valid until
 * it is used for another line. */
struct pieces_memory {
    struct jsonread json;
    struct strbuf text, bytes, time;
};
void pieces_memory_done(struct pieces_memory *memory);

/* Each fills `ret` (PIECE_LEN views, empty where there is nothing) and says whether the line
 * is of its form and holds at least one piece. A JSON text that breaks off gives what it had.
 */
bool members_json(const struct members *m, struct pieces_memory *memory, struct str line,
                  struct str *ret);
bool members_logfmt(const struct members *m, struct pieces_memory *memory, struct str line,
                    struct str *ret);

/* A block of journald's export form (systemd.io/JOURNAL_EXPORT_FORMATS). */
bool members_export(const struct members *m, struct pieces_memory *memory, struct str block,
                    struct str *ret);
