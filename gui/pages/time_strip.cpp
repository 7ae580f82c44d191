#include "pages/time_strip.h"

#include "models/formatting.h"
#include "pages/parts.h"
#include "widgets/flowlayout.h"
#include "widgets/icons.h"

#include <QButtonGroup>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLocale>
#include <QTimer>

namespace diptych::pages {

namespace {

QToolButton* stripButton(const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QString spanText(qint64 span)
{
    const qint64 minutes = span / 60'000;
    if (minutes == 0)
        return TimeStrip::tr("%n s", nullptr, int(span / 1000));
    if (minutes < 60)
        return TimeStrip::tr("%n min", nullptr, int(minutes));
    return minutes <= 24 * 60 ? TimeStrip::tr("%n h", nullptr, int(minutes / 60))
                              : TimeStrip::tr("%n d", nullptr, int(minutes / 24 / 60));
}

QString rangeText(const TimeView& view)
{
    if (view.follows())
        return {};
    return TimeStrip::tr("%1 to %2").arg(models::dateTime(view.right - view.span), models::dateTime(view.right));
}

} // namespace

TimeStrip::TimeStrip(QWidget* parent)
    : QWidget(parent),
      m_spans(new QButtonGroup(this)),
      m_pause(stripButton({}, this)),
      m_back(stripButton(tr("Back to now"), this)),
      m_moment(new QDateTimeEdit(this)),
      m_range(new ToneLabel({}, widgets::Tone::Muted, this))
{
    setLayout(new widgets::FlowLayout(nullptr, 4));
    buildSpans();
    m_pause->setIconSize(QSize(14, 14));
    connect(m_pause, &QToolButton::clicked, this, [this] { emit pauseWanted(m_view.follows()); });
    m_back->setIcon(widgets::icon(QStringLiteral("clock")));
    m_back->setIconSize(QSize(14, 14));
    m_back->setToolTip(tr("Show the present again (End)"));
    connect(m_back, &QToolButton::clicked, this, &TimeStrip::nowWanted);
    buildMoment();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_pause, m_back})
        layout()->addWidget(widget);
    layout()->addWidget(m_moment->parentWidget());
    layout()->addWidget(m_range);
    setView({});
}

void TimeStrip::buildSpans()
{
    // Each for itself: in a narrow column they go on in a second line.
    for (size_t i = 0; i < Spans.size(); ++i) {
        QToolButton* button = stripButton(spanText(Spans.at(i)), this);
        button->setCheckable(true);
        button->setToolTip(tr("Show %1").arg(button->text()));
        m_spans->addButton(button, int(i));
        layout()->addWidget(button);
    }
    connect(m_spans, &QButtonGroup::idClicked, this, [this](int id) { emit spanChosen(Spans.at(size_t(id))); });
}

void TimeStrip::buildMoment()
{
    auto* group = new QWidget(this);
    auto* line = new QHBoxLayout(group);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    auto* label = new QLabel(tr("As it was at"), group);
    m_moment->setParent(group);
    m_moment->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat) + QStringLiteral(" HH:mm:ss"));
    m_moment->setCalendarPopup(true);
    m_moment->setAccessibleName(tr("As it was at"));
    m_moment->setToolTip(tr("Goes to this moment and reads its values"));
    // Its own hint forgets what the style adds at both ends.
    m_moment->ensurePolished();
    m_moment->setMinimumWidth(m_moment->fontMetrics().horizontalAdvance(QLocale().toString(
                                  QDateTime({2026, 12, 28}, {22, 58, 58}), m_moment->displayFormat())) +
                              60);
    label->setBuddy(m_moment);
    line->addWidget(label);
    line->addWidget(m_moment);
    auto* settled = new QTimer(this);
    settled->setSingleShot(true);
    settled->setInterval(400);
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, settled, qOverload<>(&QTimer::start));
    connect(settled, &QTimer::timeout, this, [this] { emit momentChosen(m_moment->dateTime().toMSecsSinceEpoch()); });
}

void TimeStrip::setView(const TimeView& view)
{
    m_view = view;
    m_spans->setExclusive(false);
    for (size_t i = 0; i < Spans.size(); ++i)
        m_spans->button(int(i))->setChecked(Spans.at(i) == view.span);
    m_spans->setExclusive(true);
    m_pause->setText(view.follows() ? tr("Pause") : tr("Go on"));
    m_pause->setIcon(widgets::icon(view.follows() ? QStringLiteral("pause") : QStringLiteral("resume")));
    m_pause->setToolTip(view.follows() ? tr("The charts stand still; measuring goes on") : tr("Follow the present"));
    m_pause->setVisible(!view.moved);
    m_back->setVisible(view.moved);
    m_range->setText(rangeText(view));
    m_range->setVisible(!view.follows());
    if (view.moment == 0 && !m_moment->hasFocus()) {
        const QSignalBlocker quiet(m_moment);
        m_moment->setDateTime(QDateTime::fromMSecsSinceEpoch(view.follows() ? QDateTime::currentMSecsSinceEpoch()
                                                                            : view.right - view.span / 2));
    }
    layout()->invalidate();
}

} // namespace diptych::pages
