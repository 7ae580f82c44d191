// StoragePage: its menus, what in them can't be done and why, and the way to whoever needs a volume.
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/storage_page.h"
#include "widgets/banner.h"

#include <QMenu>
#include <QTableWidget>
#include <QTreeWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

void setReason(QAction* action, const QString& reason)
{
    action->setEnabled(reason.isEmpty());
    action->setToolTip(reason.isEmpty() ? action->text() : reason);
}

} // namespace

void StoragePage::buildMenus()
{
    auto* poolMenu = new QMenu(this);
    auto* volumeMenu = new QMenu(this);
    const auto add = [this](QMenu* menu, const QString& name, const QString& text, auto slot) {
        m_actions[name] = menu->addAction(text, this, slot);
        m_actions[name]->setObjectName(name);
    };
    for (QMenu* menu : {poolMenu, volumeMenu})
        menu->setToolTipsVisible(true);
    add(poolMenu, u"refresh"_s, tr("Look again"), [this] { changePool(u"refresh"_s); });
    add(poolMenu, u"start"_s, tr("Start"), [this] { changePool(u"start"_s); });
    add(poolMenu, u"stop"_s, tr("Stop"), [this] { changePool(u"stop"_s); });
    add(poolMenu, u"autostart"_s, tr("Start with the host"), [this] { changePool(u"autostart"_s); });
    add(poolMenu, u"noAutostart"_s, tr("Don't start with the host"), [this] { changePool(u"noAutostart"_s); });
    add(poolMenu, u"poolXml"_s, tr("XML…"), [this] { openXml(); });
    poolMenu->addSeparator();
    add(poolMenu, u"remove"_s, tr("Remove…"), [this] { removePool(); });
    add(poolMenu, u"destroy"_s, tr("Destroy the volume group…"), [this] { destroyPool(); });
    add(volumeMenu, u"machine"_s, tr("New machine from it…"), [this] { newMachine(); });
    m_users = volumeMenu->addMenu(tr("Go to"));
    add(volumeMenu, u"resize"_s, tr("Grow…"), [this] { growVolume(); });
    add(volumeMenu, u"copy"_s, tr("Copy…"), [this] { copyVolume(); });
    add(volumeMenu, u"download"_s, tr("Download…"), [this] { downloadVolume(); });
    volumeMenu->addSeparator();
    add(volumeMenu, u"delete"_s, tr("Delete…"), [this] { deleteVolume(); });
    m_poolMenu = menuButton(tr("Pool"), poolMenu, this, tr("What can be done with the chosen pool"));
    m_volumeMenu = menuButton(tr("Volume"), volumeMenu, this, tr("What can be done with the chosen volume"));
}

QString StoragePage::obstacle(const QString& verb) const
{
    const client::StoragePool* one = pool();
    if (!one)
        return tr("Choose a pool first");
    return one->active ? models::reasonText(one->lacks.value(verb)) : tr("The pool is stopped: start it first");
}

void StoragePage::followMenus()
{
    const client::StoragePool* one = pool();
    m_poolMenu->setEnabled(one);
    m_volumeMenu->setEnabled(volume());
    m_volumeMenu->setToolTip(volume() ? tr("What can be done with the chosen volume") : tr("Choose a volume first"));
    if (!one)
        return;
    const QString stopped = one->active ? QString() : tr("The pool is stopped: start it first");
    const QString group = one->type == u"logical"_s ? QString() : tr("Only a volume group can be destroyed as a whole");
    setReason(m_actions[u"refresh"_s], stopped);
    setReason(m_actions[u"stop"_s], one->active ? QString() : tr("It is stopped"));
    setReason(m_actions[u"start"_s], one->active ? tr("It is started") : QString());
    setReason(m_actions[u"autostart"_s], one->autostart ? tr("It starts with the host") : QString());
    setReason(m_actions[u"noAutostart"_s], one->autostart ? QString() : tr("It does not start with the host"));
    setReason(m_actions[u"destroy"_s], group.isEmpty() ? stopped : group);
    for (const QString& verb : {u"resize"_s, u"copy"_s, u"delete"_s})
        setReason(m_actions[verb], obstacle(verb));
    fillUsers();
}

void StoragePage::follow()
{
    const client::StoragePool* one = pool();
    followMenus();
    const QString create = obstacle(u"create"_s), upload = obstacle(u"upload"_s);
    m_newVolume->setEnabled(create.isEmpty());
    m_newVolume->setToolTip(create);
    m_upload->setEnabled(upload.isEmpty() && !m_transfer);
    m_upload->setToolTip(upload.isEmpty() ? tr("An ISO or a disk image of this computer") : upload);
    if (!one) {
        m_note->clear();
        return;
    }
    const QString of = one->source.isEmpty() || one->path.contains(one->source) ? QString() : one->source + u" · "_s;
    m_note->setText(
        of + (one->active ? tr("%1, %2, %3 of %4 free%5")
                                .arg(one->path, one->type, models::bytes(one->available), models::bytes(one->capacity),
                                     one->autostart ? tr(", starts with the host") : QString())
                          : tr("%1, %2, stopped%3")
                                .arg(one->path, one->type, one->autostart ? tr(", starts with the host") : QString())));
    m_note->setToolTip(m_note->text());
}

void StoragePage::fillUsers()
{
    m_users->clear();
    const QStringList users = volume() ? volume()->users : QStringList();
    for (const QString& user : users)
        m_users->addAction(models::diskUserTexts({user}), this, [this, user] { goTo(user); });
    m_users->setEnabled(!users.isEmpty());
    m_users->menuAction()->setToolTip(users.isEmpty() ? tr("Nobody needs it") : tr("Who needs it"));
}

void StoragePage::goTo(const QString& user)
{
    const QString name = user.section(u' ', 1);
    if (user.startsWith(u"volume "_s)) {
        for (int i = 0; i < m_pools->topLevelItemCount(); ++i)
            if (m_pools->topLevelItem(i)->text(0) == name.section(u'/', 0, 0))
                m_pools->setCurrentItem(m_pools->topLevelItem(i));
        for (int row = 0; row < m_allVolumes.size(); ++row)
            if (m_allVolumes[row].name == name.section(u'/', 1))
                m_volumes->selectRow(row);
        return;
    }
    const bool snapshot = user.startsWith(u"snapshot "_s);
    const QString machine = snapshot ? user.section(u" of "_s, -1) : name;
    for (const QString& id : store().ids()) {
        const client::Instance* one = store().find(id);
        if (one && one->context.name == machine && one->runtime.connection == m_place->place()) {
            emit navigator().openInstanceTab(id, snapshot ? u"snapshots"_s : u"hardware"_s);
            return;
        }
    }
    m_banner->showMessage(widgets::Banner::Level::Info, tr("%1 is not among the instances").arg(machine), {});
}

} // namespace diptych::pages
