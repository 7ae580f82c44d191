#include "pages/display_tab.h"

#include "client/machine_calls.h"
#include "pages/clipboard_sharing.h"
#include "pages/display_windows.h"
#include "pages/full_screen_bar.h"
#include "pages/parts.h"
#include "pages/start_offer.h"
#include "widgets/displayview.h"
#include "widgets/emptystate.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>
#include <unistd.h>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::State;
using widgets::DisplayView;
using widgets::EmptyState;

namespace {

constexpr int retryAfter = 2000;
const QString fitKey = QStringLiteral("display/fit");

} // namespace

DisplayTab::DisplayTab(const Context& context, QWidget* parent, Place place)
    : DetailTab(context, parent),
      m_place(place),
      m_stack(new QStackedWidget(this)),
      m_scroll(new QScrollArea(m_stack)),
      m_view(new DisplayView(m_scroll)),
      m_clipboard(new ClipboardSharing(m_view)),
      m_empty(new EmptyState(m_stack)),
      m_status(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_fit(new QCheckBox(tr("Fit"), this)),
      m_grab(new QCheckBox(tr("Grab keyboard"), this)),
      m_keys(menuButton(tr("Send keys"), keysMenu(), this, tr("Keys that this desktop would keep for itself"))),
      m_screenshot(button(tr("Screenshot…"), this, tr("Save the picture as it is inside"))),
      m_window(place == Place::Tab
                   ? button(tr("Own window"), this, tr("Open in a window of its own, whatever is selected here"))
                   : button(tr("Back into the tab"), this, tr("Close this window and show the picture in the tab"))),
      m_full(button(tr("Full screen"), this, tr("Ctrl+Alt+Enter leaves it")))
{
    m_fit->setToolTip(tr("Scale the picture to the room there is"));
    m_grab->setToolTip(tr("The desktop's shortcuts go inside too. Ctrl and Alt together give the keyboard back."));
    m_full->setObjectName(QStringLiteral("fullScreen"));
    m_window->setObjectName(QStringLiteral("ownWindow"));
    m_scroll->setWidget(m_view);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_scroll);
    auto* line = new QHBoxLayout;
    line->addWidget(m_status, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_fit, m_grab, m_keys, m_screenshot, m_window, m_full})
        line->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);
    if (place == Place::Window)
        keepToolsRoom();
    setFocusProxy(m_view);
    m_fit->setChecked(QSettings().value(fitKey, true).toBool());
    m_view->setScaled(m_fit->isChecked());
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryAfter);
    connect(&m_retry, &QTimer::timeout, this, &DisplayTab::follow);
    connect(m_fit, &QCheckBox::toggled, this, [this](bool fit) {
        QSettings().setValue(fitKey, fit);
        m_view->setScaled(fit);
    });
    connect(m_grab, &QCheckBox::toggled, this, [this](bool grab) {
        m_view->setGrabbing(grab);
        if (grab)
            m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_screenshot, &QPushButton::clicked, this, &DisplayTab::saveScreenshot);
    connect(m_window, &QPushButton::clicked, this, &DisplayTab::changePlace);
    connect(m_full, &QPushButton::clicked, this, [this] { setFullScreen(true); });
    connect(m_view, &DisplayView::releaseWanted, this, [this] {
        if (m_view->isFullScreen())
            setFullScreen(false);
        m_full->setFocus(Qt::OtherFocusReason);
    });
    connect(m_view, &DisplayView::leaveFullScreenWanted, this, [this] { setFullScreen(!m_view->isFullScreen()); });
    connect(m_view, &DisplayView::pictureSizeChanged, this, &DisplayTab::showStatus);
    connect(m_view, &DisplayView::mouseTaken, this, &DisplayTab::showStatus);
    connect(m_view, &DisplayView::ended, this, &DisplayTab::ended);
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (isElsewhere())
            changePlace();
        else if (m_offersDisplay)
            addDisplay();
        else
            takeStartOffer(this->context(), id(), this);
    });
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(id()))
            follow();
    });
    connect(&store(), &models::InstanceStore::liveChanged, this, &DisplayTab::follow);
    connect(context.displays, &DisplayWindows::changed, this, [this](const QString& which) {
        if (which == id())
            follow();
    });
    m_view->installEventFilter(this);
    showTools(false);
}

DisplayTab::~DisplayTab()
{
    if (m_stream)
        m_stream->disconnect(this);
    m_view->disconnect(this);
    if (m_view->isWindow()) // full screen: nobody else would delete it
        delete m_view;
}

void DisplayTab::reset()
{
    detach();
    m_problem.clear();
    m_clipboard->setMachine(id());
    m_retry.stop();
}

void DisplayTab::activate()
{
    m_problem.clear();
    follow();
}

void DisplayTab::hideEvent(QHideEvent* event)
{
    DetailTab::hideEvent(event);
    if (!m_view->isWindow()) // nobody looks: QEMU need not draw
        detach();
}

