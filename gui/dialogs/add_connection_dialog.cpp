#include "dialogs/add_connection_dialog.h"

#include <QComboBox>
#include <QLineEdit>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

struct Choice
{
    const char* text;
    const char* uri; ///< %1: the host; empty: any
    bool remote;
};
const Choice choices[] = {
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "QEMU/KVM on another host, over SSH"),
     "qemu+ssh://%1/system", true},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "QEMU/KVM, my own session"), "qemu:///session", false},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "Xen"), "xen:///system", false},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "VMware ESX"), "esx://%1/", true},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "VirtualBox"), "vbox:///session", false},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "Libvirt's test driver: nothing real"),
     "test:///default", false},
    {QT_TRANSLATE_NOOP("diptych::dialogs::AddConnectionDialog", "Another URI"), "", false},
};

} // namespace

AddConnectionDialog::AddConnectionDialog(client::Client& client, QWidget* parent)
    : FormDialog(tr("Add a libvirt connection"), tr("Add"), parent),
      m_client(client),
      m_kind(new QComboBox(this)),
      m_host(new QLineEdit(this)),
      m_uri(new QLineEdit(this)),
      m_name(new QLineEdit(this))
{
    for (const Choice& one : choices)
        m_kind->addItem(tr(one.text));
    m_host->setPlaceholderText(u"user@host"_s);
    addField(tr("&What"), m_kind, u"kind"_s);
    addField(tr("&Host"), m_host, u"host"_s,
             tr("Its key must be known to your ssh already, and yours to it: nobody is there to be asked."));
    addField(tr("&URI"), m_uri, u"uri"_s, tr("As libvirt has it. It is opened as you, never as root."));
    addField(tr("&Name"), m_name, u"name"_s);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AddConnectionDialog::suggest);
    connect(m_host, &QLineEdit::textChanged, this, &AddConnectionDialog::suggest);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_named = true;
        follow();
    });
    connect(m_uri, &QLineEdit::textEdited, this, [this] {
        m_kind->setCurrentIndex(m_kind->count() - 1);
        follow();
    });
    suggest();
    m_host->setFocus();
}

void AddConnectionDialog::suggest()
{
    const Choice& choice = choices[size_t(m_kind->currentIndex())];
    const QString host = m_host->text().trimmed();
    setFieldVisible(u"host"_s, choice.remote);
    if (*choice.uri)
        m_uri->setText(choice.remote ? QString::fromLatin1(choice.uri).arg(host) : QString::fromLatin1(choice.uri));
    if (!m_named)
        m_name->setText(choice.remote ? host.section(u'@', -1) : m_uri->text().section(u':', 0, 0));
    follow();
    fit();
}

QString AddConnectionDialog::blocker() const
{
    if (choices[size_t(m_kind->currentIndex())].remote && m_host->text().trimmed().isEmpty())
        return tr("A host is needed: user@host.");
    if (!m_uri->text().contains(u"://"_s))
        return tr("A URI is needed: qemu+ssh://user@host/system.");
    return m_name->text().trimmed().isEmpty() ? tr("A name is needed.") : QString();
}

void AddConnectionDialog::send()
{
    clearProblems();
    setBusy(true);
    m_client.addConnection(m_name->text().trimmed(), m_uri->text().trimmed(), this,
                           [this](const client::Answer<QString>& answer) {
                               if (!answer) {
                                   refuse(tr("Not added"), answer.error());
                                   return;
                               }
                               emit added(answer.value());
                               accept();
                           });
}

} // namespace diptych::dialogs
