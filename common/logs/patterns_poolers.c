/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* What the poolers say in words of their own: pgbouncer, pgpool-II, Supavisor, pgcat, odyssey,
 * pgdog. A pooler tells one failure up to three times: what happened, that it closes the
 * client for it, and what it told the client; only the first counts. */

#define PGB "(?:[CS]-0x[0-9a-f]+: (?<database>[^/\\s]+)/(?<role>[^@\\s]+)@(?<client>\\S+) )"

/* clang-format off */
const struct pattern patterns_poolers[] = {
    /* pgbouncer: src/{client,server,objects,proto,scram,janitor}.c */
    { .name = "pgbouncer-cached", .kind = KIND_AUTH_FAILED,
      .needle = "server login has been failing",
      .regex = PGB "?closing because: server login has been failing|"
               "(?:FATAL|ERROR|08P01)\\W.{0,60}?server login has been failing",
      .sample = "LOG C-0x55c4: shop/app@127.0.0.1:43376 closing because: server login has been "
                "failing, try again later (server_login_retry) (age=0s)",
      .near_miss = "server login has been failing" },
    { .name = "pgbouncer-cached-echo", .kind = KIND_AUTH_FAILED, .echo = true,
      .needle = "server login has been failing",
      .regex = PGB "?(?:pooler error: )?server login has been failing",
      .sample = "WARNING C-0x55c4: shop/app@127.0.0.1:43376 pooler error: server login has "
               "been "
                "failing, try again later (server_login_retry)",
      .near_miss = "server login has been fine" },
    { .name = "pgbouncer-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "password authentication failed",
      .regex = PGB "password authentication failed",
      .sample = "ERROR C-0x55c4: shop/app@127.0.0.1:43376 password authentication failed",
      .near_miss = "smtp password authentication failed" },
    { .name = "pgbouncer-sasl-echo", .kind = KIND_AUTH_FAILED, .echo = true, .sqlstate = "08P01",
      .needle = "SASL authentication failed|: password authentication failed|auth failed",
      .regex = PGB "?(?:closing because|pooler error): (?:SASL authentication failed|"
               "password authentication failed|auth failed)",
      .sample = "LOG C-0x55c4: shop/app@127.0.0.1:43376 closing because: SASL authentication "
                "failed (age=0s)",
      .near_miss = "postfix: SASL authentication failed" },
    { .name = "pgbouncer-sasl", .kind = KIND_AUTH_FAILED, .sqlstate = "08P01",
      .needle = "SASL authentication failed",
      .regex = "(?:FATAL|ERROR|08P01|pq|PSQLException|error)\\W{1,4}(?:08P01: )?SASL "
               "authentication failed",
      .sample = "connection to server at \"db\", port 6432 failed: FATAL:  SASL "
               "authentication failed",
      .near_miss = "saslauthd: SASL authentication failed on database 'shared'" },
    { .name = "pgbouncer-wrong-type", .kind = KIND_SCRAM,
      .needle = "server login failed: |authentication: wrong password type|cannot do SCRAM "
               "auth|"
                "failed to answer authreq|user has MD5 secret",
      .regex = "server login failed: (?:wrong password type|none of the server|invalid "
               "server signature|"
               "failed to verify server)|" PGB "?cannot do (?:SCRAM|MD5) authentication: |"
               "closing because: failed to answer authreq|SCRAM authentication failed: user "
               "has MD5 secret",
      .sample = "ERROR S-0x55c4: shop/app@127.0.0.1:5432 cannot do SCRAM authentication: wrong "
                "password type",
      .near_miss = "cannot do SCRAM authenticationless login" },
    { .name = "pgbouncer-server-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "no more connections allowed|max_client_conn",
      .regex = "no more connections allowed \\(max_client_conn\\)|"
               "client_login_timeout \\(max_client_conn|"
               "(?:closing because|pooler error|FATAL|ERROR): *(?:max_client_conn|"
               "max_db_client_connections|max_user_client_connections)",
      .sample = "FATAL:  no more connections allowed (max_client_conn)",
      .near_miss = "max_client_conn: 100, max expected fd use: 118" },
    { .name = "pgbouncer-no-user", .kind = KIND_NO_ROLE,
      .needle = "no such user: |no such user (age|because: no such user|error: no such user",
      .regex = "(?:closing because|pooler error|FATAL|ERROR): *no such user(?:: "
               "(?<role>[^\\s(]+))?|"
               "[CS]-0x[0-9a-f]+: \\S+ no such user: (?<role>\\S+)",
      .sample = "LOG C-0x55c4: (nodb)/(nouser)@127.0.0.1:48266 no such user: ghost",
      .near_miss = "rhost=::1 msg=no such user: toor@pam" },
    { .name = "pgbouncer-no-database", .kind = KIND_NO_DB,
      .needle = "no such database: |is disabled (age|no such database (age",
      .regex = "(?:" PGB "?closing because: |FATAL: +(?:08P01: )?|ERROR: +)no such database"
               "(?:: (?<database>[^\\s(]+))?|database " Q DATABASE Q " is disabled",
      .sample = "LOG C-0x55c4: (nodb)/app@127.0.0.1:48274 closing because: no such database: "
               "nope (age=0s)",
      .near_miss = "sqlite: no such database: nope" },
    { .name = "pgbouncer-no-database-echo", .kind = KIND_NO_DB, .echo = true,
      .needle = "pooler error: no such database",
      .regex = PGB "?pooler error: no such database: (?<database>\\S+)",
      .sample = "WARNING C-0x55c4: (nodb)/app@127.0.0.1:48274 pooler error: no such "
               "database: nope",
      .near_miss = "pooler error: no such database" },
    { .name = "pgbouncer-login-rejected", .kind = KIND_NO_HBA,
      .needle = "login rejected",
      .regex = "(?:closing because|pooler error|FATAL|ERROR): *login rejected",
      .sample = "LOG C-0x55c4: shop/app@10.0.0.7:4 closing because: login rejected (age=0s)",
      .near_miss = "web login rejected" },
    { .name = "pgbouncer-tls", .kind = KIND_TLS,
      .needle = "SSL required|TLS connection required|TLS client certificate required|"
                "TLS certificate name mismatch|TLS handshake error|TLS accept error|TLS "
                "connect error|"
                "failed to accept SSL|server refused SSL",
      .regex = "(?:closing because|pooler error|FATAL|ERROR): *(?:SSL required|failed to "
               "accept SSL|"
               "server refused SSL)|" PGB "?(?:TLS connection required|TLS client "
               "certificate required|"
               "TLS certificate name mismatch)|WARNING TLS (?:handshake|accept|connect) error",
      .sample = "FATAL:  SSL required",
      .near_miss = "docs say SSL required" },
    { .name = "pgbouncer-no-server", .kind = KIND_NETWORK,
      .needle = "pgbouncer cannot connect to server|query_wait_timeout|closing because: "
               "connect failed|"
                "server DNS lookup failed|closing because: cannot connect|connect timeout (age|"
                "server conn crashed?|client_login_timeout",
      .regex = "pgbouncer cannot connect to server|"
               "(?:closing because|FATAL|ERROR|08P01): *(?:08P01: )?(?:query_wait_timeout|"
               "connect failed|"
               "server DNS lookup failed|cannot connect|connect timeout|server conn crashed\\?|"
               "client_login_timeout)",
      .sample = "LOG C-0x55c4: shop/app@127.0.0.1:50486 closing because: pgbouncer cannot "
               "connect "
                "to server (age=0s)",
      .near_miss = "WARNING config: query_wait_timeout is 120" },
    { .name = "pgbouncer-no-server-echo", .kind = KIND_NETWORK, .echo = true,
      .needle = "pooler error: query_wait_timeout|pooler error: server DNS|pooler error: "
               "client_login",
      .regex = PGB "?pooler error: (?:query_wait_timeout|server DNS lookup failed|"
               "client_login_timeout)",
      .sample = "WARNING C-0x55c4: shop/app@127.0.0.1:48296 pooler error: query_wait_timeout",
      .near_miss = "pooler error: query_wait_time" },
    { .name = "pgbouncer-login-echo", .kind = KIND_AUTH_FAILED, .echo = true,
      .needle = "closing because: login failed",
      .regex = PGB "?closing because: login failed",
      .sample = "LOG S-0x55c4: shop/app@127.0.0.1:5432 closing because: login failed (age=0s)",
      .near_miss = "closing because: login" },
    { .name = "pgbouncer-login", .kind = KIND_AUTH_FAILED,
      .needle = "takeover_login_failed|server login failed|bouncer config error|error in "
               "auth_query|"
                "auth_query response",
      .regex = "takeover_login_failed\\(\\): login failed|server login failed$|"
               "(?:closing because|FATAL|ERROR): *bouncer config error|S: error in auth_query|"
               "auth_query response (?:contain|did not)",
      .sample = "WARNING server login failed",
      .near_miss = "mail server login failed: no route" },

    /* pgpool-II: src/auth, src/protocol */
    { .name = "pgpool-hba", .kind = KIND_NO_HBA,
      .needle = "no pool_hba.conf entry for|\": host rejected",
      .regex = "no pool_hba\\.conf entry for host " Q CLIENT Q "(?:, user " Q ROLE Q
               "(?:, database " Q DATABASE Q ")?)?|"
               "authentication with pgpool failed for user " Q ROLE Q ": host rejected",
      .sample = "DETAIL:  no pool_hba.conf entry for host \"10.0.0.7\", user \"app\", database "
                "\"shop\", SSL off",
      .near_miss = "no pool_hba.conf entry for it" },
    { .name = "pgpool-scram", .kind = KIND_SCRAM,
      .needle = "failed to authenticate with backend using SCRAM|does not contain valid "
               "SCRAM entry|"
                "SASL authentication is not supported in protocol",
      .regex = "failed to authenticate with backend using SCRAM|does not contain valid SCRAM "
               "entry|"
               "SASL authentication is not supported in protocol",
      .sample = "ERROR:  failed to authenticate with backend using SCRAM",
      .near_miss = "failed to authenticate with backend" },
    { .name = "pgpool-login", .kind = KIND_AUTH_FAILED,
      .needle = "authentication with pgpool failed for user|backend authentication failed|"
                "failed to authenticate with backend|md5 authentication failed|"
                "clear text authentication failed|clear text password authentication failed|"
                "client authentication failed|valid password not found|CERT authentication "
                "failed|"
                "or password does not exist in backend",
      .regex = "authentication with pgpool failed for user " Q ROLE Q "|"
               "(?:ERROR|FATAL|LOG|WARNING|DETAIL|pq): +(?:backend authentication failed|"
               "failed to authenticate with backend|md5 authentication failed|clear text "
               "(?:password )?authentication failed|client authentication failed|valid "
               "password not found|"
               "CERT authentication failed|username " Q ROLE Q " or password does not exist "
               "in backend)",
      .sample = "ERROR:  failed to authenticate with backend using md5",
      .near_miss = "smtp: md5 authentication failed" },
    { .name = "pgpool-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "orry, max connections|connection slots to pgpool",
      .regex = "[Ss]orry, max connections",
      .sample = "FATAL:  Sorry, max connections",
      .near_miss = "max connections" },
    { .name = "pgpool-backend", .kind = KIND_NETWORK,
      .needle = "failed to connect to PostgreSQL server|failed to create a backend connection|"
                "failed to create a backend|all backend nodes are down|failed to make "
                "persistent db",
      .regex = "failed to connect to PostgreSQL server(?: on " Q CLIENT Q ")?|"
               "failed to create a backend(?: \\d+)? connection|"
               "all backend nodes are down|failed to make persistent db connection",
      .sample = "LOG:  failed to connect to PostgreSQL server on \"db:5432\", getsockopt() "
               "failed",
      .near_miss = "failed to connect to MySQL server" },

    /* Supavisor: lib/supavisor/errors, lib/supavisor/client_handler.ex */
    { .name = "supavisor-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "Exchange error: |EWRONGPASSWORD|EAUTHQUERY|EJITUNAUTHORIZED|EAUTHSECRETS|"
               "DbHandler: Auth error|"
                "Auth secrets check error",
      .regex = "Handler: Exchange error: (?!.*(?:not found|SSL))|\\(EWRONGPASSWORD\\)|"
               "\\(EAUTHQUERY\\)|"
               "\\(EJITUNAUTHORIZED\\)|\\(EAUTHSECRETS\\)|DbHandler: Auth error|"
               "ClientHandler: Auth secrets check error",
      .sample = "[error] ClientHandler: Exchange error: \"Wrong password\" when method "
               ":auth_query",
      .near_miss = "Exchange error: no rate" },
    { .name = "supavisor-no-tenant", .kind = KIND_NO_ROLE,
      .needle = "enant or user not found|(ENOTFOUND)|User not found: |EINVALIDUSERINFO|"
               "ENOIDENTIFIER|"
                "There is no user '|user not found in the database",
      .regex = "(?i)tenant or user not found|\\(ENOTFOUND\\) tenant/user (?<role>\\S+)|"
               "ClientHandler: User not found: |\\((?:EINVALIDUSERINFO|ENOIDENTIFIER)\\)|"
               "There is no user '(?<role>[^']+)' in the database|user not found in the "
               "database",
      .sample = "FATAL:  Tenant or user not found",
      .near_miss = "tenant not found" },
    { .name = "supavisor-tls", .kind = KIND_TLS,
      .needle = "without SSL, user|ESSLREQUIRED|ESSLHANDSHAKE|ClientHandler: TLS error|"
               "Handler: Handshake error",
      .regex = "not allowed to connect without SSL(?:, user (?<role>\\S+))?|"
               "\\((?:ESSLREQUIRED|ESSLHANDSHAKE)\\)|ClientHandler: TLS error|DbHandler: "
               "Handshake error",
      .sample = "[error] ClientHandler: Tenant is not allowed to connect without SSL, user "
               "postgres",
      .near_miss = "cannot connect without SSL, user friendly" },
    { .name = "supavisor-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "ax clients reached|MaxClientsInSessionMode|EMAXCONN|EMAXPOOLSREACHED|Max "
               "client connections reached",
      .regex = "[Mm]ax clients reached|MaxClientsInSessionMode|\\(EMAXCONN(?:SESSION)?\\)|"
               "\\(EMAXPOOLSREACHED\\)|"
               "Max client connections reached",
      .sample = "FATAL:  MaxClientsInSessionMode: max clients reached - in Session mode max "
               "clients "
                "are limited to pool_size",
      .near_miss = "redis: ERR max number of clients reached" },
    { .name = "supavisor-checkout", .kind = KIND_NETWORK,
      .needle = "ECHECKOUTTIMEOUT|ECHECKOUTFAILED|Unable to check out process from the pool|"
               "ECIRCUITBREAKER|"
                "DbHandler: Connection failed",
      .regex = "\\((?:ECHECKOUTTIMEOUT|ECHECKOUTFAILED|ECIRCUITBREAKER)\\)|"
               "Unable to check out process from the pool|DbHandler: Connection failed",
      .sample = "FATAL:  (ECHECKOUTTIMEOUT) unable to check out connection from the pool "
               "after 60000ms",
      .near_miss = "ECHECKOUTTIMEOUT" },

    /* pgcat: src/errors.rs, src/{client,server,pool}.rs */
    { .name = "pgcat-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "Invalid password {|ServerAuthError|ClientAuthImpossible|"
                "Client auth not possible|ClientAuthPassthroughError|"
                "AuthPassthroughError(|AuthError(|obtain the hash from server",
      .regex = "Invalid password \\{ (?=.*?username: \\\\?\"?(?<role>[^,}\\s\"\\\\]+))"
               "(?=.*?pool_name: \\\\?\"?(?<database>[^,}\\s\"\\\\]+))|"
               "(?:Server|Client)Auth(?:Error|Impossible|PassthroughError)\\(|"
               "\\bAuth(?:Passthrough)?Error\\(|"
               "Client auth not possible, no cleartext password|"
               "could not obtain the hash from server",
      .sample = "Client disconnected with error \"Invalid password { application_name: psql, "
                "username: app, pool_name: shop }\"",
      .near_miss = "Invalid password { length: 3 }" },
    { .name = "pgcat-no-pool", .kind = KIND_NO_DB,
      .needle = "No pool configured for database: ",
      .regex = "No pool configured for database: " Q "?" "(?<database>[^\"',\\s]+)" Q "?, "
               "user: " Q "?"
               "(?<role>[^\"'\\s,.)]+)",
      .sample = "FATAL:  No pool configured for database: \"shop\", user: \"app\"",
      .near_miss = "No pool configured" },
    { .name = "pgcat-down", .kind = KIND_NETWORK, .words = WORDS_SHARED,
      .needle = "AllServersDown|Error reading server authentication|could not get connection "
               "from the pool - ",
      .regex = "\\bAllServersDown\\b|could not get connection from the pool - ",
      .sample = "ERROR:  could not get connection from the pool - AllServersDown",
      .near_miss = "AllServersDownloaded" },

    /* odyssey: sources/{frontend,backend,auth}.c */
    { .name = "odyssey-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "incorrect password|password required for route|invalid user password or "
               "SCRAM secret|"
                "failed to make auth query|external auth failed",
      .regex = "user '(?<database>[^'.]+)\\.(?<role>[^']+)' (?:incorrect password|external "
               "auth failed)|"
               "(?:\\(auth\\)|auth:) .*?user '(?<role>[^']+)' incorrect password|"
               "password required for route '|invalid user password or SCRAM secret, check "
               "your config|"
               "failed to make auth query",
      .sample = "(auth) user 'shop.app' incorrect password",
      .near_miss = "proftpd: incorrect password" },
    { .name = "odyssey-no-route", .kind = KIND_NO_DB, .sqlstate = "08P01",
      .needle = "route for '|unknown database: ",
      .regex = "route for '(?<database>[^'.]+)\\.(?<role>[^']+)' is not found",
      .sample = "FATAL: odyssey: c1a2: route for 'shop.app' is not found",
      .near_miss = "route for '/api' is not found" },
    { .name = "odyssey-hba", .kind = KIND_NO_HBA, .sqlstate = "28000",
      .needle = "host based authentication rejected",
      .regex = "host based authentication rejected",
      .sample = "FATAL: odyssey: c1a2: host based authentication rejected",
      .near_miss = "host based authentication" },
    { .name = "odyssey-tls", .kind = KIND_TLS,
      .needle = "SSL is required",
      .regex = "(?:odyssey|FATAL|ERROR)\\W.{0,40}?SSL is required",
      .sample = "FATAL: odyssey: c1a2: SSL is required",
      .near_miss = "docs: SSL is required" },
    { .name = "odyssey-no-server", .kind = KIND_NETWORK,
      .needle = "failed to connect to remote server|failed to get remote server connection|"
               "failed to resolve ",
      .regex = "failed to connect to remote server|failed to get remote server connection|"
               "\\(connect\\) .*failed to (?:resolve|connect to) (?<client>[^\\s,]+)",
      .sample = "FATAL: odyssey: c1a2: failed to connect to remote server s123",
      .near_miss = "failed to resolve host" },
    { .name = "odyssey-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "too many tcp connections|too many connections (global|too many active clients",
      .regex = "too many tcp connections|too many connections \\(global|too many active "
               "clients for user",
      .sample = "FATAL: odyssey: c1a2: too many tcp connections",
      .near_miss = "too many connections" },

    /* Neon's proxy */
    { .name = "neon-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "password doesn't match",
      .regex = "(?:failed: |psql: |pq: )?ERROR:\\s+password doesn't match",
      .sample = "connection to server at \"db\", port 5432 failed: ERROR:  password doesn't "
               "match",
      .near_miss = "form: password doesn't match" },

    /* pgdog: pgdog/src/net/messages/error_response.rs */
    { .name = "pgdog-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28000",
      .needle = "is wrong, or the database does not exist",
      .regex = "password for user " Q ROLE Q " and database " Q DATABASE Q
               " is wrong, or the database does not exist",
      .sample = "FATAL: password for user \"app\" and database \"shop\" is wrong, or the "
               "database "
                "does not exist",
      .near_miss = "it is wrong, or the database does not exist" },
    { .name = "pgdog-down", .kind = KIND_NETWORK, .sqlstate = "58000",
      .needle = "connection pool for user ",
      .regex = "connection pool for user " Q ROLE Q " and database " Q DATABASE Q " is down",
      .sample = "ERROR: connection pool for user \"app\" and database \"shop\" is down",
      .near_miss = "connection pool for user \"app\" is up" },
    { .name = "pgdog-tls", .kind = KIND_TLS, .sqlstate = "08004",
      .needle = "only TLS connections are allowed|server does not support TLS but it is "
               "required",
      .regex = "only TLS connections are allowed|server does not support TLS but it is "
               "required",
      .sample = "FATAL: only TLS connections are allowed",
      .near_miss = "TLS connections are allowed" },
};
const size_t patterns_poolers_len = LEN(patterns_poolers);
/* clang-format on */
