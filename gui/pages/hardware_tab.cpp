#include "pages/hardware_tab.h"

#include "client/machine_calls.h"
#include "dialogs/migrate_dialog.h"
#include "models/connection_words.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/receive_file.h"
#include "widgets/banner.h"
#include "widgets/emptystate.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using models::HardwareRow;
using widgets::Banner;
using widgets::EmptyState;

HardwareTab::HardwareTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_banner(new Banner(this)),
      m_note(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_autostart(new QCheckBox(tr("Start with the host"), this)),
      m_menu(new QMenu(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(m_stack)),
      m_tree(new QTreeWidget(this)),
      m_panel(new QWidget(this))
{
    m_add = menuButton(tr("Add hardware"), m_menu, this,
                       tr("At once where it runs and libvirt can, else at the next start"));
    m_add->setObjectName(u"addHardware"_s);
    m_tree->setHeaderLabels({tr("Part"), tr("What it is"), tr("When")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("Hardware"));
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setMinimumSectionSize(72);
    auto* split = new QSplitter(this);
    split->addWidget(m_tree);
    QScrollArea* panel = scrolling(m_panel, this);
    panel->setMinimumWidth(340);
    split->addWidget(panel);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(m_autostart);
    line->addWidget(powerMenu());
    line->addWidget(m_add);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 12);
    layout->addLayout(line);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_tree);
    new QVBoxLayout(m_panel);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this] {
        if (!m_filling)
            showPart();
    });
    connect(m_autostart, &QCheckBox::clicked, this, [this](bool on) {
        client().machineCalls().setAutostart(id(), on, this, [this](const client::Answer<client::Nothing>& answer) {
            if (!answer)
                m_banner->showMessage(Banner::Level::Error, tr("Not changed"), models::errorText(answer.error()));
            activate();
        });
    });
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (isVisible() && ids.contains(id()))
            activate();
    });
}

QPushButton* HardwareTab::powerMenu()
{
    auto* menu = new QMenu(this);
    QAction* reset = menu->addAction(tr("Reset"));
    QAction* save = menu->addAction(tr("Save state and turn off"));
    QAction* drop = menu->addAction(tr("Forget the saved state"));
    menu->addSeparator();
    QAction* dump = menu->addAction(tr("Memory dump…"));
    connect(dump, &QAction::triggered, this, [this] {
        receiveFile(this, context(),
                    {tr("Keep the memory of %1").arg(store().nameOf(id())), store().nameOf(id()) + u".elf"_s,
                     tr("ELF cores (*.elf)")},
                    [this, of = id()](const QString& file) { return client().machineCalls().dump(of, file); });
    });
    menu->addSeparator();
    QAction* move = menu->addAction(tr("Move to another host…"));
    move->setObjectName(u"migrate"_s);
    move->setToolTip(tr("To another libvirt connection, while it runs or while it is off"));
    connect(move, &QAction::triggered, this,
            [this] { (new dialogs::MigrateDialog(client(), store(), id(), this))->ask(); });
    menu->setToolTipsVisible(true);
    drop->setToolTip(tr("The next start is a boot: what its memory held is lost"));
    const auto told = [this](const client::Answer<client::Nothing>& answer) {
        if (!answer)
            m_banner->showMessage(Banner::Level::Error, tr("Not done"), models::errorText(answer.error()));
        activate();
    };
    connect(reset, &QAction::triggered, this, [this, told] { client().machineCalls().resetMachine(id(), this, told); });
    connect(drop, &QAction::triggered, this, [this, told] { client().machineCalls().dropSaved(id(), this, told); });
    connect(save, &QAction::triggered, this, [this] {
        client().machineCalls().save(id(), this, [this](const client::Answer<QString>& answer) {
            if (!answer)
                m_banner->showMessage(Banner::Level::Error, tr("Not done"), models::errorText(answer.error()));
        });
    });
    connect(menu, &QMenu::aboutToShow, this, [this, reset, save, drop, dump] {
        const client::LibvirtConnection* far = store().connectionOf(id());
        const QString noReset = models::connectionForbids(store(), id(), u"reset"_s);
        const QString noSave = models::connectionForbids(store(), id(), u"save"_s);
        reset->setEnabled(m_hardware.live && noReset.isEmpty());
        reset->setToolTip(noReset.isEmpty() ? tr("As the reset button: what is not written is lost") : noReset);
        save->setEnabled(m_hardware.live && m_hardware.next && noSave.isEmpty());
        save->setToolTip(noSave.isEmpty() ? tr("Its memory goes to disk; the next start goes on from there") : noSave);
        drop->setEnabled(m_hardware.saved);
        dump->setEnabled(m_hardware.live && !far);
        dump->setToolTip(
            far ? tr("libvirt writes a machine's memory to a disk of its host, %1, and hands it to nobody")
                      .arg(far->name)
                : tr("Its memory as an ELF core, into a file of this computer; it stands still meanwhile"));
    });
    return menuButton(tr("Power"), menu, this, tr("Reset, and the memory kept on disk"));
}

