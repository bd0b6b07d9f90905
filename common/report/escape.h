/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* The same bytes mean different things in different places: one function a place. All of
 * them show control bytes and bidi marks instead of passing them on. */

/* Between HTML or SVG tags, and within a quoted attribute. */
void escape_html(struct strbuf *out, struct str text);

/* JSON that will stand inside <script>: no < > & is left in it. */
void escape_script(struct strbuf *out, struct str json);

/* Markdown prose or a table cell: no markup, no link, no raw HTML comes from the text. */
void escape_markdown(struct strbuf *out, struct str text);
