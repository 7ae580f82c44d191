// Reads and writes a file on a thread of its own: a slow disk or a network file system never holds up the window.
#pragma once

#include "client/file_pack.h"

#include <QFile>
#include <QSaveFile>
#include <QThread>

#include <memory>

namespace diptych::client {

class FileReader final : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 ChunkSize = 256 * 1024;
    explicit FileReader(FilePack pack) : m_pack(std::move(pack)) {}

public slots:
    void open();
    void next(); ///< chunk() or failed() follows

signals:
    void opened(qint64 size);
    void chunk(const QByteArray& bytes); ///< empty: the end
    void failed(const QString& reason);

private:
    [[nodiscard]] QByteArray nextOfTar(); ///< null: it failed, which was told
    bool openMember();

    FilePack m_pack;
    QFile m_file; ///< that is being read
    QList<qint64> m_sizes;
    qsizetype m_member = -1; ///< of the tar
    qint64 m_left = 0;       ///< of the member
};

class FileWriter final : public QObject
{
    Q_OBJECT
public:
    explicit FileWriter(QString path) : m_path(std::move(path)) {}

public slots:
    void open(bool ownersOnly); ///< nobody else may read it: a machine's memory
    void write(const QByteArray& bytes);
    void commit(); ///< the file gets its name; committed() or failed() follows

signals:
    void opened();
    void written(qint64 bytes);
    void committed();
    void failed(const QString& reason);

private:
    QString m_path;
    std::unique_ptr<QSaveFile> m_file; ///< made, used and thrown away on the worker's thread
};

/// A thread with one worker on it; ends and waits for it when it goes.
template <typename Worker>
class OnThread final
{
public:
    template <typename What>
    explicit OnThread(const What& what) : m_worker(new Worker(what))
    {
        m_worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.start();
    }
    ~OnThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    OnThread(const OnThread&) = delete;
    OnThread& operator=(const OnThread&) = delete;
    OnThread(OnThread&&) = delete;
    OnThread& operator=(OnThread&&) = delete;
    [[nodiscard]] Worker* worker() const { return m_worker; }
    template <typename... Args>
    void call(void (Worker::*slot)(Args...), const std::type_identity_t<std::decay_t<Args>>&... args)
    {
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, slot, args...] { (worker->*slot)(args...); }, Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    Worker* m_worker;
};

} // namespace diptych::client
