/* SPDX-License-Identifier: MIT */
#include "report/verify.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "report/report.h"
#include "sample_findings.h"
#include "tap.h"

static const char *const logs[] = { "nginx-access.log", "app.log", "postgres.log" };

/* The sample's sources as files: its records where it says they stand. */
static void
write_logs(const char *folder, const struct findings *f)
{
    for (size_t i = 0; i < LEN(logs); i++) {
        AUTO(strbuf) path = { 0 };
        AUTO(strbuf) bytes = { 0 };

        strbuf_fill(&bytes, '.', 10000);
        for (size_t k = 0; k < f->moments_len; k++)
            if (f->moments[k].source == i + 1)
                memcpy(bytes.p + f->moments[k].offset, f->moments[k].text.p,
                       f->moments[k].text.n);
        strbuf_addf(&path, "%s/%s", folder, logs[i]);
        if (file_publish(strbuf_text(&path), strbuf_str(&bytes), 0600) != OK)
            ok(false, "%s", err_text());
    }
}

static void
change(const char *folder, const char *log, size_t at, size_t keep)
{
    AUTO(strbuf) path = { 0 };
    AUTO(strbuf) bytes = { 0 };

    strbuf_addf(&path, "%s/%s", folder, log);
    if (file_read(strbuf_text(&path), &bytes) != OK)
        ok(false, "%s", err_text());
    bytes.p[at] ^= 1;
    bytes.n = keep ? keep : bytes.n;
    if (file_publish(strbuf_text(&path), strbuf_str(&bytes), 0600) != OK)
        ok(false, "%s", err_text());
}

static void
what_stands_is_confirmed_and_a_changed_byte_is_named(const char *folder, const char *format)
{
    struct findings f;
    AUTO(strbuf) report = { 0 };
    struct report_request request = { .findings = &f, .format = format };
    struct verify v = { 0 };

    sample_findings(&f);
    write_logs(folder, &f);
    ok(report_write(&request, &report) == OK, "a report as %s", format);
    ok(verify_read(&v, strbuf_str(&report)) == OK, "is read again");
    verify_check(&v, folder);
    ok(v.counts[VERIFIED_SAME] == 6 && v.counts[VERIFIED_MISSING] == 2 && v.pieces_len == 8,
       "what is there is confirmed, a log that is not there is missing");

    change(folder, "postgres.log", 2007, 0);
    change(folder, "app.log", 9137, 9137);
    verify_check(&v, folder);
    ok(v.counts[VERIFIED_CHANGED] == 1 && v.counts[VERIFIED_MISSING] == 3, "both are seen");
    ok(v.pieces[2].state == VERIFIED_CHANGED &&
           str_starts(v.pieces[2].why, STR("byte 2007 is 0x21 and was 0x20")),
       "and the byte is named");
    verify_done(&v);
    sample_findings_done(&f);
}

static void
what_is_no_report_is_refused(void)
{
    struct verify v = { .pieces_len = 7 };

    ok(verify_read(&v, STR("# Markdown")) == ERR_PARSE, "Markdown");
    ok(verify_read(&v, STR("{\"evidence\":[{\"offset\":-1}]}")) == ERR_PARSE,
       "a negative offset");
    ok(verify_read(&v, STR("{\"evidence\":[{\"offset\":1},")) == ERR_PARSE, "half of one");
    ok(v.pieces_len == 7, "and nothing is touched");
}

int
main(void)
{
    char folder[] = "/tmp/test-verify-XXXXXX";

    if (mkdtemp(folder) == NULL)
        return 1;
    what_stands_is_confirmed_and_a_changed_byte_is_named(folder, "html");
    what_stands_is_confirmed_and_a_changed_byte_is_named(folder, "json");
    what_is_no_report_is_refused();
    for (size_t i = 0; i < LEN(logs); i++) {
        AUTO(strbuf) path = { 0 };

        strbuf_addf(&path, "%s/%s", folder, logs[i]);
        unlink(strbuf_text(&path));
    }
    return rmdir(folder) == 0 ? done_testing() : 1;
}
