#include "dialogs/delete_dialog.h"

#include "models/formatting.h"
#include "models/statements.h"
#include "widgets/banner.h"
#include "widgets/icons.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace diptych::dialogs {

using client::State;

DeleteDialog::DeleteDialog(client::Client& client, const models::InstanceStore& store, const QStringList& ids,
                           QWidget* parent)
    : QDialog(parent),
      m_client(client),
      m_store(store),
      m_ids(ids),
      m_tree(new QTreeWidget(this)),
      m_force(new QCheckBox(this)),
      m_disks(new QCheckBox(tr("Delete their disks too"), this)),
      m_reason(new QLabel(this)),
      m_banner(new widgets::Banner(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const QString subject = ids.size() == 1 ? store.nameOf(ids.first()) : tr("%n instances", nullptr, int(ids.size()));
    setWindowTitle(tr("Delete %1").arg(subject));
    auto* title = new QLabel(tr("Delete %1?").arg(subject), this);
    title->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    m_tree->setHeaderHidden(true);
    m_tree->setAccessibleName(tr("What will be deleted and what stays"));
    m_tree->setSelectionMode(QAbstractItemView::NoSelection);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setMinimumSize(560, 240);
    m_force->setObjectName(QStringLiteral("force"));
    m_disks->setObjectName(QStringLiteral("disks"));
    m_disks->setToolTip(tr("Domains that were not made by Diptych keep their disks unless this is ticked."));
    m_disks->setVisible(hasForeign());
    m_reason->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    m_delete = buttons->addButton(tr("Delete"), QDialogButtonBox::DestructiveRole);
    m_delete->setProperty("danger", true);
    m_delete->setObjectName(QStringLiteral("delete"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*>{title, m_tree, m_disks, m_force, m_reason, m_banner, buttons})
        layout->addWidget(part);
    layout->setStretchFactor(m_tree, 1);
    connect(m_delete, &QPushButton::clicked, this, &DeleteDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_force, &QCheckBox::toggled, this, &DeleteDialog::follow);
    connect(&store, &models::InstanceStore::changed, this, &DeleteDialog::follow);
    connect(&store, &models::InstanceStore::removed, this, &DeleteDialog::follow);
    askPlans();
    follow();
}

void DeleteDialog::ask(client::Client& client, const models::InstanceStore& store, const QStringList& ids,
                       QWidget* parent)
{
    auto* dialog = new DeleteDialog(client, store, ids, parent ? parent->window() : nullptr);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->show();
}

void DeleteDialog::askPlans()
{
    for (const QString& id : std::as_const(m_ids)) {
        const client::Instance* instance = m_store.find(id);
        auto* item = new QTreeWidgetItem(m_tree, {m_store.nameOf(id)});
        if (instance)
            item->setText(0, tr("%1 — %2, %3")
                                 .arg(instance->context.name, models::kindName(instance->context.kind),
                                      models::stateName(instance->runtime.state)));
        QFont strong = item->font(0);
        strong.setBold(true);
        item->setFont(0, strong);
        new QTreeWidgetItem(item, {tr("Asking what belongs to it …")});
        item->setExpanded(true);
        m_items[id] = item;
        ++m_open;
        m_client.removalPlan(id, this, [this, id](const auto& answer) { showPlan(id, answer); });
    }
}

void DeleteDialog::showPlan(const QString& id, const client::Answer<client::Client::RemovalPlan>& answer)
{
    --m_open;
    QTreeWidgetItem* item = m_items.value(id);
    qDeleteAll(item->takeChildren());
    const auto group = [&](const QString& title, const QStringList& things, widgets::Tone tone,
                           const QString& iconName) {
        auto* head = new QTreeWidgetItem(item, {title});
        head->setForeground(0, widgets::toneColor(tone));
        head->setIcon(0, widgets::icon(iconName, tone));
        for (const QString& thing : things)
            (new QTreeWidgetItem(head, {thing}))->setToolTip(0, thing);
        if (things.isEmpty())
            (new QTreeWidgetItem(head, {tr("nothing")}))->setForeground(0, widgets::toneColor(widgets::Tone::Muted));
        head->setExpanded(true);
    };
    if (answer) {
        group(tr("Will be deleted"), answer.value().deleted, widgets::Tone::Bad, QStringLiteral("delete"));
        group(tr("Stays"), answer.value().kept, widgets::Tone::Good, QStringLiteral("check"));
    } else {
        m_planFailed = true;
        new QTreeWidgetItem(item, {models::errorText(answer.error())});
    }
    follow();
}

QStringList DeleteDialog::running() const
{
    QStringList names;
    for (const QString& id : m_ids) {
        const client::Instance* instance = m_store.find(id);
        if (instance && instance->runtime.state != State::Stopped && instance->runtime.state != State::Broken)
            names.append(instance->context.name);
    }
    return names;
}

bool DeleteDialog::hasForeign() const
{
    return std::any_of(m_ids.begin(), m_ids.end(), [this](const QString& id) {
        const client::Instance* instance = m_store.find(id);
        return instance && !instance->runtime.managed;
    });
}

void DeleteDialog::follow()
{
    const QStringList live = running();
    m_force->setVisible(!live.isEmpty());
    m_force->setText(live.size() == 1
                         ? tr("%1 is not stopped: kill it first").arg(live.first())
                         : tr("%n instance(s) are not stopped: kill them first", nullptr, int(live.size())));
    m_force->setToolTip(live.join(QStringLiteral(", ")));
    QString reason;
    if (m_open > 0)
        reason = tr("Waiting for the list of what would be deleted.");
    else if (m_planFailed)
        reason = tr("What would be deleted is not known, so nothing can be deleted here.");
    else if (!live.isEmpty() && !m_force->isChecked())
        reason = tr("Stop it first, or tick that it may be killed.", nullptr);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_delete->setEnabled(reason.isEmpty());
    m_delete->setToolTip(reason);
}

void DeleteDialog::send()
{
    m_delete->setEnabled(false);
    m_banner->dismiss();
    const bool force = !running().isEmpty() && m_force->isChecked();
    m_client.remove(m_ids, force, m_disks->isVisible() && m_disks->isChecked(), this,
                    [this](const client::Answer<QStringList>& answer) {
                        if (answer) {
                            accept();
                            return;
                        }
                        m_banner->showMessage(widgets::Banner::Level::Error, tr("Nothing was deleted"),
                                              models::errorText(answer.error()));
                        follow();
                    });
}

} // namespace diptych::dialogs
