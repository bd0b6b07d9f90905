/* SPDX-License-Identifier: MIT */
#include "observe/rotation.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/child.h"
#include "time/civil.h"

const char *const rotation_source_names[] = {
    [ROTATION_NONE] = "gone",
    [ROTATION_COMMIT_TIMESTAMP] = "commit timestamp",
    [ROTATION_WALINSPECT] = "WAL, by pg_walinspect",
    [ROTATION_WALDUMP] = "WAL, by pg_waldump",
};

/* Only what tells two secrets apart leaves the server: of a verifier the salt, which the
 * server shows anybody who asks to log in; of an md5 secret a hash of it. */
#define TELLTALE(text)                                                                         \
    "case when " text " like 'SCRAM-SHA-256$%' then split_part(split_part(" text               \
    ", '$', 2), ':', 2) else md5(" text ") end"

static const char ask_row[] = "select xmin::text, coalesce(" TELLTALE(
    "rolpassword") ", '') "
                   "from pg_catalog.pg_authid where rolname = $1";

/* The role's page as it lies on disk (documentation: chapter "Database Physical Storage",
 * "Database Page Layout"): line pointers from byte 24, up to pd_lower at 12; of each tuple
 * t_xmin at 0, t_xmax at 4, t_infomask at 20, t_hoff at 22, the null bits from 23. pg_authid's
 * fixed columns (from PostgreSQL 12 on) take 80 bytes before rolpassword: oid 4, rolname 64,
 * seven flags, rolconnlimit 4 at its own alignment. A text has a header of one byte if that is
 * odd, else of four. */
#define INT4(at)                                                                               \
    "(get_byte(p," at ") + get_byte(p," at "+1)*256 + get_byte(p," at "+2)*65536 "             \
    "+ get_byte(p," at "+3)::bigint*16777216)"
static const char ask_page[] =
    "with r as (select oid, (ctid::text::point)[0]::bigint b from pg_catalog.pg_authid "
    "where rolname = $1), "
    "page as (select oid, pg_read_binary_file(pg_relation_filepath('pg_catalog.pg_authid'), "
    "b*8192, 8192) p from r), "
    "lp as (select oid, p, " INT4(
        "24+4*n") " v from page, "
                  "generate_series(0, (get_byte(p,12) + get_byte(p,13)*256 - 24)/4 - 1) n), "
                  "t as (select oid, p, (v & 32767)::int a from lp where (v >> 15) & 3 = 1), "
                  "u as (select *, a + get_byte(p,a+22) d, "
                  "get_byte(p,a+20) & 1 = 1 and (get_byte(p,a+24) >> 2) & 1 = 0 nothing from "
                  "t), "
                  "w as (select *, case when nothing then '' when get_byte(p,d+80) & 1 = 1 "
                  "then encode(substring(p from d+82 for (get_byte(p,d+80) >> 1) - 1), "
                  "'escape') "
                  "else encode(substring(p from d+85 for (" INT4(
                      "d+80") "/4 - 4)::int), 'escape') end s "
                              "from u where " INT4(
                                  "d") " = oid::bigint) "
                                       "select " INT4("a") "::text, " INT4(
                                           "a+4") "::text, "
                                                  "case when s = '' then '' else " TELLTALE(
                                                      "s") " end from w";

static const char ask_commit_ts[] =
    "select (extract(epoch from pg_xact_commit_timestamp($1::xid))::numeric * 1000000)::bigint";

/* From the oldest segment there is: the page's LSN moves on with pruning, and a checkpoint
 * may have followed the rotation. */
#define ALL_WAL                                                                                \
    "pg_get_wal_records_info((select (to_hex(('x' || substr(name,9,8))::bit(32)::bigint) "     \
    "|| '/' || to_hex(('x' || substr(name,17,8))::bit(32)::bigint * "                          \
    "(select setting::bigint from pg_settings where name = 'wal_segment_size')))::pg_lsn "     \
    "from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' order by substr(name,9) limit 1), "     \
    "case when pg_is_in_recovery() then pg_last_wal_replay_lsn() "                             \
    "else pg_current_wal_flush_lsn() end) "

static const char ask_wal[] =
    "select description from " ALL_WAL "where resource_manager = 'Transaction' "
    "and record_type like 'COMMIT%' and xid::text = $1";

