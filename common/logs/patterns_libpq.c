/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* What libpq itself says (fe-auth.c, fe-connect.c, fe-secure*.c), before the server is reached
 * or instead of it; psql, psycopg, ruby pg, PHP, DBD::Pg, diesel and ODBC pass it on. */

/* clang-format off */
const struct pattern patterns_libpq[] = {
    { .name = "libpq-no-password", .kind = KIND_AUTH_FAILED,
      .needle = "no password supplied",
      .regex = "(?:fe_sendauth|libpq|connection to server.*|psql.*): no password supplied",
      .sample = "psql: error: fe_sendauth: no password supplied",
      .near_miss = "smb: no password supplied" },
    { .name = "libpq-auth-method", .kind = KIND_SCRAM,
      .needle = "authentication method |SCRAM authentication requires libpq",
      .regex = "(?<!pgpool: )authentication method \\d+ not supported|"
               "SCRAM authentication requires libpq version",
      .sample = "authentication method 10 not supported",
      .near_miss = "authentication method publickey not supported" },
    { .name = "libpq-channel-binding", .kind = KIND_SCRAM, .words = WORDS_SHARED,
      .needle = "hannel binding required|hannel Binding is required|hannel binding is required|"
                "none of the server's SASL authentication mechanisms|"
                "erver offered SCRAM-SHA-256-PLUS",
      .regex = "[Cc]hannel [Bb]inding (?:is )?required, but|"
               "none of the server's SASL authentication mechanisms are supported|"
               "[Ss]erver offered SCRAM-SHA-256-PLUS authentication over a non-SSL",
      .sample = "connection to server at \"db\", port 5432 failed: channel binding required, "
                "but SSL not in use",
      .near_miss = "channel binding required: yes" },
    { .name = "libpq-require-auth", .kind = KIND_SCRAM,
      .needle = "authentication method requirement",
      .regex = "authentication method requirement " Q "[^\\n]{1,80}?" Q " failed",
      .sample = "authentication method requirement \"scram-sha-256\" failed: server requested "
                "a cleartext password",
      .near_miss = "authentication method requirement not met" },
    { .name = "libpq-verify", .kind = KIND_TLS,
      .needle = "does not match host name|server certificate for ",
      .regex = "server certificate for " Q "[^\\n]*" Q " (?:\\(and .*?\\) )?does not match "
               "host name",
      .sample = "server certificate for \"db.internal\" does not match host name \"10.0.0.7\"",
      .near_miss = "server certificate for \"db\" renewed" },
    { .name = "libpq-root-certificate", .kind = KIND_TLS,
      .needle = "root certificate file ",
      .regex = "root certificate file " Q "[^\\n]+?" Q " does not exist",
      .sample = "root certificate file \"/root/.postgresql/root.crt\" does not exist",
      .near_miss = "root certificate file \"a\" loaded" },
    { .name = "libpq-private-key", .kind = KIND_TLS,
      .needle = "private key file ",
      .regex = "private key file " Q "[^\\n]+?" Q " (?:has group or world access|must be "
               "owned)|"
               "certificate present, but not private key file " Q,
      .sample = "private key file \"/app/client.key\" has group or world access; file must "
                "have permissions u=rw (0600) or less",
      .near_miss = "private key file \"a\" loaded" },
    { .name = "libpq-no-tls", .kind = KIND_TLS,
      .needle = "does not support SSL|but SSL was required|does not support TLS",
      .regex = "server does not support SSL(?:, but SSL was required| connections|\\.|$|\")|"
               "server does not support TLS",
      .sample = "server does not support SSL, but SSL was required",
      .near_miss = "this build does not support SSL" },
    { .name = "libpq-tls-error", .kind = KIND_TLS, .words = WORDS_SHARED,
      .needle = "SSL error: |SSL SYSCALL error: |SSL negotiation",
      .regex = "(?:failed|could not connect|connection to server|FATAL|Error\\)?|"
               "Exception)[:)].{0,160}?"
               "SSL error: (?!decryption failed or bad record mac)|"
               "\\bSSL error: (?:certificate verify failed|tlsv1 alert|sslv3 alert|PKIX|"
               "unsupported protocol|wrong version|no suitable)|"
               "received invalid response to SSL negotiation|"
               "could not (?:send|receive) .{0,20}SSL negotiation|"
               "connection to server .{1,120} failed: SSL SYSCALL error",
      .sample = "connection to server at \"db\", port 5432 failed: SSL error: certificate "
                "verify failed",
      .near_miss = "mysql: SSL error: certificate verify failed" },
    { .name = "libpq-sslmode", .kind = KIND_TLS,
      .needle = "sslmode value ",
      .regex = "sslmode value " Q "[^\\n]{1,30}?" Q " invalid when SSL support is not compiled",
      .sample = "sslmode value \"require\" invalid when SSL support is not compiled in",
      .near_miss = "sslmode value \"require\" read" },
    { .name = "libpq-resolve", .kind = KIND_NETWORK,
      .needle = "could not translate host name|could not parse network address",
      .regex = "could not translate host name " Q CLIENT Q " to address|"
               "could not parse network address " Q,
      .sample = "could not translate host name \"db\" to address: Name or service not known",
      .near_miss = "could not translate host name" },
    { .name = "libpq-connect", .kind = KIND_NETWORK,
      .needle = "connection to server |could not connect to server|la connexion au serveur|"
                "la connexion \xc3\xa0|Verbindung zum Server",
      .regex = "(?:connection to server (?:at|on socket) .{1,200}? failed: |"
               "could not connect to server: |could not connect to server \\S{1,80}: |"
               "la connexion au serveur .{1,200}? a \xc3\xa9""chou\xc3\xa9 : |"
               "Verbindung zum Server .{1,200}? fehlgeschlagen: )"
               "(?!\\S{2,24}:  )",
      .sample = "connection to server at \"10.0.0.7\", port 5432 failed: Connection refused",
      .near_miss = "connection to server at \"10.0.0.7\", port 5432 failed: FATAL:  x" },
    { .name = "libpq-is-it-running", .kind = KIND_NETWORK, .echo = true,
      .needle = "accepting TCP/IP connections|Is the server running ",
      .regex = "Is the server running (?:on that host|on host|locally)|"
               "accepting TCP/IP connections on port \\d+\\?",
      .sample = "\tIs the server running on that host and accepting TCP/IP connections?",
      .near_miss = "LOG:  accepting TCP/IP connections" },
    { .name = "libpq-startup", .kind = KIND_NETWORK,
      .needle = "expected authentication request from server",
      .regex = "expected authentication request from server, but received",
      .sample = "expected authentication request from server, but received H",
      .near_miss = "expected authentication request from server" },
    { .name = "libpq-timeout", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "timeout expired",
      .regex = "(?:OperationalError\\)?:?|psql: (?:error: )?|PG::\\w+: |\\d failed: "
               ")\\s*timeout expired",
      .sample = "psycopg2.OperationalError: timeout expired",
      .near_miss = "postgres: lock timeout expired" },
};
const size_t patterns_libpq_len = LEN(patterns_libpq);
/* clang-format on */
