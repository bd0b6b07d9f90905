/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

#include "args.h"
#include "behind.h"
#include "cli/output.h"
#include "record.h"
#include "show.h"
#include "targets.h"

/* Many targets, looked at by a few threads; results are shown in the order of the targets. */
struct run {
    const struct targets *targets;
    struct database_check *checks;
    bool *done;
    size_t next;
    enum status worst;
    pthread_mutex_t lock;
    pthread_cond_t more;
};

static void
check_one(struct run *r, size_t i)
{
    struct database_request q = {
        .target = &r->targets->all[i],
        .password = r->targets->has_password ? &r->targets->password : NULL,
        .password_where = args.password,
        .silent = args.silent,
        .timeout = args.timeout,
    };
    enum status st = database_check(&r->checks[i], &q);

    pthread_mutex_lock(&r->lock);
    if (st != OK)
        r->worst = st;
    r->done[i] = true;
    pthread_cond_signal(&r->more);
    pthread_mutex_unlock(&r->lock);
}

static void *
work(void *context)
{
    struct run *r = context;

    for (;;) {
        size_t mine;

        pthread_mutex_lock(&r->lock);
        mine = r->next++;
        pthread_mutex_unlock(&r->lock);
        if (mine >= r->targets->len)
            return NULL;
        check_one(r, mine);
    }
}

static enum status
print_one(const struct database_check *c, bool many, enum exit_code *ret)
{
    AUTO(strbuf) out = { 0 };
    bool stale = false;
    enum status st = OK;

    if (common_options.json) {
        database_check_json(c, &out);
        strbuf_addc(&out, '\n');
    } else if (many) {
        show_check_line(c, &out);
    } else {
        show_check(c, &out);
    }
    if (args.behind)
        st = behind_compare(c, &out, &stale);
    if (stale)
        *ret = EXIT_NO;
    return st == OK ? output_write(&out) : st;
}

/* Of many answers: all well, some trouble, or nobody reached. */
static enum exit_code
worse(enum exit_code a, enum exit_code b, bool first)
{
    if (first || a == b)
        return b;
    return a == EXIT_NO || b == EXIT_NO || a == EXIT_YES || b == EXIT_YES
               ? (a == EXIT_PARTIAL || b == EXIT_PARTIAL ? EXIT_PARTIAL : EXIT_NO)
               : EXIT_PARTIAL;
}

static enum status
take_results(struct run *r, struct store *timeline, enum exit_code *ret)
{
    enum status st = OK;

    for (size_t i = 0; st == OK && i < r->targets->len; i++) {
        pthread_mutex_lock(&r->lock);
        while (!r->done[i])
            pthread_cond_wait(&r->more, &r->lock);
        pthread_mutex_unlock(&r->lock);
        if (!r->checks[i].target)
            continue;
        *ret = worse(*ret, database_check_exit(&r->checks[i]), i == 0);
        if (timeline)
            st = record_check(timeline, &r->checks[i]);
        if (st == OK)
            st = print_one(&r->checks[i], r->targets->len > 1, ret);
    }
    return st;
}

static enum status
run_all(struct run *r, struct store *timeline, enum exit_code *ret)
{
    pthread_t threads[64];
    size_t n = MIN(MIN((size_t)MAX(args.parallel, 1u), r->targets->len), LEN(threads)),
           started = 0;
    enum status st;

    for (; started < n; started++)
        if (pthread_create(&threads[started], NULL, work, r) != 0)
            break;
    if (started == 0)
        return fail(ERR_SYSTEM, "no thread could be started");
    st = take_results(r, timeline, ret);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return st == OK ? r->worst : st;
}

static enum status
check_all(const struct targets *targets, struct store *timeline, enum exit_code *ret)
{
    struct run r = { .targets = targets,
                     .checks = calloc(targets->len + 1, sizeof(*r.checks)),
                     .done = calloc(targets->len + 1, sizeof(*r.done)),
                     .lock = PTHREAD_MUTEX_INITIALIZER,
                     .more = PTHREAD_COND_INITIALIZER };
    enum status st = r.checks && r.done ? run_all(&r, timeline, ret)
                                        : fail(ERR_SYSTEM, "no memory for the targets");

    for (size_t i = 0; r.checks && i < targets->len; i++)
        database_check_done(&r.checks[i]);
    free(r.checks);
    free(r.done);
    return st;
}

enum exit_code
check_verb(int argc, char **argv)
{
    struct targets targets;
    struct store *timeline = NULL;
    enum exit_code code = EXIT_YES;
    enum status st = targets_read(&targets, argc, argv);

    if (st != OK)
        return options_fail(st);
    st = record_open(&timeline);
    if (st == OK)
        st = check_all(&targets, timeline, &code);
    store_close(timeline);
    targets_done(&targets);
    return st == OK ? code : options_fail(st);
}
