/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* What is done to timelines as files: a note added, one opened for later, several merged, one
 * written out for other programs. */

struct files_args {
    const char *at;     /* when the note's matter happened */
    const char *author;
    const char *format; /* of the export */
    const char *output;
};
extern struct files_args files_args;

enum exit_code note_verb(int argc, char **argv);
enum exit_code open_verb(int argc, char **argv);
enum exit_code merge_verb(int argc, char **argv);
enum exit_code export_verb(int argc, char **argv);
