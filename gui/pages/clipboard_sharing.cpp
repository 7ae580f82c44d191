#include "pages/clipboard_sharing.h"

#include "widgets/displayview.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QSettings>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

const QString key = u"display/sharedClipboards"_s;

QClipboard& clipboard()
{
    return *QGuiApplication::clipboard();
}

} // namespace

ClipboardSharing::ClipboardSharing(widgets::DisplayView* view) : QObject(view), m_view(view)
{
    view->installEventFilter(this);
    connect(view, &widgets::DisplayView::clipboardReceived, this, &ClipboardSharing::take);
    connect(&clipboard(), &QClipboard::dataChanged, this, [this] {
        if (m_view->hasFocus())
            sendNew();
    });
}

void ClipboardSharing::setMachine(const QString& id)
{
    m_id = id;
    m_inside.clear();
    m_passed.clear();
    m_obstacle.clear();
}

void ClipboardSharing::setObstacle(const QString& why)
{
    m_obstacle = why;
}

bool ClipboardSharing::isOn() const
{
    return QSettings().value(key).toStringList().contains(m_id);
}

void ClipboardSharing::setOn(bool on)
{
    QStringList ids = QSettings().value(key).toStringList();
    ids.removeAll(m_id);
    if (on)
        ids.append(m_id);
    QSettings().setValue(key, ids);
    if (on)
        sendNew();
}

void ClipboardSharing::addTo(QMenu* menu)
{
    menu->setToolTipsVisible(true);
    QAction* share = menu->addAction(tr("Share the clipboard"));
    share->setObjectName(u"shareClipboard"_s);
    share->setCheckable(true);
    connect(share, &QAction::triggered, this, &ClipboardSharing::setOn);
    QAction* there = menu->addAction(tr("Clipboard text to the machine"));
    connect(there, &QAction::triggered, this, &ClipboardSharing::send);
    QAction* here = menu->addAction(tr("Clipboard text from the machine"));
    connect(here, &QAction::triggered, this, [this] { clipboard().setText(m_inside); });
    connect(menu, &QMenu::aboutToShow, this, [=, this] {
        share->setChecked(isOn());
        for (QAction* action : {share, there, here}) {
            action->setEnabled(m_obstacle.isEmpty());
            action->setToolTip(m_obstacle);
        }
        if (!m_obstacle.isEmpty())
            return;
        share->setToolTip(
            tr("While the display has the keyboard: what you copy can be pasted inside, and the other way round"));
        here->setEnabled(!m_inside.isEmpty());
        here->setToolTip(m_inside.isEmpty() ? tr("Nothing was copied inside since the display is shown") : QString());
    });
}

void ClipboardSharing::send()
{
    m_passed = clipboard().text();
    m_view->sendClipboard(m_passed);
}

void ClipboardSharing::sendNew()
{
    const QString text = clipboard().text();
    if (isOn() && m_obstacle.isEmpty() && !text.isEmpty() && text != m_passed)
        send();
}

void ClipboardSharing::take(const QString& text)
{
    m_inside = text;
    // What nobody looks at does not change what the user pastes elsewhere.
    if (!isOn() || !m_view->hasFocus() || text.isEmpty())
        return;
    m_passed = text;
    clipboard().setText(text);
}

bool ClipboardSharing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        sendNew();
    return QObject::eventFilter(watched, event);
}

} // namespace diptych::pages
