/* SPDX-License-Identifier: MIT */
#include "report/advice.h"
#include "report/axis.h"
#include "report/chart.h"
#include "report/escape.h"
#include "report/exports.h"
#include "report/report.h"
#include "report/sections.h"
#include "sample_findings.h"
#include "tap.h"

static struct strbuf said;

static bool
is(const char *expected)
{
    bool same = strcmp(strbuf_text(&said), expected) == 0;

    if (!same)
        printf("# said: %s\n", strbuf_text(&said));
    strbuf_clear(&said);
    return same;
}

static void
every_format_writes_every_story(void)
{
    static void (*const stories[])(struct findings *) = { sample_findings,
                                                          sample_findings_failing,
                                                          sample_findings_empty };

    for (size_t i = 0; i < report_formats_len; i++)
        for (size_t k = 0; k < LEN(stories); k++) {
            struct findings f;
            struct report_request request = { .findings = &f,
                                              .format = report_formats[i].name };

            stories[k](&f);
            ok(report_write(&request, &said) == OK && said.n > 100, "%s of story %zu",
               report_formats[i].name, k);
            strbuf_clear(&said);
            sample_findings_done(&f);
        }
}

static void
every_template_reads_and_every_section_is_in_one(void)
{
    bool used[64] = { false };

    for (size_t i = 0; i < templates_len; i++) {
        struct report r = { 0 };

        ok(template_read(&r, templates[i].name) == OK && r.rows_len >= 10, "template %s",
           templates[i].name);
        for (size_t k = 0; k < r.rows_len; k++)
            used[r.rows[k].section - sections] = true;
        arena_done(&r.memory);
    }
    for (size_t i = 0; i < sections_len; i++)
        ok(used[i] && (sections[i].write == NULL) != (sections[i].prompt == NULL),
           "section %s is in a template, and says something or asks", sections[i].id);
}

static void
every_advice_is_for_a_cause_there_is(void)
{
    for (size_t i = 0; i < advices_len; i++) {
        const char *class = advices[i].class;

        ok(class == NULL || strcmp(class, "credential_mismatch") == 0 ||
               kind_named(str_of(class)) != KIND_NONE,
           "advice: %s", advices[i].what);
    }
}

static void
a_name_out_of_a_log_is_not_pasted_into_a_shell(void)
{
    struct findings f = { .cause = { .role = STR("x'; rm -rf / #"), .database = STR("shop") } };
    struct advice a = { .command = "psql -c '\\password {role}' {database}" };

    advice_command(&said, &a, &f);
    ok(is("psql -c '\\password ROLE' shop"), "a role that would need quoting is left out");
    f.cause.role = STR("shop_app");
    advice_command(&said, &a, &f);
    ok(is("psql -c '\\password shop_app' shop"), "a plain one is put in");
}

static void
the_same_bytes_are_escaped_by_where_they_stand(void)
{
    escape_html(&said, STR("<a href='x'>&\"\x1b\xe2\x80\xae\xff"));
    ok(is("&lt;a href=&#39;x&#39;&gt;&amp;&quot;\\x1b\\u202e\\xff"), "in HTML");
    escape_script(&said, STR("{\"a\":\"</script><!-- & -->\"}"));
    ok(is("{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 --\\u003e\"}"),
       "in a script element");
    escape_markdown(&said, STR("[x](y) *b* | <i> `c` \n# h"));
    ok(is("\\[x\\](y) \\*b\\* \\| &lt;i&gt; \\`c\\` \\\\x0a\\# h"), "in Markdown");
}

static void
marks_of_an_axis_are_round_and_not_too_many(void)
{
    struct span minute = { sample_time(SECONDS(5)), sample_time(SECONDS(65)) };
    int64_t step = axis_step(minute, 6);
    bool few = true;

    ok(step == SECONDS(15) && axis_first(minute, step) == sample_time(SECONDS(15)),
       "a minute in quarters, from a quarter on");
    axis_label(&said, sample_time(SECONDS(15)), step);
    ok(is("03:00:15"), "with seconds");
    axis_label(&said, sample_time(0), SECONDS(3600));
    ok(is("03:00"), "without");
    axis_label(&said, sample_time(0), SECONDS(86400));
    ok(is("22 Nov"), "or as days");
    for (int64_t width = 1; width < INT64_MAX / 8; width *= 3)
        for (size_t most = 1; most < 20; most++)
            few = few && width / axis_step((struct span){ 0, width }, most) <= (int64_t)most;
    ok(few, "of any width there are no more than wanted");
    ok(axis_first((struct span){ -SECONDS(65), 0 }, SECONDS(60)) == -SECONDS(60),
       "before 1970 as well");
}

static void
few_successes_allow_much_doubt(void)
{
    double low, high;

    chart_wilson(5, 5, &low, &high);
    ok(low > 0.55 && low < 0.58 && high == 1, "five of five may be little more than half");
    chart_wilson(0, 0, &low, &high);
    ok(low == 0 && high > 0.7, "none of none says nothing");
    ok(model_may_still_fail(59) < 0.05 && model_may_still_fail(58) > 0.05,
       "59 successes exclude one failure in twenty");
}

int
main(void)
{
    every_format_writes_every_story();
    every_template_reads_and_every_section_is_in_one();
    every_advice_is_for_a_cause_there_is();
    a_name_out_of_a_log_is_not_pasted_into_a_shell();
    the_same_bytes_are_escaped_by_where_they_stand();
    marks_of_an_axis_are_round_and_not_too_many();
    few_successes_allow_much_doubt();
    strbuf_done(&said);
    return done_testing();
}
