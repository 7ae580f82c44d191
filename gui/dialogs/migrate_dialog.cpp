#include "dialogs/migrate_dialog.h"

#include "client/machine_calls.h"
#include "models/connection_words.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

MigrateDialog::MigrateDialog(client::Client& client, const models::InstanceStore& store, const QString& id,
                             QWidget* parent)
    : FormDialog(tr("Move %1 to another host").arg(store.nameOf(id)), tr("Move"), parent),
      m_client(client),
      m_store(store),
      m_id(id),
      m_to(new QComboBox(this)),
      m_disks(new QComboBox(this)),
      m_address(new QLineEdit(this)),
      m_encrypted(new QCheckBox(tr("Encrypt it on the way"), this)),
      m_keep(new QCheckBox(tr("Stay defined here too, off"), this))
{
    m_disks->addItem(tr("Both see the same files"), false);
    m_disks->addItem(tr("Copy those that it writes"), true);
    m_address->setPlaceholderText(tr("the name that it calls itself"));
    m_how = addNote({});
    addField(tr("&To"), m_to, u"to"_s);
    addField(tr("&Disks"), m_disks, u"copyStorage"_s,
             tr("A copy goes into a storage pool of the same directory there. The files here stay in either case."));
    addField(tr("&Address"), m_address, u"address"_s, tr("Where the target is reached from where it runs now."));
    addWide(m_encrypted);
    m_encrypted->setToolTip(
        tr("Memory and disks go by TLS. Both hosts need certificates that libvirt's qemu.conf names "
           "(migrate_tls_x509_cert_dir)."));
    addWide(m_keep);
    m_keep->setToolTip(tr("Never start both: they would write to the same disks, where these are shared."));
    m_problems = addNote({});
    m_problems->setObjectName(u"problems"_s);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (const auto& [field, name] : {std::pair<QWidget*, QString>{m_to, u"to"_s},
                                      {m_disks, u"disks"_s},
                                      {m_address, u"address"_s},
                                      {m_encrypted, u"encrypted"_s},
                                      {m_keep, u"keep"_s}})
        field->setObjectName(name);
    fillTargets();
    connect(m_to, &QComboBox::currentIndexChanged, this, &MigrateDialog::check);
    connect(m_disks, &QComboBox::currentIndexChanged, this, &MigrateDialog::check);
    connect(&store, &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (ids.contains(m_id))
            check(); // started or stopped
    });
    check();
}

void MigrateDialog::fillTargets()
{
    const client::Instance* machine = m_store.find(m_id);
    const QString from = machine ? machine->runtime.connection : QString();
    if (!from.isEmpty())
        m_to->addItem(tr("this machine"), QString());
    for (const client::LibvirtConnection& one : m_store.connections()) {
        if (one.id == from)
            continue;
        m_to->addItem(one.name, one.id);
        const bool open = one.state == u"connected"_s;
        m_to->setItemData(m_to->count() - 1, open ? one.uri : one.uri + u'\n' + models::connectionState(one),
                          Qt::ToolTipRole);
        static_cast<QStandardItemModel*>(m_to->model())->item(m_to->count() - 1)->setEnabled(open);
    }
    for (int i = 0; i < m_to->count(); ++i)
        if (static_cast<QStandardItemModel*>(m_to->model())->item(i)->isEnabled()) {
            m_to->setCurrentIndex(i);
            return;
        }
    m_to->setCurrentIndex(-1);
}

QString MigrateDialog::fateOf(const client::DiskMove& disk)
{
    if (disk.how == u"shared"_s)
        return tr("both sides see the same file, nothing is copied");
    const QString size = models::bytes(disk.bytes);
    return disk.how == u"flattened"_s ? tr("copied whole, with what it is built upon: at most %1").arg(size)
                                      : tr("copied: %1").arg(size);
}

QString MigrateDialog::target() const
{
    return m_to->currentData().toString();
}

void MigrateDialog::check()
{
    m_checked.reset();
    m_failed.clear();
    m_problems->show(); // an empty note hides itself
    if (m_to->currentIndex() >= 0) {
        m_problems->setText(tr("Asking both sides …"));
        m_client.machineCalls().checkMigration(m_id, target(), m_disks->currentData().toBool(), this,
                                               [this, number = ++m_asked](const auto& answer) {
                                                   if (number == m_asked)
                                                       take(answer);
                                               });
    } else {
        m_problems->setText(
            tr("No other host is connected: add it with “Libvirt connections…” on the page Instances."));
    }
    follow();
    fit();
}

void MigrateDialog::take(const client::Answer<client::MigrationCheck>& answer)
{
    if (answer) {
        m_checked = answer.value();
        m_how->setText(m_checked->live ? tr("It runs, and goes on running there: its memory goes over while it runs.")
                                       : tr("It is off: its definition goes there, and it starts there next time."));
        setFieldVisible(u"address"_s, m_checked->live);
        m_encrypted->setVisible(m_checked->live);
        const bool good = m_checked->problems.isEmpty();
        QStringList all{good ? tr("Nothing stands against it.") : tr("This stands against it:")};
        for (const client::Hindrance& one : m_checked->problems)
            all += tr("%1: %2", "what of a machine keeps it from moving, and why")
                       .arg(models::reasonField(one.field), models::reasonText(one.message));
        for (const client::DiskMove& one : good ? m_checked->disks : QList<client::DiskMove>())
            all += tr("%1: %2", "a disk of a machine, and what becomes of it").arg(one.disk, fateOf(one));
        m_problems->setText(all.join(u"\n• "_s));
    } else {
        m_failed = models::errorText(answer.error());
        m_problems->setText(m_failed);
    }
    m_how->setVisible(!m_how->text().isEmpty());
    follow();
    fit();
}

QString MigrateDialog::blocker() const
{
    if (m_to->currentIndex() < 0)
        return tr("Choose where it goes.");
    if (!m_failed.isEmpty())
        return m_failed;
    if (!m_checked)
        return tr("Both sides are being asked.");
    return m_checked->problems.isEmpty() ? QString() : tr("Mend first what stands against it.");
}

void MigrateDialog::send()
{
    clearProblems();
    setBusy(true);
    client::Migration move;
    move.to = target();
    move.copyStorage = m_disks->currentData().toBool();
    move.undefineSource = !m_keep->isChecked();
    move.address = m_checked && m_checked->live ? m_address->text().trimmed() : QString();
    move.encrypted = m_checked && m_checked->live && m_encrypted->isChecked();
    m_client.machineCalls().migrate(m_id, move, this, [this](const client::Answer<QString>& answer) {
        if (!answer) {
            refuse(tr("Not moved"), answer.error());
            return;
        }
        emit begun(answer.value());
        accept();
    });
}

} // namespace diptych::dialogs
