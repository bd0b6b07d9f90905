/* SPDX-License-Identifier: MIT */
#include "timeline/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    HEADER_LEN = 100,       /* of a SQLite file; the application id stands at byte 68 */
    CHECKED_MAX = 16 << 20, /* up to here the whole file is checked whoever wrote it */
    BUSY_NAP_US = 700,
    BUSY_MAX = 20000, /* naps: some 14 s */
};

/* What may stand in a timeline: a file with anything else in its schema is not one. */
static const char redaction_key[] = "redaction key";

static const char *const schema[] = {
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT,"
    " format TEXT, coverage TEXT, bytes INTEGER, lines INTEGER, records INTEGER,"
    " not_understood INTEGER, head BLOB)",
    "CREATE TABLE clock (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, zone TEXT,"
    " zone_from INTEGER, offset_low INTEGER, offset_high INTEGER, envelope_low INTEGER,"
    " envelope_high INTEGER, how TEXT)",
    "CREATE TABLE stream (source INTEGER, frame INTEGER, known INTEGER, shift INTEGER,"
    " envelope INTEGER, grain INTEGER,"
    " PRIMARY KEY (source, frame, known, shift, envelope)) WITHOUT ROWID",
    "CREATE TABLE shape (id INTEGER PRIMARY KEY, kind TEXT, known INTEGER, shift INTEGER,"
    " grain INTEGER, zone TEXT, zone_from INTEGER, year_from INTEGER, time_from INTEGER,"
    " echo INTEGER, status INTEGER, format TEXT, level TEXT, sqlstate TEXT, role TEXT,"
    " \"database\" TEXT, rule TEXT, host TEXT)",
    "CREATE TABLE event (source INTEGER, frame INTEGER, raw INTEGER, \"offset\" INTEGER,"
    " shape INTEGER, envelope INTEGER, line INTEGER, lines INTEGER, length INTEGER,"
    " client TEXT, route TEXT, pid TEXT, request TEXT, text TEXT, hash BLOB,"
    " PRIMARY KEY (source, frame, raw, \"offset\")) WITHOUT ROWID",
    "CREATE VIEW events AS SELECT source.name AS source, e.raw, frame, shift, shape.kind, "
    "status, role,"
    " \"database\", route, client, text, line, e.\"offset\" FROM event e"
    " JOIN shape ON shape.id = e.shape JOIN source ON source.id = e.source",
};

enum status
store_fail(struct store *s, const char *what)
{
    int code = sqlite3_errcode(s->db);
    const char *why = sqlite3_errmsg(s->db);

    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_MISMATCH)
        return fail(ERR_PARSE, "timeline %s: %s: %s", s->path, what, why);
    return fail(ERR_SYSTEM, "timeline %s: %s: %s", s->path, what, why);
}

enum status
store_run(struct store *s, const char *sql)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return OK;
    return store_fail(s, s->mode == STORE_WRITE ? "cannot be written" : "cannot be read");
}

enum status
store_prepare(struct store *s, const char *sql, sqlite3_stmt **ret)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK)
        return store_fail(s, "read");
    *ret = st;
    return OK;
}

struct str
store_column(sqlite3_stmt *st, int column)
{
    const char *p = sqlite3_column_blob(st, column);

    return (struct str){ p, p ? (size_t)sqlite3_column_bytes(st, column) : 0 };
}

