// The values that cross the border between the helper and the window, as backend/api/*.varlink declares them. Plain
// structs: no sockets, no JSON, no widgets. Times are Unix milliseconds, measured times nanoseconds, sizes bytes.
#pragma once

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace diptych::client {

enum class Kind { Container, Machine };
enum class State { Creating, Stopped, Starting, Running, Paused, Stopping, Broken };
enum class NetworkMode { Nat, Host, None };

/// 0 is no limit in each.
struct Limits
{
    double cpus = 0;
    qint64 memory = 0;
    qint64 pids = 0;
    bool operator==(const Limits&) const = default;
};

struct Port
{
    QString protocol = QStringLiteral("tcp");
    int hostPort = 0;
    int port = 0;
    bool operator==(const Port&) const = default;
};

struct Context
{
    QString name;
    Kind kind = Kind::Container;
    QString image;
    QStringList command;
    QStringList environment;
    QString user;
    QString workingDirectory;
    bool terminal = false;
    Limits limits;
    NetworkMode networkMode = NetworkMode::Nat;
    QString networkName = QStringLiteral("default");
    QList<Port> ports;
    QString twin;
    bool operator==(const Context&) const = default;
};

struct Runtime
{
    State state = State::Stopped;
    bool managed = true;
    QString connection; ///< of LibvirtConnection::id, empty: the helper's own
    QString problem;
    qint64 createdAt = 0;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;
    std::optional<int> exitCode;
    bool oomKilled = false;
    bool installing = false; ///< an installation without questions has not ended
    int pid = 0;
    QString address;
    QString mac;
    QString cgroup;
    QString acceleration;
    QStringList hostNamespaces;
    qint64 startNanoseconds = 0;
    QString title = {};       ///< of a machine: what people call it
    QString description = {}; ///< and the first 4 KiB of what they wrote about it
    bool operator==(const Runtime&) const = default;
};

struct Instance
{
    QString id;
    Context context;
    Runtime runtime;
    bool operator==(const Instance&) const = default;
};

/// What a hypervisor can't do, in libvirt's words; feature: org.diptych.Connections lists them.
struct Lack
{
    QString feature;
    QString reason;
    bool operator==(const Lack&) const = default;
};
/// A libvirt connection that somebody added.
struct LibvirtConnection
{
    QString id;
    QString name;
    QString uri;
    int owner = 0;
    bool active = true;
    QString state; ///< closed connecting connected failed silent
    QString problem;
    QString driver;
    QString host;
    QString version;
    int domains = 0;
    qint64 answeredAt = 0;
    QList<Lack> lacks;
    bool operator==(const LibvirtConnection&) const = default;
};

struct TimelineStep
{
    QString name;
    qint64 begin = 0;
    qint64 end = 0;
    QString detail;
};
struct Timeline
{
    qint64 startedAt = 0;
    qint64 total = 0;
    bool complete = false;
    QList<TimelineStep> steps;
};

struct Process
{
    int pid = 0;
    int insidePid = 0;
    QString command;
    QString user;
    qint64 memory = 0;
    double cpuSeconds = 0;
};

struct TerminalSession
{
    QString session;
    QString command;
    qint64 startedAt = 0;
};

struct Evidence
{
    QString claim;
    QString value;
    QString source;
    QString command;
};
inline constexpr int plainLevel = -1;
struct IsolationRow
{
    QString resource;
    int level = 0; ///< 0 not measured, 1 to 4 as the wall glyph, plainLevel: about no wall
    QString statement;
    QMap<QString, QString> values;
    QString text;
    QList<Evidence> evidence;
};
struct IsolationReport
{
    QList<IsolationRow> rows;
    QString probeProblem;
    qint64 measuredAt = 0;
};
struct Costs
{
    qint64 startNanoseconds = 0;
    qint64 memoryBefore = 0;
    qint64 diskBefore = 0;
    qint64 memory = 0;
    qint64 disk = 0;
};

struct ImageLayer
{
    QString digest;
    QString diffId;
    qint64 size = 0;
    bool operator==(const ImageLayer&) const = default;
};
struct Image
{
    QString reference;
    QString digest;
    qint64 size = 0;
    qint64 createdAt = 0;
    QString architecture;
    QStringList entrypoint;
    QStringList command;
    QStringList environment;
    QString user;
    QString workingDirectory;
    QStringList exposedPorts;
    QList<ImageLayer> layers;
    QStringList usedBy;
    bool operator==(const Image&) const = default;
};
struct ImageTemplate
{
    QString name;
    QString description;
    bool available = false;
    QString reason;
};

struct Point
{
    qint64 time = 0;
    double cpu = 0;
    double throttled = 0;
    qint64 memory = 0;
    qint64 memoryGuest = 0;
    int pids = 0;
    double readRate = 0;
    double writeRate = 0;
    double receiveRate = 0;
    double sendRate = 0;
};
struct HostPoint
{
    qint64 time = 0;
    QList<double> cpus;
    qint64 memoryUsed = 0;
    qint64 memoryTotal = 0;
    std::optional<double> cpuPressure;
    std::optional<double> memoryPressure;
    std::optional<double> ioPressure;
    double readRate = 0;
    double writeRate = 0;
    double receiveRate = 0;
    double sendRate = 0;
};
struct Sweep
{
    HostPoint host;
    QHash<QString, Point> instances;
};

/// One stretch of a range: means, and the highest of cpu and memory.
struct RangePoint
{
    qint64 time = 0; ///< its begin
    int seconds = 0; ///< measured of it
    double cpu = 0;
    double cpuMax = 0;
    double throttled = 0;
    double memory = 0;
    double memoryMax = 0;
    double readRate = 0;
    double writeRate = 0;
    double receiveRate = 0;
    double sendRate = 0;
    std::optional<double> cpuPressure; ///< percent; of the host only
    std::optional<double> memoryPressure;
    std::optional<double> ioPressure;
};
struct Range
{
    qint64 step = 1000; ///< ms, of each point
    QList<RangePoint> points;

    /// Where a mean belongs on a time axis.
    [[nodiscard]] double middleOf(const RangePoint& point) const
    {
        return double(point.time) + double(step > 1000 ? step / 2 : 0);
    }
};

struct Missing
{
    QString feature;
    QString reason;
    QString mend;
};
struct Host
{
    QString hostname;
    QString system;
    QString kernel;
    QString bootId;
    QString architecture;
    int cpus = 0;
    QString cpuModel;
    qint64 memory = 0;
    QString cgroupMode;
    QString acceleration;
    QString accelerationReason;
    QString libvirtVersion;
    QString qemuVersion;
    qint64 helperStartedAt = 0;
    qint64 bootedAt = 0;
    QList<Missing> missing;
    QStringList granted;
};

/// A declared Varlink error, or a transport's: then name is "org.diptych.client.Disconnected" or ".TimedOut".
struct Error
{
    QString name;
    QString message;
    QString field;
    bool operator==(const Error&) const = default;
};

/// What moves bytes within an operation: a layer, a disk. total 0: not known.
struct Part
{
    QString name;
    qint64 done = 0;
    qint64 total = 0;
    bool operator==(const Part&) const = default;
};
enum class OperationState { Waiting, Running, Done, Failed, Cancelled };
struct Operation
{
    QString id;
    QString verb;
    QStringList instances;
    QString subject;
    OperationState state = OperationState::Waiting;
    QString step;
    QString detail;
    double progress = -1;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;
    int user = 0;
    std::optional<Error> error;
    QStringList resultIds; ///< of create
    bool cancellable = false;
    QList<Part> parts = {};
    QStringList resultReferences = {}; ///< images it made or fetched
    QString resultDownload = {};       ///< of export: what Download takes
};

struct ActivityEntry
{
    qint64 id = 0;
    qint64 time = 0;
    int user = -1;
    QString process;
    QString action;
    QString verb;
    QString instance;
    QString subject;
    QString kind;
    QString outcome;
    QString message;
    qint64 nanoseconds = 0;
};

} // namespace diptych::client
