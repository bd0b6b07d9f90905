/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/event.h"

/* A record's text taken apart: what the writer says, without the statement it was about. */
struct said {
    struct str all;
    struct str message;    /* up to STATEMENT, QUERY or CONTEXT; empty if all is a statement */
    bool continues;        /* begins with DETAIL, HINT, ...: belongs to an earlier line */
    bool statement_failed; /* ERROR (not FATAL) stands before it: a login was not the matter */
};

void said_read(struct said *ret, const struct event *e);

/* Whether it names Postgres, a driver of it, a pooler for it or one of their ports. */
bool said_names_postgres(const struct said *said);

/* Whether it names another service people log into. */
bool said_names_another(const struct said *said);
