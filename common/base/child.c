/* SPDX-License-Identifier: MIT */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 64 << 10, STEP_MS = 5, GRACE_MS = 2000, CANNOT_EXEC = 127 };

/* The three ends the child gets, and the one it says on why it could not begin. */
struct ends {
    int in, out, err, why;
};

static void
close_all(int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* A file in memory rather than a pipe: nobody has to write while the other reads. */
static int
open_input(struct str input)
{
    int fd;

    if (input.n == 0)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    fd = memfd_create("input", MFD_CLOEXEC);
    if (fd >= 0 &&
        (write(fd, input.p, input.n) != (ssize_t)input.n || lseek(fd, 0, SEEK_SET))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static void
put_env(const char *const *env)
{
    for (; env && *env; env++)
        putenv((char *)(uintptr_t)*env);
}

static void
become(const struct child_request *q, const struct ends *e, pid_t parent)
{
    int why;
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() == parent && dup2(e->in, 0) == 0 && dup2(e->out, 1) == 1 &&
        dup2(q->merged ? e->out : e->err, 2) == 2) {
        put_env(q->env);
        execvp(q->argv[0], (char *const *)(uintptr_t)q->argv);
    }
    why = errno;
    if (write(e->why, &why, sizeof(why)) < 0)
        why = 0;
    _exit(CANNOT_EXEC);
}

/* Whether the program began: the pipe closes by itself when it did. */
static enum status
began(const struct child_request *q, pid_t pid, int why_fd)
{
    int why = 0;
    ssize_t n;

    do
        n = read(why_fd, &why, sizeof(why));
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return OK;
    waitpid(pid, NULL, 0);
    errno = why;
    return fail_errno("%s", q->argv[0]);
}

enum status
child_start(struct child *ret, const struct child_request *q)
{
    int out[2] = { -1, -1 }, err[2] = { -1, -1 }, why[2] = { -1, -1 };
    int in = open_input(q->input);
    pid_t pid = -1, self = getpid();
    enum status st = OK;

    if (in < 0 || pipe2(out, O_CLOEXEC) || (!q->merged && pipe2(err, O_CLOEXEC)) ||
        pipe2(why, O_CLOEXEC) || (pid = fork()) < 0)
        st = fail_errno("start %s", q->argv[0]);
    if (st == OK && pid == 0)
        become(q, &(struct ends){ in, out[1], err[1], why[1] }, self);
    close_all((int[]){ in, out[1], err[1], why[1] }, 4);
    if (st == OK)
        st = began(q, pid, why[0]);
    if (why[0] >= 0)
        close(why[0]);
    if (st != OK) {
        close_all((int[]){ out[0], err[0] }, 2);
        return st;
    }
    *ret = (struct child){ pid, out[0], err[0] };
    return OK;
}

static bool
ended(pid_t pid, int64_t patience_ms, int *ret_status)
{
    const struct timespec step = { 0, STEP_MS * 1000000 };

    for (;; patience_ms -= STEP_MS) {
        pid_t who = waitpid(pid, ret_status, WNOHANG);

        if (who == pid || (who < 0 && errno != EINTR))
            return true;
        if (patience_ms <= 0)
            return false;
        nanosleep(&step, NULL);
    }
}

int
child_stop(struct child *c, int64_t patience)
{
    int status = 0;

    if (c->pid <= 0)
        return 0;
    close_all((int[]){ c->out, c->err }, 2);
    if (!ended(c->pid, patience / 1000000, &status)) {
        kill(c->pid, SIGTERM);
        if (!ended(c->pid, GRACE_MS, &status)) {
            kill(c->pid, SIGKILL);
            waitpid(c->pid, &status, 0);
        }
    }
    *c = (struct child){ 0, -1, -1 };
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* False at the end of this stream. */
static bool
take(int fd, struct strbuf *into)
{
    char piece[PIECE];
    ssize_t n = read(fd, piece, sizeof(piece));

    if (n > 0 && into)
        strbuf_add(into, (struct str){ piece, (size_t)n });
    return n > 0 || (n < 0 && errno == EINTR);
}

static int64_t
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until both streams ended; false if that took too long. */
static bool
take_all(const struct child *c, int64_t timeout_ms, struct strbuf *out, struct strbuf *err)
{
    struct pollfd fds[2] = { { c->out, POLLIN, 0 }, { c->err, POLLIN, 0 } };
    int64_t end = now_ms() + timeout_ms;

    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        int64_t left = end - now_ms();

        if (left <= 0)
            return false;
        if (poll(fds, 2, (int)MIN(left, (int64_t)60000)) < 0 && errno != EINTR)
            return true;
        for (int i = 0; i < 2; i++)
            if (fds[i].fd >= 0 && fds[i].revents && !take(fds[i].fd, i ? err : out))
                fds[i].fd = -1;
    }
    return true;
}

enum status
child_run(const struct child_request *q, int64_t timeout, struct strbuf *out,
          struct strbuf *err, int *ret_exit)
{
    struct child c;
    enum status st = child_start(&c, q);
    bool whole;
    int code;

    if (st != OK)
        return st;
    whole = take_all(&c, timeout / 1000000, out, err);
    code = child_stop(&c, whole ? timeout : 0);
    if (!whole)
        return fail(ERR_LIMIT, "%s ran for more than %lld s and was stopped", q->argv[0],
                    (long long)(timeout / 1000000000));
    *ret_exit = code;
    return OK;
}
