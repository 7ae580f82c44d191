#include "pages/terminal_tab.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/start_offer.h"
#include "widgets/emptystate.h"
#include "widgets/terminal.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace diptych::pages {

using client::Kind;
using client::State;
using widgets::TerminalView;

namespace {
constexpr int firstRetry = 300;
constexpr int longestRetry = 3000;
} // namespace

TerminalTab::TerminalTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_stack(new QStackedWidget(this)),
      m_view(new TerminalView(m_stack)),
      m_empty(new widgets::EmptyState(m_stack)),
      m_sessions(new QComboBox(this)),
      m_start(button({}, this)),
      m_new(button(tr("New shell"), this, tr("Start another shell inside"))),
      m_status(new ToneLabel({}, widgets::Tone::Muted, this))
{
    m_view->setAccessibleName(tr("Terminal"));
    m_sessions->setAccessibleName(tr("Terminal sessions"));
    m_sessions->setToolTip(tr("Sessions that run inside; they go on when nobody looks"));
    m_sessions->setMinimumWidth(220);
    auto* line = new QHBoxLayout;
    line->addWidget(m_status, 1);
    line->addWidget(m_sessions);
    line->addWidget(m_start);
    line->addWidget(m_new);
    m_start->setObjectName(QStringLiteral("startAgain"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_view);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &TerminalTab::follow);
    connect(m_view, &TerminalView::typed, this, [this](const QByteArray& bytes) {
        if (m_stream)
            m_stream->write(bytes);
    });
    connect(m_view, &TerminalView::resized, this, [this](int columns, int rows) {
        if (m_stream)
            m_stream->resize(columns, rows);
    });
    connect(m_empty, &widgets::EmptyState::triggered, this, [this] { takeStartOffer(this->context(), id(), this); });
    connect(m_start, &QPushButton::clicked, this, [this] { takeStartOffer(this->context(), id(), this); });
    connect(m_new, &QPushButton::clicked, this, [this] { attach({}); });
    connect(m_sessions, &QComboBox::activated, this,
            [this](int index) { attach(m_sessions->itemData(index).toString()); });
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(id()))
            follow();
    });
    connect(&store(), &models::InstanceStore::liveChanged, this, [this] {
        m_failures = 0;
        follow();
    });
}

TerminalTab::~TerminalTab()
{
    if (m_stream)
        m_stream->disconnect(this);
}

void TerminalTab::reset()
{
    if (m_stream)
        m_stream->disconnect(this);
    m_stream.reset();
    m_done = false;
    m_wasClosed = false;
    m_listing = false;
    m_failures = 0;
    m_retry.stop();
    m_view->reset();
    m_view->setReadOnly(true, tr("attaching …")); // until a session hears it
    m_sessions->clear();
    const client::Instance* i = instance();
    const bool container = !i || i->context.kind == Kind::Container;
    m_sessions->hide();
    m_new->setVisible(container);
}

void TerminalTab::activate()
{
    follow();
}

void TerminalTab::follow()
{
    const client::Instance* i = instance();
    if (!i)
        return;
    const models::Availability can = models::availability(models::Action::Terminal, store(), {id()});
    m_new->setEnabled(can.allowed);
    m_new->setToolTip(can.allowed ? tr("Start another shell inside") : can.reason);
    m_start->hide();
    m_stack->setCurrentWidget(m_view);
    if (!store().isLive()) {
        setStatus(tr("The helper can't be reached; the session goes on and is attached again by itself."));
        m_view->setReadOnly(true, tr("disconnected"));
        return;
    }
    if (!can.allowed) {
        if (m_stream)
            m_stream->disconnect(this);
        m_stream.reset();
        m_done = false;
        offer();
        return;
    }
    if (isVisible() && !m_stream && !m_done && !m_retry.isActive())
        listThenAttach();
}

void TerminalTab::offer()
{
    const client::Instance* i = instance();
    m_view->setReadOnly(true, models::stateName(i->runtime.state));
    const bool said = !m_view->screenText().trimmed().isEmpty();
    const Stopped stopped = offerStart(*m_empty, context(), id(), QStringLiteral("terminal"));
    setStatus(said ? stopped.why : QString());
    m_start->setText(stopped.action);
    m_start->setVisible(said && !stopped.action.isEmpty());
    m_stack->setCurrentWidget(said ? static_cast<QWidget*>(m_view) : m_empty);
}

