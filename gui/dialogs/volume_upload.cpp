#include "dialogs/volume_upload.h"

#include "client/errors.h"
#include "models/formatting.h"
#include "models/statements.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {
constexpr int progressSteps = 1000;
} // namespace

VolumeUpload::VolumeUpload(client::MachineCalls& calls, QWidget* parent)
    : QWidget(parent),
      m_calls(calls),
      m_button(new QPushButton(tr("Upload from this computer…"), this)),
      m_progress(new QProgressBar(this)),
      m_amount(new QLabel(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_problem(new QLabel(this))
{
    m_button->setObjectName(u"uploadVolume"_s);
    m_button->setAutoDefault(false);
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the upload"));
    m_amount->setProperty("muted", true);
    m_amount->setTextFormat(Qt::PlainText);
    m_cancel->setObjectName(u"cancelUpload"_s);
    m_cancel->setAutoDefault(false);
    m_cancel->setAccessibleName(tr("Cancel the upload"));
    m_problem->setObjectName(u"uploadProblem"_s);
    for (const char* property : {"bad", "small"})
        m_problem->setProperty(property, true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_button, 0, 0, Qt::AlignLeft);
    layout->addWidget(m_progress, 1, 0);
    layout->addWidget(m_cancel, 1, 1, 2, 1);
    layout->addWidget(m_amount, 2, 0);
    layout->addWidget(m_problem, 3, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    connect(m_button, &QPushButton::clicked, this, &VolumeUpload::choose);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_transfer)
            m_transfer->cancel();
    });
    showProgress();
}

VolumeUpload::~VolumeUpload()
{
    if (m_transfer)
        m_transfer->disconnect(this); // the helper takes back what came so far
}

void VolumeUpload::setPool(const QString& pool)
{
    m_pool = pool;
    m_button->setEnabled(!pool.isEmpty());
    m_button->setToolTip(pool.isEmpty() ? tr("There is no storage pool to upload into.")
                                        : tr("Into the pool %1").arg(pool));
}

void VolumeUpload::choose()
{
    auto* chooser = new QFileDialog(this, tr("Upload into %1").arg(m_pool), {},
                                    tr("Disks and media (*.iso *.img *.qcow2 *.raw *.vmdk *.vdi);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &VolumeUpload::upload);
    chooser->open();
}

void VolumeUpload::upload(const QString& file)
{
    if (m_running || m_pool.isEmpty())
        return;
    say({});
    m_volume = {m_pool, QFileInfo(file).fileName()};
    m_transfer = m_calls.upload(file, m_volume);
    connect(m_transfer.get(), &client::Transfer::progressed, this, &VolumeUpload::showProgress);
    connect(m_transfer.get(), &client::Transfer::finished, this, &VolumeUpload::sent);
    m_running = true;
    m_transfer->start();
    showProgress();
    emit changed();
}

void VolumeUpload::sent(const std::optional<client::Error>& error)
{
    const QString operation = m_transfer->operation();
    m_transfer.release()->deleteLater(); // we are in one of its signals
    // A refusal on the way is a connection that ends; why, and whether what came whole was good, the operation knows.
    if (operation.isEmpty() || (error && error->name != client::errors::Disconnected))
        end(error);
    else
        m_calls.whenEnded(operation, this, [this, error](const std::optional<client::Error>& outcome) {
            end(outcome ? outcome : error);
        });
}

void VolumeUpload::end(const std::optional<client::Error>& error)
{
    m_running = false;
    if (error && error->name != client::errors::Cancelled)
        say(tr("Not uploaded: %1").arg(models::errorText(*error)));
    showProgress();
    if (!error)
        emit done(m_volume);
    emit changed();
}

void VolumeUpload::say(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void VolumeUpload::showProgress()
{
    const bool running = isRunning();
    m_button->setVisible(!running);
    for (QWidget* part : std::initializer_list<QWidget*>{m_progress, m_amount, m_cancel})
        part->setVisible(running);
    if (!running || !m_transfer)
        return;
    const qint64 done = m_transfer->done(), total = m_transfer->total();
    m_progress->setValue(total > 0 ? int(double(done) / double(total) * progressSteps) : 0);
    m_amount->setText(
        tr("%1: %2 of %3", "a file, bytes").arg(m_volume.volume, models::bytes(done), models::bytes(total)));
}

} // namespace diptych::dialogs
