#include "pages/display_windows.h"

#include "pages/display_tab.h"
#include "pages/parts.h"
#include "widgets/displayview.h"
#include "widgets/taborder.h"

#include <QCloseEvent>
#include <QScreen>
#include <QSettings>
#include <QVBoxLayout>

namespace diptych::pages {

namespace {

constexpr QSize FirstSize{880, 640};
const QString sizeKey = QStringLiteral("display/windowSize");

} // namespace

DisplayWindow::DisplayWindow(const Context& context, const QString& id)
    : m_context(context), m_id(id), m_tab(new DisplayTab(context, this, DisplayTab::Place::Window))
{
    setObjectName(QStringLiteral("displayWindow"));
    setAttribute(Qt::WA_QuitOnClose, false);
    setMinimumHeight(rowHeight(this, 24));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->addWidget(m_tab);
    m_tab->setId(id);
    setFocusProxy(m_tab);
    const QSize chosen = QSettings().value(sizeKey).toSize();
    m_fitted = chosen.isValid();
    resize(m_fitted ? chosen : FirstSize);
    connect(m_tab->view(), &widgets::DisplayView::pictureSizeChanged, this, &DisplayWindow::fit);
    connect(context.store, &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(m_id))
            showName();
    });
    showName();
}

void DisplayWindow::showName()
{
    setWindowTitle(m_context.store->nameOf(m_id));
}

void DisplayWindow::fit(const QSize& picture)
{
    const QWidget* room = m_tab->view()->parentWidget(); // none while the picture fills the screen
    if (!room || std::exchange(m_fitted, true) || picture.isEmpty() || isMaximized())
        return;
    const QSize around = size() - room->size();
    const QSize most = screen()->availableSize() * 9 / 10;
    resize((picture + around).boundedTo(most).expandedTo(minimumSizeHint()));
}

void DisplayWindow::hideEvent(QHideEvent* event)
{
    if (!event->spontaneous() && !isMaximized() && m_fitted)
        QSettings().setValue(sizeKey, size());
    QWidget::hideEvent(event);
}

void DisplayWindow::closeEvent(QCloseEvent* event)
{
    QWidget::closeEvent(event);
    emit closed();
}

bool DisplayWindow::focusNextPrevChild(bool next)
{
    return widgets::moveFocus(*this, next);
}

DisplayWindows::DisplayWindows(const Context& context) : m_context(context)
{
    connect(context.store, &models::InstanceStore::removed, this, [this](const QStringList& ids) {
        for (const QString& id : ids) {
            if (!has(id))
                continue;
            emit m_context.navigator->notify(
                Notice::Info, tr("%1 no longer exists: its window was closed").arg(window(id)->windowTitle()));
            close(id);
        }
    });
}

DisplayWindows::~DisplayWindows()
{
    qDeleteAll(m_windows);
}

void DisplayWindows::open(const QString& id)
{
    DisplayWindow* shown = window(id);
    if (!shown) {
        shown = new DisplayWindow(m_context, id);
        m_windows.insert(id, shown);
        connect(shown, &DisplayWindow::closed, this, [this, id] { close(id); });
        emit changed(id); // the tab lets go first
        shown->show();
    }
    if (shown->isMinimized())
        shown->showNormal();
    shown->raise();
    shown->activateWindow();
    shown->tab()->setFocus(Qt::OtherFocusReason);
}

void DisplayWindows::close(const QString& id)
{
    DisplayWindow* shown = m_windows.take(id);
    if (!shown)
        return;
    shown->disconnect(this);
    shown->hide(); // its tab lets the machine go
    shown->deleteLater();
    emit changed(id);
}

} // namespace diptych::pages
