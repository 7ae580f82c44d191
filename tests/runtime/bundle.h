// A bundle with a busybox root file system in a temporary directory, and diptych-run (or RUNTIME=crun, runc) on it.
#pragma once

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <csignal>
#include <functional>
#include <unistd.h>

struct RunResult
{
    int status = -1;
    QByteArray out, err;
};

inline QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool waitUntil(const std::function<bool()>& condition, int milliseconds = 10000)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QThread::msleep(20);
    }
    return true;
}

/// In front of a check that another runtime is known to fail, so that it is noticed when it no longer does.
#define DIFFERS(runtime, reason)                                                                                       \
    if (Bundle::name() == QLatin1String(runtime))                                                                      \
    QEXPECT_FAIL("", reason, Abort)

class Bundle
{
public:
    Bundle()
    {
        // Reached by mapped users too.
        QFile::setPermissions(m_directory.path(), QFile::Permissions(0x7755));
        for (const char* name : {"bin", "etc", "tmp", "proc", "sys", "dev", "root"})
            QDir(rootfs()).mkpath(name);
        QFile::copy("/bin/busybox", rootfs() + "/bin/busybox");
        for (const char* name : {"sh",    "true", "sleep", "id",    "cat",      "ls",   "ps",   "mount", "hostname",
                                 "stty",  "echo", "dd",    "touch", "mkdir",    "env",  "kill", "head",  "tail",
                                 "mknod", "ip",   "grep",  "chmod", "readlink", "date", "ln",   "tty"})
            QFile::link("busybox", rootfs() + "/bin/" + name);
        QFile::setPermissions(rootfs() + "/tmp", QFile::Permissions(0x7777));
        config = standardConfig();
    }
    ~Bundle()
    {
        for (const QString& id : std::as_const(m_ids)) {
            (void)call({"delete", "--force", id});
            if (!isOurs())
                clearCgroup(cgroup(id));
            else if (isPeer())
                clearCgroup(cgroup(id) + "-peer");
        }
    }

    QString path() const { return m_directory.path(); }
    QString rootfs() const { return path() + "/rootfs"; }
    QString stateRoot() const { return path() + "/state"; }
    QString stateOf(const QString& id) const { return stateRoot() + "/" + id; }
    static QString runtime()
    {
        QString other = qEnvironmentVariable("RUNTIME");
        return other.isEmpty() ? QStringLiteral(DIPTYCH_BIN "/diptych-run") : other;
    }
    static bool isOurs() { return qEnvironmentVariable("RUNTIME").isEmpty(); }
    /// "diptych-run", "crun", "runc".
    static QString name() { return QFileInfo(runtime()).fileName(); }
    /// The same words below a terminal of their own; all output is in out.
    RunResult callOnTerminal(const QStringList& arguments) const
    {
        QStringList words;
        for (QString word : QStringList{m_program, "--root", stateRoot()} + arguments)
            words.append("'" + word.replace("'", "'\\''") + "'");
        QProcess process;
        process.setStandardInputFile("/dev/null");
        process.start("script", {"-qefc", words.join(' '), "/dev/null"});
        process.waitForFinished(60000);
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QJsonObject config;

    /// For this bundle in place of runtime().
    void useProgram(const QString& program) { m_program = program; }
    bool isPeer() const { return m_program != runtime(); }
    void setArgs(const QStringList& args)
    {
        edit("process", [&](QJsonObject& p) { p["args"] = QJsonArray::fromStringList(args); });
    }
    void setScript(const QString& script) { setArgs({"/bin/sh", "-c", script}); }
    void edit(const char* member, const std::function<void(QJsonObject&)>& change)
    {
        QJsonObject object = config[member].toObject();
        change(object);
        config[member] = object;
    }
    void setNamespaces(const QStringList& kinds)
    {
        QJsonArray array;
        for (const QString& kind : kinds)
            array.append(QJsonObject{{"type", kind}});
        edit("linux", [&](QJsonObject& l) { l["namespaces"] = array; });
    }
    void useUserNamespace(int base = 200000)
    {
        setNamespaces({"pid", "network", "ipc", "uts", "mount", "cgroup", "user"});
        QJsonArray map{QJsonObject{{"containerID", 0}, {"hostID", base}, {"size", 65536}}};
        edit("linux", [&](QJsonObject& l) {
            l["uidMappings"] = map;
            l["gidMappings"] = map;
        });
    }
    /// In place of a path of the test's own; empty: none.
    void setCgroupsPath(const QString& path)
    {
        m_ownCgroupsPath = true;
        edit("linux",
             [&](QJsonObject& l) { path.isEmpty() ? l.remove("cgroupsPath") : void(l["cgroupsPath"] = path); });
    }
    void setMember(const char* part, const char* key, const QJsonValue& value)
    {
        edit(part, [&](QJsonObject& o) { o[key] = value; });
    }

    void write(const QString& id)
    {
        if (!m_ids.contains(id))
            m_ids.append(id);
        if (!m_ownCgroupsPath)
            edit("linux", [&](QJsonObject& l) { l["cgroupsPath"] = cgroup(id) + (isPeer() ? "-peer" : ""); });
        QFile file(path() + "/config.json");
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QJsonDocument(config).toJson());
    }
    static QString cgroup(const QString& id) { return QString("/diptych/test-%1-%2").arg(getpid()).arg(id); }

