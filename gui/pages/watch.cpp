#include "pages/watch.h"

#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/emptystate.h"

namespace diptych::pages {

Watch::Watch(const Context& context, int interval, Pace pace, Words words, QWidget* parent)
    : QStackedWidget(parent),
      m_context(context),
      m_interval(interval),
      m_pace(pace),
      m_words(std::move(words)),
      m_empty(new widgets::EmptyState(this))
{
    addWidget(m_empty);
    connect(m_empty, &widgets::EmptyState::triggered, this, &Watch::ask);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            ask();
    });
    m_timer.start();
    connect(context.store, &models::InstanceStore::liveChanged, this, [this](bool live) {
        m_asking = false;
        if (live && isVisible())
            ask();
        showState(m_there);
    });
    showState(false);
}

void Watch::setContent(QWidget* content)
{
    insertWidget(0, content);
    showState(m_there);
}

void Watch::ask()
{
    if (m_asking || !m_context.store->isLive())
        return;
    m_asking = true;
    m_asked.start();
    emit wanted();
}

void Watch::setProblem(const client::Error* error)
{
    m_asking = false;
    if (m_pace == Pace::Stretching)
        m_timer.setInterval(nextLook(m_asked, m_interval));
    m_problem = error ? models::errorText(*error) : QString();
}

void Watch::showState(bool there)
{
    using Look = widgets::EmptyState::Look;
    m_there = there;
    setCurrentWidget(there ? widget(0) : m_empty);
    if (there)
        return;
    if (!m_context.store->isLive())
        m_empty->setContent(Look::Disconnected, tr("Not connected"), m_context.client->problem());
    else if (!m_problem.isEmpty())
        m_empty->setContent(Look::Error, m_words.failed, m_problem, tr("Try again"));
    else
        m_empty->setContent(Look::Loading, m_words.reading);
}

} // namespace diptych::pages
