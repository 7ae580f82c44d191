#include "pages/operation_strip.h"

#include "pages/parts.h"

#include <QGridLayout>
#include <QProgressBar>

namespace diptych::pages {

OperationStrip::OperationStrip(models::OperationModel& operations, QWidget* parent)
    : QFrame(parent),
      m_operations(operations),
      m_title(heading({}, this)),
      m_detail(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_progress(new QProgressBar(this)),
      m_cancel(button(tr("Cancel"), this, tr("Stop this and undo what it has done")))
{
    setProperty("card", true);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_detail, 1, 0);
    grid->addWidget(m_cancel, 0, 1, 2, 1);
    grid->addWidget(m_progress, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    hide();
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_operations.cancel(m_id); });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&operations, signal, this, &OperationStrip::showProgress);
    connect(&operations, &QAbstractItemModel::dataChanged, this, &OperationStrip::showProgress);
}

void OperationStrip::follow(const QString& operation, std::function<void(const client::Operation&)> ended)
{
    m_id = operation;
    m_title->setText(tr("Working …"));
    m_detail->clear();
    m_progress->setRange(0, 0);
    m_cancel->setEnabled(false);
    show();
    showProgress();
    m_operations.whenEnded(operation, this,
                           [this, operation, ended = std::move(ended)](const client::Operation& result) {
                               if (operation == m_id)
                                   hide();
                               ended(result);
                           });
}

void OperationStrip::showProgress()
{
    const client::Operation* operation = m_operations.find(m_id);
    if (!operation)
        return;
    m_title->setText(models::OperationModel::title(*operation));
    m_detail->setText(models::OperationModel::detail(*operation));
    m_progress->setRange(0, operation->progress < 0 ? 0 : 1000);
    m_progress->setValue(int(operation->progress * 1000));
    m_cancel->setEnabled(operation->cancellable);
    m_cancel->setToolTip(operation->cancellable ? tr("Stop this and undo what it has done")
                                                : tr("This step can't be cancelled"));
}

} // namespace diptych::pages
