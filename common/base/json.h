/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* JSON, written into a strbuf: commas and escapes are its business, the order is the
 * caller's. Text that is not UTF-8 is written with U+FFFD where a byte does not fit, so
 * what comes out is always valid. Zeroed but for `out`, a writer is ready. */
struct json {
    struct strbuf *out;
    bool comma; /* something stands before at this level */
};

/* A NULL key: an element of an array, or the outermost value. */
void json_object(struct json *w, const char *key);
void json_object_end(struct json *w);
void json_array(struct json *w, const char *key);
void json_array_end(struct json *w);

void json_str(struct json *w, const char *key, struct str value);
void json_text(struct json *w, const char *key, const char *value); /* NULL: null */
void json_int(struct json *w, const char *key, int64_t value);
void json_bool(struct json *w, const char *key, bool value);
void json_null(struct json *w, const char *key);

/* A number with `digits` decimals; null if it is not finite. */
void json_number(struct json *w, const char *key, double value, int digits);

/* Nanoseconds as seconds with nine decimals, exact. */
void json_seconds(struct json *w, const char *key, int64_t ns);

/* json_str, or null when the view is empty. */
void json_maybe(struct json *w, const char *key, struct str value);
