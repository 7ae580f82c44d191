// The real helper for tests that use the whole of Diptych: state and sockets of its own, started and killed at will.
// Runs inside tests/support/sandbox, where libvirtd answers on qemu:///system and everything goes afterwards.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class RealHelper final
{
public:
    RealHelper()
    {
        // qemu must be able to get to its files, whoever it runs as.
        QFile::setPermissions(m_directory.path(), QFileDevice::Permissions(0x7055));
        QDir().mkpath(path(QStringLiteral("state")));
        QFile::link(kernels(), path(QStringLiteral("state/kernels")));
    }
    ~RealHelper() { stop(); }

    static QString kernels()
    {
        return qEnvironmentVariable("DIPTYCH_KERNELS", QStringLiteral(DIPTYCH_SOURCE "/.build/kernels"));
    }
    static QString program(const QString& name) { return QStringLiteral(DIPTYCH_BIN "/") + name; }
    [[nodiscard]] QString path(const QString& name) const { return m_directory.filePath(name); }
    [[nodiscard]] QString socket() const { return path(QStringLiteral("run/diptych.sock")); }
    [[nodiscard]] QString address() const { return QStringLiteral("unix:") + socket(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedChannels);
        m_process.start(
            program(QStringLiteral("diptychd")),
            {QStringLiteral("--state"), path(QStringLiteral("state")), QStringLiteral("--run"),
             path(QStringLiteral("run")), QStringLiteral("--runtime"), program(QStringLiteral("diptych-run")),
             QStringLiteral("--guest"), program(QStringLiteral("diptych-guest")), QStringLiteral("--data"),
             QStringLiteral(DIPTYCH_SOURCE "/resources"), QStringLiteral("--cgroup"), QStringLiteral("/diptych")});
        return m_process.waitForStarted() && QTest::qWaitFor([this] { return QFile::exists(socket()); }, 20000);
    }
    /// SIGKILL: nothing is tidied up.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(20000))
            kill();
    }

private:
    QTemporaryDir m_directory{QStringLiteral("/var/tmp/diptych-e2e-XXXXXX")};
    QProcess m_process;
};
