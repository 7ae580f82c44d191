// The real helper for tests that use the whole of Diptych: state and sockets of its own, started and killed at will.
// Runs inside tests/support/sandbox, where libvirtd answers on qemu:///system and everything goes afterwards.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

class RealHelper final
{
public:
    RealHelper()
    {
        // The sandbox's own: /var elsewhere is an overlay there, whose files can't be mapped into a user namespace.
        QDir().mkpath(path(QStringLiteral("lib/diptych")));
        QFile::link(kernels(), path(QStringLiteral("lib/diptych/kernels")));
    }
    ~RealHelper() { stop(); }

    static QString kernels()
    {
        return qEnvironmentVariable("DIPTYCH_KERNELS", QStringLiteral(DIPTYCH_SOURCE "/.build/kernels"));
    }
    static QString program(const QString& name) { return QStringLiteral(DIPTYCH_BIN "/") + name; }
    [[nodiscard]] static QString path(const QString& name) { return QStringLiteral("/var/") + name; }
    [[nodiscard]] QString socket() const { return QStringLiteral("/run/diptych/diptych.sock"); }
    [[nodiscard]] QString address() const { return QStringLiteral("unix:") + socket(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedChannels);
        m_process.start(program(QStringLiteral("diptychd")),
                        {QStringLiteral("--runtime"), program(QStringLiteral("diptych-run")), QStringLiteral("--guest"),
                         program(QStringLiteral("diptych-guest")), QStringLiteral("--data"),
                         QStringLiteral(DIPTYCH_SOURCE "/resources"), QStringLiteral("--cgroup"),
                         QStringLiteral("/diptych")});
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
    QProcess m_process;
};
