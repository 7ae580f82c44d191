// org.diptych.Isolation.MeasureTraffic as the window has it.
#pragma once

#include "client/types.h"

namespace diptych::client {

struct FlowKind
{
    QString name;  ///< "openat", "io_exits"
    QString group; ///< "files", "network", ...
    double perSecond = 0;
};

/// What passes in a second. row: how it was counted, or why it could not be; level plainLevel.
struct Flow
{
    double perSecond = 0;
    QList<FlowKind> kinds; ///< the most first
    bool counted = false;
    IsolationRow row;
};

struct Traffic
{
    Flow calls;                ///< system calls to the host's kernel
    std::optional<Flow> exits; ///< of a virtual machine
    int milliseconds = 0;
};

} // namespace diptych::client
