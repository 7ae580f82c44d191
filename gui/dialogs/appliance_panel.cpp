#include "dialogs/appliance_panel.h"

#include "models/appliance_file.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QThreadPool>
#include <QVBoxLayout>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

QLabel* textLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // a stranger wrote it
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString diskLine(const client::ApplianceDisk& disk)
{
    const QString size = disk.capacity < 0 ? AppliancePanel::tr("size not told") : models::bytes(disk.capacity);
    const QString name = disk.file.isEmpty() ? AppliancePanel::tr("%1, empty").arg(disk.name) : disk.file;
    const QString bus = disk.controller.isEmpty() || disk.bus.compare(disk.controller, Qt::CaseInsensitive) == 0
                            ? disk.bus.toUpper()
                            : u"%1 (%2)"_s.arg(disk.bus.toUpper(), disk.controller);
    return bus.isEmpty() ? u"%1 · %2"_s.arg(name, size) : u"%1 · %2 · %3"_s.arg(name, size, bus);
}

QString driveLine(const QString& file)
{
    return file.isEmpty() ? AppliancePanel::tr("CD drive, empty") : AppliancePanel::tr("CD drive with %1").arg(file);
}

QString restLine(const client::ApplianceRest& rest)
{
    const QMap<QString, QString> words{
        {u"sound"_s, AppliancePanel::tr("sound card: can be added afterwards, on the tab Hardware")},
        {u"floppy"_s, AppliancePanel::tr("floppy drive")},
        {u"optical"_s, AppliancePanel::tr("CD drive: can be added afterwards, on the tab Hardware")},
        {u"serial"_s, AppliancePanel::tr("serial port: it gets one of its own")},
        {u"parallel"_s, AppliancePanel::tr("parallel port")},
        {u"controller"_s, AppliancePanel::tr("controller")},
        {u"other"_s, AppliancePanel::tr("device of the other hypervisor")},
        {u"configurations"_s, AppliancePanel::tr("configurations that are not the one it means")},
        {u"unattached"_s, AppliancePanel::tr("disk that the machine does not have")},
        {u"properties"_s, AppliancePanel::tr("settings that it asks for at its first start")},
        {u"file"_s, AppliancePanel::tr("file that is no disk of it")},
        {u"signature"_s, AppliancePanel::tr("signature: nobody looked at it")}};
    const QString word = words.value(rest.kind, rest.kind);
    return rest.name.isEmpty() ? word : u"%1 (%2)"_s.arg(word, rest.name);
}

QString aboutText(const client::Appliance& appliance)
{
    QStringList lines;
    QStringList product{appliance.product, appliance.version, appliance.vendor};
    product.removeAll(QString());
    if (!product.isEmpty())
        lines << product.join(u" · "_s);
    if (!appliance.systemText.isEmpty())
        lines << AppliancePanel::tr("System: %1").arg(appliance.systemText);
    if (!appliance.annotation.isEmpty())
        lines << appliance.annotation.left(600);
    return lines.join(u'\n');
}

} // namespace

