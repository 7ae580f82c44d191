// Long work on images: the helper's operations, and files on their way between this machine and the helper. It belongs
// to the connection, not to a page or dialog: closing those leaves the work be.
#pragma once

#include "client/image_calls.h"
#include "models/operation_model.h"
#include "models/rate_meter.h"

#include <QTimer>

#include <map>

namespace diptych::models {

struct WorkItem
{
    QString id; ///< for cancel()
    QString title;
    QString step = {};
    double progress = -1; ///< 0 to 1
    qint64 done = 0;
    qint64 total = 0;
    double rate = -1; ///< bytes per second
    qint64 left = -1; ///< ms
    QList<client::Part> parts = {};
    bool cancellable = false;
    [[nodiscard]] QString amount() const; ///< "52 MiB of 120 MiB · 8.1 MiB/s · 9 s left"
};

class ImageWork final : public QObject
{
    Q_OBJECT
public:
    ImageWork(client::Client& client, OperationModel& operations, QObject* parent = nullptr);
    ~ImageWork() override;

    [[nodiscard]] QList<WorkItem> items() const; ///< oldest first
    [[nodiscard]] std::optional<WorkItem> find(const QString& id) const;
    [[nodiscard]] bool isSending() const { return !m_transfers.empty(); } ///< files that go or come by this window
    void cancel(const QString& id);

    /// accepted: the operation's id, or why the helper or the file refuses.
    void import(const client::ImportRequest& request, QObject* guard, client::Callback<QString> accepted);
    /// The same with any file that goes to the helper: it goes on when its dialog is left.
    void send(std::unique_ptr<client::Transfer> transfer, const QString& title, QObject* guard,
              client::Callback<QString> accepted);
    /// When this export is done at the helper, its file is fetched to this place.
    void fetch(const QString& operation, const QString& file);
    static bool isAboutImages(const client::Operation& operation);

signals:
    void changed();
    /// A file is here, or is not, after its dialog was left.
    void ended(const QString& title, const std::optional<diptych::client::Error>& error);

private:
    struct Moving
    {
        std::unique_ptr<client::Transfer> transfer;
        QString title;
        QString operation; ///< of an upload, once accepted
        bool incoming = false;
        RateMeter meter;
    };
    using Transfers = std::map<QString, Moving>;
    Moving& add(std::unique_ptr<client::Transfer> transfer, const QString& title, bool incoming, QString& id);
    void follow();
    void exported(const client::Operation& operation, const QString& file);
    void drop(const QString& id);
    [[nodiscard]] WorkItem itemOf(const client::Operation& operation) const;
    [[nodiscard]] WorkItem itemOf(const QString& id, const Moving& moving) const;
    [[nodiscard]] const Moving* uploadOf(const QString& operation) const;

    client::Client& m_client;
    OperationModel& m_operations;
    QHash<QString, RateMeter> m_meters; ///< of running operations
    Transfers m_transfers;
    QTimer m_tell; ///< several changes become one
    int m_last = 0;
};

} // namespace diptych::models
