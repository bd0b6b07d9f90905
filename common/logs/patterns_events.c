/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* What is not a refused login but bears on an outage: rotations, reloads, restarts, sessions
 * that begin and that are ended. */

#define ALTER                                                                                  \
    "(?i)\\balter\\s+(?:role|user|group)\\s+(?!mapping\\b)(?:if\\s+exists\\s+)?"               \
    "(?:\\\\*\"(?<role>[^\"\\\\]+)\\\\*\"|(?<role>[\\w$-]+))(?![\\w$]*['@])\\s+"               \
    "(?:[^;'\"]*?\\s)??"
#define ALTERS                                                                                 \
    "ALTER ROLE|ALTER USER|alter role|alter user|Alter Role|Alter User|ALTER GROUP|Alter "     \
    "role|"                                                                                    \
    "Alter user"

/* clang-format off */
const struct pattern patterns_events[] = {
    { .name = "pg-rotation-failed", .kind = KIND_ROTATION, .echo = true,
      .needle = ALTERS,
      .regex = "(?s)\\A(?=.*?\\b(?:ERROR|FEHLER|ERREUR|ERRORE|"
               "FEL):\\s)(?=.*?STATEMENT:)(?=.*?" ALTER
               "(?:pass?w(?:or)?d|login|nologin|valid\\s+until|rename\\s+to)\\b)",
      .sample = "ERROR:  syntax error at or near \"pasword\"\n"
                "STATEMENT:  alter role app pasword 'x'",
      .near_miss = "ERROR:  relation \"x\" does not exist\nSTATEMENT:  alter role app set x "
               "= 1" },
    { .name = "pg-rotation", .kind = KIND_ROTATION,
      .needle = ALTERS,
      .regex = ALTER "(?:pass?w(?:or)?d\\b(?!\\s+expire)|valid\\s+until\\b|nologin\\b|"
               "login\\b|rename\\s+to\\b)",
      .sample = "LOG:  statement: ALTER ROLE \"shop_app\" WITH ENCRYPTED PASSWORD 'x'",
      .near_miss = "ALTER USER MAPPING FOR app SERVER s OPTIONS (SET password 'x')" },
    { .name = "pg-role-dropped", .kind = KIND_ROTATION,
      .needle = "DROP ROLE|DROP USER|drop role|drop user",
      .regex = "(?i)(?:statement|audit|execute [^:]*): .*?\\bdrop\\s+(?:role|"
               "user)\\s+(?!mapping)"
               "(?:if\\s+exists\\s+)?\"?(?<role>[\\w$-]+)",
      .sample = "LOG:  statement: DROP ROLE app",
      .near_miss = "HINT:  use DROP ROLE to remove it" },
    { .name = "pg-log-timezone", .kind = KIND_CLOCK,
      .needle = "parameter \"log_timezone\" changed to",
      .regex = "parameter \"log_timezone\" changed to \"",
      .sample = "LOG:  parameter \"log_timezone\" changed to \"Asia/Shanghai\"",
      .near_miss = "parameter \"log_timezone\" changed to" },
    { .name = "clock-stepped", .kind = KIND_CLOCK,
      .needle = "System clock was stepped|Time has been changed|clock wrong by",
      .regex = "System clock was stepped by|systemd.*Time has been changed|System clock "
               "wrong by",
      .sample = "chronyd[3]: System clock was stepped by 4.000001 seconds",
      .near_miss = "Time has been changed by hand" },
    { .name = "pg-reload", .kind = KIND_RELOAD,
      .needle = "received SIGHUP, reloading configuration|\" changed to \"|\" removed from "
               "configuration file",
      .regex = "received SIGHUP, reloading configuration files|parameter \"[\\w.]+\" changed "
               "to \"|"
               "parameter \"[\\w.]+\" removed from configuration file",
      .sample = "LOG:  received SIGHUP, reloading configuration files",
      .near_miss = "state \"a\" changed to \"b\"" },
    { .name = "pg-hba-broken", .kind = KIND_RELOAD,
      .needle = "pg_hba.conf was not reloaded|could not load pg_hba.conf|contains errors; "
               "unaffected changes",
      .regex = "pg_hba\\.conf was not reloaded|could not load pg_hba\\.conf|"
               "contains errors; (?:unaffected changes were|no changes were) applied",
      .sample = "LOG:  pg_hba.conf was not reloaded",
      .near_miss = "pg_hba.conf was reloaded" },
    { .name = "pgbouncer-reload", .kind = KIND_RELOAD,
      .needle = "got SIGHUP, re-reading config|RELOAD command issued",
      .regex = "got SIGHUP, re-reading config|RELOAD command issued",
      .sample = "LOG got SIGHUP, re-reading config",
      .near_miss = "got SIGHUP" },
    { .name = "web-reload", .kind = KIND_RELOAD,
      .needle = "signal 1 (SIGHUP) received|Handling signal: hup|Hang up: Master",
      .regex = "signal 1 \\(SIGHUP\\) received|Handling signal: hup|Hang up: Master",
      .sample = "[notice] 7#7: signal 1 (SIGHUP) received from 1, reconfiguring",
      .near_miss = "signal 1 (SIGHUP)" },
    { .name = "pg-restart", .kind = KIND_RESTART,
      .needle = "database system is ready to accept|shutdown request|database system is shut "
               "down|"
                "LOG:  starting PostgreSQL|starting PostgreSQL |server process (PID|database "
                "system was interrupted",
      .regex = "database system is ready to accept|received (?:fast|smart|immediate) "
               "shutdown request|"
               "database system is shut down|\\bstarting PostgreSQL \\d|"
               "server process \\(PID \\d+\\) (?:was terminated by signal|exited with exit "
               "code)|"
               "database system was interrupted",
      .sample = "LOG:  database system is ready to accept connections",
      .near_miss = "FATAL:  the database system is shutting down" },
    { .name = "pgbouncer-restart", .kind = KIND_RESTART,
      .needle = "process up: PgBouncer|got SIGTERM, |got SIGINT, ",
      .regex = "process up: PgBouncer|\\bLOG got SIG(?:TERM|INT), ",
      .sample = "LOG process up: PgBouncer 1.18.0, libevent 2.1.12-stable (epoll)",
      .near_miss = "got SIGTERM, bye" },
    { .name = "app-restart", .kind = KIND_RESTART,
      .needle = "Starting gunicorn|Shutting down: Master|Starting uWSGI|Started server "
               "process [|"
                "Finished server process [|Puma starting|Booting worker with pid|Worker "
                "exiting (pid|"
                "Application startup complete|goodbye to uWSGI|Tomcat started on port|start "
                "worker process ",
      .regex = "Starting gunicorn \\d|Shutting down: Master|Booting worker with pid: |"
               "Worker exiting \\(pid: |\\*\\*\\* Starting uWSGI|(?:Started|Finished) server "
               "process \\[|"
               "Puma starting|Application startup complete|goodbye to uWSGI|Tomcat started "
               "on port|"
               "start worker process \\d",
      .sample = "[7034] [INFO] Starting gunicorn 20.1.0",
      .near_miss = "Booting worker with pid" },
    { .name = "pg-connected", .kind = KIND_CONNECTED,
      .needle = "connection authorized: user=",
      .regex = "connection authorized: user=(?<role>\\S+)(?: database=(?<database>\\S+))?",
      .sample = "LOG:  connection authorized: user=app database=shop application_name=web",
      .near_miss = "connection authorized: user= " },
    { .name = "pg-ended", .kind = KIND_DISCONNECTED, .sqlstate = "57P01",
      .needle = "terminating connection due to administrator command",
      .regex = "terminating connection due to administrator command",
      .sample = "FATAL:  terminating connection due to administrator command",
      .near_miss = "terminating connection due to administrator" },
    { .name = "pg-ended-timeout", .kind = KIND_DISCONNECTED,
      .needle = "terminating connection due to idle|terminating connection due to trans",
      .regex = "terminating connection due to (?:idle-session|idle-in-transaction|"
               "transaction) timeout",
      .sample = "FATAL:  terminating connection due to idle-session timeout",
      .near_miss = "terminating connection due to idleness" },
    { .name = "pg-ended-crash", .kind = KIND_DISCONNECTED, .sqlstate = "57P02",
      .needle = "terminating connection because of crash|unexpected postmaster exit|"
                "due to immediate shutdown command|terminating connection due to conflict",
      .regex = "terminating connection (?:because of crash of another|due to (?:unexpected "
               "postmaster exit|"
               "immediate shutdown command|conflict with recovery))",
      .sample = "WARNING:  terminating connection because of crash of another server process",
      .near_miss = "terminating connection because of crash" },
    { .name = "client-lost", .kind = KIND_DISCONNECTED,
      .needle = "server closed the connection unexpectedly|SSL connection has been closed "
               "unexpectedly|"
                "Connection terminated unexpectedly|connection to server was lost|"
                "terminating connection, server closed|no connection to the server|"
                "An I/O error occurred while sending to the backend|This connection has been "
                "closed",
      .regex = "server closed the connection unexpectedly|SSL connection has been closed "
               "unexpectedly|"
               "Connection terminated unexpectedly|connection to server was lost|"
               "An I/O error occurred while sending to the backend|PSQLException: This "
               "connection has been closed",
      .sample = "psycopg2.OperationalError: server closed the connection unexpectedly",
      .near_miss = "This connection has been closed" },
    { .name = "asyncpg-lost", .kind = KIND_DISCONNECTED,
      .needle = "connection was closed in the middle of operation|AdminShutdownError|"
               "errors.AdminShutdown",
      .regex = "connection was closed in the middle of operation|asyncpg\\S*AdminShutdownError|"
               "psycopg2?\\.errors\\.AdminShutdown",
      .sample = "asyncpg.exceptions.ConnectionDoesNotExistError: connection was closed in "
               "the middle "
                "of operation",
      .near_miss = "AdminShutdownError" },
};
const size_t patterns_events_len = LEN(patterns_events);
/* clang-format on */
