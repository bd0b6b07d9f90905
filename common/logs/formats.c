/* SPDX-License-Identifier: MIT */
#include "logs/formats.h"

/* Names that loggers of many languages give to the same thing. */
#define MEMBERS                                                                                \
    "time=time,timestamp,@timestamp,ts,t,t.$date,datetime,date,asctime,@t,eventTime,"          \
    "timeMillis,time_local,start_time,calendarTime,unixTime,created,"                          \
    "resourceLogs.scopeLogs.logRecords.timeUnixNano "                                          \
    "epoch=instant.epochSecond,epochSecond nano=instant.nanoOfSecond,nanoOfSecond "            \
    "level=level,severity,lvl,log.level,levelname,loglevel,s,@l,@level,severityText,"          \
    "level_name,resourceLogs.scopeLogs.logRecords.severityText "                               \
    "text=msg,message,event,@m,@mt,text,body,error.message,err.message,reason,"                \
    "resourceLogs.scopeLogs.logRecords.body.stringValue "                                      \
    "more=error,err,err.message,err.detail,error.message,error.stack_trace,error.type,"        \
    "details,"                                                                                 \
    "exception,exception.message,exc_info,exc_text,stack,stack_trace,stacktrace,"              \
    "err.stack,error.stack,detail,@x,cause,thrown.message,thrown.name,"                        \
    "error.cause.message,err.cause.message,context.exception.message,"                         \
    "exception.stacktrace,exception.values.value,error_message,errorMessage "                  \
    "sqlstate=sqlstate,sqlState,sql_state,pgcode,err.code,error.code,code,err.sqlState,"       \
    "error.sqlstate "                                                                          \
    "status=status,statusCode,status_code,http.status_code,res.statusCode,resp_status,"        \
    "response.status,http.response.status_code,http_status,response_code "                     \
    "asked=request,request_line "                                                              \
    "path=path,request_uri,uri,url,req.url,request.path,http.target,url.path,request.uri,"     \
    "http.url,request_path,route,httpRequest.requestUrl "                                      \
    "client=remote_addr,remote_ip,client_ip,clientip,client.ip,remoteAddr,remote,"             \
    "req.remoteAddress,request.remote_ip,peer_ip,ip "                                          \
    "request=request_id,requestId,reqId,req.id,x_request_id,correlation_id,trace_id,"          \
    "traceId,trace.id "                                                                        \
    "pid=pid,process,process.pid,process_id host=hostname,host,host.name,pod,container "       \
    "role=db_user,dbuser,db.user database=db_name,dbname,db.name"

/* clang-format off */

/* What any program may write, tried last. */
static const struct format generic[] = {
    { .name = "json", .how = BY_JSON, .begins = "{ ",
      .pattern = MEMBERS,
      .sample = "{\"level\":50,\"time\":1795316771402,\"pid\":412,\"req\":{\"url\":\"/api/users\"},"
                "\"err\":{\"message\":\"refused\",\"code\":\"28P01\"},\"msg\":\"request failed\"}",
      .gives = "time=2026-11-22T03:06:11.402|level=ERROR|pid=412|sqlstate=28P01|route=/api/users|"
               "text=request failed\nrefused",
      .near_miss = "{not json}" },
    /* brandur.org/logfmt; Go's slog, logrus, Grafana, Supavisor's context. */
    { .name = "logfmt", .how = BY_LOGFMT, .begins = "a-zA-Z@", .needle = "=",
      .pattern = MEMBERS,
      .sample = "time=2026-11-22T03:06:11.402Z level=ERROR msg=\"query failed\" err=\"say \\\"no\\\"\"",
      .gives = "time=2026-11-22T03:06:11.402Z|level=ERROR|text=query failed\nsay \"no\"",
      .near_miss = "password=secret" },
    { .name = "stamped", .how = BY_STAMP, .sifted = true,
      .sample = "2026-11-22 03:06:11.402 worker-2 ERROR shop.db - ready",
      .gives = "time=2026-11-22T03:06:11.402|level=ERROR|text=worker-2 ERROR shop.db - ready",
      .near_miss = "ready since 2026-11-22 03:06:11" },
};
/* clang-format on */
static const size_t generic_len = LEN(generic);

const struct format_table formats_known[] = {
    { formats_envelopes, &formats_envelopes_len },
    { formats_servers, &formats_servers_len },
    { formats_applications, &formats_applications_len },
    { generic, &generic_len },
};
const size_t formats_known_len = LEN(formats_known);
