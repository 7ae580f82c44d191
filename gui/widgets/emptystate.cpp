#include "widgets/emptystate.h"

#include "widgets/icons.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::widgets {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_text(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_progress(new QProgressBar(this))
{
    m_title->setProperty("role", QStringLiteral("title"));
    m_text->setProperty("muted", true);
    m_action->setProperty("primary", true);
    for (QLabel* label : {m_icon, m_title, m_text})
        label->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    layout->addWidget(m_title);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addWidget(m_progress, 0, Qt::AlignHCenter);
    layout->addSpacing(4);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::triggered);
    connect(&Theme::instance(), &Theme::changed, this, &EmptyState::repaintIcon);
    setContent(Look::Loading, tr("Loading"));
}

void EmptyState::setContent(Look look, const QString& title, const QString& text, const QString& action,
                            const QString& iconName)
{
    static constexpr const char* icons[] = {"empty", "", "error", "reconnect"};
    m_look = look;
    m_iconName = iconName.isEmpty() ? QString::fromLatin1(icons[int(look)]) : iconName;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_progress->setVisible(look == Look::Loading);
    setAccessibleName(title);
    setAccessibleDescription(text);
    fitText();
    repaintIcon();
}

// An aligned label gets the height that it would need over the whole width; wrapped in its own, it needs more.
void EmptyState::fitText()
{
    const int width = fontMetrics().averageCharWidth() * 62;
    m_text->setFixedSize(width, std::max(0, m_text->heightForWidth(width)));
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitText();
}

void EmptyState::repaintIcon()
{
    m_icon->setVisible(!m_iconName.isEmpty());
    if (m_iconName.isEmpty())
        return;
    const Tone tone = m_look == Look::Error ? Tone::Bad : m_look == Look::Disconnected ? Tone::Warn : Tone::Muted;
    m_icon->setPixmap(icon(m_iconName, tone).pixmap(QSize(36, 36), devicePixelRatioF()));
}

} // namespace diptych::widgets
