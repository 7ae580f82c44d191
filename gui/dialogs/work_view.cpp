#include "dialogs/work_view.h"

#include "models/formatting.h"
#include "widgets/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>

namespace diptych::dialogs {

namespace {

constexpr int steps = 1000;
constexpr int mostRowsSeen = 6;
constexpr int digestShown = 19; // "sha256:" and twelve digits

QString shortName(const QString& name)
{
    return name.startsWith(QLatin1String("sha256:")) ? name.mid(7, digestShown - 7) : name;
}

} // namespace

WorkView::WorkView(models::ImageWork& work, QString id, QWidget* parent)
    : QFrame(parent),
      m_work(work),
      m_id(std::move(id)),
      m_title(new QLabel(this)),
      m_amount(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_toggle(new QPushButton(tr("Layers"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_parts(new QWidget(this)),
      m_grid(new QGridLayout(m_parts))
{
    setProperty("card", true);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    m_amount->setProperty("muted", true);
    m_amount->setTextFormat(Qt::PlainText);
    for (QLabel* label : {m_title, m_amount})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setTextVisible(false);
    m_toggle->setCheckable(true);
    m_toggle->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    m_grid->setContentsMargins(0, 4, 0, 0);
    m_grid->setColumnStretch(1, 1);
    m_grid->setHorizontalSpacing(12);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_parts);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->viewport()->setAutoFillBackground(false);
    m_parts->setAutoFillBackground(false);
    scroll->setAccessibleName(tr("Progress of each layer"));
    scroll->hide();
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(16, 10, 12, 12);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_amount, 1, 0);
    layout->addWidget(m_toggle, 0, 1, 2, 1);
    layout->addWidget(m_cancel, 0, 2, 2, 1);
    layout->addWidget(m_progress, 2, 0, 1, 3);
    layout->addWidget(scroll, 3, 0, 1, 3);
    layout->setColumnStretch(0, 1);
    connect(m_toggle, &QPushButton::toggled, scroll, &QWidget::setVisible);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_work.cancel(m_id);
    });
    connect(&work, &models::ImageWork::changed, this, &WorkView::showItem);
    showItem();
}

void WorkView::setPartsVisible(bool visible)
{
    m_toggle->setChecked(visible);
}

void WorkView::setProgress(QProgressBar* bar, double progress)
{
    bar->setRange(0, progress < 0 ? 0 : steps);
    if (progress >= 0)
        bar->setValue(int(progress * steps));
}

void WorkView::showItem()
{
    const auto item = m_work.find(m_id);
    if (!item)
        return; // its owner takes the view away
    m_title->setText(item->title);
    m_title->setToolTip(item->title);
    QStringList words;
    for (const QString& word : {item->step, item->amount()})
        if (!word.isEmpty())
            words.append(word);
    m_amount->setText(words.join(QStringLiteral(" · ")));
    setAccessibleName(item->title);
    m_progress->setAccessibleName(tr("Progress of: %1").arg(item->title));
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(item->title));
    setProgress(m_progress, item->progress);
    m_cancel->setEnabled(item->cancellable);
    m_cancel->setToolTip(item->cancellable ? tr("Stop this; what is whole already stays")
                                           : tr("This step can't be cancelled"));
    m_toggle->setVisible(item->parts.size() > 1);
    showParts(item->parts);
}

void WorkView::showParts(const QList<client::Part>& parts)
{
    while (m_rows.size() < parts.size()) {
        PartRow row{new QLabel(m_parts), new QProgressBar(m_parts), new QLabel(m_parts)};
        row.name->setFont(widgets::Theme::instance().monospace());
        row.name->setTextFormat(Qt::PlainText);
        row.bar->setTextVisible(false);
        row.amount->setProperty("muted", true);
        const int at = int(m_rows.size());
        m_grid->addWidget(row.name, at, 0);
        m_grid->addWidget(row.bar, at, 1);
        m_grid->addWidget(row.amount, at, 2);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const PartRow& row = m_rows.at(i);
        for (QWidget* cell : std::initializer_list<QWidget*>{row.name, row.bar, row.amount})
            cell->setVisible(i < parts.size());
        if (i >= parts.size())
            continue;
        const client::Part& part = parts.at(i);
        row.name->setText(shortName(part.name));
        row.name->setToolTip(part.name);
        row.bar->setAccessibleName(part.name);
        setProgress(row.bar, part.total > 0 ? double(part.done) / double(part.total) : -1);
        row.amount->setText(part.total > 0 && part.done >= part.total ? tr("%1, done").arg(models::bytes(part.total))
                            : part.total > 0
                                ? tr("%1 of %2", "bytes").arg(models::bytes(part.done), models::bytes(part.total))
                                : models::bytes(part.done));
    }
    const int seen = int(std::min<qsizetype>(parts.size(), mostRowsSeen));
    auto* scroll = qobject_cast<QScrollArea*>(m_parts->parentWidget()->parentWidget());
    if (scroll)
        scroll->setFixedHeight(seen * (fontMetrics().height() + m_grid->verticalSpacing() + 2) + 8);
}

} // namespace diptych::dialogs
