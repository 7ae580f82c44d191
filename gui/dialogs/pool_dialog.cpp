#include "dialogs/pool_dialog.h"

#include "client/machine_calls.h"
#include "dialogs/source_field.h"
#include "models/reasons.h"
#include "models/statements.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

PoolDialog::PoolDialog(client::MachineCalls& calls, QWidget* parent)
    : FormDialog(tr("New storage pool"), tr("Make it"), parent),
      m_calls(calls),
      m_kinds(poolKinds()),
      m_type(new QComboBox(this)),
      m_name(new QLineEdit(this)),
      m_host(new QLineEdit(this)),
      m_source(new SourceField(this)),
      m_make(new QCheckBox(this)),
      m_device(new SourceField(this)),
      m_format(new QComboBox(this)),
      m_erase(new QCheckBox(tr("&Erase what is on it"), this)),
      m_user(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_initiator(new QLineEdit(this)),
      m_port(new QLineEdit(this)),
      m_version(new QComboBox(this)),
      m_path(new QLineEdit(this))
{
    build();
    m_calls.poolTypes(this, [this](const client::Answer<QList<client::PoolType>>& answer) {
        if (answer)
            take(answer.value());
    });
    choose();
    m_name->setFocus();
}

void PoolDialog::build()
{
    for (const PoolKind& one : std::as_const(m_kinds))
        m_type->addItem(one.name, one.type);
    m_device->setPlaceholder(u"/dev/disk/by-id/…"_s);
    m_host->setPlaceholderText(u"nas.example"_s);
    m_initiator->setPlaceholderText(u"iqn.2004-04.example:me"_s);
    m_port->setPlaceholderText(u"3260"_s);
    m_version->addItem(tr("The newest that both know"), QString());
    for (const QString& version : {u"4.2"_s, u"4.1"_s, u"4.0"_s, u"3"_s})
        m_version->addItem(version, version);
    m_password->setEchoMode(QLineEdit::Password);
    addField(tr("&What"), m_type, u"source.type"_s, u" "_s);
    addField(tr("&Name"), m_name, u"name"_s);
    addField(tr("&Host"), m_host, u"source.host"_s);
    addField(tr("P&ort"), m_port, u"source.port"_s, tr("Only where the target has another than the usual one."));
    addField(tr("&Source"), m_source, u"source.source"_s, u" "_s);
    addField({}, m_make, u"build"_s);
    addField(tr("&Device"), m_device, u"source.device"_s, u" "_s);
    addField(tr("&Format"), m_format, u"source.format"_s);
    addField({}, m_erase, u"erase"_s, u" "_s);
    addField(tr("&User"), m_user, u"source.user"_s, tr("Only where the target asks for one (CHAP)."));
    addField(tr("&Password"), m_password, u"source.password"_s, tr("libvirt keeps it as a secret of this pool."));
    addField(tr("&Initiator"), m_initiator, u"source.initiator"_s,
             tr("The name to log in with. Empty: that of the helper's machine."));
    addField(tr("NFS &version"), m_version, u"source.version"_s);
    addField(tr("Direc&tory here"), m_path, u"path"_s);
    connect(m_type, &QComboBox::currentIndexChanged, this, &PoolDialog::choose);
    for (QLineEdit* edit : {m_name, m_host, m_port, m_user, m_password, m_initiator, m_path})
        connect(edit, &QLineEdit::textChanged, this, &PoolDialog::arrange);
    for (QCheckBox* box : {m_make, m_erase})
        connect(box, &QCheckBox::toggled, this, &PoolDialog::arrange);
    for (SourceField* field : {m_source, m_device})
        connect(field, &SourceField::changed, this, &PoolDialog::arrange);
    connect(m_device, &SourceField::changed, m_erase, [this] { m_erase->setChecked(false); }); // it was said of another
    connect(m_source, &SourceField::lookWanted, this, [this] { look(m_source, kind().type); });
    connect(m_device, &SourceField::lookWanted, this, [this] { look(m_device, u"disk"_s); });
}

const PoolKind& PoolDialog::kind() const
{
    return m_kinds[std::max(m_type->currentIndex(), 0)];
}

bool PoolDialog::makes() const
{
    return !kind().make.isEmpty() && m_make->isChecked();
}

bool PoolDialog::device() const
{
    return kind().device || makes();
}

QString PoolDialog::held() const
{
    const client::FoundSource* known = m_device->known();
    return known ? known->holds : QString();
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
    clearProblems();
    const PoolKind& one = kind();
    setHint(u"source.type"_s, one.hint);
    m_make->setText(one.make);
    m_make->setChecked(false);
    m_erase->setChecked(false);
    m_format->clear();
    m_format->addItems(one.formats);
    m_source->clear();
    for (SourceField* field : {m_source, m_device})
        field->setBusy(false);
    m_source->setPlaceholder(one.placeholder);
    m_source->setAccessibleName(one.source);
    setHint(u"source.source"_s, one.source);
    setFieldVisible(u"source.host"_s, one.host);
    setFieldVisible(u"source.source"_s, !one.source.isEmpty());
    setFieldVisible(u"build"_s, !one.make.isEmpty());
    setFieldVisible(u"source.version"_s, one.type == u"netfs"_s);
    for (const QString& name : {u"source.port"_s, u"source.user"_s, u"source.password"_s, u"source.initiator"_s})
        setFieldVisible(name, one.type == u"iscsi"_s);
    setFieldVisible(u"path"_s, !one.path.isEmpty());
    if (m_path->text() == m_suggested)
        m_path->setText(one.path);
    m_suggested = one.path;
    arrange();
    // What is here costs nothing to list; another host is asked when somebody wants it.
    if (one.type == u"logical"_s)
        look(m_source, one.type);
    if (!one.make.isEmpty())
        look(m_device, u"disk"_s);
}

void PoolDialog::arrange()
{
    setFieldVisible(u"source.device"_s, device());
    setFieldVisible(u"source.format"_s, makes() && !kind().formats.isEmpty());
    const client::FoundSource* known = m_device->known();
    setHint(u"source.device"_s, known ? describeSource(*known) : QString());
    const bool mayHold = makes() && !m_device->text().isEmpty() && !(known && known->holds.isEmpty());
    setFieldVisible(u"erase"_s, mayHold);
    setHint(
        u"erase"_s,
        held().isEmpty()
            ? tr("Without this, a device that has something on it is refused.")
            : tr("%1 on %2 is lost, with all that is in it. Nobody can bring it back.").arg(held(), m_device->text()));
    const bool erases = mayHold && m_erase->isChecked();
    setLook(erases ? Look::Danger : Look::Primary);
    mainButton()->setText(erases ? tr("Erase and make it") : tr("Make it"));
    m_source->setObstacle(hostBlocker());
    follow();
    fit();
}

void PoolDialog::look(SourceField* field, const QString& type)
{
    const QString host = type == u"netfs"_s || type == u"iscsi"_s ? m_host->text().trimmed() : QString();
    const QString name = field == m_device ? u"source.device"_s : u"source.source"_s;
    field->setBusy(true);
    m_calls.poolSources(type, host, type == u"iscsi"_s ? port() : 0, this,
                        [=, this, of = kind().type](const client::Answer<QList<client::FoundSource>>& answer) {
                            if (of != kind().type)
                                return; // asked for another type
                            field->setBusy(false);
                            if (answer) {
                                field->take(answer.value());
                                setHint(name, answer.value().isEmpty() ? tr("Nothing was found.") : kind().source);
                                setProblem(name, {});
                            } else {
                                client::Error bare = answer.error();
                                const bool asked = bare.field == u"host"_s || bare.field == u"port"_s;
                                const QString field = asked ? u"source."_s + bare.field : name;
                                bare.field.clear();
                                setProblem(field, models::errorText(bare));
                            }
                            arrange();
                        });
}

int PoolDialog::port() const
{
    bool number = false;
    const QString text = m_port->text().trimmed();
    const ushort port = text.toUShort(&number);
    return text.isEmpty() ? 0 : number && port > 0 ? port : -1;
}

QString PoolDialog::hostBlocker() const
{
    if (!kind().host)
        return {};
    if (m_host->text().trimmed().isEmpty())
        return tr("The other host is needed.");
    return kind().type == u"iscsi"_s && port() < 0 ? tr("A port is a number from 1 to 65535.") : QString();
}

client::NewPool PoolDialog::pool() const
{
    const PoolKind& one = kind();
    client::NewPool made{m_name->text().trimmed(), one.type, {}, {}, {}, {}};
    made.path = one.path.isEmpty() ? QString() : m_path->text().trimmed();
    made.device = device() ? m_device->text() : QString();
    made.host = one.host ? m_host->text().trimmed() : QString();
    made.source = one.source.isEmpty() ? QString() : m_source->text();
    if (one.type == u"iscsi"_s) {
        made.user = m_user->text().trimmed();
        made.password = m_password->text();
        made.initiator = m_initiator->text().trimmed();
        made.port = port();
    }
    if (one.type == u"netfs"_s)
        made.version = m_version->currentData().toString();
    if (makes()) {
        made.format = m_format->currentText();
        made.build = m_erase->isChecked() ? u"erase"_s : u"make"_s;
    }
    return made;
}

QString PoolDialog::deviceBlocker() const
{
    if (!device())
        return {};
    if (m_device->text().isEmpty())
        return tr("The device is needed.");
    const client::FoundSource* known = m_device->known();
    if (makes() && known && !known->user.isEmpty())
        return tr("It is in use: %1").arg(models::reasonText(models::diskUserTexts({known->user})));
    if (makes() && !held().isEmpty() && !m_erase->isChecked())
        return tr("%1 is on it: tick that it may be erased.").arg(held());
    if (!makes() && known && known->holds.isEmpty())
        return tr("It is empty: tick that something is made on it.");
    return {};
}

QString PoolDialog::blocker() const
{
    const PoolKind& one = kind();
    const client::NewPool made = pool();
    if (made.name.isEmpty())
        return tr("A pool needs a name.");
    if (const QString reason = hostBlocker(); !reason.isEmpty())
        return reason;
    if (!one.source.isEmpty() && made.source.isEmpty())
        return tr("The source is needed.");
    if (const QString reason = deviceBlocker(); !reason.isEmpty())
        return reason;
    if (made.user.isEmpty() != made.password.isEmpty())
        return tr("User and password go together.");
    if (!made.user.isEmpty() && !made.initiator.isEmpty())
        return tr("libvirt logs in with a password under the host's own name only.");
    return !one.path.isEmpty() && made.path.isEmpty() ? tr("A directory is needed.") : QString();
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
