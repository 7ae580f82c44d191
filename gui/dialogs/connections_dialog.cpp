#include "dialogs/connections_dialog.h"

#include "dialogs/add_connection_dialog.h"
#include "models/connection_words.h"
#include "widgets/banner.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

ConnectionsDialog::ConnectionsDialog(client::Client& client, models::InstanceStore& store, QWidget* parent)
    : ListDialog(tr("Libvirt connections"), {720, 480}, parent),
      m_client(client),
      m_store(store),
      m_list(new QTreeWidget(this)),
      m_about(new QPlainTextEdit(this))
{
    m_list->setHeaderLabels({tr("Name"), tr("State"), tr("Machines"), tr("URI")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Libvirt connections"));
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 14);
    m_list->header()->resizeSection(1, 200);
    m_about->setReadOnly(true);
    m_about->setTabChangesFocus(true);
    m_about->setAccessibleName(tr("About the chosen connection"));
    m_about->setMaximumHeight(fontMetrics().lineSpacing() * 9);
    layOut(tr("Libvirt connections"), m_list, m_about);
    QPushButton* more = addButton(tr("Add…"));
    more->setObjectName(u"addConnection"_s);
    m_toggle = addButton(tr("Close it"));
    m_toggle->setObjectName(u"toggleConnection"_s);
    m_remove = addButton(tr("Remove"));
    m_remove->setObjectName(u"removeConnection"_s);
    connect(more, &QPushButton::clicked, this, &ConnectionsDialog::add);
    connect(m_toggle, &QPushButton::clicked, this, &ConnectionsDialog::toggle);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsDialog::remove);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        m_sure = false;
        follow();
    });
    connect(&m_store, &models::InstanceStore::connectionsChanged, this, &ConnectionsDialog::fill);
    fill();
    m_list->setFocus();
}

void ConnectionsDialog::choose(const QString& id)
{
    m_wanted = id;
    fill();
}

void ConnectionsDialog::fill()
{
    const QString before = !m_wanted.isEmpty() ? m_wanted : chosen() ? chosen()->id : QString();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const client::LibvirtConnection& one : m_store.connections()) {
            const QString state = models::connectionState(one);
            auto* item = new QTreeWidgetItem(
                m_list, {one.name, state, one.active ? QString::number(one.domains) : QString(), one.uri});
            item->setData(0, Qt::UserRole, one.id);
            item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
            item->setToolTip(1, state);
            item->setToolTip(3, one.uri);
            if (one.id == before) {
                m_list->setCurrentItem(item);
                m_wanted.clear();
            }
        }
        if (!m_list->currentItem())
            m_list->setCurrentItem(m_list->topLevelItem(0));
    }
    note()->setText(m_store.connections().isEmpty()
                        ? tr("None yet. The machines of qemu:///system are there without one. Add another host over "
                             "SSH, your own session, or any other libvirt URI: its machines appear beside the others.")
                        : tr("Their machines stand among the instances. Each is opened as the user who added it, with "
                             "that user's keys."));
    follow();
}

const client::LibvirtConnection* ConnectionsDialog::chosen() const
{
    return m_list->currentItem() ? m_store.connection(m_list->currentItem()->data(0, Qt::UserRole).toString())
                                 : nullptr;
}

void ConnectionsDialog::follow()
{
    const client::LibvirtConnection* one = chosen();
    for (QPushButton* verb : {m_toggle, m_remove}) {
        verb->setEnabled(one != nullptr);
        verb->setToolTip(one ? QString() : tr("Choose a connection first"));
    }
    m_toggle->setText(one && !one->active ? tr("Open") : tr("Close it"));
    m_remove->setText(m_sure ? tr("Remove for good") : tr("Remove"));
    QStringList lines;
    if (one) {
        lines.append(models::connectionState(*one));
        if (!one->driver.isEmpty())
            lines.append(tr("Hypervisor: %1 %2, host %3").arg(one->driver, one->version, one->host));
        const QStringList lacks = models::connectionLacks(*one);
        if (!lacks.isEmpty())
            lines.append(tr("What it can't do, as libvirt says:"));
        lines += lacks;
    }
    const QString text = lines.join(u'\n');
    if (m_about->toPlainText() != text)
        m_about->setPlainText(text);
    m_about->setVisible(one != nullptr);
}

client::Callback<client::Nothing> ConnectionsDialog::teller(const QString& title)
{
    return [this, title](const client::Answer<client::Nothing>& answer) {
        if (answer)
            banner()->dismiss();
        else
            showError(title, answer.error());
    };
}

void ConnectionsDialog::add()
{
    auto* dialog = new AddConnectionDialog(m_client, this);
    connect(dialog, &AddConnectionDialog::added, this, &ConnectionsDialog::choose);
    dialog->FormDialog::ask();
}

void ConnectionsDialog::toggle()
{
    if (const client::LibvirtConnection* one = chosen())
        m_client.openConnection(one->id, !one->active, this, teller(tr("%1 stays as it is").arg(one->name)));
}

void ConnectionsDialog::remove()
{
    const client::LibvirtConnection* one = chosen();
    if (!one)
        return;
    if (!std::exchange(m_sure, true)) {
        banner()->showMessage(widgets::Banner::Level::Info, tr("Remove %1?").arg(one->name),
                              tr("Its machines go from the list and stay where they are. Press once more."));
        follow();
        return;
    }
    m_sure = false;
    m_client.removeConnection(one->id, this, teller(tr("%1 was not removed").arg(one->name)));
    follow();
}

} // namespace diptych::dialogs
