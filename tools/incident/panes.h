/* SPDX-License-Identifier: MIT */
#pragma once
#include "view.h"

/* What the dashboard can show below its status line: a row a pane. */
struct pane {
    const char *name;
    void (*draw)(const struct view *v, struct cells *c, struct box box);
    bool has_list; /* the cursor moves in the evidence; else the keys scroll */
};

extern const struct pane panes[];
extern const size_t panes_len;

void pane_timeline(const struct view *v, struct cells *c, struct box box);
void pane_routes(const struct view *v, struct cells *c, struct box box);
void pane_sources(const struct view *v, struct cells *c, struct box box);
void pane_recovery(const struct view *v, struct cells *c, struct box box);
void pane_why(const struct view *v, struct cells *c, struct box box);
void pane_help(const struct view *v, struct cells *c, struct box box);

/* The evidence list, part of the first pane. */
void list_draw(const struct view *v, struct cells *c, struct box box);

/* The swim lanes; returns the rows they took of the box. */
int lanes_show(const struct view *v, struct cells *c, struct box box);
