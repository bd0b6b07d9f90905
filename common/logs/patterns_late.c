/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* Asked last: bare SQLSTATEs in a client's text, and what applications and proxies say when a
 * request fails without a word on why. */

#define CODE(c) "(?<![\\w-])(?:" c ")(?![\\w-])"
/* In front of a code that numbers and other databases share. */
#define SQLSTATE                                                                               \
    "(?i)(?:sqlstate|sql_state|state_code|pgcode|errcode|\\bcode)\\W{1,6}(?:some\\(\\W*|E)?"

/* clang-format off */
const struct pattern patterns_late[] = {
    { .name = "code-28p01", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "28P01", .regex = CODE("E?28P01"),
      .sample = "  code: '28P01',", .near_miss = "id=4428P0177" },
    { .name = "code-57p03", .kind = KIND_STARTING_UP, .sqlstate = "57P03",
      .needle = "57P03", .regex = CODE("E?57P03"),
      .sample = "code: '57P03'", .near_miss = "id=4457P0377" },
    { .name = "code-53300", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "53300", .regex = SQLSTATE "53300\\b|\\b53300: |\\(SQLSTATE 53300\\)",
      .sample = "Npgsql.PostgresException (0x80004005): 53300: x", .near_miss = "port=53300 "
               "open" },
    { .name = "code-3d000", .kind = KIND_NO_DB, .fatal = true, .sqlstate = "3D000",
      .words = WORDS_SHARED, .needle = "3D000",
      .regex = SQLSTATE "3D000\\b(?!\\W+Invalid catalog name: 1046)|\\b3D000: |\\bFATAL "
               "3D000\\b",
      .sample = "code: '3D000'", .near_miss = "SQLSTATE[3D000]: Invalid catalog name: 1046" },
    { .name = "code-28000", .kind = KIND_NO_HBA, .sqlstate = "28000", .words = WORDS_ANYONE,
      .needle = "28000|ClientAuthentication",
      .regex = "routine\\\\?[\"']?: \\\\?[\"']ClientAuthentication|FATAL 28000\\b",
      .sample = "{ pg: 1, routine: 'ClientAuthentication' }",
      .near_miss = "SQLSTATE[28000] [1045] Access denied" },
    { .name = "code-57p01", .kind = KIND_DISCONNECTED, .sqlstate = "57P01",
      .needle = "57P01|57P02|57P05", .regex = CODE("E?57P0[125]"),
      .sample = "code: '57P01'", .near_miss = "id=4457P0177" },
    { .name = "openssl-alert", .kind = KIND_TLS, .words = WORDS_ANYONE,
      .needle = "x509: certificate|tlsv1 alert |tlsv13 alert |sslv3 alert |certificate "
               "verify failed|"
                "wrong version number|handshake failure",
      .regex = "x509: certificate|(?:tlsv1|tlsv13|sslv3) alert |certificate verify failed|"
               "SSL\\w*:\\S*wrong version number|(?:SSL|TLS|tls|ssl) handshake failure",
      .sample = "[PostgreSQL error] failed to connect: tlsv1 alert protocol version",
      .near_miss = "curl: (35) tlsv1 alert protocol version" },

    { .name = "name-lookup", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "no such host|gaierror|ame or service not known|emporary failure in name "
               "resolution",
      .regex = "lookup (?<client>[\\w.-]+)[^\\n]*: no such host|gaierror: \\[Errno|"
               "[Nn]ame or service not known|[Tt]emporary failure in name resolution",
      .sample = "lookup postgres on 10.0.0.2:53: no such host",
      .near_miss = "lookup redis on 10.0.0.2:53: no such host" },

    { .name = "pool-exhausted", .kind = KIND_APP_ERROR, .echo = true,
      .needle = "Connection is not available, request timed out|psycopg_pool.PoolTimeout|"
                "pool timed out while waiting for an open connection|QueuePool limit of size|"
                "The connection pool has been exhausted|could not obtain a connection from "
                "the pool|"
                "connection not available and request was dropped from queue",
      .regex = "Connection is not available, request timed out|psycopg_pool\\.PoolTimeout|"
               "pool timed out while waiting for an open connection|QueuePool limit of size|"
               "The connection pool has been exhausted|could not obtain a connection from "
               "the pool|"
               "connection not available and request was dropped from queue",
      .sample = "HikariPool-2 - Connection is not available, request timed out after 2005ms.",
      .near_miss = "psycopg_pool" },
    { .name = "app-error-route", .kind = KIND_APP_ERROR,
      .needle = "Exception on /|Internal Server Error: /|Error handling request /",
      .regex = "Exception on (?<route>/\\S*) \\[|Internal Server Error: (?<route>/\\S*)|"
               "Error handling request (?<route>/\\S*)",
      .sample = "ERROR in app: Exception on /api/users [GET]",
      .near_miss = "Exception on /dev/sda" },
    { .name = "app-error", .kind = KIND_APP_ERROR,
      .needle = "Traceback (most recent call last)|Unhandled exception|Unhandled Exception|"
                "UnhandledPromiseRejection|Exception in thread \"|panic: |Uncaught exception|"
                "PHP Fatal error:  Uncaught|Exception in ASGI application|WORKER TIMEOUT",
      .regex = "^.{0,200}?(?:Traceback \\(most recent call last\\)|Unhandled [Ee]xception|"
               "UnhandledPromiseRejection|Exception in thread \"|panic: |Uncaught exception|"
               "PHP Fatal error:  Uncaught|Exception in ASGI application|WORKER TIMEOUT "
               "\\(pid)",
      .sample = "Traceback (most recent call last):",
      .near_miss = "WORKER TIMEOUT is 30" },
    { .name = "nginx-upstream", .kind = KIND_UPSTREAM,
      .needle = "while connecting to upstream|while reading response header from upstream|"
                "no live upstreams|while sending request to upstream|upstream prematurely "
                "closed|"
                "upstream timed out|upstream connect error or disconnect",
      .regex = "(?:connect\\(\\) (?:to \\S+ )?failed|upstream timed out|upstream prematurely "
               "closed|"
               "no live upstreams|recv\\(\\) failed|send\\(\\) failed|upstream sent)[^\\n]*?"
               "(?:request: \"\\S+ (?<route>[^\\s?\"]+)|$)|"
               "upstream connect error or disconnect/reset before headers",
      .sample = "connect() failed (111: Connection refused) while connecting to upstream, "
               "client: "
                "10.0.0.7, server: , request: \"GET /api/users HTTP/1.1\"",
      .near_miss = "warn: while connecting to upstream" },
};
const size_t patterns_late_len = LEN(patterns_late);
/* clang-format on */
