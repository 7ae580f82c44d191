#include "pages/guest_tab.h"

#include "client/machine_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTableWidget>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using widgets::Banner;
using widgets::Card;
using widgets::EmptyState;

namespace {

constexpr int askAgain = 10000; ///< ms; the agent tells nothing unasked
constexpr qint64 fine = 1000;   ///< ms that a clock may differ without a word

QTableWidget* smallTable(const QStringList& headers, const QString& name, QWidget* parent)
{
    auto* table = new QTableWidget(0, int(headers.size()), parent);
    dressTable(table);
    table->setHorizontalHeaderLabels(headers);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setAccessibleName(name);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setMinimumSectionSize(88);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

/// As tall as its rows: the page scrolls, not each table in it.
void fillTable(QTableWidget* table, const QList<QStringList>& rows)
{
    table->setRowCount(int(rows.size()));
    for (int row = 0; row < rows.size(); ++row)
        for (int column = 0; column < rows[row].size(); ++column) {
            auto* item = new QTableWidgetItem(rows[row][column]);
            item->setToolTip(rows[row][column]);
            table->setItem(row, column, item);
        }
    int height = table->horizontalHeader()->sizeHint().height() + 4;
    for (int row = 0; row < table->rowCount(); ++row)
        height += table->rowHeight(row);
    table->setFixedHeight(height);
}

QString clockText(qint64 ahead)
{
    if (qAbs(ahead) < fine)
        return GuestTab::tr("as the host's");
    const QString by = models::duration(qAbs(ahead));
    return ahead > 0 ? GuestTab::tr("%1 ahead of the host's").arg(by) : GuestTab::tr("%1 behind the host's").arg(by);
}

} // namespace

GuestTab::GuestTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_banner(new Banner(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_thaw(primaryButton(tr("Let it write again"), this)),
      m_do(makeMenu()),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack)),
      m_facts(new QGridLayout),
      m_addresses(smallTable({tr("Interface"), tr("Address"), tr("MAC")}, tr("Addresses inside"), this)),
      m_fileSystems(
          smallTable({tr("Mounted at"), tr("Type"), tr("Device"), tr("Used")}, tr("File systems inside"), this)),
      m_users(smallTable({tr("User"), tr("Since")}, tr("Who is logged in"), this)),
      m_noUsers(new ToneLabel(tr("Nobody is logged in."), widgets::Tone::Muted, this))
{
    build();
    m_timer.setInterval(askAgain);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && frozenBy().isEmpty())
            activate();
    });
    m_timer.start();
    connect(m_thaw, &QPushButton::clicked, this, [this] { this->context().operations->cancel(frozenBy()); });
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_guest.obstacle == u"channel"_s)
            addChannel();
        else if (m_guest.obstacle == u"off"_s)
            client().act(client::Verb::Start, {id()}, this, {});
        else
            activate();
    });
    connect(context.operations, &models::OperationModel::runningChanged, this, &GuestTab::follow);
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (isVisible() && ids.contains(id()))
            activate();
    });
}