void DisplayTab::follow()
{
    const client::Instance* i = instance();
    if (!i || !isVisible())
        return;
    const State state = i->runtime.state;
    if (isElsewhere()) {
        detach();
        showNothing(tr("%1 is shown in a window of its own").arg(i->context.name),
                    tr("Closing that window brings the picture back, too."), tr("Bring it back"));
    } else if (!store().isLive()) {
        detach();
        m_empty->setContent(EmptyState::Look::Disconnected, tr("Not connected"), client().problem());
        m_stack->setCurrentWidget(m_empty);
    } else if (state != State::Running && state != State::Paused && state != State::Stopping) {
        detach();
        m_offersDisplay = false;
        offerStart(*m_empty, context(), id(), QStringLiteral("display"));
        m_stack->setCurrentWidget(m_empty);
    } else if (m_stream) {
        return;
    } else if (!m_problem.isEmpty() && !m_retry.isActive()) {
        attach();
    } else if (m_problem.isEmpty()) {
        attach();
    }
}

void DisplayTab::attach()
{
    m_empty->setContent(EmptyState::Look::Loading, tr("Connecting to the display …"));
    if (m_problem.isEmpty())
        m_stack->setCurrentWidget(m_empty);
    m_stream = client().machineCalls().display(id());
    connect(m_stream.get(), &client::DisplayStream::opened, this, [this](int descriptor) {
        m_problem.clear();
        m_view->attach(descriptor);
        m_stack->setCurrentWidget(m_scroll);
        showTools(true);
        askDevices();
    });
    connect(m_stream.get(), &client::DisplayStream::closed, this, &DisplayTab::ended);
}

/// With a tablet a machine takes places, as the window's own mouse has them; without, only movements.
void DisplayTab::askDevices()
{
    m_view->setRelative(false);
    client().machineCalls().hardware(id(), this, [this, asked = id()](const client::Answer<client::Hardware>& answer) {
        if (asked != id() || !answer || !answer.value().live)
            return;
        const auto has = [&](const QString& type, const QString& kind) {
            const QList<client::Device>& devices = answer.value().live->devices;
            return std::any_of(devices.cbegin(), devices.cend(), [&](const client::Device& one) {
                return one.type == type && one.properties.value(u"kind"_s) == kind;
            });
        };
        m_view->setRelative(!has(u"input"_s, u"tablet"_s));
        m_clipboard->setObstacle(has(u"channel"_s, u"qemu-vdagent"_s)
                                     ? QString()
                                     : tr("The machine has no clipboard channel: add one in Hardware."));
        showStatus();
    });
}

void DisplayTab::showStatus()
{
    const QSize size = m_view->pictureSize();
    if (size.isEmpty())
        return;
    const QString picture = tr("%1 × %2.").arg(size.width()).arg(size.height());
    m_status->setText(u"%1 %2"_s.arg(picture, m_view->hasMouse() ? tr("Ctrl+Alt gives mouse and keyboard back.")
                                              : m_view->isRelative()
                                                  ? tr("A click gives it the mouse: it has no tablet.")
                                                  : tr("Ctrl+Alt gives the keyboard back.")));
    m_status->setToolTip(m_status->text());
}

void DisplayTab::detach()
{
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream.release()->deleteLater(); // it may be the one that calls
    }
    m_view->detach();
    setFullScreen(false);
    showTools(false);
}

void DisplayTab::ended(const QString& error)
{
    detach();
    m_problem = error.isEmpty() ? tr("The display was closed.") : error;
    const client::Instance* i = instance();
    showNothing(tr("No picture"), m_problem);
    if (!i || i->runtime.state != State::Running)
        return;
    m_retry.start();
    lookForDisplay();
}

void DisplayTab::showNothing(const QString& title, const QString& text, const QString& action)
{
    m_offersDisplay = false;
    m_empty->setContent(EmptyState::Look::Empty, title, text, action, QStringLiteral("display"));
    m_stack->setCurrentWidget(m_empty);
}

void DisplayTab::showTools(bool live)
{
    for (QWidget* tool : std::initializer_list<QWidget*>{m_fit, m_grab, m_keys, m_screenshot, m_window, m_full})
        tool->setVisible(live);
    if (!live)
        m_status->clear();
}

void DisplayTab::setFullScreen(bool full)
{
    if (full == m_view->isWindow())
        return;
    if (full) {
        m_scroll->takeWidget();
        m_view->setParent(nullptr);
        m_view->setWindowTitle(tr("%1, full screen").arg(store().nameOf(id())));
        m_view->setScaled(true);
        m_view->showFullScreen();
        m_bar = new FullScreenBar(store().nameOf(id()), m_keys->menu(), m_view);
        connect(
            m_bar, &FullScreenBar::leaveWanted, this, [this] { setFullScreen(false); }, Qt::QueuedConnection);
    } else {
        m_bar->deleteLater();
        m_view->setWindowState(Qt::WindowNoState);
        m_scroll->setWidget(m_view);
        m_view->setScaled(m_fit->isChecked());
    }
    m_view->setGrabbing(full || m_grab->isChecked());
    m_view->show();
    m_view->setFocus(Qt::OtherFocusReason);
}

// Closed by the window manager: back into the tab, not gone.
bool DisplayTab::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::Close && m_view->isWindow()) {
        event->ignore();
        QMetaObject::invokeMethod(
            this, [this] { setFullScreen(false); }, Qt::QueuedConnection);
        return true;
    }
    return DetailTab::eventFilter(watched, event);
}

} // namespace diptych::pages
