#include "shell/main_window.h"

#include "dialogs/connect_dialog.h"
#include "dialogs/settings_dialog.h"
#include "pages/instance_actions.h"
#include "pages/pages.h"
#include "shell/connection_banner.h"
#include "shell/message_area.h"
#include "shell/sidebar.h"
#include "widgets/taborder.h"

#include <QCloseEvent>
#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize FirstSize{1440, 900};
constexpr QSize LeastSize{900, 560};

pages::Page* makePage(const QString& name, const pages::Context& context, QWidget* parent)
{
    if (name == u"overview"_s)
        return new pages::OverviewPage(context, parent);
    if (name == u"instances"_s)
        return new pages::InstancesPage(context, parent);
    if (name == u"compare"_s)
        return new pages::ComparePage(context, parent);
    if (name == u"images"_s)
        return new pages::ImagesPage(context, parent);
    if (name == u"networks"_s)
        return new pages::NetworksPage(context, parent);
    if (name == u"storage"_s)
        return new pages::StoragePage(context, parent);
    if (name == u"cgroups"_s)
        return new pages::GroupsPage(context, parent);
    if (name == u"namespaces"_s)
        return new pages::NamespacesPage(context, parent);
    if (name == u"activity"_s)
        return new pages::ActivityPage(context, parent);
    if (name == u"host"_s)
        return new pages::HostPage(context, parent);
    if (name == u"new"_s)
        return new pages::NewInstancePage(context, parent);
    return nullptr;
}

QString stateKey(const QString& page)
{
    return u"pages/%1"_s.arg(page);
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_sidebar(new Sidebar(this)),
      m_connection(new ConnectionBanner(this)),
      m_messages(new MessageArea(this)),
      m_stack(new QStackedWidget(this)),
      m_faded(new QGraphicsOpacityEffect(this))
{
    auto* body = new QWidget(this);
    auto* columns = new QHBoxLayout(body);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_connection);
    right->addWidget(m_messages);
    right->addWidget(m_stack, 1);
    columns->addWidget(m_sidebar);
    columns->addLayout(right, 1);
    setCentralWidget(body);
    m_faded->setOpacity(0.7);
    m_faded->setEnabled(false);
    m_stack->setGraphicsEffect(m_faded);
    setMinimumSize(LeastSize);
    resize(FirstSize);
    restoreGeometry(QSettings().value(u"window/geometry"_s).toByteArray());
    addShortcuts();
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::settingsWanted, this, &MainWindow::showSettings);
    connect(&m_sidebar->hostCard(), &HostCard::chosen, this, &MainWindow::connectTo);
    connect(&m_sidebar->hostCard(), &HostCard::dialogWanted, this, &MainWindow::askForHost);
    connect(m_connection, &ConnectionBanner::otherHostWanted, this, &MainWindow::askForHost);
    connect(&m_sidebar->helper(), &HelperStatus::cancelWanted, this, [this](const QString& operation) {
        if (m_session)
            m_session->operations().cancel(operation);
    });
}

MainWindow::~MainWindow()
{
    endSession();
}

