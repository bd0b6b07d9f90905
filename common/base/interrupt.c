/* SPDX-License-Identifier: MIT */
#include "base/interrupt.h"

#include <signal.h>
#include <time.h>

static sigset_t
held(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void
interrupt_hold(void)
{
    sigset_t set = held();

    sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Left pending, not taken: so it is still there when asked again. */
bool
interrupt_came(void)
{
    sigset_t pending, set = held();
    bool came = false;

    if (sigpending(&pending) != 0)
        return false;
    for (int s = 1; s < SIGRTMIN && !came; s++)
        came = sigismember(&set, s) == 1 && sigismember(&pending, s) == 1;
    return came;
}