void GuestTab::build()
{
    m_thaw->setObjectName(u"thaw"_s);
    m_do->setObjectName(u"guestDo"_s);
    m_facts->setColumnStretch(1, 1);
    m_facts->setHorizontalSpacing(18);
    auto* content = new QWidget(m_stack);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setSpacing(12);
    auto* system = new Card(tr("System inside"), content);
    system->body()->addLayout(m_facts);
    system->body()->addStretch(1);
    grid->addWidget(system, 0, 0);
    const auto add = [&](const QString& title, std::initializer_list<QWidget*> parts, int row, int column) {
        auto* card = new Card(title, content);
        for (QWidget* part : parts)
            card->body()->addWidget(part);
        card->body()->addStretch(1);
        grid->addWidget(card, row, column);
    };
    add(tr("Addresses"), {m_addresses}, 0, 1);
    add(tr("File systems"), {m_fileSystems}, 1, 0);
    add(tr("Who is logged in"), {m_users, m_noUsers}, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(2, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(scrolling(content, this));
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(m_thaw);
    line->addWidget(m_do);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_do);
}

QPushButton* GuestTab::makeMenu()
{
    auto* menu = new QMenu(this);
    const auto add = [&](const QString& text, auto slot) {
        connect(menu->addAction(text), &QAction::triggered, this, slot);
    };
    add(tr("Set its clock to the host's"), [this] { setClock(); });
    add(tr("Set a password…"), [this] { askPassword(); });
    add(tr("Freeze its file systems…"), [this] { askFreeze(); });
    menu->addSeparator();
    add(tr("Shut down through the agent"), [this] { shutDown(false); });
    add(tr("Restart through the agent"), [this] { shutDown(true); });
    return menuButton(tr("Ask the agent to"), menu, this, tr("What the guest agent can do inside"));
}

void GuestTab::reset()
{
    m_asking = false;
    m_guest = {};
    m_banner->dismiss();
    m_empty->setContent(EmptyState::Look::Loading, tr("Asking the guest agent …"));
    m_stack->setCurrentWidget(m_empty);
    follow();
}

void GuestTab::activate()
{
    if (id().isEmpty() || m_asking)
        return;
    m_asking = true;
    client().machineCalls().guest(id(), this, [this, asked = id()](const client::Answer<client::Guest>& answer) {
        if (asked == id())
            take(answer);
    });
}

void GuestTab::take(const client::Answer<client::Guest>& answer)
{
    m_asking = false;
    if (!answer) {
        m_guest = {};
        m_guest.obstacle = u"unknown"_s;
        m_empty->setContent(EmptyState::Look::Error, tr("Nothing is known of the inside"),
                            models::errorText(answer.error()), tr("Ask again"));
        m_stack->setCurrentWidget(m_empty);
    } else if (frozenBy().isEmpty() || !answer.value().obstacle.isEmpty()) {
        m_guest = answer.value(); // while frozen the agent answers hardly anything
        if (m_guest.obstacle.isEmpty() && m_guest.problem.isEmpty())
            showGuest();
        else
            showNothing();
    }
    follow();
}

void GuestTab::showNothing()
{
    const QString name = store().nameOf(id());
    if (m_guest.obstacle == u"off"_s)
        m_empty->setContent(EmptyState::Look::Empty, tr("%1 is off").arg(name),
                            tr("The guest agent can be asked while the machine runs."), tr("Start"), u"guest"_s);
    else if (m_guest.obstacle == u"channel"_s)
        m_empty->setContent(EmptyState::Look::Empty, tr("No way to a guest agent"),
                            tr("The machine has no channel that a guest agent could listen on."), tr("Add the channel"),
                            u"guest"_s);
    else if (m_guest.obstacle == u"agent"_s)
        m_empty->setContent(
            EmptyState::Look::Empty, tr("No guest agent answers"),
            tr("With it, addresses, file systems and users are seen here, and clock and passwords can be set. Install "
               "it "
               "inside; it starts by itself.\nDebian, Ubuntu: apt install qemu-guest-agent\nFedora, openSUSE: dnf or "
               "zypper install qemu-guest-agent\nWindows: the virtio-win guest tools"),
            tr("Ask again"), u"guest"_s);
    else
        m_empty->setContent(EmptyState::Look::Error, tr("The guest agent did not answer"), m_guest.problem,
                            tr("Ask again"));
    m_stack->setCurrentWidget(m_empty);
}

void GuestTab::showGuest()
{
    clearLayout(m_facts);
    QList<std::pair<QString, QString>> facts{{tr("System"), m_guest.system},
                                             {tr("Kernel"), m_guest.kernel},
                                             {tr("Host name"), m_guest.hostname},
                                             {tr("Time zone"), m_guest.timezone}};
    if (m_guest.clockAhead)
        facts.append({tr("Clock"), clockText(*m_guest.clockAhead)});
    int row = 0;
    for (const auto& [name, value] : facts) {
        if (value.isEmpty())
            continue;
        m_facts->addWidget(new ToneLabel(name, widgets::Tone::Muted, this), row, 0);
        auto* text = new QLabel(value, this);
        text->setTextFormat(Qt::PlainText);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_facts->addWidget(text, row++, 1);
    }
    QList<QStringList> addresses, fileSystems, users;
    for (const client::GuestAddress& one : m_guest.addresses)
        addresses.append({one.interface, u"%1/%2"_s.arg(one.address).arg(one.prefix), one.mac});
    // What every machine has comes last.
    std::stable_partition(addresses.begin(), addresses.end(), [](const QStringList& row) { return row[0] != u"lo"_s; });
    for (const client::GuestFileSystem& one : m_guest.fileSystems)
        fileSystems.append(
            {one.mountPoint, one.type, one.device,
             one.total > 0 ? tr("%1 of %2").arg(models::bytes(one.used), models::bytes(one.total)) : QString()});
    for (const client::GuestUser& one : m_guest.users)
        users.append({one.domain.isEmpty() ? one.name : u"%1\\%2"_s.arg(one.domain, one.name),
                      QLocale().toString(QDateTime::fromMSecsSinceEpoch(one.since), QLocale::ShortFormat)});
    fillTable(m_addresses, addresses);
    fillTable(m_fileSystems, fileSystems);
    fillTable(m_users, users);
    m_users->setVisible(!users.isEmpty());
    m_noUsers->setVisible(users.isEmpty());
    m_stack->setCurrentIndex(1);
}

QString GuestTab::frozenBy() const
{
    for (const client::Operation& one : context().operations->running())
        if (one.verb == u"freeze"_s && one.instances.contains(id()))
            return one.id;
    return {};
}

void GuestTab::follow()
{
    const bool frozen = !frozenBy().isEmpty();
    const bool can = m_stack->currentIndex() == 1;
    m_thaw->setVisible(frozen);
    m_do->setEnabled(can && !frozen);
    m_do->setToolTip(frozen ? tr("Its file systems are frozen")
                     : can  ? tr("What the guest agent can do inside")
                            : tr("No guest agent answers"));
    m_note->setText(frozen ? tr("Nothing is written inside until it may again.")
                    : can  ? tr("Told by the guest agent, asked again every ten seconds.")
                           : QString());
}

} // namespace diptych::pages