QString MainWindow::lastPage()
{
    const QString last = QSettings().value(u"window/page"_s).toString();
    return Sidebar::pageNames().contains(last) ? last : Sidebar::pageNames().first();
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    const QStringList names = Sidebar::pageNames();
    for (qsizetype i = 0; i < names.size(); ++i)
        add(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)), [this, name = names.at(i)] { showPage(name); });
    add(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { showPage(u"new"_s); });
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showPalette(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { showSettings(); });
    for (const QKeySequence& keys : {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)})
        add(keys, [this] { showShortcuts(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    add(QKeySequence(Qt::Key_F5), [this] {
        if (pages::Page* shown = page(m_current))
            shown->refresh();
    });
    add(QKeySequence(Qt::CTRL | Qt::Key_F), [this] {
        if (pages::Page* shown = page(m_current))
            shown->focusSearch();
    });
}

void MainWindow::connectTo(const QString& address)
{
    const QString shown = m_current;
    endSession();
    m_session = std::make_unique<Session>(address);
    m_actions =
        std::make_unique<pages::InstanceActions>(m_session->context(), this, pages::InstanceActions::Keys::None);
    followNavigator();
    followSession();
    updateCounts();
    updateConnection();
    if (!shown.isEmpty())
        showPage(shown);
    m_session->open();
}

void MainWindow::endSession()
{
    if (!m_session)
        return;
    saveState();
    // Pages hold references into the session: they go first.
    qDeleteAll(m_pages);
    m_pages.clear();
    m_current.clear();
    m_previous.clear();
    m_messages->clear();
    m_actions.reset();
    m_session.reset();
}

void MainWindow::followNavigator()
{
    pages::Navigator& navigator = m_session->navigator();
    connect(&navigator, &pages::Navigator::openInstance, this,
            [this](const QString& id) { openOn(u"instances"_s, {id}); });
    connect(&navigator, &pages::Navigator::openInstanceTab, this,
            [this](const QString& id, const QString& tab) { openOn(u"instances"_s, {id}, tab); });
    connect(&navigator, &pages::Navigator::openCompare, this, [this](const QString& a, const QString& b) {
        openOn(u"compare"_s, a.isEmpty() && b.isEmpty() ? QStringList() : QStringList{a, b});
    });
    connect(&navigator, &pages::Navigator::newInstance, this,
            [this](const QString& image) { openOn(u"new"_s, image.isEmpty() ? QStringList() : QStringList{image}); });
    connect(&navigator, &pages::Navigator::showPage, this, &MainWindow::showPage);
    connect(&navigator, &pages::Navigator::back, this, &MainWindow::goBack);
    connect(&navigator, &pages::Navigator::notify, m_messages, &MessageArea::notify);
}

void MainWindow::followSession()
{
    models::InstanceStore& store = m_session->store();
    for (auto signal : {&models::InstanceStore::added, &models::InstanceStore::removed})
        connect(&store, signal, this, &MainWindow::updateCounts);
    connect(&store, &models::InstanceStore::hostChanged, this, &MainWindow::updateConnection);
    connect(&store, &models::InstanceStore::liveChanged, this, &MainWindow::updateConnection);
    connect(&m_session->client(), &client::Client::stateChanged, this, &MainWindow::updateConnection);
    connect(&m_session->operations(), &models::OperationModel::runningChanged, this,
            [this] { m_sidebar->helper().showOperations(m_session->operations()); });
    connect(&m_session->images(), &models::ImageModel::changed, this, &MainWindow::updateCounts);
    m_messages->follow(m_session->operations());
    m_messages->follow(m_session->imageWork());
    m_connection->follow(m_session->client());
}

pages::Page* MainWindow::page(const QString& name)
{
    if (pages::Page* present = m_pages.value(name))
        return present;
    if (!m_session)
        return nullptr;
    pages::Page* made = makePage(name, m_session->context(), m_stack);
    if (!made)
        return nullptr;
    made->restoreState(QSettings().value(stateKey(name)).toByteArray());
    m_stack->addWidget(made);
    m_pages.insert(name, made);
    return made;
}

void MainWindow::showPage(const QString& name)
{
    pages::Page* wanted = page(name);
    if (!wanted)
        return;
    if (m_current != name) {
        m_previous = m_current;
        m_current = name;
    }
    m_stack->setCurrentWidget(wanted);
    m_sidebar->setCurrent(name);
    updateTitle();
    // From here Tab leads into the page, not to the host above the navigation.
    if (!wanted->focusWidget() || !wanted->focusWidget()->isVisible())
        wanted->setFocus(Qt::OtherFocusReason);
    else
        wanted->focusWidget()->setFocus(Qt::OtherFocusReason);
    wanted->shown();
}

void MainWindow::openOn(const QString& name, const QStringList& ids, const QString& tab)
{
    if (pages::Page* wanted = page(name)) {
        showPage(name);
        wanted->open(ids, tab);
    }
}

void MainWindow::goBack()
{
    showPage(m_previous.isEmpty() || m_previous == m_current ? u"instances"_s : m_previous);
}

void MainWindow::updateCounts()
{
    m_sidebar->setCount(u"instances"_s, int(m_session->store().size()));
    m_sidebar->setCount(u"images"_s, int(m_session->images().images().size()));
}

void MainWindow::updateConnection()
{
    client::Client& client = m_session->client();
    models::InstanceStore& store = m_session->store();
    m_sidebar->hostCard().showHost(client.address(), store.host());
    m_sidebar->helper().showState(client.state(), client.problem());
    m_sidebar->helper().showOperations(m_session->operations());
    m_faded->setEnabled(store.isLoaded() && !store.isLive());
    updateTitle();
}

void MainWindow::updateTitle()
{
    QStringList parts;
    if (const pages::Page* shown = m_pages.value(m_current))
        parts.append(shown->title());
    if (m_session && m_session->store().hasHost())
        parts.append(m_session->store().host().hostname);
    parts.append(u"Diptych"_s);
    setWindowTitle(parts.join(u" – "_s));
}

void MainWindow::askForHost()
{
    auto* dialog = new dialogs::ConnectDialog(m_session ? m_session->client().address() : QString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Not from within the dialog's own signal: the session goes with all that shows it.
    connect(dialog, &dialogs::ConnectDialog::chosen, this, &MainWindow::connectTo, Qt::QueuedConnection);
    dialog->open();
}

void MainWindow::showSettings()
{
    auto* dialog = new dialogs::SettingsDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::saveState()
{
    QSettings settings;
    for (auto made = m_pages.cbegin(); made != m_pages.cend(); ++made)
        if (const QByteArray state = (*made)->saveState(); !state.isEmpty())
            settings.setValue(stateKey(made.key()), state);
    if (Sidebar::pageNames().contains(m_current))
        settings.setValue(u"window/page"_s, m_current);
    settings.setValue(u"window/geometry"_s, saveGeometry());
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return widgets::moveFocus(*this, next);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveState();
    QMainWindow::closeEvent(event);
}

} // namespace diptych::shell