    RunResult call(const QStringList& arguments, const QByteArray& input = {}, int timeout = 60000) const
    {
        QProcess process;
        process.start(m_program, QStringList{"--root", stateRoot()} + arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(timeout)) {
            process.kill();
            process.waitForFinished();
            return {-1, process.readAllStandardOutput(), "timed out: " + process.readAllStandardError()};
        }
        int status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
        return {status, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    /// create with stdio that does not keep this process's pipes open.
    RunResult create(const QString& id, const QStringList& more = {})
    {
        write(id);
        QProcess process;
        process.setStandardInputFile("/dev/null");
        process.setStandardOutputFile(path() + "/out");
        process.setStandardErrorFile(path() + "/err");
        process.start(m_program,
                      QStringList{"--root", stateRoot(), "create", "--bundle", path()} + more + QStringList{id});
        process.waitForFinished(60000);
        return {process.exitCode(), readAll(path() + "/out"), readAll(path() + "/err")};
    }
    RunResult run(const QString& id, const QStringList& more = {})
    {
        write(id);
        return call(QStringList{"run", "--bundle", path()} + more + QStringList{id});
    }
    QJsonObject state(const QString& id) const { return QJsonDocument::fromJson(call({"state", id}).out).object(); }
    QString status(const QString& id) const { return state(id)["status"].toString(); }
    int pid(const QString& id) const { return state(id)["pid"].toInt(); }
    bool waitForStatus(const QString& id, const QString& wanted) const
    {
        return waitUntil([&] { return status(id) == wanted; });
    }
    QJsonObject exitRecord(const QString& id) const
    {
        return QJsonDocument::fromJson(readAll(stateOf(id) + "/exit.json")).object();
    }

private:
    // Others leave the group of a container that they killed while it was frozen, and its processes in there.
    static void clearCgroup(const QString& group)
    {
        QFile freezer("/sys/fs/cgroup/freezer" + group + "/freezer.state");
        if (freezer.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && freezer.write("THAWED") > 0)
            QThread::msleep(200);
        QProcess::execute("find", {"/sys/fs/cgroup", "-depth", "-type", "d", "-name", group.section('/', -1), "-exec",
                                   "rmdir", "{}", "+"});
    }
    static QJsonObject mount(const char* destination, const char* type, const char* source, const QStringList& options)
    {
        return {{"destination", destination},
                {"type", type},
                {"source", source},
                {"options", QJsonArray::fromStringList(options)}};
    }
    static QJsonObject standardConfig()
    {
        QJsonArray caps{"CAP_CHOWN", "CAP_KILL",    "CAP_SETUID",          "CAP_SETGID",
                        "CAP_MKNOD", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE"};
        QJsonArray mounts{
            mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
            mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
            mount("/dev/pts", "devpts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"}),
            mount("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=1024k"}),
            mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
            mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
            mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"})};
        QJsonArray namespaces;
        for (const char* kind : {"pid", "network", "ipc", "uts", "mount", "cgroup"})
            namespaces.append(QJsonObject{{"type", kind}});
        return {
            {"ociVersion", "1.0.2"},
            {"root", QJsonObject{{"path", "rootfs"}, {"readonly", false}}},
            {"hostname", "inside"},
            {"process",
             QJsonObject{{"terminal", false},
                         {"user", QJsonObject{{"uid", 0}, {"gid", 0}}},
                         {"args", QJsonArray{"/bin/true"}},
                         {"env", QJsonArray{"PATH=/bin", "TERM=xterm"}},
                         {"cwd", "/"},
                         {"capabilities", QJsonObject{{"bounding", caps}, {"effective", caps}, {"permitted", caps}}},
                         {"noNewPrivileges", true}}},
            {"mounts", mounts},
            {"linux",
             QJsonObject{{"namespaces", namespaces},
                         {"resources", QJsonObject{}},
                         {"maskedPaths",
                          QJsonArray{"/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware", "/proc/scsi"}},
                         {"readonlyPaths", QJsonArray{"/proc/bus", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}}}}};
    }

    QTemporaryDir m_directory;
    QStringList m_ids;
    QString m_program = runtime();
    bool m_ownCgroupsPath = false;
};
