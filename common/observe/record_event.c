/* SPDX-License-Identifier: MIT */
#include "observe/record_event.h"

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
        .host = p->host,
        .text = rec->text,
    };
}
