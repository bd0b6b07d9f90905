/* SPDX-License-Identifier: MIT */
#pragma once
#include "time/stamp.h"

/* What a format tells of one line: views into that line, empty where it says nothing. */
struct parts {
    struct stamp stamp; /* of the line's own writer */
    bool has_stamp;
    bool joins; /* says itself that it continues an earlier line (DETAIL, HINT) */
    struct str level, pid, role, database, client, sqlstate, route, request, host;
    struct str session; /* Postgres %c: hex start epoch, dot, hex pid */
    struct str started; /* Postgres %s: the session's start, in the log's zone */
    struct str text;    /* what is said */
    struct str inner;   /* an envelope's content: a line to be read by the next format */
    struct str stream;  /* which of several interleaved writers, if not host and pid */
    int status;         /* HTTP; 0: none */
    bool partial;       /* the line was cut by its envelope: its rest comes as the next one */
};
