/* SPDX-License-Identifier: MIT */
#include "logs/formats.h"

/* Container runtimes, log collectors and syslogs: each wraps a line that somebody else wrote,
 * and stamps it with its own clock. */

/* clang-format off */
const struct format formats_envelopes[] = {
    /* docs.docker.com, json-file logging driver. */
    { .name = "docker-json", .how = BY_JSON, .envelope = true,
      .begins = "{", .needle = "\"log\":",
      .pattern = "inner=log stream=stream time=time",
      .sample = "{\"log\":\"ready \\\"now\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-22T03:06:11.4Z\"}",
      .gives = "time=2026-11-22T03:06:11.400Z|stream=stderr|inner=ready \"now\"",
      .near_miss = "{\"log\":{\"level\":\"info\"},\"message\":\"ready\"}" },
    /* systemd.io/JOURNAL_EXPORT_FORMATS, journalctl -o json. */
    { .name = "journald-json", .how = BY_JSON, .envelope = true,
      .begins = "{", .needle = "\"__REALTIME_TIMESTAMP\"",
      .pattern = "inner=MESSAGE time=_SOURCE_REALTIME_TIMESTAMP,__REALTIME_TIMESTAMP "
                 "host=_HOSTNAME stream=SYSLOG_IDENTIFIER,_COMM,_SYSTEMD_UNIT "
                 "pid=_PID,SYSLOG_PID level=PRIORITY",
      .sample = "{\"__REALTIME_TIMESTAMP\":\"1795316771402000\",\"PRIORITY\":\"3\",\"_PID\":\"412\","
                "\"SYSLOG_IDENTIFIER\":\"web\",\"MESSAGE\":[104,105]}",
      .gives = "time=2026-11-22T03:06:11.402000|level=ERROR|pid=412|stream=web|inner=hi",
      .near_miss = "{\"note\":\"__REALTIME_TIMESTAMP is gone\",\"MESSAGE\":\"hi\"}" },
    { .name = "journald-export", .how = BY_EXPORT, .envelope = true,
      .begins = "_", .needle = "__REALTIME_TIMESTAMP=",
      .pattern = "inner=MESSAGE time=_SOURCE_REALTIME_TIMESTAMP,__REALTIME_TIMESTAMP "
                 "host=_HOSTNAME stream=SYSLOG_IDENTIFIER,_COMM,_SYSTEMD_UNIT "
                 "pid=_PID,SYSLOG_PID level=PRIORITY",
      .sample = "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795316771402000\n_PID=412\nMESSAGE=ready\n",
      .gives = "time=2026-11-22T03:06:11.402000|pid=412|inner=ready",
      .near_miss = "_PID=412\nMESSAGE=ready\n" },
    /* cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry. */
    { .name = "gcp", .how = BY_JSON, .envelope = true,
      .begins = "{", .needle = "\"logName\"",
      .pattern = "inner=textPayload,jsonPayload.message,protoPayload.status.message "
                 "time=timestamp level=severity host=resource.labels.pod_name,"
                 "resource.labels.database_id,resource.labels.instance_id",
      .sample = "{\"insertId\":\"a1\",\"logName\":\"projects/p/logs/stderr\",\"severity\":\"ERROR\","
                "\"textPayload\":\"ready\",\"timestamp\":\"2026-11-22T03:06:11.402Z\"}",
      .gives = "time=2026-11-22T03:06:11.402Z|level=ERROR|inner=ready",
      .near_miss = "{\"logName\":\"x\",\"timestamp\":\"2026-11-22T03:06:11Z\"}" },
    /* Amazon CloudWatch Logs, get-log-events and filter-log-events, an event a line. */
    { .name = "cloudwatch-json", .how = BY_JSON, .envelope = true,
      .begins = "{", .needle = "\"ingestionTime\"",
      .pattern = "inner=message time=timestamp host=logStreamName",
      .sample = "{\"timestamp\":1795316771402,\"message\":\"ready\",\"ingestionTime\":1795316772000}",
      .gives = "time=2026-11-22T03:06:11.402|inner=ready",
      .near_miss = "{\"timestamp\":1795316771402,\"ingestionTime\":1795316772000}" },
    /* github.com/kubernetes/design-proposals-archive, node/kubelet-cri-logging.md. */
    { .name = "cri", .how = BY_REGEX, .envelope = true, .begins = "0-9",
      .pattern = "(?<time>" ISO OFFSET ") (?<stream>stdout|stderr) (?<cut>[FP])(?::\\S*)? (?<inner>.*)",
      .sample = "2026-11-22T03:06:11.402193Z stderr F ready",
      .gives = "time=2026-11-22T03:06:11.402193Z|stream=stderr|inner=ready",
      .near_miss = "2026-11-22T03:06:11.402193Z stdout was closed" },
    /* docker compose logs [-t], v1 and v2; docker service logs; foreman and honcho. */
    { .name = "compose", .how = BY_REGEX, .envelope = true, .blocks = true, .needle = "|",
      .pattern = "(?<host>[A-Za-z0-9](?:[\\w.@-]*[A-Za-z0-9_])?) *\\| "
                 "(?:(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z) ?)?(?<inner>.*)",
      .sample = "web-1     | 2026-11-22T03:06:11.402193Z ready",
      .gives = "time=2026-11-22T03:06:11.402193Z|host=web-1|inner=ready",
      .near_miss = "2026-11-22 03:06:11 | ready" },
    { .name = "foreman", .how = BY_REGEX, .envelope = true, .begins = "0-9", .needle = "|",
      .pattern = "(?<time>\\d\\d:\\d\\d:\\d\\d) (?<host>[\\w.-]+) +\\| (?<inner>.*)",
      .sample = "03:06:11 web.1     | ready",
      .gives = "time=03:06:11|host=web.1|inner=ready",
      .near_miss = "03:06:11 web.1 ready | steady" },
    /* kubectl logs --prefix [--timestamps]. */
    { .name = "kubectl", .how = BY_REGEX, .envelope = true, .blocks = true, .begins = "[", .needle = "[pod/",
      .pattern = "\\[pod/(?<host>[^\\]]+)\\] (?:(?<time>" ISO OFFSET ") )?(?<inner>.*)",
      .sample = "[pod/shop-6d9f-x2/web] 2026-11-22T03:06:11.402193Z ready",
      .gives = "time=2026-11-22T03:06:11.402193Z|host=shop-6d9f-x2/web|inner=ready",
      .near_miss = "[pods] 2026-11-22T03:06:11.402193Z ready" },
    /* github.com/stern/stern: pod, container, with --timestamps the runtime's stamp. */
    { .name = "stern", .how = BY_REGEX, .envelope = true, .blocks = true, .begins = "a-z0-9",
      .pattern = "(?<host>[a-z0-9][a-z0-9.-]*-[a-z0-9]+ [a-z0-9][a-z0-9-]*) "
                 "(?:(?<time>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S*(?:Z|[+-]\\d\\d:\\d\\d)) )?"
                 "(?<inner>(?(<time>)|[\\[{]?\\d{4}[-/]).*)",
      .sample = "shop-6d9f-x2 web 2026-11-22T03:06:11.402193Z ready",
      .gives = "time=2026-11-22T03:06:11.402193Z|host=shop-6d9f-x2 web|inner=ready",
      .near_miss = "shop-6d9f-x2 web is ready since 2026-11-22T03:06:11Z" },
    /* RFC 5424. */
    { .name = "syslog-5424", .how = BY_REGEX, .envelope = true, .begins = "<0-9",
      .pattern = "(?:\\d+ )?<\\d{1,3}>1 (?:(?<time>" ISO OFFSET ")|-) (?:-|(?<host>\\S+)) "
                 "(?:-|(?<stream>\\S+)) (?:-|(?<pid>\\S+)) \\S+ "
                 "(?:-|(?:\\[(?:[^\\]\\\\\"]|\\\\.|\"" QUOTED "\")*\\])+|(?=\\S))(?: (?:\\xef\\xbb\\xbf)?(?<inner>.*)|(?<inner>)$)",
      .sample = "<165>1 2026-11-22T03:06:11.402Z web1 shop 412 ID47 [a@1 b=\"]\"] ready",
      .gives = "time=2026-11-22T03:06:11.402Z|pid=412|host=web1|stream=shop|inner=ready",
      .near_miss = "<165>Nov 22 03:06:11 web1 shop[412]: ready" },
    /* devcenter.heroku.com/articles/logging: heroku logs, and drains. */
    { .name = "logplex", .how = BY_REGEX, .envelope = true, .begins = "0-9",
      .pattern = "(?<time>" ISO OFFSET ") (?:\\S+ )?(?<host>(?:app|heroku)\\[[^\\]]+\\]): (?<inner>.*)",
      .sample = "2026-11-22T03:06:11.402193+00:00 app[web.1]: ready",
      .gives = "time=2026-11-22T03:06:11.402193+00:00|host=app[web.1]|inner=ready",
      .near_miss = "2026-11-22T03:06:11.402193+00:00 shop[412]: ready" },
    /* A CRI line that a collector sent on by syslog, its stamp replaced. */
    { .name = "syslog-cri", .how = BY_REGEX, .envelope = true, .begins = "A-Z",
      .pattern = "(?<time>" SYSLOG ") (?<host>\\S+) (?<cut>[FP]) (?<inner>.*)",
      .sample = "Nov 22 03:06:11 [node-1/web] F ready",
      .gives = "time=11-22T03:06:11|host=[node-1/web]|inner=ready",
      .near_miss = "Nov 22 03:06:11 node-1 web: ready" },
    /* RFC 3164; journalctl -o short, short-precise. */
    { .name = "syslog", .how = BY_REGEX, .envelope = true, .begins = "A-Z<",
      .pattern = "(?:<\\d{1,3}>)?(?<time>" SYSLOG ") (?<host>\\S+) "
                 "(?<stream>[^\\s:\\[]+)(?:\\[(?<pid>\\d+)\\])?: ?(?<inner>.*)",
      .sample = "Nov 22 03:06:11 web1 shop[412]: ready",
      .gives = "time=11-22T03:06:11|pid=412|host=web1|stream=shop|inner=ready",
      .near_miss = "Nov 22, 2026 3:06:11 AM shop: ready" },
    /* rsyslog's own default; journalctl -o short-iso, short-iso-precise, short-full. */
    { .name = "syslog-iso", .how = BY_REGEX, .envelope = true, .begins = "A-Z0-9<",
      .pattern = "(?:<\\d{1,3}>)?(?:[A-Z][a-z]{2} )?(?<time>" ISO "(?:" OFFSET "| [A-Z]{3,5})) "
                 "(?<host>[A-Za-z0-9][\\w.:-]*) (?<stream>[A-Za-z][^\\s:\\[]*)\\[(?<pid>\\d+)\\]: ?(?<inner>.*)",
      .sample = "2026-11-22T03:06:11.402193+01:00 web1 shop[412]: ready",
      .gives = "time=2026-11-22T03:06:11.402193+01:00|pid=412|host=web1|stream=shop|inner=ready",
      .near_miss = "2026-11-22T03:06:11.402193+01:00 web1 shop: ready" },
    /* aws logs tail: stamp, stream, line. */
    { .name = "cloudwatch", .how = BY_REGEX, .envelope = true, .begins = "0-9",
      .pattern = "(?<time>" ISO "\\+00:00) (?<host>[\\w.-]+/[\\w./-]+) (?<inner>.*)",
      .sample = "2026-11-22T03:06:11.402193+00:00 web/shop/6d9f ready",
      .gives = "time=2026-11-22T03:06:11.402193+00:00|host=web/shop/6d9f|inner=ready",
      .near_miss = "2026-11-22T03:06:11.402193+00:00 /etc/shop.conf is read" },
    /* logcli query -o default: stamp, labels, line. */
    { .name = "loki", .how = BY_REGEX, .envelope = true, .begins = "0-9", .needle = "{",
      .pattern = "(?<time>" ISO OFFSET ") (?<host>\\{[^}\"]*=[^}]*\\}) +(?<inner>.*)",
      .sample = "2026-11-22T03:06:11Z {app=\"shop\"} ready",
      .gives = "time=2026-11-22T03:06:11Z|host={app=\"shop\"}|inner=ready",
      .near_miss = "2026-11-22T03:06:11Z {\"app\":\"shop\"} ready" },
    /* docker logs -t, podman logs -t, kubectl logs --timestamps: told from a program's own
     * stamp by its nanoseconds, or by a second stamp behind it. */
    { .name = "docker-t", .how = BY_REGEX, .envelope = true, .begins = "0-9",
      .pattern = "(?<time>" ISO OFFSET ") (?<inner>(?:(?<=\\.\\d{7}Z |\\.\\d{8}Z |\\.\\d{9}Z )|"
                 "(?=(?:[\\[{(\"]|\\S+ - \\S+ \\[)?[\"\\w:]{0,8}(?:\\d{4}[-/]\\d\\d[-/]\\d\\d|\\d\\d/[A-Z][a-z]{2}/\\d{4}|[IWEF]\\d{4} ))).*)",
      .sample = "2026-11-22T03:06:11.402193854Z ready",
      .gives = "time=2026-11-22T03:06:11.402193Z|inner=ready",
      .near_miss = "2026-11-22T03:06:11.402Z ready" },
};
/* clang-format on */
const size_t formats_envelopes_len = LEN(formats_envelopes);
