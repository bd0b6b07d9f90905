/* SPDX-License-Identifier: MIT */
#include "logs/patterns.h"

/* What the drivers and frameworks say in words of their own. Where they pass on the server's
 * words, those of patterns_postgres.c are found. */

/* clang-format off */
const struct pattern patterns_drivers[] = {
    /* Python */
    { .name = "asyncpg-password", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "InvalidPasswordError|InvalidPassword:",
      .regex = "(?:asyncpg|psycopg2?)\\S*\\.InvalidPassword(?:Error)?\\b",
      .sample = "asyncpg.exceptions.InvalidPasswordError: x",
      .near_miss = "raise InvalidPasswordError(bob)" },
    { .name = "asyncpg-database", .kind = KIND_NO_DB, .sqlstate = "3D000",
      .needle = "asyncpg.exceptions.InvalidCatalogNameError",
      .regex = "asyncpg\\.exceptions\\.InvalidCatalogNameError",
      .sample = "asyncpg.exceptions.InvalidCatalogNameError: x",
      .near_miss = "InvalidCatalogNameError" },
    { .name = "asyncpg-slots", .kind = KIND_TOO_MANY_CONNECTIONS, .sqlstate = "53300",
      .needle = "TooManyConnectionsError|psycopg2.errors.TooManyConnections|"
                "psycopg.errors.TooManyConnections",
      .regex = "(?:asyncpg\\S*\\.TooManyConnectionsError|"
               "psycopg2?\\.errors\\.TooManyConnections)",
      .sample = "asyncpg.exceptions.TooManyConnectionsError: x",
      .near_miss = "redis TooManyConnectionsError" },
    { .name = "asyncpg-starting", .kind = KIND_STARTING_UP, .sqlstate = "57P03",
      .needle = "CannotConnectNowError",
      .regex = "CannotConnectNowError",
      .sample = "asyncpg.exceptions.CannotConnectNowError: x",
      .near_miss = "CannotConnectNow" },
    { .name = "asyncpg-tls", .kind = KIND_TLS,
      .needle = "rejected SSL upgrade",
      .regex = "PostgreSQL server at " Q CLIENT Q " rejected SSL upgrade",
      .sample = "ConnectionError: PostgreSQL server at \"db:5432\" rejected SSL upgrade",
      .near_miss = "rejected SSL upgrade" },
    { .name = "asyncpg-method", .kind = KIND_SCRAM,
      .needle = "authentication method requested by the server|SASL Authentication methods "
               "requested",
      .regex = "unsupported (?:SASL )?[Aa]uthentication methods? requested by the server",
      .sample = "unsupported authentication method requested by the server: 'SSPI'",
      .near_miss = "authentication method requested by the server: password" },
    { .name = "python-refused", .kind = KIND_NETWORK,
      .needle = "Connect call failed (",
      .regex = "Connect call failed \\('(?<client>[^']+)', (?:543\\d|6432|6543)\\b",
      .sample = "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 5432)",
      .near_miss = "[Errno 111] Connect call failed ('127.0.0.1', 6379)" },
    { .name = "psycopg-pool-error", .kind = KIND_NETWORK, .words = WORDS_ANYONE, .echo = true,
      .needle = "error connecting in 'pool-",
      .regex = "error connecting in 'pool-\\d+': (?!.*(?:FATAL|failed:))",
      .sample = "psycopg.pool WARNING error connecting in 'pool-1': connection is bad",
      .near_miss = "error connecting in 'pool-1': connection failed: FATAL:  x" },

    /* Java */
    { .name = "pgjdbc-refused", .kind = KIND_NETWORK,
      .needle = "that the postmaster is accepting TCP/IP|PSQLException: The connection "
               "attempt failed|"
                "PSQLException: Connection attempt timed out|postgresql.util.PSQLException: "
                "Connection to",
      .regex = "(?:Connection to (?<client>\\S+) refused\\. )?Check that the hostname and "
               "port are "
               "correct and that the postmaster is accepting TCP/IP|"
               "PSQLException: (?:The connection attempt failed|Connection attempt timed out|"
               "Connection to \\S+ refused)",
      .sample = "org.postgresql.util.PSQLException: Connection to db:5432 refused. Check "
               "that the "
                "hostname and port are correct and that the postmaster is accepting TCP/IP "
                "connections.",
      .near_miss = "Connection to db:3306 refused." },
    { .name = "pgjdbc-no-password", .kind = KIND_SCRAM, .sqlstate = "08004",
      .needle = "server requested SCRAM-based authentication|server requested password-based",
      .regex = "The server requested (?:SCRAM|password)-based authentication, but (?:no "
               "password|the password)",
      .sample = "The server requested SCRAM-based authentication, but no password was "
               "provided.",
      .near_miss = "The server requested SCRAM-based authentication." },
    { .name = "pgjdbc-method", .kind = KIND_SCRAM,
      .needle = "The authentication type |ScramException|SCRAM authentication failed",
      .regex = "The authentication type \\d+ is not supported|"
               "(?:PSQLException|pgpool|ERROR|FATAL|LOG).{0,40}?SCRAM authentication failed|"
               "\\bcom\\.ongres\\.scram\\.",
      .sample = "The authentication type 10 is not supported. Check that you have configured "
               "the "
                "pg_hba.conf file",
      .near_miss = "The authentication type is set" },
    { .name = "pgjdbc-tls", .kind = KIND_TLS, .words = WORDS_ANYONE,
      .needle = "The server does not support SSL|could not be verified by hostnameverifier|"
                "Could not open SSL root certificate file|Server name validation failed|"
                "PKIX path building failed|setting up the SSL connection",
      .regex = "The server does not support SSL|could not be verified by hostnameverifier|"
               "Could not open SSL root certificate file|Server name validation failed: |"
               "PKIX path building failed|An error occurred while setting up the SSL "
               "connection",
      .sample = "org.postgresql.util.PSQLException: The server does not support SSL.",
      .near_miss = "The server does not support SSL." },
    { .name = "java-unknown-host", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "UnknownHostException",
      .regex = "UnknownHostException: (?<client>[\\w.-]+)",
      .sample = "Caused by: java.net.UnknownHostException: postgres",
      .near_miss = "java.net.UnknownHostException: kafka-0" },
    /* Node */
    { .name = "node-scram", .kind = KIND_SCRAM, .words = WORDS_SHARED,
      .needle = "SASL: SCRAM-SERVER-|SASL: Only mechanism|SASL: Last message|"
               "SASL_SIGNATURE_MISMATCH|"
                "SASL: Mechanism|SASL: Invalid",
      .regex = "SASL: (?:SCRAM-SERVER-(?:FIRST|FINAL)-MESSAGE|Only mechanism|Last message|"
               "Mechanism|Invalid)|"
               "SASL_SIGNATURE_MISMATCH",
      .sample = "Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string",
      .near_miss = "redis SASL: Only mechanisms listed" },
    { .name = "node-auth-message", .kind = KIND_SCRAM,
      .needle = "Unknown authenticationOk message type",
      .regex = "Unknown authenticationOk message type",
      .sample = "Error: Unknown authenticationOk message type 10",
      .near_miss = "Unknown authenticationOk" },
    { .name = "node-routine", .kind = KIND_AUTH_FAILED, .sqlstate = "28P01",
      .needle = "auth_failed",
      .regex = "routine\\\\{0,3}[\"']?:\\s*(?:Some\\()?\\\\{0,3}[\"']auth_failed|"
               "auth_failed, auth\\.c",
      .sample = "  routine: 'auth_failed' }",
      .near_miss = "class: auth_failed" },
    { .name = "node-refused", .kind = KIND_NETWORK,
      .needle = "ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|connect ENOENT|ENETUNREACH",
      .regex = "connect (?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) "
               "(?<client>\\S+?:(?:543[0-9]|6432|6543|26257))\\b|"
               "connect (?:ECONNREFUSED|ENOENT) \\S*\\.s\\.PGSQL\\.",
      .sample = "Error: connect ECONNREFUSED 127.0.0.1:5432",
      .near_miss = "Error: connect ECONNREFUSED 127.0.0.1:6379" },
    { .name = "node-refused-other-port", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN",
      .regex = "AggregateError \\[ECONNREFUSED\\]|(?:connect (?:ECONNREFUSED|ETIMEDOUT|"
               "EHOSTUNREACH)|getaddrinfo (?:ENOTFOUND|"
               "EAI_AGAIN)) "
               "(?<client>\\S+)",
      .sample = "Error: getaddrinfo ENOTFOUND postgres",
      .near_miss = "Error: getaddrinfo ENOTFOUND api.example.com" },
    { .name = "sequelize-network", .kind = KIND_NETWORK, .words = WORDS_SHARED,
      .needle = "SequelizeConnectionRefusedError|SequelizeHostNotFoundError|"
                "SequelizeHostNotReachableError|SequelizeConnectionTimedOutError",
      .regex = "Sequelize(?:ConnectionRefused|HostNotFound|HostNotReachable|"
               "ConnectionTimedOut)Error"
               "(?!.*:(?:3306|1433|1521))",
      .sample = "SequelizeHostNotFoundError: getaddrinfo ENOTFOUND db",
      .near_miss = "SequelizeConnectionRefusedError: connect ECONNREFUSED 127.0.0.1:3306" },
    { .name = "sequelize-denied", .kind = KIND_AUTH_FAILED, .words = WORDS_ANYONE,
      .needle = "SequelizeAccessDeniedError",
      .regex = "SequelizeAccessDeniedError",
      .sample = "postgres SequelizeAccessDeniedError: x",
      .near_miss = "SequelizeAccessDeniedError: Access denied for user 'root'@'localhost'" },
    { .name = "node-timeout", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "timeout exceeded when trying to connect|Connection terminated due to "
               "connection timeout|"
                "CONNECT_TIMEOUT",
      .regex = "timeout exceeded when trying to connect|Connection terminated due to "
               "connection timeout|"
               "\\bCONNECT_TIMEOUT \\S+",
      .sample = "pg-pool Error: timeout exceeded when trying to connect",
      .near_miss = "Error: timeout exceeded when trying to connect" },
    { .name = "node-tls", .kind = KIND_TLS, .words = WORDS_SHARED,
      .needle = "self signed certificate|self-signed certificate|SELF_SIGNED_CERT|"
               "UNABLE_TO_VERIFY_LEAF|"
                "UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME|"
                "unable to verify the first certificate|establishing an SSL connection",
      .regex = "(?:^|[\\s:])Error: (?:self[ -]signed certificate|unable to verify the first "
               "certificate|"
               "unable to get (?:local )?issuer certificate|certificate has expired)|"
               "code\\\\?[\"']?: \\\\?[\"'](?:DEPTH_ZERO_SELF_SIGNED_CERT|"
               "SELF_SIGNED_CERT_IN_CHAIN|"
               "UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|"
               "CERT_HAS_EXPIRED|"
               "ERR_TLS_CERT_ALTNAME_INVALID)|There was an error establishing an SSL "
               "connection",
      .sample = "  code: 'SELF_SIGNED_CERT_IN_CHAIN'",
      .near_miss = "npm ERR! code SELF_SIGNED_CERT_IN_CHAIN" },

    /* Prisma */
    { .name = "prisma-p1000", .kind = KIND_AUTH_FAILED, .words = WORDS_SHARED, .sqlstate = "28P01",
      .needle = "Authentication failed against database server|P1000",
      .regex = "Authentication failed against (?:the )?database server(?: at)?(?: "
               "`" CLIENT "`)?"
               "(?:, the provided database credentials for `" ROLE "`)?|errorCode: 'P1000'|"
               "\"P1000\"",
      .sample = "Error: P1000: Authentication failed against database server at `db`, the "
               "provided "
                "database credentials for `app` are not valid.",
      .near_miss = "mysql: Authentication failed against database server at `db`" },
    { .name = "prisma-p1001", .kind = KIND_NETWORK, .words = WORDS_SHARED,
      .needle = "Can't reach database server|The database server at `|was reached but timed "
               "out",
      .regex = "Can't reach database server at `" CLIENT "`(?!:`?(?:3306|27017|1433))|"
               "database server at `" CLIENT "`(?::`\\d+`)? was reached but timed out",
      .sample = "Error: P1001: Can't reach database server at `db`:`5432`",
      .near_miss = "Error: P1001: Can't reach database server at `db`:`3306`" },
    { .name = "prisma-p1003", .kind = KIND_NO_DB, .words = WORDS_SHARED, .sqlstate = "3D000",
      .needle = "does not exist on the database server",
      .regex = "Database `" DATABASE "` does not exist on the database server",
      .sample = "Error: P1003: Database `shop` does not exist on the database server at "
               "`db:5432`.",
      .near_miss = "Database shop does not exist on the database server" },
    { .name = "prisma-p1010", .kind = KIND_NO_ROLE, .words = WORDS_SHARED,
      .needle = "was denied access on the database",
      .regex = "User `" ROLE "` was denied access on the database `" DATABASE "`",
      .sample = "Error: P1010: User `app` was denied access on the database `shop.public`",
      .near_miss = "User bob was denied access on the database" },
    { .name = "prisma-p1011", .kind = KIND_TLS, .words = WORDS_SHARED,
      .needle = "Error opening a TLS connection",
      .regex = "Error opening a TLS connection: ",
      .sample = "Error: P1011: Error opening a TLS connection: self signed certificate",
      .near_miss = "Error opening a TLS connection" },

    /* Go */
    { .name = "go-refused", .kind = KIND_NETWORK,
      .needle = "dial tcp|dial unix|hostname resolving error|dial error",
      .regex = "dial unix \\S*\\.s\\.PGSQL\\.\\d+|dial tcp (?<client>\\S+?:(?:543\\d|6432|"
               "6543)): |"
               "failed to connect to `[^`]*`: (?:.*\\n\\s*)?.*?(?:hostname resolving error|"
               "dial error|dial tcp|"
               "lookup |i/o timeout|connection refused|no route to host)",
      .sample = "failed to connect to `host=db user=app database=shop`: hostname resolving "
               "error "
                "(lookup db: no such host)",
      .near_miss = "dial tcp 10.0.0.7:6379: connect: connection refused" },
    { .name = "go-refused-other", .kind = KIND_NETWORK, .words = WORDS_ANYONE,
      .needle = "dial tcp",
      .regex = "dial tcp (?<client>\\S+): (?:connect: |lookup |i/o timeout)|dial tcp: lookup "
               "(?<client>\\S+)",
      .sample = "pq: dial tcp: lookup postgres on 10.0.0.2:53: no such host",
      .near_miss = "dial tcp: lookup example.com: no such host" },
    { .name = "go-tls", .kind = KIND_TLS,
      .needle = "SSL is not enabled on the server|server refused TLS connection|tls error|"
               "x509: ",
      .regex = "pq: SSL is not enabled on the server|server refused TLS connection|"
               "(?:failed to connect to `[^`]*`: |pq: |pgx|pgconn).{0,80}?(?:tls error|x509: "
               "|tls: )",
      .sample = "pq: SSL is not enabled on the server",
      .near_miss = "Get \"https://x\": x509: certificate signed by unknown authority" },
    { .name = "go-method", .kind = KIND_SCRAM,
      .needle = "unknown authentication response: |unexpected authentication response: |"
               "unsupported authentication method: |"
                "SCRAM-SHA-256 error: |authentication error: SCRAM|SCRAM ServerSignature",
      .regex = "pq: (?:un(?:known|expected) authentication response|unsupported "
               "authentication method|"
               "SCRAM-SHA-256 error): |invalid SCRAM ServerSignature received",
      .sample = "pq: unknown authentication response: 10",
      .near_miss = "ssh: unsupported authentication method: gss" },

    /* Rust */
    { .name = "rust-refused", .kind = KIND_NETWORK,
      .needle = "error connecting to server: |error communicating with database: |error "
               "performing TLS",
      .regex = "error connecting to server: |error communicating with database: "
               "(?:Connection refused|"
               "failed to lookup|timed out|No route)",
      .sample = "error connecting to server: Connection refused (os error 111)",
      .near_miss = "error connecting to server" },
    { .name = "rust-tls", .kind = KIND_TLS,
      .needle = "establish a TLS connection: |error performing TLS handshake: ",
      .regex = "error occurred while attempting to establish a TLS connection: |"
               "error performing TLS handshake: ",
      .sample = "error occurred while attempting to establish a TLS connection: server does "
               "not "
                "support TLS",
      .near_miss = "cannot establish a TLS connection: x" },

    /* .NET */
    { .name = "npgsql-no-password", .kind = KIND_SCRAM,
      .needle = "No password has been provided but the backend requires one",
      .regex = "No password has been provided but the backend requires one \\(in SASL",
      .sample = "Npgsql.NpgsqlException: No password has been provided but the backend "
               "requires "
                "one (in SASL/SCRAM-SHA-256)",
      .near_miss = "No password has been provided but the backend requires one" },
    { .name = "npgsql-no-password-md5", .kind = KIND_AUTH_FAILED,
      .needle = "No password has been provided but the backend requires one",
      .regex = "No password has been provided but the backend requires one",
      .sample = "Npgsql.NpgsqlException: No password has been provided but the backend "
               "requires "
                "one (in MD5)",
      .near_miss = "No password has been provided" },
    { .name = "npgsql-refused", .kind = KIND_NETWORK,
      .needle = "Npgsql.NpgsqlException|NpgsqlException (0x",
      .regex = "NpgsqlException(?: \\(0x[0-9A-Fa-f]+\\))?: (?:Failed to connect to "
               "(?<client>\\S+)|"
               "Exception while connecting|Unable to connect to a suitable host|The "
               "operation has timed out|"
               "Exception while reading from stream)",
      .sample = "Npgsql.NpgsqlException (0x80004005): Failed to connect to 127.0.0.1:5432",
      .near_miss = "Npgsql.NpgsqlException: The connection is closed" },
    { .name = "npgsql-tls", .kind = KIND_TLS,
      .needle = "No SSL enabled connection from this host|Exception while performing SSL "
               "handshake",
      .regex = "No SSL enabled connection from this host is configured|"
               "Exception while performing SSL handshake",
      .sample = "SSL connection requested. No SSL enabled connection from this host is "
               "configured.",
      .near_miss = "No SSL enabled connection from this host" },
    { .name = "npgsql-method", .kind = KIND_SCRAM,
      .needle = "Authentication method not supported|No supported SASL mechanism found|"
               "[SCRAM] ",
      .regex = "Authentication method not supported \\(Received: |No supported SASL "
               "mechanism found|"
               "\\[SCRAM\\] (?:Malformed|Unable to verify)",
      .sample = "Npgsql.NpgsqlException: No supported SASL mechanism found (only "
               "SCRAM-SHA-256 and "
                "SCRAM-SHA-256-PLUS are supported for now)",
      .near_miss = "No supported SASL mechanism" },

    /* Ruby on Rails, Elixir */
    { .name = "rails-credentials", .kind = KIND_AUTH_FAILED, .words = WORDS_SHARED,
      .needle = "There is an issue connecting to your database with your username/password",
      .regex = "There is an issue connecting to your database with your username/password"
               "(?:, username: (?<role>[^\\s,()]+?)\\.?(?=[\\s(]|$))?",
      .sample = "ActiveRecord::DatabaseConnectionError: There is an issue connecting to your "
                "database with your username/password, username: app.",
      .near_miss = "There is an issue connecting to your database" },
    { .name = "rails-host", .kind = KIND_NETWORK, .words = WORDS_SHARED,
      .needle = "There is an issue connecting with your hostname",
      .regex = "There is an issue connecting with your hostname: (?<client>\\S+?)\\.?(?=\\s|$)",
      .sample = "ActiveRecord::DatabaseConnectionError: There is an issue connecting with your "
                "hostname: db.",
      .near_miss = "There is an issue connecting" },
    { .name = "rails-database", .kind = KIND_NO_DB, .words = WORDS_SHARED, .sqlstate = "3D000",
      .needle = "We could not find your database: ",
      .regex = "We could not find your database: (?<database>[^\\s]+?)\\.(?=\\s|$)",
      .sample = "ActiveRecord::NoDatabaseError: We could not find your database: shop. It "
               "can be "
                "found in config/database.yml.",
      .near_miss = "We could not find your database: " },
    { .name = "ecto-refused", .kind = KIND_NETWORK,
      .needle = "tcp connect|(DBConnection.ConnectionError)",
      .regex = "tcp connect \\((?<client>[^)\\n]+?:(?:543\\d|6432|6543))\\)|"
               "Postgrex\\.Error[){].{0,20}?tcp connect|"
               "Postgrex.{0,80}?\\(DBConnection\\.ConnectionError\\) tcp ",
      .sample = "Postgrex.Protocol (#PID<0.1.0>) failed to connect: ** "
               "(DBConnection.ConnectionError) "
                "tcp connect (localhost:5432): connection refused - :econnrefused",
      .near_miss = "tcp connect (redis:6379): connection refused" },
    { .name = "ecto-tls", .kind = KIND_TLS,
      .needle = "ssl not available|(DBConnection.ConnectionError) ssl ",
      .regex = "ssl not available|Postgrex.{0,80}?\\(DBConnection\\.ConnectionError\\) ssl "
               "(?:connect|handshake)",
      .sample = "Postgrex.Protocol (#PID<0.1.0>) failed to connect: ** (Postgrex.Error) ssl "
               "not available",
      .near_miss = "** (DBConnection.ConnectionError) ssl send: closed" },
};
const size_t patterns_drivers_len = LEN(patterns_drivers);
/* clang-format on */
