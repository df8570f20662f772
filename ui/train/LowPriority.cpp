// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/LowPriority.h"

#include <QtGlobal>

#include <csignal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace hilum::ui {

void yieldToTheWindow()
{
#ifdef Q_OS_UNIX
    setpriority(PRIO_PROCESS, 0, 10);
    std::signal(SIGPIPE, SIG_IGN); // without a reader it goes on to its checkpoint
#endif
#ifdef Q_OS_LINUX
    prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
}

void hangUpWithTheWindow()
{
#ifdef Q_OS_LINUX
    struct sigaction hangUp = {};
    if (sigaction(SIGHUP, nullptr, &hangUp) == 0 && hangUp.sa_handler != SIG_IGN)
        prctl(PR_SET_PDEATHSIG, SIGHUP);
#endif
}

} // namespace hilum::ui
