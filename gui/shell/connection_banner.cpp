#include "shell/connection_banner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace diptych::shell {

using namespace Qt::StringLiterals;

ConnectionBanner::ConnectionBanner(QWidget* parent) : QWidget(parent), m_banner(new widgets::Banner(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(22, 10, 22, 10);
    layout->addWidget(m_banner);
    m_banner->setClosable(false);
    m_patience.setSingleShot(true);
    m_patience.setInterval(700);
    connect(&m_patience, &QTimer::timeout, this, &ConnectionBanner::update);
    hide();
}

void ConnectionBanner::follow(client::Client& client)
{
    m_client = &client;
    m_hadConnection = false;
    hide();
    connect(&client, &client::Client::stateChanged, this, &ConnectionBanner::update);
    m_patience.start();
}

void ConnectionBanner::update()
{
    if (!m_client)
        return;
    switch (m_client->state()) {
    case client::ConnectionState::Connected:
        m_hadConnection = true;
        m_patience.stop();
        hide();
        return;
    case client::ConnectionState::Connecting:
        if (m_patience.isActive())
            return;
        m_banner->showMessage(widgets::Banner::Level::Info, tr("Connecting to %1…").arg(m_client->address()));
        show();
        return;
    case client::ConnectionState::Disconnected:
        break;
    }
    if (!m_client->problem().isEmpty())
        showProblem();
}

void ConnectionBanner::showProblem()
{
    m_banner->showMessage(m_hadConnection ? widgets::Banner::Level::Warning : widgets::Banner::Level::Error,
                          m_hadConnection ? tr("Disconnected. What you see is how it was.")
                                          : tr("Not connected to a helper."),
                          m_client->problem());
    m_banner->addAction(tr("Try again"), [this] {
        if (m_client)
            m_client->open();
    });
    const qsizetype command = m_client->problem().indexOf(u"sudo "_s);
    if (command >= 0) {
        const QString text = m_client->problem().mid(command).section(u" — "_s, 0, 0);
        m_banner->addAction(tr("Copy command"), [text] { QGuiApplication::clipboard()->setText(text); });
    }
    m_banner->addAction(tr("Another host…"), [this] { emit otherHostWanted(); });
    show();
}

} // namespace diptych::shell
