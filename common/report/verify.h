/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/strbuf.h"

/* A report read again: does its evidence still stand where it was seen, byte for byte? */

enum verified {
    VERIFIED_SAME,
    VERIFIED_CHANGED, /* the bytes are there and are others */
    VERIFIED_MISSING, /* the source is gone, or ends before */
    VERIFIED_UNREAD,  /* no source that can be read again: a probe, a note, a command */
    VERIFIED_LEN,
};

extern const char *const verified_names[VERIFIED_LEN]; /* "same", "changed", ... */

struct verify_piece {
    size_t number; /* E1, E2, ... */
    struct str source, kind, text, sha256;
    uint64_t offset, length, line;
    enum verified state;
    struct str why; /* for people; empty if the same */
};

struct verify {
    struct arena memory;
    struct verify_piece *pieces;
    size_t pieces_len;
    size_t counts[VERIFIED_LEN];
};

/* `report` is the HTML or the JSON of a report. ERR_PARSE if it holds no evidence a program
 * can read. */
must_check enum status verify_read(struct verify *ret, struct str report);

/* Reads every piece again and says how it is. Paths are taken as they were given then, below
 * `folder` if they are relative and it is not NULL. */
void verify_check(struct verify *v, const char *folder);
void verify_done(struct verify *v);