void HardwareTab::reset()
{
    m_asking = false;
    m_hardware = {};
    m_banner->dismiss();
    m_empty->setContent(EmptyState::Look::Loading, tr("Asking libvirt …"));
    m_stack->setCurrentWidget(m_empty);
}

void HardwareTab::activate()
{
    if (id().isEmpty() || m_asking)
        return;
    m_asking = true;
    client().machineCalls().hardware(id(), this, [this, asked = id()](const client::Answer<client::Hardware>& answer) {
        if (asked == id())
            take(answer);
    });
}

const client::HardwareConfig* HardwareTab::config() const
{
    return m_hardware.next ? &*m_hardware.next : m_hardware.live ? &*m_hardware.live : nullptr;
}

void HardwareTab::take(const client::Answer<client::Hardware>& answer)
{
    m_asking = false;
    if (!answer) {
        m_empty->setContent(EmptyState::Look::Error, tr("The hardware is not known"),
                            models::errorText(answer.error()));
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    m_hardware = answer.value();
    m_autostart->setChecked(m_hardware.autostart);
    const QString noAutostart = models::connectionForbids(store(), id(), u"autostart"_s);
    m_autostart->setEnabled(m_hardware.next && noAutostart.isEmpty());
    m_autostart->setToolTip(noAutostart);
    const client::HardwareConfig* shown = config();
    m_note->setText(!shown ? QString()
                    : shown->machine.isEmpty()
                        ? tr("%1, firmware %2").arg(shown->architecture, shown->firmware)
                        : tr("%1, %2, firmware %3").arg(shown->machine, shown->architecture, shown->firmware));
    m_note->setToolTip(m_note->text());
    fillTree();
    fillMenu();
    m_stack->setCurrentIndex(1);
    if (!isBeingWritten())
        showPart();
}

void HardwareTab::fillTree()
{
    const client::HardwareConfig* shown = config();
    const QString before = current();
    m_filling = true;
    m_tree->clear();
    const auto add = [this](const QString& key, const QString& name, const QString& detail, const QString& when) {
        auto* item = new QTreeWidgetItem(m_tree, {name, detail, when});
        item->setData(0, Qt::UserRole, key);
        item->setToolTip(1, models::plainToolTip(detail));
    };
    if (shown) {
        const client::HardwareConfig* now = m_hardware.live ? &*m_hardware.live : shown;
        add(u"notes"_s, tr("Title and description"), shown->title, {});
        const auto when = [](bool same) { return same ? QString() : models::whenText(HardwareRow::When::Differs); };
        add(u"processors"_s, tr("Processors"), tr("%1 of at most %2").arg(shown->vcpus).arg(shown->maximumVcpus),
            when(now->vcpus == shown->vcpus && now->maximumVcpus == shown->maximumVcpus));
        add(u"memory"_s, tr("Memory"),
            tr("%1 MiB of at most %2 MiB").arg(shown->memory >> 20).arg(shown->maximumMemory >> 20),
            when(now->maximumMemory == shown->maximumMemory));
        QStringList order;
        for (const QString& key : shown->boot)
            for (const client::Device& device : shown->devices)
                if (device.key == key)
                    order.append(models::deviceName(device));
        add(u"boot"_s, tr("Boot order"), order.join(u", "_s), when(now->boot == shown->boot));
    }
    QList<HardwareRow> rows = models::hardwareRows(m_hardware);
    // What nobody chooses, and there is much of, comes last.
    std::stable_partition(rows.begin(), rows.end(),
                          [](const HardwareRow& row) { return row.device.type != u"controller"_s; });
    for (const HardwareRow& row : std::as_const(rows))
        add(row.device.key, models::deviceName(row.device), models::deviceDetail(row.device),
            models::whenText(row.when));
    select(before.isEmpty() ? u"processors"_s : before); // whoever fills shows the part
    m_filling = false;
}

void HardwareTab::fillMenu()
{
    m_menu->clear();
    m_menu->setToolTipsVisible(true);
    for (const QString& type :
         {u"disk"_s, u"interface"_s, u"graphics"_s, u"video"_s, u"rng"_s, u"tpm"_s, u"watchdog"_s, u"sound"_s,
          u"input"_s, u"channel"_s, u"clipboard"_s, u"serial"_s, u"controller"_s, u"panic"_s, u"vsock"_s, u"iommu"_s}) {
        QAction* action = m_menu->addAction(models::deviceTypeName(type));
        const QString why = type == u"clipboard"_s ? noClipboard() : m_hardware.unavailable.value(type);
        action->setEnabled(why.isEmpty());
        action->setToolTip(why);
        connect(action, &QAction::triggered, this, [this, type] {
            if (type == u"interface"_s)
                addCard();
            else if (type == u"serial"_s || type == u"controller"_s)
                addPort(type);
            else if (type == u"clipboard"_s)
                addClipboard();
            else
                add(type);
        });
    }
    m_menu->addSeparator();
    const auto host = [this](const QString& text, const QString& type, auto slot) {
        QAction* action = m_menu->addAction(text);
        const QString why = m_hardware.unavailable.value(type);
        action->setEnabled(why.isEmpty());
        action->setToolTip(why);
        connect(action, &QAction::triggered, this, slot);
    };
    host(tr("Directory of the host…"), u"filesystem"_s, [this] { addShare(); });
    host(tr("USB device of the host…"), u"hostdev"_s, [this] { addHostDevice(u"usb"_s); });
    host(tr("PCI device of the host…"), u"hostdev"_s, [this] { addHostDevice(u"pci"_s); });
}

QString HardwareTab::noClipboard() const
{
    for (const client::DeviceOffer& offer : m_hardware.offers)
        if (offer.type == u"channel"_s && offer.property == u"kind"_s && offer.values.contains(u"qemu-vdagent"_s))
            return {};
    return tr("QEMU has it since 6.1, and libvirt since 8.4.");
}

QString HardwareTab::current() const
{
    return m_tree->currentItem() ? m_tree->currentItem()->data(0, Qt::UserRole).toString() : QString();
}

void HardwareTab::select(const QString& key)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        if (m_tree->topLevelItem(i)->data(0, Qt::UserRole).toString() == key)
            m_tree->setCurrentItem(m_tree->topLevelItem(i));
}

void HardwareTab::showPart()
{
    clearLayout(m_panel->layout());
    const QString key = current();
    if (key == u"notes"_s)
        showNotes();
    else if (key == u"processors"_s)
        showProcessors();
    else if (key == u"memory"_s)
        showMemory();
    else if (key == u"boot"_s)
        showBoot();
    else
        for (const HardwareRow& row : models::hardwareRows(m_hardware))
            if (row.device.key == key)
                showDevice(row);
    static_cast<QVBoxLayout*>(m_panel->layout())->addStretch(1);
}

void HardwareTab::tell(const client::Answer<client::Applied>& answer)
{
    if (!answer)
        m_banner->showMessage(Banner::Level::Error, tr("Not changed"), models::errorText(answer.error()));
    else
        m_banner->showMessage(answer.value().live || answer.value().reason.isEmpty() ? Banner::Level::Success
                                                                                     : Banner::Level::Info,
                              tr("Changed"), models::appliedText(answer.value()));
    activate();
}

client::Callback<client::Applied> HardwareTab::teller()
{
    return [this, asked = id()](const client::Answer<client::Applied>& answer) {
        if (asked == id())
            tell(answer);
    };
}

} // namespace diptych::pages
