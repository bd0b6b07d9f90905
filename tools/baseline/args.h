/* SPDX-License-Identifier: MIT */
#pragma once
#include "cli/options.h"

/* What the user said: filled by the rows in main.c. */
struct args {
    struct option_list headers, files;
    const char *method, *data, *expect, *contains, *matches, *pointer, *answer_header;
    int64_t most_latency;
    int64_t timeout, connect_timeout;
    unsigned redirects;
    const char *http, *unix_socket, *proxy, *connect_to;
    const char *certificate, *key, *authorities;
    bool unverified, keep, one_address, heavy_load;
    const char *rate;
    int64_t every, length;
    unsigned count;

    const char *metrics, *junit, *program, *webhook;

    const char *exclude, *alpha, *normal;
    unsigned looks, burst;
    int64_t within, spread;
    bool fail_fast;

    unsigned clock_probes;
    int64_t clock_length;
    const char *stale;
};
extern struct args args;

enum exit_code run_verb(int argc, char **argv);
enum exit_code wait_verb(int argc, char **argv);
enum exit_code clock_verb(int argc, char **argv);
enum exit_code record_verb(int argc, char **argv);
enum exit_code compare_verb(int argc, char **argv);
