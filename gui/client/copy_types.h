// org.diptych.Walls as the window has it.
#pragma once

#include "client/types.h"

namespace diptych::client {

struct WallChoice
{
    QString name;    ///< "seccomp"
    QString missing; ///< why it can't be taken down
    bool operator==(const WallChoice&) const = default;
};

struct AttemptOutcome
{
    bool possible = false;
    QString error; ///< "EPERM"
    QString call;
    QString seen;
    QString reach; ///< "own", "kernel", "host"
};

struct Attempt
{
    QString name; ///< "seeProcesses"
    AttemptOutcome with;
    AttemptOutcome without;
};

/// A throw-away copy of a container without some walls, and what was attempted in it.
struct WallCopy
{
    QString id;
    QString instance;
    QStringList walls;
    int pid = 0;
    qint64 startedAt = 0;
    qint64 endsAt = 0;
    QList<Attempt> attempts;
};

struct WallReport
{
    QList<WallChoice> walls;
    QList<WallCopy> copies;
};

} // namespace diptych::client
