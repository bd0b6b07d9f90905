/* SPDX-License-Identifier: MIT */
#include "observe/rotation.h"

#include "observe/salts.h"
#include "tap.h"
#include "time/civil.h"

static struct rotation
judged(uint64_t xmin, struct str salt, const struct rotation_evidence *e)
{
    struct rotation r = { 0 };

    rotation_judge(&r, xmin, salt, e);
    return r;
}

static void
the_page_remembers_which_write_changed_the_secret(void)
{
    static const struct rotation_version page[] = { { 700, 710, { "A", 1 } },
                                                    { 710, 720, { "B", 1 } },
                                                    { 720, 0, { "B", 1 } } };
    struct rotation_evidence e = { page, 3, NULL, 0 };
    struct rotation r = judged(720, STR("B"), &e);

    ok(r.sure && r.xid == 710 && r.later, "a later ALTER that left it alone is passed over");
    e.versions = page + 2;
    e.versions_len = 1;
    r = judged(720, STR("B"), &e);
    ok(!r.sure && r.xid == 720, "without its predecessor nothing is claimed");
}

static void
the_wal_tells_what_the_disk_does_not_know_yet(void)
{
    static const struct rotation_version disk[] = { { 700, 0, { "A", 1 } } };
    static const struct rotation_write writes[] = {
        { 710, 1, 2, 70, true, false },   /* the first since the checkpoint */
        { 720, 2, 3, 190, false, false }, /* long enough for a verifier */
        { 730, 3, 4, 80, false, false },
    };
    struct rotation_evidence e = { disk, 1, writes, 3 };
    struct rotation r = judged(730, STR("C"), &e);

    ok(r.sure && r.xid == 720 && r.later, "a long record is the rotation, a short one is not");
    e.writes_len = 1;
    r = judged(710, STR("C"), &e);
    ok(r.sure && r.xid == 710, "a page image is, if the disk still has the old secret");
    e.versions_len = 0;
    r = judged(710, STR("C"), &e);
    ok(!r.sure, "and is nothing sure if the disk has no version at all");
}

static void
a_page_that_goes_in_circles_ends(void)
{
    static const struct rotation_version page[] = { { 1, 2, { "A", 1 } },
                                                    { 2, 1, { "A", 1 } } };
    struct rotation_evidence e = { page, 2, NULL, 0 };

    ok(!judged(2, STR("A"), &e).sure, "without a claim");
}

static void
commit_records_are_read_to_the_microsecond(void)
{
    struct span at = { 0 };

    ok(rotation_commit_read(STR("2026-11-22 03:51:38.797636+00; inval msgs: catcache 11"),
                            &at) &&
           at.low == civil_to_ns(&(struct civil){ 2026, 11, 22, 3, 51, 38, 797636000 }) &&
           at.high == at.low + 999,
       "as pg_walinspect prints them");
    ok(rotation_commit_read(STR("2026-11-22 03:51:38.797 UTC"), &at), "as pg_waldump does");
    ok(!rotation_commit_read(STR("2026-11-22 03:51:38.797+01"), &at),
       "in UTC and no other zone");
    ok(!rotation_commit_read(STR("2026-13-22 03:51:38 UTC"), &at), "of days that exist");
}

static enum salt_news
see(struct salt_history *h, const char *tag, int64_t at, struct span *ret)
{
    struct salt_sighting s = { .seen = { at, at + 5 } };

    memcpy(s.tag, tag, strlen(tag) + 1);
    return salt_take(h, &s, ret);
}

static void
two_sightings_that_differ_bracket_a_rotation(void)
{
    struct salt_history h = { 0 };
    struct span when = { 0 };

    ok(see(&h, "aaaaaaaa", 100, &when) == SALT_FIRST, "the first tells nothing");
    ok(see(&h, "aaaaaaaa", 200, &when) == SALT_SAME && when.low == 0, "the same, too");
    ok(see(&h, "bbbbbbbb", 300, &when) == SALT_CHANGED && when.low == 200 && when.high == 305,
       "another: between the last old and the first new");
    ok(see(&h, "aaaaaaaa", 400, &when) == SALT_BACK, "one that comes back is no rotation");
}

int
main(void)
{
    the_page_remembers_which_write_changed_the_secret();
    the_wal_tells_what_the_disk_does_not_know_yet();
    a_page_that_goes_in_circles_ends();
    commit_records_are_read_to_the_microsecond();
    two_sightings_that_differ_bracket_a_rotation();
    return done_testing();
}
