#include "pages/full_screen_bar.h"

#include "pages/parts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>

namespace diptych::pages {

namespace {

constexpr int atFirst = 4000, afterwards = 1500, edge = 2;

} // namespace

FullScreenBar::FullScreenBar(const QString& name, QMenu* keys, QWidget* picture) : QWidget(picture), m_keys(keys)
{
    setObjectName(QStringLiteral("fullScreenBar"));
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    setCursor(Qt::ArrowCursor);
    QLabel* title = heading(name, this);
    auto* hint = new ToneLabel(tr("Ctrl+Alt+Enter leaves"), widgets::Tone::Muted, this);
    QPushButton* send = menuButton(tr("Send keys"), keys, this, tr("Keys that this desktop would keep for itself"));
    QPushButton* leave = button(tr("Leave full screen"), this);
    leave->setObjectName(QStringLiteral("leaveFullScreen"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 6, 8, 8);
    line->setSpacing(12);
    for (QWidget* part : std::initializer_list<QWidget*>{title, hint, send, leave}) {
        part->setFocusPolicy(Qt::NoFocus);
        line->addWidget(part);
    }
    connect(leave, &QPushButton::clicked, this, &FullScreenBar::leaveWanted);
    m_leave.setSingleShot(true);
    connect(&m_leave, &QTimer::timeout, this, [this] {
        if (isWanted())
            m_leave.start(afterwards);
        else
            hide();
    });
    picture->installEventFilter(this);
    appear(atFirst);
}

bool FullScreenBar::isWanted() const
{
    return underMouse() || m_keys->isVisible();
}

void FullScreenBar::place()
{
    adjustSize();
    move((parentWidget()->width() - width()) / 2, 0);
}

void FullScreenBar::appear(int milliseconds)
{
    place();
    show();
    raise();
    m_leave.start(milliseconds);
}

bool FullScreenBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        place();
    if (event->type() == QEvent::MouseMove && static_cast<QMouseEvent*>(event)->position().y() <= edge)
        appear(afterwards);
    return QWidget::eventFilter(watched, event);
}

} // namespace diptych::pages
