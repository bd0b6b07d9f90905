/* SPDX-License-Identifier: MIT */
#include "observe/ladder.h"

const char *const stage_names[STAGE_LEN] = { "resolve", "connect", "tls",
                                             "startup", "login",   "query" };
const char *const password_names[3] = { "untested", "good", "bad" };

/* A sample: SQLSTATE, function, message. */
#define AT(code, routine, message)                                                             \
    {                                                                                          \
        { code, sizeof(code) - 1 }, { routine, sizeof(routine) - 1 },                          \
        {                                                                                      \
            message, sizeof(message) - 1                                                       \
        }                                                                                      \
    }

/* clang-format off */
const struct rung ladder[] = {
    /* A pooler passes the server's words on under a code of its own. */
    { "08P01", NULL, "password authentication failed", KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "THE POOLER IS REFUSED by the server: its own password is wrong",
      "renew the password in the pooler's userlist or configuration, then RELOAD it",
      AT("08P01", "", "password authentication failed for user \"app\"") },
    { "08P01", NULL, "SASL authentication failed", KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_BAD, true,
      "WRONG PASSWORD for role $role at the pooler",
      "compare the pooler's userlist with the database: dbprobe on both ports",
      AT("08P01", "", "SASL authentication failed") },
    { "08P01", NULL, "no such database", KIND_NO_DB, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "NO SUCH DATABASE $database at the pooler", NULL,
      AT("08P01", "", "no such database: nope") },
    { "08P01", NULL, "no such user", KIND_NO_ROLE, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "NO SUCH ROLE $role at the pooler", NULL,
      AT("08P01", "", "no such user: ghost") },
    { "08P01", NULL, "too many connections", KIND_TOO_MANY_CONNECTIONS, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "TOO MANY CONNECTIONS behind the pooler", NULL,
      AT("08P01", "", "too many connections for role \"app\"") },
    { "08P01", NULL, "no more connections allowed", KIND_TOO_MANY_CONNECTIONS, STAGE_STARTUP, PASSWORD_UNTESTED, true,
      "TOO MANY CONNECTIONS at the pooler", NULL,
      AT("08P01", "", "no more connections allowed (max_client_conn)") },
    { "08P01", NULL, "does not exist", KIND_NO_DB, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "NO SUCH DATABASE or role behind the pooler", NULL,
      AT("08P01", "", "database \"gone\" does not exist") },
    { "08P01", NULL, "query_wait_timeout", KIND_NETWORK, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "THE POOLER GETS NO SERVER in time; it hides why",
      "check the server's own port with the pooler's credential",
      AT("08P01", "", "query_wait_timeout") },
    { "08P01", NULL, "server login has been failing", KIND_NETWORK, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "THE POOLER CANNOT LOG IN to the server; it hides why",
      "check the server's own port with the pooler's credential",
      AT("08P01", "", "server login has been failing, try again later (server_login_retry)") },
    { "08P01", NULL, "cannot connect to server", KIND_NETWORK, STAGE_LOGIN, PASSWORD_UNTESTED, true,
      "THE POOLER CANNOT REACH the server", NULL,
      AT("08P01", "", "pgbouncer cannot connect to server") },

    { "28P01", "recv_password_packet", NULL, KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "AN EMPTY PASSWORD was sent", NULL,
      AT("28P01", "recv_password_packet", "empty password returned by client") },
    { "28P01", "CheckPasswordAuth", NULL, KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "AN EMPTY PASSWORD was sent", NULL,
      AT("28P01", "CheckPasswordAuth", "empty password returned by client") },
    { "28P01", NULL, NULL, KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_BAD, false,
      "WRONG PASSWORD for role $role",
      "the server tells only its own log (DETAIL) if the role is missing, expired or has none",
      AT("28P01", "auth_failed", "password authentication failed for user \"app\"") },
    { "28000", "auth_failed", NULL, KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "ROLE $role IS REFUSED by a method that asks no password (ident, peer, certificate)", "see pg_hba.conf",
      AT("28000", "auth_failed", "Ident authentication failed for user \"app\"") },
    { "28000", "ClientAuthentication", "client certificate", KIND_TLS, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "A CLIENT CERTIFICATE is required", NULL,
      AT("28000", "ClientAuthentication", "connection requires a valid client certificate") },
    { "28000", "ClientAuthentication", NULL, KIND_NO_HBA, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "ROLE $role IS NOT ADMITTED by pg_hba.conf",
      "the line must name this client's address, the role, the database and whether TLS is used",
      AT("28000", "ClientAuthentication", "no pg_hba.conf entry for host \"10.0.0.7\"") },
    { "28000", "InitializeSessionUserId", NULL, KIND_NO_ROLE, STAGE_LOGIN, PASSWORD_GOOD, false,
      "ROLE $role MAY NOT LOG IN", "ALTER ROLE ... LOGIN",
      AT("28000", "InitializeSessionUserId", "role \"app\" is not permitted to log in") },
    { "28000", NULL, "pg_hba.conf", KIND_NO_HBA, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "ROLE $role IS NOT ADMITTED by pg_hba.conf", NULL,
      AT("28000", "", "no pg_hba.conf entry for host \"10.0.0.7\"") },
    { "28000", NULL, NULL, KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "ROLE $role IS REFUSED", NULL,
      AT("28000", "", "invalid authorization specification") },
    { "F0000", "ClientAuthentication", NULL, KIND_TLS, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "A CLIENT CERTIFICATE is asked for, and the server has no CA to check it with", "set ssl_ca_file",
      AT("F0000", "ClientAuthentication", "client certificates can only be checked if") },
    { "3D000", NULL, NULL, KIND_NO_DB, STAGE_LOGIN, PASSWORD_GOOD, false,
      "NO SUCH DATABASE: $database", NULL,
      AT("3D000", "InitPostgres", "database \"nosuchdb\" does not exist") },
    { "42501", "CheckMyDatabase", NULL, KIND_NO_DB, STAGE_LOGIN, PASSWORD_GOOD, false,
      "NO RIGHT TO CONNECT to database $database for role $role", "GRANT CONNECT ON DATABASE ...",
      AT("42501", "CheckMyDatabase", "permission denied for database \"appdb\"") },
    { "55000", "CheckMyDatabase", NULL, KIND_NO_DB, STAGE_LOGIN, PASSWORD_GOOD, false,
      "DATABASE $database ACCEPTS NO CONNECTIONS", "ALTER DATABASE ... ALLOW_CONNECTIONS true",
      AT("55000", "CheckMyDatabase", "database \"a\" is not currently accepting connections") },
    { "53300", "InitializeSessionUserId", NULL, KIND_TOO_MANY_CONNECTIONS, STAGE_LOGIN, PASSWORD_GOOD, false,
      "THE CONNECTION LIMIT of role $role is reached", NULL,
      AT("53300", "InitializeSessionUserId", "too many connections for role \"limited\"") },
    { "53300", "CheckMyDatabase", NULL, KIND_TOO_MANY_CONNECTIONS, STAGE_LOGIN, PASSWORD_GOOD, false,
      "THE CONNECTION LIMIT of database $database is reached", NULL,
      AT("53300", "CheckMyDatabase", "too many connections for database \"limdb\"") },
    { "53300", "InitPostgres", NULL, KIND_TOO_MANY_CONNECTIONS, STAGE_LOGIN, PASSWORD_GOOD, false,
      "ONLY RESERVED SLOTS are left", NULL,
      AT("53300", "InitPostgres", "remaining connection slots are reserved") },
    { "53300", NULL, NULL, KIND_TOO_MANY_CONNECTIONS, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "TOO MANY CLIENTS", "max_connections is reached before any password is looked at",
      AT("53300", "InitProcess", "sorry, too many clients already") },
    { "57P03", NULL, NULL, KIND_STARTING_UP, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "THE SERVER TAKES NO SESSIONS NOW (starting up, shutting down or in recovery)", NULL,
      AT("57P03", "ProcessStartupPacket", "the database system is starting up") },
    { "57P01", NULL, NULL, KIND_STARTING_UP, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "THE SERVER ENDED THE LOGIN: it is being shut down", NULL,
      AT("57P01", "ProcessInterrupts", "terminating connection due to administrator command") },
    { "0A000", "ProcessStartupPacket", NULL, KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "THE SERVER SPEAKS ANOTHER PROTOCOL", NULL,
      AT("0A000", "ProcessStartupPacket", "unsupported frontend protocol 3.0") },

    /* libpq's own words: never translated here, since only LC_CTYPE is ever set. */
    { NULL, NULL, "no password supplied", KIND_AUTH_FAILED, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "NO PASSWORD TO SEND for role $role", "PGPASSWORD, PGPASSFILE, a service file, or --password",
      AT("", "", "fe_sendauth: no password supplied") },
    { NULL, NULL, "could not translate host name", KIND_NETWORK, STAGE_RESOLVE, PASSWORD_UNTESTED, false,
      "NO SUCH HOST: $host", NULL,
      AT("", "", "could not translate host name \"db.invalid\" to address: Name or service not known") },
    { NULL, NULL, "Connection refused", KIND_NETWORK, STAGE_CONNECT, PASSWORD_UNTESTED, false,
      "NOBODY LISTENS on that port", NULL,
      AT("", "", "Connection refused") },
    { NULL, NULL, "No such file or directory", KIND_NETWORK, STAGE_CONNECT, PASSWORD_UNTESTED, false,
      "NO SOCKET there: no server of this machine listens so", NULL,
      AT("", "", "No such file or directory") },
    { NULL, NULL, "no answer to the connection", KIND_NETWORK, STAGE_CONNECT, PASSWORD_UNTESTED, false,
      "NO ANSWER from $host", "a firewall that drops, a host that is off, or a wrong address",
      AT("", "", "no answer to the connection in time") },
    { NULL, NULL, "did not answer in time", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "CONNECTED, THEN SILENCE: a server that is stopped or stuck, or no PostgreSQL", NULL,
      AT("", "", "it did not answer in time") },
    { NULL, NULL, "timeout expired", KIND_NETWORK, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "THE LOGIN TOOK TOO LONG", NULL,
      AT("", "", "timeout expired") },
    { NULL, NULL, "its answer begins with", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "NOT A POSTGRES SERVER: $stranger answers there", NULL,
      AT("", "", "its answer begins with \"HTTP/1.1 400 Bad \"") },
    { NULL, NULL, "in the middle of its answer", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "NOT A POSTGRES SERVER, or one that dies as it answers", NULL,
      AT("", "", "it broke off in the middle of its answer") },
    { NULL, NULL, "began to answer and stopped", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "NOT A POSTGRES SERVER, or one that hangs as it answers", NULL,
      AT("", "", "it began to answer and stopped") },
    { NULL, NULL, "closed the connection without", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "CONNECTED, THEN HUNG UP ON without a word", "no PostgreSQL, or a proxy whose server is gone",
      AT("", "", "it closed the connection without a word") },
    { NULL, NULL, "SSL negotiation", KIND_NETWORK, STAGE_TLS, PASSWORD_UNTESTED, false,
      "NOT A POSTGRES SERVER", NULL,
      AT("", "", "received invalid response to SSL negotiation: H") },
    { NULL, NULL, "expected authentication request", KIND_NETWORK, STAGE_STARTUP, PASSWORD_UNTESTED, false,
      "NOT A POSTGRES SERVER", NULL,
      AT("", "", "expected authentication request from server, but received H") },
    { NULL, NULL, "channel binding", KIND_SCRAM, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "CHANNEL BINDING is required and cannot be had", NULL,
      AT("", "", "channel binding required, but SSL not in use") },
    { NULL, NULL, "server signature", KIND_SCRAM, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "THE SERVER CANNOT PROVE that it knows the password", "something stands between",
      AT("", "", "incorrect server signature") },
    { NULL, NULL, "authentication method", KIND_SCRAM, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "A METHOD this client has not", NULL,
      AT("", "", "authentication method 13 not supported") },
    { NULL, NULL, "no answer to a query", KIND_NETWORK, STAGE_QUERY, PASSWORD_GOOD, false,
      "LET IN, THEN NO ANSWER: a pooler that gets no server looks so", "check the server's own port",
      AT("", "", "no answer to a query in 9.9 s") },
    { NULL, NULL, "hot standby mode", KIND_NETWORK, STAGE_QUERY, PASSWORD_GOOD, false,
      "NOT THE KIND OF SERVER that target_session_attrs asks for", NULL,
      AT("", "", "server is not in hot standby mode") },
    { NULL, NULL, "read-only", KIND_NETWORK, STAGE_QUERY, PASSWORD_GOOD, false,
      "NOT THE KIND OF SERVER that target_session_attrs asks for", NULL,
      AT("", "", "session is read-only") },
    { NULL, NULL, "does not support SSL", KIND_TLS, STAGE_TLS, PASSWORD_UNTESTED, false,
      "NO TLS at the server, and sslmode asks for it", NULL,
      AT("", "", "server does not support SSL, but SSL was required") },
    { NULL, NULL, "certificate", KIND_TLS, STAGE_TLS, PASSWORD_UNTESTED, false,
      "THE CERTIFICATE cannot be accepted", NULL,
      AT("", "", "server certificate for \"a\" does not match host name \"b\"") },
    { NULL, NULL, "SSL", KIND_TLS, STAGE_TLS, PASSWORD_UNTESTED, false,
      "TLS FAILS", NULL,
      AT("", "", "SSL error: tlsv1 alert protocol version") },
    { NULL, NULL, "does not support TLS", KIND_TLS, STAGE_TLS, PASSWORD_UNTESTED, false,
      "NO TLS at the server, and sslmode asks for it", NULL,
      AT("", "", "the server does not support TLS") },
    { NULL, NULL, "TLS handshake", KIND_TLS, STAGE_TLS, PASSWORD_UNTESTED, false,
      "TLS FAILS", NULL,
      AT("", "", "TLS handshake: no protocols available") },
    { NULL, NULL, "closed the connection", KIND_NETWORK, STAGE_LOGIN, PASSWORD_UNTESTED, false,
      "THE CONNECTION WAS CLOSED without a word", NULL,
      AT("", "", "server closed the connection unexpectedly") },

    { NULL, NULL, NULL, KIND_NETWORK, STAGE_CONNECT, PASSWORD_UNTESTED, false,
      "NO SESSION", NULL,
      AT("", "", "something never seen before") },
};
/* clang-format on */

const size_t ladder_len = LEN(ladder);

static bool
fits(const struct rung *row, const struct refusal *r)
{
    if (row->sqlstate ? !str_eq(r->sqlstate, str_of(row->sqlstate)) : r->sqlstate.n > 0)
        return false;
    if (row->routine && !str_eq(r->routine, str_of(row->routine)))
        return false;
    return !row->words || str_find(r->message, str_of(row->words)) != SIZE_MAX;
}

const struct rung *
ladder_find(const struct refusal *r)
{
    const struct refusal worded = { .message = r->message };

    for (size_t i = 0; i < ladder_len; i++)
        if (fits(&ladder[i], r))
            return &ladder[i];
    /* A code nobody told of: the words, or the last row. */
    return ladder_find(&worded);
}
