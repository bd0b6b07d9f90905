/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/routes.h"

/* A route of a file, put together word by word: the keys are those of the command's options
 * (url, header, expect, max-latency ...). Everything it is given is copied. */
enum { BUILDER_HEADERS = 64 };

struct builder {
    struct routes *routes;
    const struct route_draft *defaults;
    struct route_draft draft;
    const char *headers[BUILDER_HEADERS];
    size_t headers_len;
    bool begun;
};

/* Begins the next route with the defaults. */
void builder_begin(struct builder *b);

/* ERR_USAGE for a name that is no key, or a value that it cannot have. */
must_check enum status builder_set(struct builder *b, struct str name, struct str value);

/* "Name: value", or "Name=file:PATH". ERR_LIMIT past BUILDER_HEADERS. */
must_check enum status builder_header(struct builder *b, struct str header);

/* Adds the route that was begun, if one was. */
must_check enum status builder_end(struct builder *b);

/* The forms a file may have. `path` is for the errors. */
must_check enum status routes_read_json(struct builder *b, const char *path, struct str text);
must_check enum status routes_read_targets(struct builder *b, const char *path,
                                           struct str text);
