/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* What the server says of a connection it refuses, in English, in its own log and, passed on
 * word for word, in those of its clients. The server's DETAIL stands first: it says more than
 * the message it belongs to. Texts: src/backend/libpq/{auth,crypt,auth-scram,hba}.c,
 * utils/init/{miscinit,postinit}.c, postmaster/postmaster.c. */

/* clang-format off */
const struct pattern patterns_postgres[] = {
    { .name = "pg-expired", .kind = KIND_EXPIRED, .sqlstate = "28P01",
      .needle = "has an expired password",
      .regex = "User " Q ROLE Q " has an expired password",
      .sample = "FATAL:  password authentication failed for user \"app\"\n"
                "DETAIL:  User \"app\" has an expired password.",
      .near_miss = "mail: User bob has an expired password in the directory" },
    { .name = "pg-detail-no-role", .kind = KIND_NO_ROLE, .sqlstate = "28P01",
      .needle = "Role \"|Role \\\"",
      .regex = "Role " Q ROLE Q " does not exist\\.",
      .sample = "FATAL:  password authentication failed for user \"ghost\"\n"
                "DETAIL:  Role \"ghost\" does not exist.",
      .near_miss = "Role \"ghost\" does not exist in the cluster" },
    { .name = "pg-no-password-set", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "has no password assigned",
      .regex = "User " Q ROLE Q " has no password assigned",
      .sample = "DETAIL:  User \"app\" has no password assigned.",
      .near_miss = "the account has no password assigned" },
    { .name = "pg-no-scram-secret", .kind = KIND_SCRAM, .sqlstate = "28P01",
      .needle = "does not have a valid SCRAM",
      .regex = "User " Q ROLE Q " does not have a valid SCRAM (?:secret|verifier)",
      .sample = "DETAIL:  User \"app\" does not have a valid SCRAM secret.",
      .near_miss = "it does not have a valid SCRAM secret yet" },
    { .name = "pg-not-for-md5", .kind = KIND_SCRAM, .sqlstate = "28P01",
      .needle = "cannot be used with MD5 authentication",
      .regex = "User " Q ROLE Q " has a password that cannot be used with MD5 authentication",
      .sample = "DETAIL:  User \"app\" has a password that cannot be used with MD5 "
               "authentication.",
      .near_miss = "a key that cannot be used with MD5 authentication" },
    { .name = "pg-wrong-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "Password does not match for user",
      .regex = "Password does not match for user " Q ROLE Q,
      .sample = "DETAIL:  Password does not match for user \"app\".",
      .near_miss = "Password does not match for user bob" },
    { .name = "pg-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "password authentication failed for user",
      .regex = "(?<![a-z] )password authentication failed for user ?" Q ROLE Q "|"
               "(?:FATAL|ERROR|pq|28P01)\\W{1,4}password authentication failed for user:? ?"
               "(?:" Q ROLE Q "|(?<role>[\\w.-]+))?",
      .sample = "FATAL:  password authentication failed for user \"app\"",
      .near_miss = "sshd[7]: password authentication failed for user root from 10.0.0.9" },
    { .name = "pg-method", .kind = KIND_AUTH_FAILED, .words = WORDS_SHARED, .sqlstate = "28000",
      .needle = "authentication failed for user",
      .regex = "(?:Ident|Peer|PAM|LDAP|RADIUS|GSSAPI|SSPI|BSD|OAuth bearer|[Cc]ertificate|cert|"
               "ldap|external|md5|MD5|SCRAM|scram-sha-256|SCRAM-SHA-256|" Q "trust" Q
               ") authentication failed for user:? ?\\\\{0,3}\"{1,2}" ROLE "\\\\{0,3}\"",
      .sample = "FATAL:  Peer authentication failed for user \"postgres\"",
      .near_miss = "dovecot: LDAP authentication failed for user \"bob\"" },
    { .name = "pg-host-rejected", .kind = KIND_NO_HBA, .sqlstate = "28000",
      .needle = "authentication failed for user",
      .regex = "authentication failed for user " Q ROLE Q ": host rejected",
      .sample = "FATAL:  authentication failed for user \"app\": host rejected",
      .near_miss = "authentication failed for user \"app\": rejected" },
    { .name = "pg-empty-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "empty password returned by client",
      .regex = "empty password returned by client",
      .sample = "FATAL:  empty password returned by client",
      .near_miss = "an empty password returned by" },
    { .name = "pg-usermap", .kind = KIND_AUTH_FAILED, .sqlstate = "28000",
      .needle = "no match in usermap|provided user name (",
      .regex = "no match in usermap .* for user " Q ROLE Q "|"
               "provided user name \\((?<role>[^)\\n]+)\\) and authenticated user name",
      .sample = "LOG:  no match in usermap \"m\" for user \"app\" authenticated as \"web\"",
      .near_miss = "no match in usermap file" },
    { .name = "pg-hba", .kind = KIND_NO_HBA, .sqlstate = "28000",
      .needle = "no pg_hba.conf entry",
      .regex = "no pg_hba\\.conf entry for (?:replication connection from )?host "
               "(?:" Q CLIENT Q "|(?<client>\\S+?)),? *"
               "(?:user " Q ROLE Q "(?:, database " Q DATABASE Q ")?)?",
      .sample = "FATAL:  no pg_hba.conf entry for host \"10.0.0.7\", user \"app\", "
                "database \"shop\", SSL off",
      .near_miss = "check that there is no pg_hba.conf entry left" },
    { .name = "pg-hba-bare", .kind = KIND_NO_HBA, .sqlstate = "28000",
      .needle = "no pg_hba.conf entry",
      .regex = "(?:FATAL|28000|pq|error|Error|ERROR|denied)\\W.{0,80}?no pg_hba\\.conf entry",
      .sample = "ERROR 28000 (invalid_authorization_specification) no pg_hba.conf entry",
      .near_miss = "there is no pg_hba.conf entry for it" },
    { .name = "pg-hba-rejects", .kind = KIND_NO_HBA, .sqlstate = "28000",
      .needle = "pg_hba.conf rejects",
      .regex = "pg_hba\\.conf rejects (?:replication )?connection for host " Q CLIENT Q
               ", user " Q ROLE Q "(?:, database " Q DATABASE Q ")?",
      .sample = "FATAL:  pg_hba.conf rejects connection for host \"10.0.0.7\", user \"app\", "
                "database \"shop\", no encryption",
      .near_miss = "pg_hba.conf rejects nothing" },
    { .name = "pg-role-login", .kind = KIND_NO_ROLE, .sqlstate = "28000",
      .needle = "is not permitted to log in",
      .regex = "role " Q ROLE Q " is not permitted to log in",
      .sample = "FATAL:  role \"app\" is not permitted to log in",
      .near_miss = "this user is not permitted to log in" },
    { .name = "pg-role", .kind = KIND_NO_ROLE, .fatal = true, .sqlstate = "28000",
      .needle = "role \"|role \\\"|role '|role `|role \\\\\"",
      .regex = "\\brole " Q ROLE Q " does not exist",
      .sample = "FATAL:  role \"root\" does not exist",
      .near_miss = "the role \"root\" already exists" },
    { .name = "pg-connect-right", .kind = KIND_NO_ROLE, .sqlstate = "42501",
      .needle = "permission denied for database|User does not have CONNECT privilege",
      .regex = "(?:FATAL|42501)\\W.{0,60}?permission denied for database " Q DATABASE Q "|"
               "permission denied for database " Q DATABASE Q "\\s+(?:.* )?"
               "DETAIL:\\s+User does not have CONNECT|User does not have CONNECT privilege",
      .sample = "FATAL:  permission denied for database \"shop\"",
      .near_miss = "ERROR:  permission denied for database shop" },
    { .name = "pg-database", .kind = KIND_NO_DB, .fatal = true, .sqlstate = "3D000",
      .needle = "database \"|database \\\"|database '|database \\\\\"|database `",
      .regex = "(?<!Unknown )\\bdatabase " Q DATABASE Q " does not exist",
      .sample = "FATAL:  database \"shop\" does not exist",
      .near_miss = "Unknown database 'shop'" },
    { .name = "pg-database-gone", .kind = KIND_NO_DB, .sqlstate = "3D000",
      .needle = "It seems to have just been dropped",
      .regex = "It seems to have just been dropped or renamed",
      .sample = "DETAIL:  It seems to have just been dropped or renamed.",
      .near_miss = "It seems to have just been dropped" },
    { .name = "pg-database-closed", .kind = KIND_NO_DB, .sqlstate = "55000",
      .needle = "is not currently accepting connections",
      .regex = "database " Q DATABASE Q " is not currently accepting connections",
      .sample = "FATAL:  database \"shop\" is not currently accepting connections",
      .near_miss = "the shop is not currently accepting connections" },
    { .name = "pg-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "too many clients already",
      .regex = "too many clients already",
      .sample = "FATAL:  sorry, too many clients already",
      .near_miss = "too many clients" },
    { .name = "pg-slots-reserved", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "connection slots are reserved",
      .regex = "remaining connection slots are reserved for",
      .sample = "FATAL:  remaining connection slots are reserved for roles with the "
                "SUPERUSER attribute",
      .near_miss = "3 connection slots are reserved for admins" },
    { .name = "pg-slots-limit", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "too many connections for ",
      .regex = "too many connections for (?:role " Q ROLE Q "|database " Q DATABASE Q "|"
               "user " Q ROLE Q ")",
      .sample = "FATAL:  too many connections for role \"app\"",
      .near_miss = "too many connections for this address" },
    { .name = "pg-slots-standby", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "number of requested standby connections",
      .regex = "number of requested standby connections exceeds",
      .sample = "FATAL:  number of requested standby connections exceeds max_wal_senders "
                "(currently 10)",
      .near_miss = "the number of requested standby connections" },
    { .name = "pg-starting", .kind = KIND_STARTING_UP, .sqlstate = "57P03",
      .needle = "the database system is ",
      .regex = "the database system is (?:starting up|shutting down|in recovery mode|"
               "not (?:yet )?accepting connections)",
      .sample = "FATAL:  the database system is starting up",
      .near_miss = "LOG:  the database system is ready" },
    { .name = "pg-standby", .kind = KIND_STARTING_UP, .sqlstate = "57P03",
      .needle = "Hot standby mode is disabled|Consistent recovery state has not been yet "
               "reached",
      .regex = "Hot standby mode is disabled|Consistent recovery state has not been yet "
               "reached",
      .sample = "DETAIL:  Hot standby mode is disabled.",
      .near_miss = "Hot standby mode is enabled." },
    { .name = "pg-auth-timeout", .kind = KIND_NETWORK, .sqlstate = "57014",
      .needle = "canceling authentication due to timeout",
      .regex = "canceling authentication due to timeout",
      .sample = "FATAL:  canceling authentication due to timeout",
      .near_miss = "canceling statement due to timeout" },
    { .name = "pg-tls-client-certificate", .kind = KIND_TLS, .sqlstate = "28000",
      .needle = "requires a valid client certificate|root certificate store is available",
      .regex = "connection requires a valid client certificate|client certificates can only be "
               "checked if a root certificate store is available",
      .sample = "FATAL:  connection requires a valid client certificate",
      .near_miss = "it requires a valid client certificate" },
    { .name = "pg-tls-accept", .kind = KIND_TLS,
      .needle = "could not accept SSL connection",
      .regex = "could not accept SSL connection: ",
      .sample = "LOG:  could not accept SSL connection: tlsv1 alert unknown ca",
      .near_miss = "could not accept SSL connections" },
    { .name = "pg-tls-required", .kind = KIND_TLS,
      .needle = "SSL connection is required|connection is insecure (try using",
      .regex = "(?:FATAL|ERROR|error|28000).{0,40}?SSL connection is required|"
               "SSL connection is required\\. Please specify SSL options|"
               "connection is insecure \\(try using `sslmode",
      .sample = "FATAL:  SSL connection is required. Please specify SSL options and retry.",
      .near_miss = "docs: an SSL connection is required here" },
    { .name = "pg-scram-malformed", .kind = KIND_SCRAM, .words = WORDS_SHARED,
      .sqlstate = "08P01",
      .needle = "malformed SCRAM message|invalid SCRAM response|SCRAM channel binding |"
                "client selected an invalid SASL authentication|requires an unsupported SCRAM",
      .regex = "malformed SCRAM message|invalid SCRAM response|SCRAM channel binding "
               "(?:check failed|negotiation error)|client selected an invalid SASL "
               "authentication mechanism|client requires an unsupported SCRAM extension",
      .sample = "FATAL:  invalid SCRAM response",
      .near_miss = "MongoServerError: SCRAM channel binding is off" },
};
const size_t patterns_postgres_len = LEN(patterns_postgres);
/* clang-format on */
