/* SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "net/pg.h"
#include "time/span.h"

/* When a role's secret was last changed, asked of the database itself. The role's row in
 * pg_authid bears the transaction that wrote it (xmin); that transaction's commit time stands
 * in the WAL, and in pg_commit_ts where track_commit_timestamp is on. But any ALTER ROLE
 * writes the row anew: so its earlier versions, as far as they still lie in the row's page,
 * tell which of the writes changed the secret. Needs a superuser; changes nothing. */

enum rotation_source {
    ROTATION_NONE,
    ROTATION_COMMIT_TIMESTAMP,
    ROTATION_WALINSPECT,
    ROTATION_WALDUMP,
};
extern const char *const rotation_source_names[];

struct rotation {
    bool sure;      /* that write changed the secret; else it may have been another one */
    uint64_t xid;   /* the transaction */
    unsigned later; /* writes of the row since then that left the secret as it was */
    enum rotation_source source; /* of the commit's time; NONE: gone */
    struct span commit;          /* the server's clock, ns since the epoch */
    char why[200]; /* what could not be had, for people; empty if nothing is missing */
};

/* Where pg_waldump finds the server's segments, for a run on its host. */
struct rotation_wal {
    const char *program, *folder; /* NULL: do not try */
};

/* ERR_CONFLICT, with the server's words, if this session may not see it; ERR_USAGE if there is
 * no such role. */
must_check enum status rotation_ask(struct rotation *ret, struct pg *pg, const char *role,
                                    const struct rotation_wal *wal);

/* One version of the row as its page has it on disk, where a checkpoint last left it. */
struct rotation_version {
    uint64_t xmin, xmax;
    struct str salt;
};

/* One write of the catalogue's page as the WAL has it, oldest first. */
struct rotation_write {
    uint64_t xid, from, to; /* line pointers: of the version it ends, and makes */
    uint64_t bytes;         /* of the record, without a page image */
    bool image; /* the first write since a checkpoint: it carries the page instead */
    bool insert;
};

struct rotation_evidence {
    const struct rotation_version *versions;
    size_t versions_len;
    const struct rotation_write *writes;
    size_t writes_len;
};

/* Which transaction changed the secret that now has `salt`, given that `xmin` wrote the row
 * last: the first version on disk that has it; or, where the disk does not know it yet, the
 * last write that is long enough to hold a new verifier, or that found the page as it lies on
 * disk. Fills xid, sure, later. */
void rotation_judge(struct rotation *ret, uint64_t xmin, struct str salt,
                    const struct rotation_evidence *e);

/* "2026-11-22 03:51:38.797636+00; inval msgs: ..." or "... UTC; ..." as a COMMIT record
 * describes itself under TimeZone UTC. */
bool rotation_commit_read(struct str description, struct span *ret);
