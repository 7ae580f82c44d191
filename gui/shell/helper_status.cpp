#include "shell/helper_status.h"

#include "models/operation_model.h"
#include "widgets/icons.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>

namespace diptych::shell {

using namespace Qt::StringLiterals;

HelperStatus::HelperStatus(QWidget* parent)
    : QWidget(parent),
      m_state(new QLabel(this)),
      m_work(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_cancel(new QToolButton(this))
{
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 10, 8, 2);
    layout->setVerticalSpacing(6);
    auto* title = new QLabel(tr("Helper"), this);
    for (QLabel* label : {title, m_state, m_work}) {
        label->setProperty("small", true);
        label->setProperty("muted", true);
    }
    m_work->setMinimumWidth(40);
    m_cancel->setIcon(widgets::icon(u"close"_s, widgets::Tone::Muted));
    m_cancel->setIconSize({12, 12});
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel what is going on"));
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    layout->addWidget(title, 0, 0);
    layout->addWidget(m_state, 0, 1, 1, 2, Qt::AlignTrailing);
    layout->addWidget(m_work, 1, 0, 1, 2);
    layout->addWidget(m_cancel, 1, 2, Qt::AlignTrailing);
    layout->addWidget(m_progress, 2, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_work, m_cancel, m_progress})
        widget->hide();
    connect(m_cancel, &QToolButton::clicked, this, [this] { emit cancelWanted(m_operation); });
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this,
            [this] { showState(m_shown, m_state->toolTip()); });
}

void HelperStatus::showState(client::ConnectionState state, const QString& problem)
{
    m_shown = state;
    const widgets::Colors& c = widgets::colors();
    QColor color = c.bad;
    QString text = tr("not connected");
    if (state == client::ConnectionState::Connected) {
        color = c.good;
        text = tr("connected");
    } else if (state == client::ConnectionState::Connecting) {
        color = c.warn;
        text = tr("connecting…");
    }
    m_state->setText(u"<span style=\"color:%1\">● %2</span>"_s.arg(color.name(), text.toHtmlEscaped()));
    m_state->setAccessibleName(tr("Helper: %1").arg(text));
    m_state->setToolTip(problem);
}

void HelperStatus::showOperations(models::OperationModel& operations)
{
    const QList<client::Operation> running = operations.running();
    const bool any = !running.isEmpty() && m_shown == client::ConnectionState::Connected;
    m_work->setVisible(any);
    m_progress->setVisible(any);
    m_cancel->setVisible(any && running.first().cancellable);
    if (!any)
        return;
    const client::Operation& first = running.first();
    m_operation = first.id;
    QString text = models::OperationModel::title(first);
    if (running.size() > 1)
        text = tr("%1 and %n more", nullptr, int(running.size() - 1)).arg(text);
    m_work->setText(m_work->fontMetrics().elidedText(text, Qt::ElideMiddle, std::max(60, width() - 44)));
    m_work->setToolTip(text + u'\n' + models::OperationModel::detail(first));
    m_progress->setRange(0, first.progress < 0 ? 0 : 1000);
    if (first.progress >= 0)
        m_progress->setValue(int(first.progress * 1000));
}

void HelperStatus::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(widgets::colors().line);
    painter.drawLine(0, 0, width(), 0);
}

} // namespace diptych::shell
