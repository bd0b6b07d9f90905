/* SPDX-License-Identifier: MIT */
#include "session.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "args.h"
#include "base/interrupt.h"
#include "cli/output.h"
#include "net/secret.h"
#include "time/now.h"

/* Above this a probe is a load: the user has to say that this is meant. */
static const double rate_most = 50;

static enum status
read_number(const char *option, const char *text, double *ret)
{
    char *end;

    errno = 0;
    *ret = strtod(text, &end);
    if (end == text || *end || errno || !isfinite(*ret))
        return fail(ERR_USAGE, "--%s: '%s' is not a number", option, text);
    return OK;
}

enum status
share_read(const char *option, const char *text, double *ret)
{
    char *end;
    double value = strtod(text, &end), of = 1;

    if (end != text && *end == '/') {
        text = end + 1;
        of = strtod(text, &end);
    } else if (end != text && *end == '%') {
        of = 100;
        end++;
    }
    if (end == text || *end || !(of > 0) || !(value >= 0 && value <= of))
        return fail(ERR_USAGE, "--%s: a share is 1/8, 12.5%% or 0.125", option);
    *ret = value / of;
    return OK;
}

static enum status
read_version(enum http_version *ret)
{
    static const char *const names[] = { [HTTP_ANY_VERSION] = "any", "1.1", "2" };

    for (size_t i = 0; i < LEN(names); i++)
        if (strcmp(args.http, names[i]) == 0)
            *ret = (enum http_version)i;
    return OK;
}

enum status
session_routes(struct routes *ret, int argc, char **argv)
{
    struct route_draft d = {
        .request = { .method = args.method,
                     .body = str_of(args.data),
                     .timeout = args.timeout,
                     .connect_timeout = args.connect_timeout,
                     .redirects = args.redirects,
                     .fresh = !args.keep,
                     .unverified = args.unverified,
                     .unix_socket = args.unix_socket,
                     .proxy = args.proxy,
                     .connect_to = args.connect_to,
                     .certificate = args.certificate,
                     .key = args.key,
                     .authorities = args.authorities },
        .expect = args.expect,
        .headers = args.headers.items,
        .headers_len = args.headers.len,
        .contains = args.contains,
        .matches = args.matches,
        .json = args.pointer,
        .header = args.answer_header,
        .most_latency = args.most_latency,
    };
    enum status st = read_version(&d.request.version);

    if (argc == 0 && args.files.len == 0)
        return fail(ERR_USAGE, "which routes? give their URLs, or a file by --routes");
    for (size_t i = 0; i < args.files.len && st == OK; i++)
        st = routes_read(ret, args.files.items[i], &d);
    for (int i = 0; i < argc && st == OK; i++) {
        d.url = argv[i];
        if ((st = routes_add(ret, &d)) != OK)
            note(st, "route %d", i + 1);
    }
    return st;
}

static enum status
read_rate(struct prober_plan *plan)
{
    if (read_number("rate", args.rate, &plan->rate) != OK)
        return ERR_USAGE;
    if (!(plan->rate > 0))
        return fail(ERR_USAGE, "--rate: it must be more than 0 a second");
    if (plan->rate > rate_most && !args.heavy_load)
        return fail(ERR_USAGE,
                    "--rate: more than %g a second is a load and no probe: "
                    "say --yes-load if it is meant",
                    rate_most);
    return OK;
}

enum status
session_open(struct session *ret, int argc, char **argv, struct prober_plan *plan)
{
    enum status st;

    *ret = (struct session){ .until = INT64_MAX };
    secret_guard_process();
    st = session_routes(&ret->routes, argc, argv);
    if (st == OK)
        st = read_rate(plan);
    plan->routes = &ret->routes;
    plan->all_addresses = !args.one_address;
    if (st == OK)
        st = record_open(&ret->record, common_options.timeline);
    ret->record.routes = &ret->routes;
    if (st == OK)
        st = prober_open(&ret->prober, plan);
    if (st == OK)
        interrupt_hold();
    else
        session_close(ret);
    return st;
}

void
session_close(struct session *s)
{
    prober_close(s->prober);
    record_done(&s->record);
    strbuf_done(&s->lines);
    routes_done(&s->routes);
}

bool
session_next(struct session *s, int64_t patience, struct probe *ret)
{
    int64_t now = now_monotonic();
    /* Short enough for an interrupt to be heeded at once, as people see it. */
    int64_t step = MIN(patience, MS(100));

    if (interrupt_came())
        s->interrupted = true;
    if (now >= s->until)
        s->late = true;
    if (s->interrupted || s->late)
        return false;
    if (!prober_next(s->prober, MIN(now + step, s->until), ret))
        return false;
    s->probes++;
    s->answered += ret->answer.status != 0;
    return true;
}

bool
session_over(const struct session *s)
{
    return s->interrupted || s->late || prober_over(s->prober);
}

enum status
session_keep(struct session *s, const struct probe *p, struct str line)
{
    enum status st = record_probe(&s->record, p);

    strbuf_add(&s->lines, line);
    if (st == OK && now_monotonic() - s->flushed > MS(100))
        st = session_flush(s);
    return st;
}

enum status
session_flush(struct session *s)
{
    enum status st = record_flush(&s->record);

    s->flushed = now_monotonic();
    return st == OK ? output_write(&s->lines) : st;
}
