#include "models/image_work.h"

#include "client/errors.h"
#include "models/formatting.h"
#include "models/statements.h"

#include <QDateTime>
#include <QFileInfo>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int TellAfter = 100; ///< ms

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

std::pair<qint64, qint64> sums(const QList<client::Part>& parts)
{
    qint64 done = 0;
    qint64 total = 0;
    bool known = true;
    for (const client::Part& part : parts) {
        done += part.done;
        total += part.total;
        known = known && part.total > 0;
    }
    return {done, known ? total : 0};
}

} // namespace

QString WorkItem::amount() const
{
    QStringList words;
    if (total > 0)
        words.append(ImageWork::tr("%1 of %2", "bytes moved, bytes in all").arg(bytes(done), bytes(total)));
    else if (done > 0)
        words.append(bytes(done));
    if (rate >= 0)
        words.append(models::rate(rate));
    if (left >= 0)
        words.append(ImageWork::tr("%1 left", "time").arg(duration(left + 999)));
    return words.join(u" · "_s);
}

ImageWork::ImageWork(client::Client& client, OperationModel& operations, QObject* parent)
    : QObject(parent), m_client(client), m_operations(operations)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(TellAfter);
    connect(&m_tell, &QTimer::timeout, this, &ImageWork::changed);
    connect(&operations, &OperationModel::runningChanged, this, &ImageWork::follow);
}

ImageWork::~ImageWork() = default;

bool ImageWork::isAboutImages(const client::Operation& operation)
{
    static const QSet<QString> verbs{u"buildImage"_s, u"pull"_s,       u"push"_s,       u"import"_s,       u"export"_s,
                                     u"commit"_s,     u"importDisk"_s, u"exportDisk"_s, u"importMachine"_s};
    return verbs.contains(operation.verb);
}

void ImageWork::follow()
{
    const QList<client::Operation> running = m_operations.running();
    QHash<QString, RateMeter> meters;
    for (const client::Operation& operation : running) {
        if (!isAboutImages(operation))
            continue;
        RateMeter& meter = meters[operation.id] = m_meters.value(operation.id);
        if (!operation.parts.isEmpty())
            meter.add(now(), sums(operation.parts).first);
    }
    if (meters.isEmpty() && m_meters.isEmpty())
        return;
    m_meters = std::move(meters);
    if (!m_tell.isActive())
        m_tell.start();
}

const ImageWork::Moving* ImageWork::uploadOf(const QString& operation) const
{
    for (const auto& [id, moving] : m_transfers)
        if (!moving.incoming && moving.operation == operation)
            return &moving;
    return nullptr;
}

WorkItem ImageWork::itemOf(const client::Operation& operation) const
{
    WorkItem item{.id = operation.id,
                  .title = OperationModel::title(operation),
                  .step = operation.step.isEmpty() ? QString() : stepName(operation.step),
                  .progress = operation.progress,
                  .parts = operation.parts,
                  .cancellable = operation.cancellable};
    if (!operation.detail.isEmpty())
        item.step += item.step.isEmpty() ? operation.detail : u" · "_s + operation.detail;
    const RateMeter meter = m_meters.value(operation.id);
    std::tie(item.done, item.total) = sums(operation.parts);
    // While the file is on its way nothing else is known, and this end knows it best.
    if (const Moving* upload = uploadOf(operation.id);
        upload && operation.parts.isEmpty() && upload->transfer->done() < upload->transfer->total()) {
        const WorkItem sent = itemOf(operation.id, *upload);
        item.done = sent.done;
        item.total = sent.total;
        item.rate = sent.rate;
        item.left = sent.left;
        item.progress = sent.progress;
        item.step = tr("send the file");
        return item;
    }
    if (!operation.parts.isEmpty()) {
        item.rate = meter.rate();
        item.left = meter.left(item.done, item.total);
    }
    if (item.progress < 0 && item.total > 0)
        item.progress = double(item.done) / double(item.total);
    return item;
}

WorkItem ImageWork::itemOf(const QString& id, const Moving& moving) const
{
    WorkItem item{.id = id, .title = moving.title, .cancellable = true};
    item.done = moving.transfer->done();
    item.total = moving.transfer->total();
    item.progress = item.total > 0 ? double(item.done) / double(item.total) : -1;
    item.rate = moving.meter.rate();
    item.left = moving.meter.left(item.done, item.total);
    item.step = moving.incoming ? tr("fetch the file") : tr("send the file");
    return item;
}