/* Descriptions as of 15 ("off 20 xmax 735 flags 0x20 ; new off 21 xmax 0") and since 16
 * ("old_xmax: 735, old_off: 20, ..., new_off: 21"). 1664 is pg_global. */
static const char ask_writes[] =
    "select xid::text, (record_length - fpi_length)::text, fpi_length::text, record_type, "
    "coalesce((regexp_match(description, '(?:^|old_)off:? (\\d+)'))[1], '0'), "
    "coalesce((regexp_match(description, 'new[ _]off:? (\\d+)'))[1], "
    "(regexp_match(description, '^off:? (\\d+)'))[1], '0') from " ALL_WAL
    "where resource_manager = 'Heap' and record_type ~ '^(HOT_)?UPDATE|^INSERT' "
    "and block_ref like '%rel 1664/0/' || pg_relation_filenode('pg_catalog.pg_authid') || ' %' "
    "order by start_lsn";

/* A new SCRAM verifier differs from the old in some 110 bytes, and takes a record of 180 and
 * more; a new name or any flag takes less than this. */
enum { VERIFIER_BYTES = 165 };

/* The first version on disk that has `salt`: NULL if none has it. */
static const struct rotation_version *
first_with(const struct rotation_evidence *e, struct str salt, bool *ret_sure)
{
    const struct rotation_version *v = NULL;

    for (size_t i = 0; i < e->versions_len && !v; i++)
        if (str_eq(e->versions[i].salt, salt))
            v = &e->versions[i];
    *ret_sure = false;
    /* A chain cannot be longer than what it is made of: a page that goes in circles ends. */
    for (size_t steps = 0; v && steps < e->versions_len; steps++) {
        const struct rotation_version *before = NULL;

        for (size_t i = 0; i < e->versions_len; i++)
            if (e->versions[i].xmax == v->xmin && &e->versions[i] != v)
                before = &e->versions[i];
        *ret_sure = before && !str_eq(before->salt, salt);
        if (!before || *ret_sure)
            return v;
        v = before;
    }
    return v;
}

static bool
is_new_verifier(const struct rotation_write *w)
{
    return w->insert || (!w->image && w->bytes >= VERIFIER_BYTES);
}

static bool
wrote_verifier(const struct rotation_evidence *e, uint64_t xid)
{
    for (size_t i = 0; i < e->writes_len; i++)
        if (e->writes[i].xid == xid && is_new_verifier(&e->writes[i]))
            return true;
    return false;
}

/* From the write of `xid` back along the row's versions; false if the WAL does not tell. */
static bool
search_writes(const struct rotation_evidence *e, uint64_t xid, uint64_t *ret)
{
    uint64_t to = 0;

    for (size_t i = e->writes_len; i-- > 0;) {
        const struct rotation_write *w = &e->writes[i];

        if (to == 0 ? w->xid != xid : w->to != to)
            continue;
        /* The disk holds the page as this write found it, and has another secret there. */
        if (is_new_verifier(w) || (w->image && e->versions_len > 0)) {
            *ret = w->xid;
            return true;
        }
        if (w->image)
            return false;
        to = w->from;
    }
    return false;
}

void
rotation_judge(struct rotation *ret, uint64_t xmin, struct str salt,
               const struct rotation_evidence *e)
{
    bool sure;
    const struct rotation_version *v = first_with(e, salt, &sure);

    ret->xid = xmin;
    if (v) {
        ret->xid = v->xmin;
        ret->sure = sure || wrote_verifier(e, v->xmin);
    } else {
        ret->sure = search_writes(e, xmin, &ret->xid);
    }
    ret->later = ret->sure && ret->xid != xmin;
}

static bool
digits(struct str *rest, size_t n, char after, int *ret)
{
    uint64_t value;

    if (rest->n < n || !str_to_u64(str_head(*rest, n), &value))
        return false;
    *rest = str_skip(*rest, n);
    if (after != '\0' && (rest->n == 0 || rest->p[0] != after))
        return false;
    if (after != '\0')
        *rest = str_skip(*rest, 1);
    *ret = (int)value;
    return true;
}

