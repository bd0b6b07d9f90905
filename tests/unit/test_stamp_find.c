/* SPDX-License-Identifier: MIT */
#include "tap.h"
#include "time/span.h"
#include "time/stamp.h"

/* Lines as programs write them, and the stamp that is theirs: as on its own clock face, a
 * missing year as 2026, a missing date as 1970-01-01. NULL: the line states no time. */
/* clang-format off */
static const struct {
    const char *line, *want;
} lines[] = {
    { "2026-11-22 02:46:50.256 CET [77] FATAL:  x", "2026-11-22T02:46:50.256Z" },
    { "2026-11-22 02:46:50 UTC:10.0.0.9(5432):app@shop:[127]:FATAL:  x", "2026-11-22T02:46:50.000Z" },
    { "[2026-11-22 02:46:50 +0100] [8] [ERROR] x", "2026-11-22T02:46:50.000Z" },
    { "[2026-11-22T02:46:50,177][INFO ][o.e.n.Node] [x] y", "2026-11-22T02:46:50.177Z" },
    { "I, [2026-11-22T02:46:50.123456 #77]  INFO -- : x", "2026-11-22T02:46:50.123Z" },
    { "[I 2026-11-22 02:46:50.123 ServerApp] x", "2026-11-22T02:46:50.123Z" },
    { "[I 261122 02:46:50 web:2246] 200 GET /", "2026-11-22T02:46:50.000Z" },
    { "[INFO] 2026-11-22 02:46:50,123 [main] x", "2026-11-22T02:46:50.123Z" },
    { "[INFO][2026-11-22 02:46:50,123] x", "2026-11-22T02:46:50.123Z" },
    { "INFO  2026-11-22 02:46:50,123 x", "2026-11-22T02:46:50.123Z" },
    { "WARNING:2026-11-22 02:46:50,123:x", "2026-11-22T02:46:50.123Z" },
    { "10.0.0.9 - - [22/Nov/2026:02:46:50 +0100] \"GET / HTTP/1.1\" 500 3", "2026-11-22T02:46:50.000Z" },
    { "10.0.0.9 - Jane van der Doe [22/Nov/2026:02:46:50 +0100] \"GET /\"", "2026-11-22T02:46:50.000Z" },
    { "shop.example:443 10.0.0.9 - - [22/Nov/2026:02:46:50 +0100] \"GET /\"", "2026-11-22T02:46:50.000Z" },
    { "10.0.0.9:8443 [22/Nov/2026:02:46:50.127] in~ out/1 0/0/0/3/3 503", "2026-11-22T02:46:50.127Z" },
    { "<134>1 2026-11-22T02:46:50.003Z web app 77 - - x", "2026-11-22T02:46:50.003Z" },
    { "<38>Nov 22 02:46:50 web app[77]: x", "2026-11-22T02:46:50.000Z" },
    { "<189>45: *Nov 22 02:46:50.123: %LINK-3-UPDOWN: x", "2026-11-22T02:46:50.123Z" },
    { "Nov 22 03:46:50 web app[77]: [2026-11-22 02:46:50 +0000] [8] [INFO] x", "2026-11-22T02:46:50.000Z" },
    { "Nov 22 02:46:50 web app[77]: certificate ends 2027-01-01T00:00:00Z", "2026-11-22T02:46:50.000Z" },
    { "\x1b[36mweb-1  |\x1b[0m 2026-11-22T02:46:50.123Z x", "2026-11-22T02:46:50.123Z" },
    { "web-1  | [Nest] 17  - 11/22/2026, 2:46:50 AM   ERROR x", "2026-11-22T02:46:50.000Z" },
    { "[pod/shop-6d9f/app] 2026-11-22T02:46:50.123Z x", "2026-11-22T02:46:50.123Z" },
    { "shop-6d9f app 2026-11-22T02:46:50.123Z x", "2026-11-22T02:46:50.123Z" },
    { "02:46:51 0|app  | 2026-11-22 02:46:50: x", "2026-11-22T02:46:50.000Z" },
    { "02:46:50.568 user=app mode=transaction [error] x", "1970-01-01T02:46:50.568Z" },
    { "1:M 22 Nov 2026 02:46:50.123 * Ready", "2026-11-22T02:46:50.123Z" },
    { "E1122 02:46:50.123456       1 main.go:10] x", "2026-11-22T02:46:50.123Z" },
    { "=INFO REPORT==== 22-Nov-2026::02:46:50.123456 ===", "2026-11-22T02:46:50.123Z" },
    { "[Sun Nov 22 02:46:50.123456 2026] [core:error] [pid 7] x", "2026-11-22T02:46:50.123Z" },
    { "[pid: 7|app: 0|req: 1/1] 10.0.0.9 () {38 vars} [Sun Nov 22 02:46:50 2026] GET /", "2026-11-22T02:46:50.000Z" },
    { "time=\"2026-11-22T02:46:50Z\" level=error msg=x", "2026-11-22T02:46:50.000Z" },
    { "level=info ts=2026-11-22T02:46:50.123Z caller=main.go:10 msg=x", "2026-11-22T02:46:50.123Z" },
    { "ts=1795312010.256 level=info msg=x", "2026-11-22T01:46:50.256Z" },
    { "date=2026-11-22 time=02:46:50 devname=fw type=x", "2026-11-22T02:46:50.000Z" },
    { "type=LOGIN msg=audit(1795312010.256:9): pid=7", "2026-11-22T01:46:50.256Z" },
    { ": 1795312010:0;psql shop", "2026-11-22T01:46:50.000Z" },
    { "1795312010.256      4 10.0.0.9 TCP_DENIED/403 3 GET /", "2026-11-22T01:46:50.256Z" },
    { "\x1b[31m[1795312010.256|ERROR](x) y", "2026-11-22T01:46:50.256Z" },
    { "# Time: 2026-11-22T02:46:50.169604+01:00", "2026-11-22T02:46:50.169Z" },
    { "{\"level\":\"error\",\"ts\":1795312010.256,\"msg\":\"x\"}", "2026-11-22T01:46:50.256Z" },
    { "{\"msg\":\"at 2020-01-01T00:00:00Z\",\"time\":\"2026-11-22T02:46:50Z\"}", "2026-11-22T02:46:50.000Z" },
    { "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T02:46:50.123Z\"}", "2026-11-22T02:46:50.123Z" },
    { "{\"receiveTimestamp\":\"2026-11-22T02:46:55Z\",\"timestamp\":\"2026-11-22T02:46:50Z\"}", "2026-11-22T02:46:50.000Z" },
    { "{\"__REALTIME_TIMESTAMP\" : \"1795312010256123\", \"MESSAGE\" : \"x\"}", "2026-11-22T01:46:50.256Z" },
    { "{\"instant\":{\"epochSecond\":1795312010,\"nanoOfSecond\":256000000}}", "2026-11-22T01:46:50.256Z" },
    { "{\"t\":{\"$date\":\"2026-11-22T02:46:50.123+01:00\"},\"s\":\"I\"}", "2026-11-22T02:46:50.123Z" },
    { "{\"timestamp\":{\"seconds\":1795312010,\"nanos\":256000000},\"x\":1}", "2026-11-22T01:46:50.256Z" },
    { "{\"time\":1795312010256,\"level\":50,\"msg\":\"x\"}", "2026-11-22T01:46:50.256Z" },
    { "{\"ts\":1.795312010256e9,\"msg\":\"x\"}", "2026-11-22T01:46:50.256Z" },
    { "{\"Timestamp\":\"/Date(1795312010256)/\"}", "2026-11-22T01:46:50.256Z" },
    { "{\"SystemTime\":1,\"time\":\"134397856102560000\"}", "2026-11-22T01:46:50.256Z" },
    { "\"2026-11-22 02:46:50\",\"web\",\"x\"", "2026-11-22T02:46:50.000Z" },
    { "17,2026-11-22 02:46:50,x", "2026-11-22T02:46:50.000Z" },
    { "\xef\xbb\xbf" "2026-11-22 02:46:50 x", "2026-11-22T02:46:50.000Z" },
    { "worker-3 2026/11/22 02:46:50 x", "2026-11-22T02:46:50.000Z" },
    { "Nov 22 02:46:50 CET web sshd[77]: x", "2026-11-22T02:46:50.000Z" },
    { "*Nov 22 02:46:50.123: %LINK-3-UPDOWN: x", "2026-11-22T02:46:50.123Z" },
    { "#1795312010", "2026-11-22T01:46:50.000Z" },
    { "#+1795312010", "2026-11-22T01:46:50.000Z" },
    { "####<Nov 22, 2026 2:46:50 AM UTC> <Error> <x>", "2026-11-22T02:46:50.000Z" },
    { "[CET Nov 22 02:46:50] error    : x", "2026-11-22T02:46:50.000Z" },
    { "<log4j:event logger=\"x\" timestamp=\"1795312010256\" level=\"ERROR\">", "2026-11-22T01:46:50.256Z" },
    { "10.0.0.9 -  -  [22/nov./2026:02:46:50 +0100] \"GET /\" 401 3", "2026-11-22T02:46:50.000Z" },
    { "Information\t11/22/2026 2:46:50 AM\tService\t7036", "2026-11-22T02:46:50.000Z" },
    { "2026-11-22\t02:46:50\tFRA2\t10.0.0.9\tGET", "2026-11-22T02:46:50.000Z" },

    { "", NULL },
    { "[12345.678901] usb 1-1: x", NULL },
    { "panic: x 2026-11-22 02:46:50", NULL },
    { "DETAIL:  Role \"x\" does not exist.", NULL },
    { "DETAIL:  2026-11-22 02:46:50 x", NULL },
    { "\t2026-11-22 02:46:50 is a line of a statement", NULL },
    { "    '2026-11-22 02:46:50', 3),", NULL },
    { "SET timestamp=1795312010;", NULL },
    { "database system was shut down at 2026-11-22 02:46:50 UTC", NULL },
    { "ValueError: time data 2026-11-22 02:46:50 is wrong", NULL },
    { "INSERT INTO t VALUES ('2026-11-22 02:46:50')", NULL },
    { "  File \"/srv/app.py\", line 72, in run", NULL },
    { "[Boot Session: 2026/11/22 02:46:50.498]", NULL },
    { "#Date: 2026-11-22 02:46:50", NULL },
    { "Last-Modified: Sun, 22 Nov 2026 01:46:50 GMT", NULL },
    { "1795312010256123456789 is too long for an instant", NULL },
    { "order 1795312010 was paid", NULL },
    { "took 02:46:50 to finish", NULL },
    { "at com.example.Main(Main.java:10)", NULL },
    { "2026-11-22 02:46:83 x", NULL },
    { "{\"msg\":\"no time\",\"t\":3}", NULL },
    { "Traceback (most recent call last):", NULL },
};
/* clang-format on */

int
main(void)
{
    for (size_t i = 0; i < LEN(lines); i++) {
        AUTO(strbuf) got = { 0 };
        struct str line = str_of(lines[i].line);
        struct stamp s = { 0 }, again = { 0 };
        bool found = stamp_find(line, NULL, &s);

        if (found) {
            struct civil c = s.civil;
            c.year = s.has_year ? c.year : s.has_date ? 2026 : 1970;
            c.month = s.has_date ? c.month : 1;
            c.day = s.has_date ? c.day : 1;
            civil_print(&got, civil_to_ns(&c), 3);
        }
        ok(lines[i].want ? str_eq(strbuf_str(&got), str_of(lines[i].want)) : !found,
           "%.70s (%s)", lines[i].line, strbuf_text(&got));
        if (found && s.length > 0)
            ok(s.at + s.length <= line.n && stamp_find(line, s.row, &again) && again.at == s.at,
               "the same when its shape is known");
    }
    return done_testing();
}
