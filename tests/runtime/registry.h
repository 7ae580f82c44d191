// Debian's docker-registry on loopback, for tests: plain, or with TLS and a password.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

class TestRegistry final
{
public:
    static constexpr const char* user = "teacher";
    static constexpr const char* password = "secret";

    TestRegistry(QString directory, quint16 port) : m_directory(std::move(directory)), m_port(port) {}
    ~TestRegistry()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    TestRegistry(const TestRegistry&) = delete;
    TestRegistry& operator=(const TestRegistry&) = delete;

    [[nodiscard]] std::string host() const { return "localhost:" + std::to_string(m_port); }

    /// False: it does not answer.
    bool start(bool secured)
    {
        QDir().mkpath(m_directory);
        QString config = QStringLiteral("version: 0.1\nstorage: {filesystem: {rootdirectory: %1/data}}\n"
                                        "http:\n  addr: 127.0.0.1:%2\n")
                             .arg(m_directory)
                             .arg(m_port);
        if (secured) {
            if (!makeCertificate())
                return false;
            config += QStringLiteral("  tls: {certificate: %1/cert.pem, key: %1/key.pem}\n"
                                     "auth: {htpasswd: {realm: test, path: %1/htpasswd}}\n")
                          .arg(m_directory);
            // bcrypt of the password above
            write("htpasswd", QByteArray(user) + ":$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n");
        }
        write("config.yml", config.toUtf8());
        m_process.setStandardErrorFile(m_directory + u"/log"_s);
        m_process.setStandardOutputFile(m_directory + u"/log"_s);
        m_process.start(u"docker-registry"_s, {u"serve"_s, m_directory + u"/config.yml"_s});
        return QTest::qWaitFor(
            [this] {
                QTcpSocket socket;
                socket.connectToHost(u"127.0.0.1"_s, m_port);
                return socket.waitForConnected(200);
            },
            20000);
    }

private:
    void write(const char* name, const QByteArray& content) const
    {
        QFile file(m_directory + u'/' + QLatin1String(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
    }
    bool makeCertificate() const
    {
        return QProcess::execute(u"openssl"_s,
                                 {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-keyout"_s,
                                  m_directory + u"/key.pem"_s, u"-out"_s, m_directory + u"/cert.pem"_s, u"-days"_s,
                                  u"1"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
                                  u"subjectAltName=DNS:localhost"_s, u"-batch"_s}) == 0;
    }

    QString m_directory;
    quint16 m_port;
    QProcess m_process;
};
