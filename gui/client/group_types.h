// org.diptych.ControlGroups as the window has it.
#pragma once

#include "client/types.h"

namespace diptych::client {

struct GroupPressure
{
    double cpuSome = 0, memorySome = 0, memoryFull = 0, ioSome = 0; ///< percent of the last ten seconds
};

struct ControlGroup
{
    QString path; ///< "/" is the root
    QString maker, name, instance;
    int processes = 0; ///< directly in it
    QStringList controllers;
    Limits limits;
    int cpuWeight = 0;
    qint64 cpuNanoseconds = 0, throttledNanoseconds = 0;
    qint64 memory = 0, memoryPeak = 0, memoryFile = 0;
    qint64 pids = 0;
    qint64 readBytes = 0, writtenBytes = 0;
    qint64 oomKills = 0;
    bool frozen = false;
    std::optional<GroupPressure> pressure;
    QString protectedBy; ///< "root", "helper", "instance", or empty
};

struct GroupListing
{
    QString mode;    ///< "unified", "hybrid", "legacy"
    qint64 time = 0; ///< of the counters, ns of a monotonic clock
    QList<ControlGroup> groups;
    bool more = false;
};

struct GroupTask
{
    int pid = 0;
    qint64 startTime = 0;
    QString command, user;
    qint64 memory = 0;
    double cpuSeconds = 0;
};

} // namespace diptych::client