// The newest shell. The program's own output is a session too, "main": a terminal only when it was given a pty.
QString TerminalTab::shellAmong(const QList<client::TerminalSession>& sessions) const
{
    for (auto session = sessions.rbegin(); session != sessions.rend(); ++session) {
        if (session->session != QStringLiteral("main") || instance()->context.terminal)
            return session->session;
    }
    return {};
}

void TerminalTab::listThenAttach()
{
    if (instance()->context.kind == Kind::Machine) {
        attach({});
        return;
    }
    if (m_listing)
        return;
    m_listing = true;
    const QString asked = id();
    client().terminals(asked, this, [this, asked](const client::Answer<QList<client::TerminalSession>>& answer) {
        if (asked != id())
            return;
        m_listing = false;
        if (m_stream)
            return;
        if (!answer) {
            setStatus(models::errorText(answer.error()));
            retry();
            return;
        }
        const QList<client::TerminalSession>& list = answer.value();
        showSessions(list);
        const QString last = m_last.value(asked);
        const bool there = std::any_of(list.begin(), list.end(), [&](const auto& s) { return s.session == last; });
        if (std::exchange(m_wasClosed, false) && !there) {
            shellEnded();
            return;
        }
        attach(there ? last : shellAmong(list));
    });
}

void TerminalTab::shellEnded()
{
    m_done = true;
    m_last.remove(id());
    m_view->setReadOnly(true, tr("ended"));
    setStatus(tr("The shell has ended."));
}

void TerminalTab::retry()
{
    m_retry.start(qMin(longestRetry, firstRetry << qMin(m_failures++, 4)));
}

void TerminalTab::listSessions()
{
    const QString asked = id();
    client().terminals(asked, this, [this, asked](const client::Answer<QList<client::TerminalSession>>& answer) {
        if (answer && asked == id())
            showSessions(answer.value());
    });
}

void TerminalTab::showSessions(const QList<client::TerminalSession>& sessions)
{
    m_sessions->clear();
    for (const client::TerminalSession& session : sessions)
        m_sessions->addItem(tr("%1, since %2").arg(session.command, models::timeOfDay(session.startedAt)),
                            session.session);
    m_sessions->setCurrentIndex(m_stream ? m_sessions->findData(m_stream->session()) : -1);
    // With one there is nothing to choose, unless it is not the one shown.
    m_sessions->setVisible(sessions.size() > 1 || (sessions.size() == 1 && m_sessions->currentIndex() < 0));
}

void TerminalTab::attach(const QString& session)
{
    if (m_stream)
        m_stream->disconnect(this);
    m_done = false;
    m_view->reset();
    m_view->setReadOnly(true, tr("attaching …"));
    setStatus(tr("attaching …"));
    m_stream = client().terminal(id(), session, m_view->columns(), m_view->rows());
    client::TerminalStream* stream = m_stream.get();
    connect(stream, &client::TerminalStream::opened, this, [this] {
        m_failures = 0;
        m_last[id()] = m_stream->session();
        m_view->setReadOnly(false);
        m_stream->resize(m_view->columns(), m_view->rows());
        const client::Instance* i = instance();
        const bool machine = i && i->context.kind == Kind::Machine;
        setStatus(machine ? tr("Serial console. Leaving this tab does not end anything.")
                          : tr("A shell inside. It goes on when you leave this tab."));
        if (!machine)
            listSessions();
    });
    connect(stream, &client::TerminalStream::received, m_view, &TerminalView::feed);
    connect(stream, &client::TerminalStream::closed, this, &TerminalTab::ended);
}

void TerminalTab::ended(const QString& error)
{
    // Inside the stream's own signal: it must not be deleted here.
    m_stream->disconnect(this);
    m_stream.release()->deleteLater();
    // A container's shell that ended and a helper that died look alike from here: the list of sessions tells them
    // apart.
    const client::Instance* i = instance();
    m_wasClosed = error.isEmpty() && i && i->context.kind == Kind::Container;
    m_view->setReadOnly(true, tr("detached"));
    setStatus(error.isEmpty() ? tr("The connection was closed; trying again.") : error);
    retry();
}

void TerminalTab::setStatus(const QString& text)
{
    m_status->setText(text);
    m_status->setToolTip(text);
}

} // namespace diptych::pages
