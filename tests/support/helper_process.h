// fake-diptychd as a process of its own, for tests; and calls on it. Header only.
#pragma once

#include "varlink/client.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <qfloat16.h>
#include <sys/wait.h>
#include <unistd.h>

class HelperProcess
{
public:
    HelperProcess() { m_directory.setAutoRemove(true); }
    ~HelperProcess() { stop(); }

    bool start(const QStringList& more = {})
    {
        QFile::setPermissions(m_directory.path(), QFile::Permissions(0x7755)); // others must reach the socket
        QStringList arguments{"--socket",      QString::fromStdString(socket()),
                              "--state",       m_directory.filePath("state"),
                              "--socket-mode", "666"};
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(DIPTYCH_BIN "/fake-diptychd"), arguments + more);
        if (!m_process.waitForStarted())
            return false;
        for (int i = 0; i < 400; ++i) {
            auto client = diptych::varlink::Client::connect(socket());
            if (client && client->call("org.diptych.Ping"))
                return true;
            QThread::msleep(25);
        }
        return false;
    }
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(10000))
            kill9();
    }
    void kill9()
    {
        m_process.kill();
        m_process.waitForFinished(10000);
    }
    [[nodiscard]] bool running() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] std::string socket() const { return m_directory.filePath("d.sock").toStdString(); }
    [[nodiscard]] QString state() const { return m_directory.filePath("state"); }
    [[nodiscard]] int openFiles() const
    {
        return static_cast<int>(QDir(QString("/proc/%1/fd").arg(pid()))
                                    .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                    .size());
    }
    /// Resident size in KiB.
    [[nodiscard]] int resident() const
    {
        QFile file(QString("/proc/%1/status").arg(pid()));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : file.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                return line.mid(6).trimmed().split(' ')[0].toInt();
        }
        return 0;
    }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
};

/// One call on a connection of its own; a reply without error is needed.
inline diptych::Json callOn(const std::string& socket, const std::string& method,
                            const diptych::Json& parameters = diptych::Json::object())
{
    auto client = diptych::varlink::Client::connect(socket);
    auto reply = client ? client->call(method, parameters)
                        : diptych::Result<diptych::varlink::Reply>(tl::unexpected<diptych::Error>(client.error()));
    if (!reply)
        return {{"failed", reply.error().message}};
    if (!reply->error.empty())
        return {{"error", reply->error}, {"parameters", reply->parameters}};
    return reply->parameters;
}

/// Runs work as user nobody, in a child; its result is the exit status.
template <typename Work>
int asNobody(Work work)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (setgid(65534) < 0 || setuid(65534) < 0)
            _exit(99);
        _exit(work());
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