AppliancePanel::AppliancePanel(client::MachineCalls& calls, QWidget* parent)
    : QWidget(parent),
      m_calls(calls),
      m_about(textLabel(this)),
      m_disks(textLabel(this)),
      m_cardBox(new QWidget(this)),
      m_cardGrid(new QGridLayout(m_cardBox)),
      m_keepMacs(new QCheckBox(tr("Keep the MAC addresses"), this)),
      m_macNote(textLabel(this)),
      m_left(textLabel(this)),
      m_licenceTitle(new QLabel(tr("Licence:"), this)),
      m_licence(new QPlainTextEdit(this)),
      m_agree(new QCheckBox(tr("I agree to this licence"), this))
{
    m_about->setObjectName(u"about"_s);
    m_disks->setObjectName(u"disks"_s);
    m_left->setObjectName(u"left"_s);
    m_left->setProperty("muted", true);
    m_keepMacs->setObjectName(u"keepMacs"_s);
    m_macNote->setObjectName(u"macNote"_s);
    m_macNote->setProperty("muted", true);
    m_licence->setReadOnly(true);
    m_licence->setTabChangesFocus(true);
    m_licence->setMaximumHeight(90);
    m_licence->setAccessibleName(tr("Licence"));
    m_agree->setObjectName(u"agree"_s);
    m_cardGrid->setContentsMargins(0, 0, 0, 0);
    m_cardGrid->setColumnStretch(0, 1);
    m_cardGrid->setColumnStretch(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    for (QWidget* part : std::initializer_list<QWidget*>{m_about, m_disks, m_cardBox, m_keepMacs, m_macNote, m_left,
                                                         m_licenceTitle, m_licence, m_agree})
        layout->addWidget(part);
    connect(m_agree, &QCheckBox::toggled, this, &AppliancePanel::changed);
    calls.networks(this, [this](const client::Answer<QList<client::VirtualNetwork>>& answer) {
        if (!answer)
            return;
        for (const client::VirtualNetwork& network : answer.value())
            m_networks << network.name;
        fillNetworks();
    });
    hide();
}

void AppliancePanel::look(const QString& file)
{
    m_file = file;
    m_appliance.reset();
    hide();
    emit changed();
    if (file.isEmpty())
        return;
    QThreadPool::globalInstance()->start([self = QPointer<AppliancePanel>(this), file, application = qApp] {
        models::ApplianceFile found = models::readApplianceFile(file);
        QMetaObject::invokeMethod(application, [self, file, found] {
            if (!self || self->m_file != file)
                return;
            self->m_pack = found.pack;
            if (found.problem.isEmpty())
                self->ask(found.descriptor, found.files);
            else
                emit self->refused(found.problem);
        });
    });
}

void AppliancePanel::ask(const QString& descriptor, const QList<client::FileEntry>& files)
{
    m_calls.readAppliance(descriptor, files, this,
                          [this, file = m_file](const client::Answer<client::Appliance>& answer) {
                              if (file != m_file)
                                  return;
                              if (!answer) {
                                  emit refused(models::errorText(answer.error()));
                                  return;
                              }
                              m_appliance = answer.value();
                              showAll(*m_appliance);
                              emit read();
                          });
}

void AppliancePanel::showAll(const client::Appliance& appliance)
{
    m_about->setText(aboutText(appliance));
    m_about->setVisible(!m_about->text().isEmpty());
    QStringList disks, drives, left;
    for (const client::ApplianceDisk& disk : appliance.disks)
        disks << diskLine(disk);
    for (const QString& file : appliance.drives)
        drives << u"\n• "_s + driveLine(file);
    for (const client::ApplianceRest& rest : appliance.left)
        left << restLine(rest);
    m_disks->setText(tr("%n disk(s), into the pool “diptych”:", nullptr, int(disks.size())) + u"\n• "_s +
                     disks.join(u"\n• "_s) + drives.join(QString()));
    m_left->setText(tr("Not carried over:") + u"\n• "_s + left.join(u"\n• "_s));
    m_left->setVisible(!left.isEmpty());
    m_licence->setPlainText(appliance.licences.join(u"\n\n"_s));
    m_licenceTitle->setVisible(!appliance.licences.isEmpty());
    m_licence->setVisible(!appliance.licences.isEmpty());
    m_agree->setVisible(!appliance.licences.isEmpty());
    m_agree->setChecked(false);
    showCards(appliance.cards);
    showAddresses(appliance.cards);
    setVisible(true);
}

void AppliancePanel::showCards(const QList<client::ApplianceCard>& cards)
{
    qDeleteAll(m_cardBox->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_cards.clear();
    for (const client::ApplianceCard& card : cards) {
        const int row = int(m_cards.size());
        auto* label = textLabel(m_cardBox);
        label->setText(card.network.isEmpty() ? tr("Network card %1:").arg(row + 1)
                                              : tr("Network card %1, there in “%2”:").arg(row + 1).arg(card.network));
        auto* network = new QComboBox(m_cardBox);
        network->setAccessibleName(tr("Network of card %1").arg(row + 1));
        connect(network, &QComboBox::currentIndexChanged, this, &AppliancePanel::changed);
        m_cardGrid->addWidget(label, row, 0);
        m_cardGrid->addWidget(network, row, 1);
        m_cards << network;
    }
    m_cardBox->setVisible(!cards.isEmpty());
    fillNetworks();
}

/// Off: a copy of a machine that still runs would disturb it.
void AppliancePanel::showAddresses(const QList<client::ApplianceCard>& cards)
{
    QStringList addresses, taken;
    for (const client::ApplianceCard& card : cards) {
        if (!card.mac.isEmpty())
            addresses << card.mac;
        if (!card.macUser.isEmpty())
            taken << tr("%1 is an address of %2 already.").arg(card.mac, card.macUser);
    }
    m_keepMacs->setChecked(false);
    m_keepMacs->setEnabled(taken.isEmpty());
    m_keepMacs->setVisible(!addresses.isEmpty());
    m_macNote->setVisible(!addresses.isEmpty());
    m_macNote->setText(taken.isEmpty() ? tr("%1. Only where the machine that it comes from does not run any more: two "
                                            "with the same address disturb each other.")
                                             .arg(addresses.join(u", "_s))
                                       : taken.join(u'\n'));
}

void AppliancePanel::fillNetworks()
{
    for (QComboBox* card : std::as_const(m_cards)) {
        card->clear();
        for (const QString& network : std::as_const(m_networks))
            card->addItem(network, network);
        card->addItem(tr("none: without this card"), QString());
        card->setCurrentIndex(std::max(0, card->findData(u"default"_s)));
    }
}

QStringList AppliancePanel::networks() const
{
    QStringList all;
    for (const QComboBox* card : m_cards)
        if (const QString network = card->currentData().toString(); !network.isEmpty())
            all << network;
    return all;
}

QStringList AppliancePanel::macs() const
{
    QStringList all;
    for (qsizetype i = 0; m_keepMacs->isChecked() && i < m_cards.size(); ++i)
        if (!m_cards[i]->currentData().toString().isEmpty())
            all << m_appliance->cards[i].mac;
    return all;
}

QString AppliancePanel::problem() const
{
    if (m_file.isEmpty())
        return tr("Choose the machine's archive first.");
    if (!m_appliance)
        return tr("The archive has not been read.");
    return !m_appliance->licences.isEmpty() && !m_agree->isChecked()
               ? tr("Its maker wants its licence to be agreed to.")
               : QString();
}

} // namespace diptych::dialogs
