/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/err.h"

/* Answers of other systems' clients and APIs, as JSON. The only file that includes jansson.
 * What it allocates is wiped when freed: such answers hold secrets. */
struct api;

/* A value inside a document; zeroed, or of a path that is not there, it is nothing, and
 * everything asked of nothing is empty. Lives as long as the document. */
struct api_value {
    const void *node;
};

/* The first document of `text`; `*ret_used` is how many bytes it takes. ERR_PARSE says where it
 * is wrong, never what stands there. The caller closes. */
must_check enum status api_read(struct api **ret, struct str text, size_t *ret_used);
void api_close(struct api *a);

struct api_value api_root(const struct api *a);

/* Members of members: "status.containerStatuses". */
struct api_value api_get(struct api_value v, const char *path);

/* Of an array or an object: how many, and each in turn. */
size_t api_len(struct api_value v);
struct api_value api_at(struct api_value v, size_t i);

/* The `i`th member's name; of an array, the empty view. */
struct str api_name(struct api_value v, size_t i);

bool api_there(struct api_value v);
struct str api_text(struct api_value v);          /* of a string; else empty */
bool api_number(struct api_value v, double *ret); /* of a number */