void
store_bind(sqlite3_stmt *st, int at, struct str text)
{
    if (text.n)
        sqlite3_bind_text64(st, at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(st, at);
}

int64_t
store_ask(struct store *s, const char *sql)
{
    sqlite3_stmt *st;
    int64_t n = -1;

    if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
        return n;
    if (sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

/* Four tools write in short turns: short naps find the gap between two of them. */
static int
wait_for_others(void *unused, int times)
{
    (void)unused;
    if (times > BUSY_MAX)
        return 0;
    nanosleep(&(struct timespec){ .tv_nsec = BUSY_NAP_US * 1000 }, NULL);
    return 1;
}

/* Looks at the file before SQLite does: a timeline, nothing yet, or something else. */
static enum status
look(const char *path, bool *ret_empty, bool *ret_check)
{
    unsigned char head[HEADER_LEN] = { 0 };
    struct stat st;
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return fail_errno("timeline %s", path);
    n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read(fd, head, sizeof(head)) : -1;
    close(fd);
    if (n < 0)
        return fail(ERR_SYSTEM, "timeline %s: not a regular file", path);
    *ret_empty = n == 0;
    *ret_check = st.st_uid != geteuid() || st.st_size <= CHECKED_MAX;
    if (n == 0)
        return OK;
    if (n < HEADER_LEN || memcmp(head, "SQLite format 3", 16) != 0)
        return fail(ERR_PARSE, "timeline %s: this is some other file, not a timeline", path);
    return OK;
}

/* Created by us and for us alone before SQLite sees it: its -wal and -shm follow suit. */
static enum status
create(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);

    if (fd < 0)
        return fail_errno("timeline %s", path);
    close(fd);
    return OK;
}

static enum status
build(struct store *s)
{
    AUTO(strbuf) version = { 0 };
    enum status st = store_run(s, "PRAGMA journal_mode = WAL");

    if (st == OK)
        st = store_run(s, "BEGIN IMMEDIATE");
    /* Another tool may have built it while we waited. */
    if (st == OK && store_ask(s, "SELECT count(*) FROM sqlite_schema") > 0)
        return store_run(s, "COMMIT");
    for (size_t i = 0; st == OK && i < LEN(schema); i++)
        st = store_run(s, schema[i]);
    strbuf_addf(&version, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
                STORE_APPLICATION, STORE_VERSION);
    return st == OK ? store_run(s, strbuf_text(&version)) : st;
}

static bool
known_schema(struct str sql)
{
    for (size_t i = 0; i < LEN(schema); i++)
        if (str_eq(sql, str_of(schema[i])))
            return true;
    return false;
}

/* Nothing but our own tables: no other view, no trigger, no virtual table can hide. */
static enum status
check_schema(struct store *s)
{
    sqlite3_stmt *st = NULL;
    size_t known = 0;
    bool strange = false;
    int rc;
    enum status status =
        store_prepare(s, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", &st);

    if (status != OK)
        return status;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW)
        if (known_schema(store_column(st, 0)))
            known++;
        else
            strange = true;
    status = rc == SQLITE_DONE ? OK : store_fail(s, "read");
    sqlite3_finalize(st);
    if (status == OK && (strange || known != LEN(schema)))
        return fail(ERR_PARSE, "timeline %s: this is some other database, not a timeline",
                    s->path);
    return status;
}

static enum status
check_pages(struct store *s)
{
    sqlite3_stmt *st = NULL;
    enum status status = store_prepare(s, "PRAGMA quick_check(1)", &st);

    if (status != OK)
        return status;
    if (sqlite3_step(st) != SQLITE_ROW)
        status = store_fail(s, "check");
    else if (!str_eq(store_column(st, 0), STR("ok")))
        status = fail(ERR_PARSE, "timeline %s: damaged: " STR_FMT, s->path,
                      STR_ARG(store_column(st, 0)));
    sqlite3_finalize(st);
    return status;
}

static enum status
check(struct store *s, bool pages)
{
    int64_t id = store_ask(s, "PRAGMA application_id"),
            version = store_ask(s, "PRAGMA user_version");

    if (id == -1)
        return store_fail(s, "open");
    if (id != STORE_APPLICATION)
        return fail(ERR_PARSE, "timeline %s: this is some other database, not a timeline",
                    s->path);
    if (version > STORE_VERSION)
        return fail(ERR_PARSE, "timeline %s: written by a newer version (format %d, known %d)",
                    s->path, (int)version, STORE_VERSION);
    if (check_schema(s) != OK)
        return ERR_PARSE;
    return pages ? check_pages(s) : OK;
}

/* A reader in a folder it may not write to cannot share a WAL: it takes the file as it is. */
static enum status
connect_to(struct store *s)
{
    int flags = (s->mode == STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                SQLITE_OPEN_NOMUTEX;
    AUTO(strbuf) uri = { 0 };

    if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
        return store_fail(s, "open");
    if (s->mode == STORE_WRITE || store_ask(s, "PRAGMA schema_version") >= 0)
        return OK;
    if (sqlite3_errcode(s->db) != SQLITE_CANTOPEN && sqlite3_errcode(s->db) != SQLITE_READONLY)
        return OK;
    sqlite3_close(s->db);
    s->db = NULL;
    strbuf_adds(&uri, "file:");
    for (const char *p = s->path; *p; p++)
        if (strchr("%?#", *p))
            strbuf_addf(&uri, "%%%02x", (unsigned)*p);
        else
            strbuf_addc(&uri, *p);
    strbuf_adds(&uri, "?immutable=1");
    if (sqlite3_open_v2(strbuf_text(&uri), &s->db, flags | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        return store_fail(s, "open");
    return OK;
}

static enum status
settle(struct store *s)
{
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, STRBUF_MAX);
    sqlite3_busy_handler(s->db, wait_for_others, NULL);
    sqlite3_extended_result_codes(s->db, 0);
    return store_run(s, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                        "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
}

static enum status
open_as(struct store *s, bool empty, bool pages)
{
    enum status st = connect_to(s);

    if (st == OK)
        st = settle(s);
    if (st == OK && empty)
        st = store_run(s, "PRAGMA page_size = 8192");
    /* A tool killed while it built one leaves a database of nothing. */
    if (st == OK && s->mode == STORE_WRITE &&
        store_ask(s, "SELECT count(*) FROM sqlite_schema") == 0 &&
        store_ask(s, "PRAGMA application_id") == 0)
        st = build(s);
    if (st == OK)
        st = check(s, pages);
    if (st == OK && s->mode == STORE_WRITE)
        st = store_run(s, "PRAGMA synchronous = FULL");
    return st == OK ? store_refresh(s) : st;
}

enum status
store_open(struct store **ret, const char *path, enum store_mode mode)
{
    bool empty = false, pages = false;
    struct store *s;
    enum status st = mode == STORE_WRITE ? create(path) : OK;

    if (st == OK)
        st = look(path, &empty, &pages);
    if (st == OK && empty && mode == STORE_READ)
        st = fail(ERR_PARSE, "timeline %s: the file is empty", path);
    if (st != OK)
        return st;
    s = calloc(1, sizeof(*s));
    if (!s)
        return fail(ERR_SYSTEM, "out of memory");
    s->path = arena_strf(&s->memory, "%s", path).p;
    s->mode = mode;
    st = open_as(s, empty, pages);
    if (st != OK) {
        store_close(s);
        return st;
    }
    *ret = s;
    return OK;
}

void
store_close(struct store *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->add);
    sqlite3_finalize(s->add_shape);
    if (s->batching)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(s->db);
    store_shapes_done(s);
    free(s->streams);
    free(s->sources);
    free(s->clocks);
    arena_done(&s->memory);
    free(s);
}

enum status
store_set(struct store *s, const char *key, struct str value)
{
    sqlite3_stmt *st = NULL;
    enum status status = store_prepare(s, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", &st);

    if (status != OK)
        return status;
    sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(st, 2, value.n ? value.p : "", value.n, SQLITE_STATIC);
    if (sqlite3_step(st) != SQLITE_DONE)
        status = store_fail(s, "write");
    sqlite3_finalize(st);
    return status;
}

struct str
store_get(struct store *s, const char *key)
{
    struct str value = { 0 };
    sqlite3_stmt *st = NULL;

    if (store_prepare(s, "SELECT value FROM meta WHERE key = ?1", &st) != OK)
        return value;
    sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
    if (sqlite3_step(st) == SQLITE_ROW)
        value = arena_str(&s->memory, store_column(st, 0));
    sqlite3_finalize(st);
    return value;
}

/* Of two who make it at once, the first is heeded. */
static enum status
make_redaction_key(struct store *s)
{
    uint8_t fresh[SHA256_LEN];
    sqlite3_stmt *st = NULL;
    enum status status = random_bytes(fresh, sizeof(fresh));

    if (status == OK)
        status = store_prepare(s, "INSERT OR IGNORE INTO meta VALUES (?1, ?2)", &st);
    if (status != OK)
        return status;
    sqlite3_bind_text(st, 1, redaction_key, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(st, 2, fresh, sizeof(fresh), SQLITE_STATIC);
    if (sqlite3_step(st) != SQLITE_DONE)
        status = store_fail(s, "write");
    sqlite3_finalize(st);
    return status;
}

enum status
store_redaction_key(struct store *s, struct str *ret)
{
    struct str key = store_get(s, redaction_key);
    enum status st = OK;

    if (key.n == 0) {
        st = make_redaction_key(s);
        key = store_get(s, redaction_key);
    }
    if (st == OK)
        *ret = key;
    return st;
}