bool
rotation_commit_read(struct str description, struct span *ret)
{
    struct civil c = { 0 };
    int64_t grain = NS_PER_S, fraction = 0;

    if (!digits(&description, 4, '-', &c.year) || !digits(&description, 2, '-', &c.month) ||
        !digits(&description, 2, ' ', &c.day) || !digits(&description, 2, ':', &c.hour) ||
        !digits(&description, 2, ':', &c.minute) || !digits(&description, 2, '\0', &c.second))
        return false;
    if (description.n > 0 && description.p[0] == '.')
        for (size_t i = 1; i < description.n && grain > 1; i++) {
            unsigned digit = (unsigned)(unsigned char)description.p[i] - '0';

            if (digit > 9)
                break;
            grain /= 10;
            fraction += grain * digit;
        }
    while (description.n > 0 && description.p[0] != '+' && description.p[0] != ' ')
        description = str_skip(description, 1);
    if (!civil_valid(&c) ||
        (!str_starts(description, STR("+00")) && !str_starts(description, STR(" UTC"))))
        return false;
    /* The server cuts trailing zeroes, so that what it prints is exact to the microsecond. */
    ret->low = civil_to_ns(&c) + fraction;
    ret->high = ret->low + 999;
    return true;
}

/* What a query gave, `columns` numbers a row first; NULL if there was no memory. */
static struct rotation_version *
versions_of(const struct pg_rows *rows)
{
    struct rotation_version *v = calloc(rows->rows + 1, sizeof(*v));

    for (size_t i = 0; v && i < rows->rows; i++) {
        (void)str_to_u64(pg_cell(rows, i, 0), &v[i].xmin);
        (void)str_to_u64(pg_cell(rows, i, 1), &v[i].xmax);
        v[i].salt = pg_cell(rows, i, 2);
    }
    return v;
}

static struct rotation_write *
writes_of(const struct pg_rows *rows)
{
    struct rotation_write *w = calloc(rows->rows + 1, sizeof(*w));

    for (size_t i = 0; w && i < rows->rows; i++) {
        (void)str_to_u64(pg_cell(rows, i, 0), &w[i].xid);
        (void)str_to_u64(pg_cell(rows, i, 1), &w[i].bytes);
        w[i].image = !str_eq(pg_cell(rows, i, 2), STR("0"));
        w[i].insert = str_starts(pg_cell(rows, i, 3), STR("INSERT"));
        (void)str_to_u64(pg_cell(rows, i, 4), &w[i].from);
        (void)str_to_u64(pg_cell(rows, i, 5), &w[i].to);
    }
    return w;
}

/* Evidence that may not be had is not there; the verdict says so by not being sure. */
static void
weigh(struct rotation *ret, struct pg *pg, const char *role, struct str salt)
{
    struct pg_rows page = { 0 }, wal = { 0 };
    bool has_page = pg_ask(pg, ask_page, &role, 1, &page) == OK;
    bool has_wal = pg_ask(pg, ask_writes, NULL, 0, &wal) == OK;
    struct rotation_version *versions = has_page ? versions_of(&page) : NULL;
    struct rotation_write *writes = has_wal ? writes_of(&wal) : NULL;
    struct rotation_evidence e = { versions, versions ? page.rows : 0, writes,
                                   writes ? wal.rows : 0 };

    rotation_judge(ret, ret->xid, salt, &e);
    free(versions);
    free(writes);
    if (has_page)
        pg_rows_done(&page);
    if (has_wal)
        pg_rows_done(&wal);
}

static enum status
find_transaction(struct rotation *ret, struct pg *pg, const char *role)
{
    struct pg_rows rows = { 0 };
    enum status st = pg_ask(pg, ask_row, &role, 1, &rows);

    if (st != OK)
        return note(st, "pg_authid");
    if (rows.rows != 1 || !str_to_u64(pg_cell(&rows, 0, 0), &ret->xid))
        st = fail(ERR_USAGE, "there is no role %s", role);
    else
        weigh(ret, pg, role, pg_cell(&rows, 0, 1));
    pg_rows_done(&rows);
    return st;
}

static bool
by_commit_timestamp(struct rotation *ret, struct pg *pg, const char *xid)
{
    struct pg_rows rows = { 0 };
    uint64_t us;
    bool found;

    if (pg_ask(pg, ask_commit_ts, &xid, 1, &rows) != OK)
        return false;
    found = rows.rows == 1 && str_to_u64(pg_cell(&rows, 0, 0), &us);
    pg_rows_done(&rows);
    if (found) {
        ret->source = ROTATION_COMMIT_TIMESTAMP;
        ret->commit = (struct span){ (int64_t)us * 1000, (int64_t)us * 1000 + 999 };
    }
    return found;
}

