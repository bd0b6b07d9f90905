/* SPDX-License-Identifier: MIT */
#include "observe/record_event.h"

/* A machine's journal or syslog holds the logs of many services: each is a log of its own. */
static struct str
host_of(const struct record *rec)
{
    const struct parts *p = &rec->first.parts;
    struct str by = str_of(rec->first.envelope ? rec->first.envelope->name : NULL);
    bool machine = str_starts(by, STR("journald")) || str_starts(by, STR("syslog"));

    return machine && p->stream.n ? p->stream : p->host;
}

void
record_event(const struct record *rec, struct event *ret)
{
    const struct parts *p = &rec->first.parts;
    const struct format *format = rec->first.format ? rec->first.format : rec->first.envelope;

    *ret = (struct event){
        .offset = rec->offset,
        .line = rec->line,
        .lines = rec->lines,
        .length = rec->length,
        .continues = rec->continues,
        .status = p->status,
        .format = str_of(format ? format->name : NULL),
        .level = p->level,
        .sqlstate = p->sqlstate,
        .role = p->role,
        .database = p->database,
        .client = p->client,
        .route = p->route,
        .pid = p->pid,
        .request = p->request,
        .host = host_of(rec),
        .text = rec->text,
    };
}
