// A helper in the test's own process that speaks Varlink on a local socket: sample data unless a test says otherwise.
// Written against QJson*, so that the window's own JSON code is not tested against itself.
#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTemporaryDir>

#include <functional>

namespace diptych::test {

class FakeHelper final : public QObject
{
    Q_OBJECT
public:
    FakeHelper();
    ~FakeHelper() override;

    [[nodiscard]] QString path() const { return m_directory.filePath(QStringLiteral("helper.sock")); }
    [[nodiscard]] QString address() const { return QStringLiteral("unix:") + path(); }
    bool start();
    void stop();            ///< as when it is killed: the socket's file stays, nobody listens
    void dropConnections(); ///< it goes on listening

    void setAnswer(const QString& method, const QJsonObject& parameters) { m_answers[method] = parameters; }
    void setError(const QString& method, const QString& name, const QJsonObject& parameters = {});
    void setRaw(const QString& method, const QByteArray& bytes) { m_raw[method] = bytes; } ///< with its own NUL
    void setSilent(const QString& method, bool silent = true);
    /// Answers what was held back, in order.
    void release(const QString& method);

    /// An upgraded call of this method takes bytes in, until its caller ends its half; else it echoes.
    void setSink(const QString& method) { m_sinks.append(method); }
    [[nodiscard]] QByteArray taken(const QString& method) const { return m_taken.value(method); }
    [[nodiscard]] bool isWhole(const QString& method) const { return m_whole.contains(method); } ///< its half ended
    /// An upgraded call of this method gets these bytes, then the end.
    void setSource(const QString& method, const QByteArray& bytes) { m_sources[method] = bytes; }

    /// An upgraded call of this method is joined with the stream socket that this gives.
    void setRelay(const QString& method, std::function<int()> connected) { m_relays[method] = std::move(connected); }

    /// A further reply to everybody who subscribed with this method.
    void push(const QString& method, const QJsonObject& parameters);
    [[nodiscard]] int subscribers(const QString& method) const { return int(m_streams.value(method).size()); }
    [[nodiscard]] QList<QJsonObject> calls(const QString& method) const; ///< the parameters of each
    [[nodiscard]] int connections() const { return int(m_sockets.size()); }

    static QJsonObject instance(const QString& id, const QString& name,
                                const QString& kind = QStringLiteral("container"),
                                const QString& state = QStringLiteral("running"));
    void setInstances(const QJsonArray& instances); ///< of the next snapshot
    /// count instances, every third a machine, and points for them.
    void fill(int count);
    QJsonObject sweep(qint64 time) const;

private:
    void accept();
    void read(QLocalSocket* socket);
    void handle(QLocalSocket* socket, const QJsonObject& call);
    void upgrade(QLocalSocket* socket, const QString& method);
    void reply(QLocalSocket* socket, const QJsonObject& message);
    void setSamples();

    QTemporaryDir m_directory;
    QLocalServer m_server;
    QList<QLocalSocket*> m_sockets;
    QHash<QLocalSocket*, QByteArray> m_buffers;
    QList<QLocalSocket*> m_terminals; ///< upgraded: they echo
    QHash<QString, QList<QLocalSocket*>> m_streams;
    QHash<QString, QJsonObject> m_answers;
    QHash<QString, QJsonObject> m_errors;
    QHash<QString, QByteArray> m_raw;
    QStringList m_sinks, m_whole;
    QHash<QString, QByteArray> m_taken, m_sources;
    QHash<QLocalSocket*, QString> m_upgraded;
    QHash<QString, std::function<int()>> m_relays;
    QHash<QLocalSocket*, QLocalSocket*> m_peers; ///< of those that are joined
    QStringList m_silent;
    QList<std::pair<QString, QLocalSocket*>> m_held;
    QList<std::pair<QString, QJsonObject>> m_calls;
    QStringList m_ids;
};

} // namespace diptych::test
