/* SPDX-License-Identifier: MIT */
#include "logs/said.h"

#include <stdlib.h>

#include "logs/languages.h"

/* What a server puts before a statement it logs; what follows are the client's words. */
static const char *const statements[] = {
    "statement: ", "execute ", "duration: ", "AUDIT: ", "parse ", "bind ", "fastpath ",
};

/* Beginnings of words, in lower case, sorted, that only talk of Postgres uses. */
static const char *const postgres_words[] = {
    "5432",   "5433",    "6432",      "6543",         "asyncpg",  "hikaripool", "libpq",
    "npgsql", "odyssey", "pgbouncer", "pgcat",        "pgdog",    "pgjdbc",     "pgpool",
    "pgsql",  "pgx",     "postgis",   "postgraphile", "postgres", "postgrest",  "postgrex",
    "psql",   "psycopg", "supavisor", "timescale",
};

/* Whole words of other systems that log failed logins, in lower case, sorted. */
static const char *const other_words[] = {
    "amqp",      "apache2",   "asterisk",  "cassandra",     "clickhouse", "couchdb", "courier",
    "cyrus",     "docker",    "dovecot",   "elasticsearch", "etcd",       "exim",    "ftp",
    "ftpd",      "gitea",     "gitlab",    "grafana",       "guacamole",  "haproxy", "http",
    "https",     "imap",      "imapd",     "influxdb",      "jenkins",    "kafka",   "kerberos",
    "keycloak",  "krb5",      "mariadb",   "memcached",     "mikrotik",   "mongo",   "mongod",
    "mongodb",   "mongoose",  "mosquitto", "mqtt",          "mssql",      "mysql",   "mysqld",
    "mysqli",    "mysqlnd",   "nats",      "neo4j",         "nextcloud",  "nginx",   "npm",
    "openldap",  "openvpn",   "oracle",    "pop3",          "postfix",    "proftpd", "proxmox",
    "pure",      "pymysql",   "rabbitmq",  "radiusd",       "rdp",        "redis",   "rsyncd",
    "samba",     "sendmail",  "slapd",     "smb",           "smbd",       "smtp",    "smtpd",
    "sqlcmd",    "sqlserver", "squid",     "ssh",           "ssh2",       "sshd",    "sssd",
    "sudo",      "telnet",    "tomcat",    "vault",         "vnc",        "vsftpd",  "winbind",
    "wordpress", "yarn",      "zookeeper",
};

static bool
is_word_byte(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next run of letters and digits, in lower case, cut at the room of `word`. */
static bool
next_word(struct str *rest, char *word, size_t room)
{
    size_t n = 0;

    while (rest->n && !is_word_byte((unsigned char)rest->p[0]))
        *rest = str_skip(*rest, 1);
    while (rest->n && is_word_byte((unsigned char)rest->p[0])) {
        char c = rest->p[0];
        if (n + 1 < room)
            word[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        *rest = str_skip(*rest, 1);
    }
    word[n] = '\0';
    return n > 0;
}

/* A port is that number and no longer one. */
static bool
begins(const char *word, const char *with)
{
    size_t n = strlen(with);

    return strncmp(word, with, n) == 0 && (with[0] > '9' || word[n] == '\0');
}

static int
compare_words(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

bool
said_names_postgres(const struct said *said)
{
    struct str rest = said->all;
    char word[24];

    while (next_word(&rest, word, sizeof(word))) {
        if (strcmp(word, "pg") == 0 || strcmp(word, "pq") == 0)
            return true;
        for (size_t i = 0; i < LEN(postgres_words); i++)
            if (begins(word, postgres_words[i]))
                return true;
    }
    return false;
}

bool
said_names_another(const struct said *said)
{
    struct str rest = said->all;
    char word[24];

    while (next_word(&rest, word, sizeof(word)))
        if (bsearch(word, other_words, LEN(other_words), sizeof(*other_words), compare_words))
            return true;
    return false;
}

/* "ERROR:  role ..." is a statement's failure, "FATAL:  role ..." a connection's. The words
 * a driver puts in front say which where they say it at all. */
static bool
failed_as_statement(struct str text)
{
    static const char *const signs[] = { "ERROR:  ",    "ERROR: role",     "ERROR: database",
                                         "42704",       "UndefinedObject", "ERROR 3D000",
                                         "ERROR,3D000", "code: '2BP01'" };

    if (str_find(text, STR("FATAL")) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < LEN(signs); i++)
        if (str_find(text, str_of(signs[i])) != SIZE_MAX)
            return true;
    return false;
}

/* Where the statement begins that this record is about; the text's length if there is none. */
static size_t
statement_at(struct str text)
{
    size_t at = 0;

    for (size_t i = 0; i < LEN(statements); i++)
        if (str_starts(text, str_of(statements[i])))
            return 0;
    for (struct str rest = text; rest.n; at = text.n - rest.n) {
        struct str line = str_cut(&rest, '\n');
        enum tag tag = tag_of(line, NULL);
        if (tag == TAG_STATEMENT || tag == TAG_QUERY || tag == TAG_CONTEXT)
            return at;
    }
    return text.n;
}

/* An unparsed server line: "... LOG:  statement: select ...". */
static size_t
logged_at(struct str text)
{
    size_t log = str_find(text, STR("LOG:  "));

    if (log == SIZE_MAX)
        return text.n;
    for (size_t i = 0; i < LEN(statements); i++)
        if (str_starts(str_skip(text, log + 6), str_of(statements[i])))
            return log;
    return text.n;
}

void
said_read(struct said *ret, const struct event *e)
{
    enum tag tag = tag_of(e->text, NULL);

    *ret = (struct said){ .all = e->text };
    ret->message = str_head(e->text, MIN(statement_at(e->text), logged_at(e->text)));
    ret->continues = tag != TAG_NONE;
    ret->statement_failed = failed_as_statement(e->text);
}
