/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* `incident` without a verb: the dashboard on a terminal; with --snapshot, one frame. */
enum exit_code browse_verb(int argc, char **argv);

/* `incident report`: the findings as a document, to stdout or to -o FILE. */
enum exit_code report_verb(int argc, char **argv);

/* `incident verify REPORT`: whether its evidence still stands. */
enum exit_code verify_verb(int argc, char **argv);

/* What the options of these verbs fill. */
struct browse_args {
    const char *snapshot;
    const char *glyphs;
    const char *format, *template, *output, *title;
    const char *folder;
};
extern struct browse_args browse_args;
