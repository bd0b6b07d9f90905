/* SPDX-License-Identifier: MIT */
#include "logs/formats.h"

/* Databases, poolers, proxies and web servers. */

/* clang-format off */
const struct format formats_servers[] = {
    /* postgresql.org/docs, "Error Reporting and Logging". */
    { .name = "postgres-json", .how = BY_PG_JSON, .begins = "{", .needle = "\"error_severity\"",
      .sample = "{\"timestamp\":\"2026-11-22 03:06:11.402 UTC\",\"pid\":412,\"session_id\":\"6b0.19c\","
                "\"error_severity\":\"LOG\",\"message\":\"ready\"}",
      .near_miss = "{\"message\":\"no error_severity here\"}" },
    { .name = "postgres-csv", .how = BY_PG_CSV, .begins = "0-9", .needle = ",",
      .sample = "2026-11-22 03:06:11.402 UTC,\"app\",\"shop\",412,\"10.0.0.7:51234\",6b0249.19c,1,"
                "\"authentication\",2026-11-22 03:06:11 UTC,3/9,0,FATAL,28P01,\"ready\",,,,,,,,,\"\",\"client backend\",,0",
      .near_miss = "2026-11-22 03:06:11.402 UTC,app,shop,ready" },
    /* pgpool.net, log_line_prefix '%m: %a pid %p: ' and '%t: pid %p: '. */
    { .name = "pgpool", .how = BY_REGEX, .sifted = true, .begins = "0-9", .needle = "pid ",
      .pattern = "(?<time>" ISO "): (?:\\S+ )?pid (?<pid>\\d+): (?<text>(?<level>[A-Z]+): .*)",
      .sample = "2026-11-22 03:06:11.402: main pid 412: LOG:  ready",
      .gives = "time=2026-11-22T03:06:11.402|level=LOG|pid=412|text=LOG:  ready",
      .near_miss = "2026-11-22 03:06:11.402: pid file written" },
    { .name = "postgres", .how = BY_PG_STDERR, .sifted = true,
      .sample = "2026-11-22 03:06:11.402 UTC [412] app@shop LOG:  ready",
      .near_miss = "2026-11-22 03:06:11.402 UTC [412] LOG ready" },
    /* pgbouncer.org/config.html; the zone since 1.8, the pid in brackets since 1.12. */
    { .name = "pgbouncer", .how = BY_REGEX, .sifted = true, .begins = "0-9",
      .pattern = "(?<time>" ISO ZONE ") \\[?(?<pid>\\d+)\\]? (?:[\\w-]+: )?"
                 "(?<level>NOISE|DEBUG|LOG|WARNING|ERROR|FATAL) "
                 "(?<text>(?:[CS]-0x[0-9a-f]+: (?:\\(nodb\\)|(?<database>[^/\\s]+))/(?:\\(nouser\\)|(?<role>[^@\\s]+))@"
                 "(?:(?<=@)(?<client>\\S+?):\\d+ )?)?.*)",
      .sample = "2026-11-22 03:06:11.402 UTC [412] WARNING C-0x55d0: shop/app@10.0.0.7:51234 pooler error: ready",
      .gives = "time=2026-11-22T03:06:11.402UTC|level=WARNING|pid=412|role=app|database=shop|client=10.0.0.7|"
               "text=C-0x55d0: shop/app@10.0.0.7:51234 pooler error: ready",
      .near_miss = "2026-11-22 03:06:11.402 UTC [412] WARNING:  ready" },

    /* Common and combined: nginx, Apache, gunicorn, lighttpd, Werkzeug; a virtual host before
     * it, anything behind. */
    { .name = "access", .how = BY_REGEX, .sifted = true, .needle = "] \"",
      .pattern = "(?:[\\w.-]+(?::\\d+)? )?(?<client>[0-9a-fA-F:.]+|-|[\\w.-]+)(?:, ?\\S+)* \\S+ (?:\"" QUOTED "\"|\\S+(?: \\S+)?) \\["
                 "(?<time>\\d\\d/[A-Z][a-z]{2}/\\d{4}[: ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: [+-]\\d{4})?)\\] "
                 "(?<text>\"(?<asked>" QUOTED ")\" (?<status>\\d{3}) .*)",
      .sample = "10.0.0.7 - - [22/Nov/2026:03:06:11 +0100] \"GET /api/users?page=2 HTTP/1.1\" 500 265 \"-\" \"probe (r=17)\"",
      .gives = "time=2026-11-22T03:06:11+0100|client=10.0.0.7|status=500|route=/api/users|request=17|"
               "text=\"GET /api/users?page=2 HTTP/1.1\" 500 265 \"-\" \"probe (r=17)\"",
      .near_miss = "[22/Nov/2026 03:06:11] \"GET /api/users HTTP/1.1\" 500 265" },
    { .name = "nginx-proxy-manager", .how = BY_REGEX, .begins = "[", .needle = "[Client ",
      .pattern = "\\[(?<time>\\d\\d/[A-Z][a-z]{2}/\\d{4}:[\\d:]+ [+-]\\d{4})\\] \\S+ (?:\\S+ )?(?<text>(?<status>\\d{3}) - "
                 "(?:" METHODS ") \\S+ \\S+ \"(?<path>[^\"]*)\" \\[Client (?<client>[^\\]]+)\\].*)",
      .sample = "[22/Nov/2026:03:06:11 +0000] - 502 502 - GET https shop.example \"/api/users\" [Client 10.0.0.7] [Length 3]",
      .gives = "time=2026-11-22T03:06:11+0000|client=10.0.0.7|status=502|route=/api/users|"
               "text=502 - GET https shop.example \"/api/users\" [Client 10.0.0.7] [Length 3]",
      .near_miss = "[22/Nov/2026:03:06:11 +0000] [Client 10.0.0.7] ready" },
    { .name = "nginx-error", .how = BY_REGEX, .sifted = true, .begins = "0-9", .needle = "#",
      .pattern = "(?<time>\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) \\[(?<level>[a-z]+)\\] (?<pid>\\d+)#\\d+: (?:\\*\\d+ )?"
                 "(?<text>(?:[^,]*(?:, (?!client: )[^,]*)*, client: (?<client>[^,]+)(?:.*?, request: \"(?<asked>[^\"]*)\")?)?.*)",
      .sample = "2026/11/22 03:06:11 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to "
                "upstream, client: 10.0.0.7, server: , request: \"GET /api/users HTTP/1.1\", upstream: \"http://10.0.0.9/\"",
      .gives = "time=2026-11-22T03:06:11|level=error|pid=31|client=10.0.0.7|route=/api/users|"
               "text=connect() failed (111: Connection refused) while connecting to "
               "upstream, client: 10.0.0.7, server: , request: \"GET /api/users HTTP/1.1\", upstream: \"http://10.0.0.9/\"",
      .near_miss = "2026/11/22 03:06:11 [error] worker #31: ready" },
    { .name = "apache-error", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? \\d{4})\\] \\[(?:\\w*:)?(?<level>\\w+)\\] "
                 "(?:\\[pid (?<pid>\\d+)(?::tid \\d+)?\\] )?(?<text>(?:(?:[^\\[]\\S* )*\\[client (?<client>[^\\]]+)\\] )?.*)",
      .sample = "[Sun Nov 22 03:06:11.402193 2026] [proxy:error] [pid 412:tid 9] [client 10.0.0.7:51234] ready",
      .gives = "time=2026-11-22T03:06:11.402193|level=error|pid=412|client=10.0.0.7|text=[client 10.0.0.7:51234] ready",
      .near_miss = "[Sun Nov 22 03:06:11 2026] ready" },
    /* haproxy.com documentation, "HTTP log format" (behind a syslog header, or bare). */
    { .name = "haproxy", .how = BY_REGEX, .needle = "] ",
      .pattern = "(?<client>[0-9a-fA-F:.]+:\\d+) \\[(?<time>\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d\\.\\d+)\\] "
                 "(?<text>\\S+ \\S+ [\\d/+-]+ (?<status>\\d{3}|-1) [^\"]*(?:\"(?<asked>[^\"]*)\".*)?)",
      .sample = "10.0.0.7:51234 [22/Nov/2026:03:06:11.402] in web/web1 0/0/1/5/6 503 212 - - SC-- 1/1/0/0/3 0/0 \"GET /api/users HTTP/1.1\"",
      .gives = "time=2026-11-22T03:06:11.402|client=10.0.0.7|status=503|route=/api/users|"
               "text=in web/web1 0/0/1/5/6 503 212 - - SC-- 1/1/0/0/3 0/0 \"GET /api/users HTTP/1.1\"",
      .near_miss = "10.0.0.7:51234 [22/Nov/2026:03:06:11.402] in/1: SSL handshake failure" },
    /* envoyproxy.io, default access log format. */
    { .name = "envoy", .how = BY_REGEX, .begins = "[", .needle = "] \"",
      .pattern = "\\[(?<time>" ISO "Z)\\] (?<text>\"(?<asked>" QUOTED ")\" (?<status>\\d+) .*)",
      .sample = "[2026-11-22T03:06:11.402Z] \"GET /api/users HTTP/1.1\" 503 UF 0 91 0 - \"10.0.0.7\"",
      .gives = "time=2026-11-22T03:06:11.402Z|status=503|route=/api/users|"
               "text=\"GET /api/users HTTP/1.1\" 503 UF 0 91 0 - \"10.0.0.7\"",
      .near_miss = "[2026-11-22T03:06:11.402Z] \"ready\"" },
};
/* clang-format on */
const size_t formats_servers_len = LEN(formats_servers);