QList<WorkItem> ImageWork::items() const
{
    QList<WorkItem> all;
    QSet<QString> listed;
    for (const client::Operation& operation : m_operations.running()) {
        if (!isAboutImages(operation))
            continue;
        all.append(itemOf(operation));
        listed.insert(operation.id);
    }
    for (const auto& [id, moving] : m_transfers)
        if (moving.incoming || (!listed.contains(moving.operation) && moving.operation.isEmpty()))
            all.append(itemOf(id, moving));
    return all;
}

std::optional<WorkItem> ImageWork::find(const QString& id) const
{
    for (const WorkItem& item : items())
        if (item.id == id)
            return item;
    return {};
}

ImageWork::Moving& ImageWork::add(std::unique_ptr<client::Transfer> transfer, const QString& title, bool incoming,
                                  QString& id)
{
    id = u"transfer-%1"_s.arg(++m_last);
    Moving& moving = m_transfers[id];
    moving.transfer = std::move(transfer);
    moving.title = title;
    moving.incoming = incoming;
    connect(moving.transfer.get(), &client::Transfer::progressed, this, [this, id] {
        if (const auto found = m_transfers.find(id); found != m_transfers.end())
            found->second.meter.add(now(), found->second.transfer->done());
        if (!m_tell.isActive())
            m_tell.start();
    });
    return moving;
}

void ImageWork::drop(const QString& id)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return;
    // We are in one of its signals.
    found->second.transfer.release()->deleteLater();
    m_transfers.erase(found);
    emit changed();
}

void ImageWork::import(const client::ImportRequest& request, QObject* guard, client::Callback<QString> accepted)
{
    send(m_client.imageCalls().import(request), verbProgress(u"import"_s, QFileInfo(request.file).fileName()), guard,
         std::move(accepted));
}

void ImageWork::send(std::unique_ptr<client::Transfer> transfer, const QString& title, QObject* guard,
                     client::Callback<QString> accepted)
{
    QString id;
    Moving& moving = add(std::move(transfer), title, false, id);
    const auto told = std::make_shared<bool>(false);
    const auto tell = [told, guard = QPointer<QObject>(guard),
                       accepted = std::move(accepted)](const client::Answer<QString>& answer) {
        if (!std::exchange(*told, true) && guard)
            accepted(answer);
    };
    connect(moving.transfer.get(), &client::Transfer::accepted, this, [this, id, tell](const QString& operation) {
        if (const auto found = m_transfers.find(id); found != m_transfers.end())
            found->second.operation = operation;
        tell(operation);
        emit changed();
    });
    connect(moving.transfer.get(), &client::Transfer::finished, this,
            [this, id, tell](const std::optional<client::Error>& error) {
                // What happens after it was accepted is told by its operation.
                if (error)
                    tell(*error);
                drop(id);
            });
    moving.transfer->start();
    emit changed();
}

void ImageWork::fetch(const QString& operation, const QString& file)
{
    m_operations.whenEnded(operation, this, [this, file](const client::Operation& done) { exported(done, file); });
}

void ImageWork::exported(const client::Operation& operation, const QString& file)
{
    if (operation.state != client::OperationState::Done || operation.resultDownload.isEmpty())
        return; // a failure is told where all operations are
    QString id;
    const QString name = QFileInfo(file).fileName();
    Moving& moving =
        add(m_client.imageCalls().download(operation.resultDownload, file), tr("Saving %1").arg(name), true, id);
    connect(moving.transfer.get(), &client::Transfer::finished, this,
            [this, id, file, name](const std::optional<client::Error>& error) {
                drop(id);
                if (!error)
                    emit ended(tr("%1 is saved").arg(file), {});
                else if (error->name != client::errors::Cancelled)
                    emit ended(tr("%1 could not be saved").arg(name), error);
            });
    moving.transfer->start();
    emit changed();
}

void ImageWork::cancel(const QString& id)
{
    if (const auto found = m_transfers.find(id); found != m_transfers.end()) {
        found->second.transfer->cancel();
        return;
    }
    m_operations.cancel(id);
    for (auto& [transferId, moving] : m_transfers) {
        if (moving.operation != id)
            continue;
        moving.transfer->cancel();
        return;
    }
}

} // namespace diptych::models
