/* SPDX-License-Identifier: MIT */
#pragma once
#include "timeline/event.h"

/* The server's messages as its catalogues have them: facts, from which languages.c makes
 * pattern rows. "%s" is filled by the server, in the order `fields` says. */
enum language {
    LANGUAGE_DE,
    LANGUAGE_ES,
    LANGUAGE_FR,
    LANGUAGE_IT,
    LANGUAGE_JA,
    LANGUAGE_KA,
    LANGUAGE_KO,
    LANGUAGE_RU,
    LANGUAGE_SV,
    LANGUAGE_UK,
    LANGUAGE_ZH_CN,
    LANGUAGE_ZH_TW,
    LANGUAGES,
};

struct phrase {
    const char *name;
    enum kind kind;
    const char *sqlstate;
    const char *fields; /* a letter for each %s: r role, d database, c client, - nothing */
    bool fatal;         /* as in struct pattern */
    const char *said[LANGUAGES]; /* NULL: not translated */
};

extern const struct phrase phrases_refused[], phrases_server[];
extern const size_t phrases_refused_len, phrases_server_len;