static bool
by_walinspect(struct rotation *ret, struct pg *pg, const char *xid)
{
    struct pg_rows rows = { 0 };
    bool found;

    if (pg_ask(pg, "set timezone to 'UTC'", NULL, 0, &rows) != OK)
        return false;
    pg_rows_done(&rows);
    if (pg_ask(pg, ask_wal, &xid, 1, &rows) != OK) {
        if (strcmp(rows.sqlstate, "42883") == 0)
            snprintf(ret->why, sizeof(ret->why),
                     "the extension pg_walinspect is not installed here");
        return false;
    }
    found = rows.rows == 1 && rotation_commit_read(pg_cell(&rows, 0, 0), &ret->commit);
    pg_rows_done(&rows);
    if (found)
        ret->source = ROTATION_WALINSPECT;
    else
        snprintf(ret->why, sizeof(ret->why), "the WAL of that transaction is recycled");
    return found;
}

/* "... desc: COMMIT 2026-11-22 03:51:38.797636 UTC; ..." */
static bool
read_dump(struct str out, struct rotation *ret)
{
    while (out.n > 0) {
        struct str line = str_cut(&out, '\n');
        size_t at = str_find(line, STR("desc: COMMIT "));

        if (at != SIZE_MAX && rotation_commit_read(str_skip(line, at + 13), &ret->commit))
            return true;
    }
    return false;
}

/* Segment names sort as their WAL does; the first eight digits are the timeline. */
static bool
oldest_segment(const char *folder, char ret[25])
{
    AUTO(strbuf) out = { .max = STRBUF_MAX };
    const char *const argv[] = { "ls", "-1", "--", folder, NULL };
    struct child_request q = { .argv = argv };
    struct str rest;
    int code;

    ret[0] = '\0';
    if (child_run(&q, SECONDS(10), &out, NULL, &code) != OK || code != 0)
        return false;
    for (rest = strbuf_str(&out); rest.n > 0;) {
        struct str name = str_cut(&rest, '\n');

        if (name.n != 24 || strspn(name.p, "0123456789ABCDEF") != 24)
            continue;
        if (ret[0] == '\0' || memcmp(name.p + 8, ret + 8, 16) < 0)
            snprintf(ret, 25, STR_FMT, STR_ARG(name));
    }
    return ret[0] != '\0';
}

static bool
by_waldump(struct rotation *ret, const struct rotation_wal *wal, const char *xid)
{
    static const char *const env[] = { "TZ=UTC", "PGTZ=UTC", NULL };
    AUTO(strbuf) out = { .max = STRBUF_MAX };
    char segment[25];
    int code;

    if (!wal->folder || !oldest_segment(wal->folder, segment)) {
        if (wal->folder)
            snprintf(ret->why, sizeof(ret->why), "%.150s: no WAL there", wal->folder);
        return false;
    }
    const char *const argv[] = { wal->program, "-r",        "Transaction", "-x", xid,
                                 "-p",         wal->folder, segment,       NULL };
    struct child_request q = { .argv = argv, .env = env };

    if (child_run(&q, SECONDS(60), &out, NULL, &code) != OK) {
        snprintf(ret->why, sizeof(ret->why), "%.190s", err_text());
        return false;
    }
    if (!read_dump(strbuf_str(&out), ret)) {
        snprintf(ret->why, sizeof(ret->why), "the WAL of that transaction is recycled");
        return false;
    }
    ret->source = ROTATION_WALDUMP;
    return true;
}

enum status
rotation_ask(struct rotation *ret, struct pg *pg, const char *role,
             const struct rotation_wal *wal)
{
    struct rotation r = { 0 };
    enum status st = find_transaction(&r, pg, role);
    char xid[24];

    if (st != OK)
        return st;
    snprintf(xid, sizeof(xid), "%llu", (unsigned long long)r.xid);
    if (by_commit_timestamp(&r, pg, xid) || by_walinspect(&r, pg, xid) ||
        by_waldump(&r, wal, xid))
        r.why[0] = '\0';
    *ret = r;
    return OK;
}
