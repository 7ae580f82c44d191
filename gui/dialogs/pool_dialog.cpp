#include "dialogs/pool_dialog.h"

#include "client/machine_calls.h"
#include "models/reasons.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStandardItemModel>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

struct Kind
{
    const char* type;
    const char* name;
    bool device, host;
    const char* source; ///< what NewPool::source is of it; null: nothing
    const char* hint;
    const char* path; ///< suggested; empty: libvirt says it
};
const char* const nothingMade =
    QT_TRANSLATE_NOOP("PoolKinds", "It must be there already: nothing is formatted or made.");
const Kind kinds[] = {
    {"dir", QT_TRANSLATE_NOOP("PoolKinds", "A directory"), false, false, nullptr,
     QT_TRANSLATE_NOOP("PoolKinds", "On the helper's machine. It is made when it is not there."),
     "/var/lib/libvirt/images"},
    {"fs", QT_TRANSLATE_NOOP("PoolKinds", "A file system on a disk"), true, false, nullptr, nothingMade,
     "/var/lib/libvirt/disk"},
    {"netfs", QT_TRANSLATE_NOOP("PoolKinds", "A directory of another host (NFS)"), false, true,
     QT_TRANSLATE_NOOP("PoolKinds", "Directory there"), nothingMade, "/var/lib/libvirt/nfs"},
    {"logical", QT_TRANSLATE_NOOP("PoolKinds", "An LVM volume group"), false, false,
     QT_TRANSLATE_NOOP("PoolKinds", "Volume group"), nothingMade, ""},
    {"iscsi", QT_TRANSLATE_NOOP("PoolKinds", "An iSCSI target"), false, true,
     QT_TRANSLATE_NOOP("PoolKinds", "Target (IQN)"), nothingMade, "/dev/disk/by-path"},
};

QString translated(const char* text)
{
    return text ? QCoreApplication::translate("PoolKinds", text) : QString();
}

} // namespace

PoolDialog::PoolDialog(client::MachineCalls& calls, QWidget* parent)
    : FormDialog(tr("New storage pool"), tr("Make it"), parent),
      m_calls(calls),
      m_type(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_host(new QLineEdit(this)),
      m_device(new QLineEdit(this)),
      m_source(new QLineEdit(this)),
      m_path(new QLineEdit(this))
{
    for (const Kind& one : kinds)
        m_type->addItem(translated(one.name), QString::fromLatin1(one.type));
    m_device->setPlaceholderText(u"/dev/disk/by-uuid/…"_s);
    m_host->setPlaceholderText(u"nas.example"_s);
    for (const auto& [field, name] : {std::pair<QWidget*, QString>{m_type, u"type"_s},
                                      {m_name, u"name"_s},
                                      {m_host, u"host"_s},
                                      {m_device, u"device"_s},
                                      {m_source, u"source"_s},
                                      {m_path, u"path"_s}})
        field->setObjectName(name);
    addField(tr("&What"), m_type, u"source.type"_s, u" "_s);
    addField(tr("&Name"), m_name, u"name"_s);
    addField(tr("&Host"), m_host, u"source.host"_s);
    addField(tr("&Device"), m_device, u"source.device"_s,
             tr("Its file system is mounted there, and seen by whoever may use volumes."));
    addField(tr("&Source"), m_source, u"source.source"_s, u" "_s);
    addField(tr("&Directory here"), m_path, u"path"_s);
    connect(m_type, &QComboBox::currentIndexChanged, this, &PoolDialog::choose);
    for (QLineEdit* edit : {m_name, m_host, m_device, m_source, m_path})
        connect(edit, &QLineEdit::textChanged, this, [this] { follow(); });
    m_calls.poolTypes(this, [this](const client::Answer<QList<client::PoolType>>& answer) {
        if (answer)
            take(answer.value());
    });
    choose();
    m_name->setFocus();
}

void PoolDialog::take(const QList<client::PoolType>& types)
{
    auto* model = static_cast<QStandardItemModel*>(m_type->model());
    for (int i = 0; i < m_type->count(); ++i) {
        QString reason = tr("This libvirt does not know it.");
        for (const client::PoolType& one : types)
            if (one.type == m_type->itemData(i).toString())
                reason = models::reasonText(one.reason);
        model->item(i)->setEnabled(reason.isEmpty());
        m_type->setItemData(i, reason, Qt::ToolTipRole);
    }
    follow();
}

void PoolDialog::choose()
{
    const Kind& kind = kinds[size_t(std::max(m_type->currentIndex(), 0))];
    setHint(u"source.type"_s, translated(kind.hint));
    setFieldVisible(u"source.host"_s, kind.host);
    setFieldVisible(u"source.device"_s, kind.device);
    setFieldVisible(u"source.source"_s, kind.source != nullptr);
    setHint(u"source.source"_s, translated(kind.source));
    m_source->setAccessibleName(translated(kind.source));
    setFieldVisible(u"path"_s, *kind.path != '\0');
    if (m_path->text() == m_suggested)
        m_path->setText(QString::fromLatin1(kind.path));
    m_suggested = QString::fromLatin1(kind.path);
    follow();
    fit();
}

client::NewPool PoolDialog::pool() const
{
    const Kind& kind = kinds[size_t(std::max(m_type->currentIndex(), 0))];
    client::NewPool made{m_name->text().trimmed(), m_type->currentData().toString(), {}, {}, {}, {}};
    made.path = *kind.path ? m_path->text().trimmed() : QString();
    made.device = kind.device ? m_device->text().trimmed() : QString();
    made.host = kind.host ? m_host->text().trimmed() : QString();
    made.source = kind.source ? m_source->text().trimmed() : QString();
    return made;
}

QString PoolDialog::blocker() const
{
    const Kind& kind = kinds[size_t(std::max(m_type->currentIndex(), 0))];
    const client::NewPool made = pool();
    if (made.name.isEmpty())
        return tr("A pool needs a name.");
    if (kind.host && made.host.isEmpty())
        return tr("The other host is needed.");
    if (kind.device && made.device.isEmpty())
        return tr("The device is needed.");
    if (kind.source && made.source.isEmpty())
        return tr("The source is needed.");
    return *kind.path && made.path.isEmpty() ? tr("A directory is needed.") : QString();
}

void PoolDialog::send()
{
    clearProblems();
    setBusy(true);
    const client::NewPool made = pool();
    const auto answered = [this](const client::Answer<client::Nothing>& answer) {
        if (!answer) {
            refuse(tr("Not made"), answer.error());
            return;
        }
        emit this->made();
        accept();
    };
    if (made.type == u"dir"_s)
        m_calls.createPool(made.name, made.path, this, answered);
    else
        m_calls.connectPool(made, this, answered);
}

} // namespace diptych::dialogs
