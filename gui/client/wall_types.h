// What org.diptych.Isolation tells beyond the isolation table: where memory is, and which limits bind.
#pragma once

#include "client/types.h"

namespace diptych::client {

/// An amount of memory. row: its sentence and evidence; resource is the name, values has the bytes as bytesKey.
struct Figure
{
    QString name;
    QString part; ///< the bar that it is a part of, or empty
    std::optional<qint64> bytes;
    IsolationRow row;
};
inline const QString bytesKey = QStringLiteral("#bytes");

struct ResourceReport
{
    QList<Figure> figures;
    QList<IsolationRow> bounds; ///< level plainLevel
    QString probeProblem;
    qint64 measuredAt = 0;

    [[nodiscard]] const Figure* find(const QString& name) const
    {
        for (const Figure& one : figures)
            if (one.name == name)
                return &one;
        return nullptr;
    }
};

/// One process as it is inside and as the host sees it: rows with the same resources in both, level plainLevel.
struct ProcessView
{
    IsolationReport inside, host;
};

/// What runs isolated or limited on the machine and is no instance of ours.
struct Workload
{
    QString id;    ///< what the calls about instances take: "pid:812:4711"
    QString maker; ///< who made it: "podman", "libvirt", "flatpak", "service", ... ; "host" is the machine itself
    QString name;
    QString form; ///< "container", "machine", "sandbox", "service", "host"
    int pid = 0;
    int processes = 0;
    QString command;
    QString user;
    QString cgroup;
    QStringList namespaces; ///< of its first process, those that are not the host's
    Limits limits;
    qint64 memory = 0; ///< of its control group, 0 where it has none alone
    qint64 startedAt = 0;
    bool operator==(const Workload&) const = default;
};

/// What was counted of an instance since its start.
struct Counters
{
    qint64 cpuNanoseconds = 0;
    qint64 readBytes = 0;
    qint64 writtenBytes = 0;
    qint64 receivedBytes = 0;
    qint64 sentBytes = 0;
};

} // namespace diptych::client
