/* SPDX-License-Identifier: MIT */
#include "logs/formats.h"

/* What frameworks and loggers write by default, language by language. */

/* clang-format off */
const struct format formats_applications[] = {
    /* gunicorn's own error log. */
    { .name = "gunicorn", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>" ISO " [+-]\\d{4})\\] \\[(?<pid>\\d+)\\] \\[(?<level>[A-Z]+)\\] "
                 "(?<text>(?:Error handling request (?<path>\\S+))?.*)",
      .sample = "[2026-11-22 03:06:11 +0530] [412] [ERROR] Error handling request /api/users",
      .gives = "time=2026-11-22T03:06:11+0530|level=ERROR|pid=412|route=/api/users|text=Error handling request /api/users",
      .near_miss = "[2026-11-22 03:06:11] [412] [ERROR] ready" },
    /* Flask's default handler: "[%(asctime)s] %(levelname)s in %(module)s: %(message)s". */
    { .name = "flask", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>" ISO ")\\] (?<level>[A-Z]+) in \\w+: (?<text>(?:Exception on (?<path>\\S+) \\[[A-Z]+\\])?.*)",
      .sample = "[2026-11-22 03:06:11,402] ERROR in app: Exception on /api/users [GET]",
      .gives = "time=2026-11-22T03:06:11.402|level=ERROR|route=/api/users|text=Exception on /api/users [GET]",
      .near_miss = "[2026-11-22 03:06:11,402] ERROR: ready" },
    /* Celery: "[%(asctime)s: %(levelname)s/%(processName)s] %(message)s". */
    { .name = "celery", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>" ISO "): (?<level>[A-Z]+)/(?<stream>[^\\]]+)\\] (?<text>.*)",
      .sample = "[2026-11-22 03:06:11,402: ERROR/ForkPoolWorker-1] ready",
      .gives = "time=2026-11-22T03:06:11.402|level=ERROR|stream=ForkPoolWorker-1|text=ready",
      .near_miss = "[2026-11-22 03:06:11,402] ERROR/ForkPoolWorker-1 ready" },
    /* logging.basicConfig() without a format: no stamp, a name, a message. */
    { .name = "python-plain", .how = BY_REGEX, .envelope = true, .begins = "A-Z",
      .pattern = "(?<level>CRITICAL|ERROR|WARNING|INFO|DEBUG):[A-Za-z_][\\w.]*:(?<inner>.*)",
      .sample = "ERROR:shop.db:ready",
      .gives = "level=ERROR|inner=ready",
      .near_miss = "ERROR: ready: now" },
    { .name = "uvicorn", .how = BY_REGEX, .begins = "A-Z", .needle = ":  ",
      .pattern = "(?<level>CRITICAL|ERROR|WARNING|INFO|DEBUG|TRACE): {2,}"
                 "(?<text>(?:(?<client>[0-9a-fA-F:.]+:\\d+) - \"(?<asked>" QUOTED ")\" (?<status>\\d{3}))?.*)",
      .sample = "INFO:     10.0.0.7:51234 - \"GET /api/users HTTP/1.1\" 500 Internal Server Error",
      .gives = "level=INFO|client=10.0.0.7|status=500|route=/api/users|"
               "text=10.0.0.7:51234 - \"GET /api/users HTTP/1.1\" 500 Internal Server Error",
      .near_miss = "INFO: ready" },
    /* Django's runserver. */
    { .name = "django-server", .how = BY_REGEX, .begins = "[", .needle = "] \"",
      .pattern = "\\[(?<time>\\d\\d/[A-Z][a-z]{2}/\\d{4} \\d\\d:\\d\\d:\\d\\d)\\] (?<text>\"(?<asked>" QUOTED ")\" (?<status>\\d{3}) .*)",
      .sample = "[22/Nov/2026 03:06:11] \"GET /api/users HTTP/1.1\" 500 145",
      .gives = "time=2026-11-22T03:06:11|status=500|route=/api/users|text=\"GET /api/users HTTP/1.1\" 500 145",
      .near_miss = "[22/Nov/2026 03:06:11] \"ready\"" },
    { .name = "django-error", .how = BY_REGEX, .begins = "I",
      .pattern = "(?<text>Internal Server Error: (?<path>/\\S*))$",
      .sample = "Internal Server Error: /api/users",
      .gives = "route=/api/users|text=Internal Server Error: /api/users",
      .near_miss = "Internal Server Error: unknown" },
    /* uwsgi-docs.readthedocs.io, the default request line. */
    { .name = "uwsgi", .how = BY_REGEX, .begins = "[", .needle = "[pid: ",
      .pattern = "\\[pid: (?<pid>\\d+)\\|[^\\]]*\\] (?<client>\\S+) .*?\\[(?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} +\\d+ [\\d:]+ \\d{4})\\] "
                 "(?<text>(?:" METHODS ") (?<path>\\S+) => .*?\\(HTTP/\\S+ (?<status>\\d{3})\\).*)",
      .sample = "[pid: 412|app: 0|req: 1/1] 10.0.0.7 () {38 vars in 696 bytes} [Sun Nov 22 03:06:11 2026] "
                "GET /api/users => generated 47 bytes in 129 msecs (HTTP/1.1 500) 9 headers",
      .gives = "time=2026-11-22T03:06:11|pid=412|client=10.0.0.7|status=500|route=/api/users|"
               "text=GET /api/users => generated 47 bytes in 129 msecs (HTTP/1.1 500) 9 headers",
      .near_miss = "[pid: 412|app: 0|req: 1/1] ready" },

    /* docs.spring.io, "Log Format" of Spring Boot 1 to 3. */
    { .name = "spring", .how = BY_REGEX, .sifted = true, .begins = "0-9", .needle = " --- [",
      .pattern = "(?<time>" ISO OFFSET "?) +(?<level>[A-Z]+) (?<pid>\\d+) --- (?:\\[[^\\]]*\\] ?)+(?<stream>\\S+) +: (?<text>.*)",
      .sample = "2026-11-22T03:06:11.402+01:00 ERROR 412 --- [shop] [nio-8080-exec-1] com.example.Db : ready",
      .gives = "time=2026-11-22T03:06:11.402+01:00|level=ERROR|pid=412|stream=com.example.Db|text=ready",
      .near_miss = "2026-11-22 03:06:11.402 ERROR 412 --- ready" },
    /* Logback and log4j: stamp, thread in brackets, level, logger. */
    { .name = "log4j", .how = BY_REGEX, .sifted = true, .begins = "0-9[", .needle = " [",
      .pattern = "\\[?(?<time>" ISO OFFSET "?)\\]? (?:\\[[^\\]]*\\] +(?<level>" LEVELS ") +(?<stream>[\\w.$]+)|"
                 "(?<level>" LEVELS ") +\\[[^\\]]*\\] +(?<stream>[\\w.$]+))(?: -|:| ) *(?<text>.*)",
      .sample = "2026-11-22 03:06:11,402 [HikariPool-1 connection adder] ERROR com.example.Pool: ready",
      .gives = "time=2026-11-22T03:06:11.402|level=ERROR|stream=com.example.Pool|text=ready",
      .near_miss = "2026-11-22 03:06:11,402 [HikariPool-1] ready" },
    /* java.util.logging.SimpleFormatter: who on one line, what on the next. */
    { .name = "jul", .how = BY_REGEX, .sifted = true, .begins = "A-Z", .needle = "M ",
      .pattern = "(?<time>[A-Z][a-z]{2} \\d{1,2}, \\d{4} \\d{1,2}:\\d\\d:\\d\\d [AP]M) (?<text>(?<stream>[\\w.$]+) \\S+)$",
      .sample = "Nov 22, 2026 3:06:11 AM org.postgresql.Driver connect",
      .gives = "time=2026-11-22T03:06:11|stream=org.postgresql.Driver|text=org.postgresql.Driver connect",
      .near_miss = "Nov 22, 2026 3:06:11 AM ready" },

    /* NestJS; the date is the machine's locale. */
    { .name = "nest", .how = BY_REGEX, .begins = "[", .needle = "[Nest]",
      .pattern = "\\[Nest\\] (?<pid>\\d+) +- (?<time>\\d\\d?/\\d\\d?/\\d{4}, \\d\\d?:\\d\\d:\\d\\d(?: [AP]M)?) +(?<level>[A-Z]+) (?<text>.*)",
      .sample = "[Nest] 412  - 11/22/2026, 3:06:11 AM   ERROR [Db] ready",
      .gives = "time=2026-11-22T03:06:11|level=ERROR|pid=412|text=[Db] ready",
      .near_miss = "[Nest] 412 - ready" },
    { .name = "pino-pretty", .how = BY_REGEX, .begins = "[",
      .pattern = "\\[(?<time>(?:" ISO "(?: [+-]\\d{4})?|\\d\\d:\\d\\d:\\d\\d\\.\\d{3}))\\] (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) "
                 "\\((?:(?<stream>[^/)]+)/)?(?<pid>\\d+)(?: on [^)]+)?\\): (?<text>.*)",
      .sample = "[2026-11-22 03:06:11.402 +0100] ERROR (shop/412 on web1): ready",
      .gives = "time=2026-11-22T03:06:11.402+0100|level=ERROR|pid=412|stream=shop|text=ready",
      .near_miss = "[2026-11-22 03:06:11.402] ERROR (ready)" },
    /* Express' morgan, formats dev and tiny. */
    { .name = "morgan", .how = BY_REGEX, .begins = "A-Z",
      .pattern = "(?<text>(?:" METHODS ") (?<path>/\\S*) (?<status>\\d{3}) (?:[\\d.]+ ms - \\S+|\\S+ - [\\d.]+ ms))$",
      .sample = "GET /api/users 500 12.345 ms - 26",
      .gives = "status=500|route=/api/users|text=GET /api/users 500 12.345 ms - 26",
      .near_miss = "GET /api/users 500 times" },

    /* Kubernetes components and glog: no year, the level before the date. */
    { .name = "klog", .how = BY_REGEX, .sifted = true, .begins = "IWEF", .needle = "] ",
      .pattern = "(?<time>(?<level>[IWEF])(?:\\d{4})?\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d+) +(?<pid>\\d+) (?<text>\\S+:\\d+\\] .*)",
      .sample = "E1122 03:06:11.402193     412 db.go:7] ready",
      .gives = "time=11-22T03:06:11.402193|level=E|pid=412|text=db.go:7] ready",
      .near_miss = "Error 03:06:11.402193 412 db.go:7] ready" },
    { .name = "gin", .how = BY_REGEX, .begins = "[", .needle = "[GIN] ",
      .pattern = "\\[GIN\\] (?<time>\\d{4}/\\d\\d/\\d\\d - \\d\\d:\\d\\d:\\d\\d) \\| *(?<text>(?<status>\\d{3}) \\| *\\S+ \\| *(?<client>\\S+) \\| *[A-Z]+ +\"(?<path>[^\"]*)\".*)",
      .sample = "[GIN] 2026/11/22 - 03:06:11 | 500 |     1.2ms |        10.0.0.7 | GET      \"/api/users\"",
      .gives = "time=2026-11-22T03:06:11|client=10.0.0.7|status=500|route=/api/users|"
               "text=500 |     1.2ms |        10.0.0.7 | GET      \"/api/users\"",
      .near_miss = "[GIN] 2026/11/22 - 03:06:11 | ready" },
    /* logrus on a terminal: seconds since the start instead of a time. */
    { .name = "logrus", .how = BY_REGEX, .begins = "A-Z",
      .pattern = "(?<level>TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\\[\\d+\\] *(?<text>.*)",
      .sample = "ERRO[0012] ready", .gives = "level=ERRO|text=ready",
      .near_miss = "ERRO[x] ready" },

    /* Ruby's Logger, as Rails has it in production. */
    { .name = "ruby", .how = BY_REGEX, .begins = "DIWEFA",
      .pattern = "[DIWEFA], \\[(?<time>" ISO ") #(?<pid>\\d+)\\] +(?<level>[A-Z]+) -- (?<stream>[^:]*): "
                 "(?<text>(?:\\[(?<request>[0-9a-f-]{32,36})\\] )?(?:Started [A-Z]+ \"(?<path>[^\"]*)\" for (?<client>\\S+)|Completed (?<status>\\d{3}))?.*)",
      .sample = "I, [2026-11-22T03:06:11.402193 #412]  INFO -- : Completed 500 Internal Server Error in 12ms",
      .gives = "time=2026-11-22T03:06:11.402193|level=INFO|pid=412|status=500|text=Completed 500 Internal Server Error in 12ms",
      .near_miss = "I, [2026] INFO -- : ready" },
    { .name = "rails", .how = BY_REGEX, .begins = "SC",
      .pattern = "(?<text>Started [A-Z]+ \"(?<path>[^\"]*)\" for (?<client>\\S+) at (?<time>" ISO " [+-]\\d{4}))$",
      .sample = "Started GET \"/api/users\" for 10.0.0.7 at 2026-11-22 03:06:11 +0100",
      .gives = "time=2026-11-22T03:06:11+0100|client=10.0.0.7|route=/api/users|"
               "text=Started GET \"/api/users\" for 10.0.0.7 at 2026-11-22 03:06:11 +0100",
      .near_miss = "Started at 2026-11-22 03:06:11 +0100" },
    { .name = "rails-done", .how = BY_REGEX, .begins = "C",
      .pattern = "(?<text>Completed (?<status>\\d{3}) [A-Z][\\w ]* in \\d+ms.*)",
      .sample = "Completed 500 Internal Server Error in 12ms (ActiveRecord: 0.0ms)",
      .gives = "status=500|text=Completed 500 Internal Server Error in 12ms (ActiveRecord: 0.0ms)",
      .near_miss = "Completed 500 jobs" },

    /* Monolog's LineFormatter, as Laravel and Symfony have it. */
    { .name = "monolog", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>" ISO OFFSET "?)\\] (?<stream>[\\w-]+)\\.(?<level>" LEVELS "): (?<text>.*)",
      .sample = "[2026-11-22T03:06:11.402193+01:00] production.ERROR: ready [] []",
      .gives = "time=2026-11-22T03:06:11.402193+01:00|level=ERROR|stream=production|text=ready [] []",
      .near_miss = "[2026-11-22 03:06:11] production ready" },
    /* PHP's error_log and php-fpm. */
    { .name = "php", .how = BY_REGEX, .sifted = true, .begins = "[",
      .pattern = "\\[(?<time>\\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: [A-Za-z_/+-]+)?)\\] "
                 "(?<text>(?:(?<level>" LEVELS "): |PHP (?<level>[A-Z][a-z]+(?: error)?):  ?).*)",
      .sample = "[22-Nov-2026 03:06:11 Europe/Berlin] PHP Fatal error:  ready in /srv/db.php on line 7",
      .gives = "time=2026-11-22T03:06:11Europe/Berlin|level=Fatal error|text=PHP Fatal error:  ready in /srv/db.php on line 7",
      .near_miss = "[22-Nov-2026 03:06:11] ready" },
};
/* clang-format on */
const size_t formats_applications_len = LEN(formats_applications);
