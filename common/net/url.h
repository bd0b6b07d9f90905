/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/strbuf.h"

/* The parts of an http or https URL (RFC 3986); views into the text it was read from. */
struct url {
    struct str scheme;
    struct str user;     /* "name:password" before the @; never shown */
    struct str host;     /* without the brackets of an IPv6 address */
    uint16_t port;       /* the scheme's own where none is written */
    struct str path;     /* begins with /, or is empty */
    struct str query;    /* without the ? */
    struct str fragment; /* without the #; never sent */
};

/* ERR_USAGE with the reason. */
must_check enum status url_read(struct str text, struct url *ret);

/* The URL without its user part and fragment; the values of parameters whose names speak of
 * secrets become ‹secret›. Only this form is ever shown or kept. */
void url_show(struct strbuf *out, const struct url *u);

/* The path alone, "/" if it is empty. */
struct str url_route(const struct url *u);
