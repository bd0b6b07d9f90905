/* SPDX-License-Identifier: MIT */
#include "timeline/event.h"

/* clang-format off */
const struct kind_row event_kinds[KIND_LEN] = {
    [KIND_NONE]         = { NULL,           false, false, "not understood" },
    [KIND_AUTH_FAILED]  = { "auth_failed",  true,  true,  "wrong password" },
    [KIND_NO_ROLE]      = { "no_role",      true,  true,  "no such role, or it may not log in" },
    [KIND_NO_HBA]       = { "no_hba",       true,  true,  "no entry in pg_hba.conf" },
    [KIND_NO_DB]        = { "no_db",        true,  true,  "no such database" },
    [KIND_TOO_MANY_CONNECTIONS]
                        = { "too_many_connections", true, true, "too many connections" },
    [KIND_STARTING_UP]  = { "starting_up",  true,  true,  "the database is starting or stopping" },
    [KIND_TLS]          = { "tls",          true,  true,  "TLS could not be agreed on" },
    [KIND_NETWORK]      = { "network",      true,  true,  "the database cannot be reached" },
    [KIND_SCRAM]        = { "scram",        true,  true,  "the SCRAM exchange failed" },
    [KIND_EXPIRED]      = { "expired",      true,  true,  "the password has expired" },
    [KIND_HTTP_5XX]     = { "http_5xx",     false, true,  "request failed" },
    [KIND_UPSTREAM]     = { "upstream",     false, true,  "proxy got no answer" },
    [KIND_APP_ERROR]    = { "app_error",    false, true,  "application error" },
    [KIND_DISCONNECTED] = { "disconnected", false, true,  "session ended by the server" },
    [KIND_REQUEST]      = { "request",      false, false, "request" },
    [KIND_ROTATION]     = { "rotation",     false, false, "role changed" },
    [KIND_RELOAD]       = { "reload",       false, false, "configuration read again" },
    [KIND_RESTART]      = { "restart",      false, false, "started or stopped" },
    [KIND_CONNECTED]    = { "connected",    false, false, "login" },
    [KIND_PROBE]        = { "probe",        false, false, "probe" },
    [KIND_SALT]         = { "salt",         false, false, "salt seen" },
    [KIND_CLOCK]        = { "clock",        false, false, "clock" },
    [KIND_NOTE]         = { "note",         false, false, "note" },
    [KIND_ACTION]       = { "action",       false, false, "action" },
    [KIND_GAP]          = { "gap",          false, false, "gap" },
};
/* clang-format on */

enum kind
kind_named(struct str name)
{
    for (enum kind k = KIND_NONE + 1; k < KIND_LEN; k++)
        if (str_eq(name, str_of(event_kinds[k].name)))
            return k;
    return KIND_NONE;
}
