// NewMachineDialog: an installation without questions.
#include "dialogs/new_machine_dialog.h"
#include "dialogs/searchable.h"
#include "dialogs/volume_picker.h"
#include "models/reasons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

namespace {

const QStringList answerFields = {u"unattended.profile"_s,  u"unattended.user"_s,     u"unattended.password"_s,
                                  u"unattended.language"_s, u"unattended.timezone"_s, u"unattended.productKey"_s};

/// Each language of each country that has a name of two letters, as installers know them.
void fillLanguages(QComboBox* box)
{
    QMap<QString, QString> byTitle;
    for (const QLocale& locale :
         QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory)) {
        const QString name = locale.name();
        static const QRegularExpression plain(u"^[a-z]{2}_[A-Z]{2}$"_s);
        if (plain.match(name).hasMatch())
            byTitle.insert(u"%1 (%2)"_s.arg(locale.nativeLanguageName(), locale.nativeTerritoryName()), name);
    }
    for (auto one = byTitle.cbegin(); one != byTitle.cend(); ++one)
        box->addItem(one.key(), one.value());
    const int own = box->findData(QLocale::system().name());
    box->setCurrentIndex(own >= 0 ? own : box->findData(u"en_US"_s));
}

void fillTimeZones(QComboBox* box)
{
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        if (id.contains('/') || id == "UTC")
            box->addItem(QString::fromLatin1(id), QString::fromLatin1(id));
    const int own = box->findData(QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    box->setCurrentIndex(own >= 0 ? own : std::max(0, box->findData(u"UTC"_s)));
}

} // namespace

void NewMachineDialog::addUnattended()
{
    Answers& a = m_answers;
    a.wanted = new QCheckBox(tr("Install it without questions"), this);
    a.wanted->setObjectName(u"unattended"_s);
    a.profile = new QComboBox(this);
    a.user = new QLineEdit(this);
    a.password = new QLineEdit(this);
    a.password->setEchoMode(QLineEdit::Password);
    a.language = new QComboBox(this);
    a.timezone = new QComboBox(this);
    a.key = new QLineEdit(this);
    for (QComboBox* box : {a.language, a.timezone})
        makeSearchable(box);
    fillLanguages(a.language);
    fillTimeZones(a.timezone);
    addWide(a.wanted);
    a.note = addNote({});
    addField(tr("What is installed"), a.profile, u"unattended.profile"_s);
    addField(tr("User"), a.user, u"unattended.user"_s);
    addField(tr("Password"), a.password, u"unattended.password"_s, tr("The user's, and root's where root has one"));
    addField(tr("Language"), a.language, u"unattended.language"_s, tr("The keyboard is this language's."));
    addField(tr("Time zone"), a.timezone, u"unattended.timezone"_s);
    addField(tr("Product key"), a.key, u"unattended.productKey"_s);
    a.language->lineEdit()->setAccessibleName(tr("Language"));
    a.timezone->lineEdit()->setAccessibleName(tr("Time zone"));
    connect(a.wanted, &QCheckBox::toggled, this, &NewMachineDialog::showUnattended);
    connect(a.wanted, &QCheckBox::toggled, this, [this](bool on) {
        if (on)
            reveal(m_answers.timezone);
    });
    connect(a.profile, &QComboBox::currentIndexChanged, this, &NewMachineDialog::showUnattended);
    for (QLineEdit* line : {a.user, a.password, a.key})
        connect(line, &QLineEdit::textChanged, this, &NewMachineDialog::follow);
    for (QComboBox* box : {a.language, a.timezone})
        connect(box, &QComboBox::currentTextChanged, this, &NewMachineDialog::follow);
    connect(m_firmware, &QComboBox::currentIndexChanged, this, &NewMachineDialog::showUnattended);
    connect(m_system, &QComboBox::currentIndexChanged, this, &NewMachineDialog::askUnattended);
}

/// Whenever the medium or the system is another one.
void NewMachineDialog::askUnattended()
{
    const bool medium = m_from->currentIndex() == Medium && m_volume->problem().isEmpty();
    const client::VolumeName volume = m_volume->chosen();
    const QString system = m_system->currentData().toString();
    const QString key =
        medium && !system.isEmpty() ? u"%1\n%2\n%3"_s.arg(volume.pool, volume.volume, system) : QString();
    if (key == m_answers.asked)
        return;
    m_answers.asked = key;
    m_answers.offer = {};
    showUnattended();
    if (key.isEmpty())
        return;
    m_calls.unattended(volume, system, this, [this, key](const client::Answer<client::UnattendedOffer>& answer) {
        if (key != m_answers.asked || !answer) // an older helper: as it was without
            return;
        m_answers.offer = answer.value();
        m_answers.profile->clear();
        for (const client::UnattendedProfile& one : answer.value().profiles)
            m_answers.profile->addItem(one.name == u"jeos"_s      ? tr("No more than it takes")
                                       : one.name == u"desktop"_s ? tr("A desktop")
                                       : one.name == u"server"_s  ? tr("A server")
                                                                  : one.name,
                                       one.name);
        showUnattended();
        fit();
    });
}

const client::UnattendedProfile* NewMachineDialog::unattendedProfile() const
{
    const QList<client::UnattendedProfile>& all = m_answers.offer.profiles;
    const int index = m_answers.profile->currentIndex();
    return m_answers.wanted->isChecked() && index >= 0 && index < all.size() ? &all.at(index) : nullptr;
}

void NewMachineDialog::showUnattended()
{
    const client::UnattendedOffer& offer = m_answers.offer;
    const bool known = !offer.profiles.isEmpty() || !offer.reason.isEmpty();
    m_answers.wanted->setVisible(known);
    m_answers.wanted->setEnabled(!offer.profiles.isEmpty());
    if (offer.profiles.isEmpty())
        m_answers.wanted->setChecked(false);
    const client::UnattendedProfile* profile = unattendedProfile();
    const QString reason = offer.reason.isEmpty() ? QString() : models::reasonText(offer.reason);
    m_answers.note->setText(
        !reason.isEmpty() ? tr("Not offered: %1.").arg(reason)
        : !profile ? tr("The installer is given the answers, and the machine starts from its disk when it has ended.")
        : profile->secondMedium
            ? tr("The answers, with the password, are on a second CD-ROM: eject it when the system is installed.") +
                  (m_firmware->currentData().toString() == u"bios"_s
                       ? QString()
                       : u' ' +
                             tr("With UEFI the medium waits a few seconds for a key at its first start: press one in "
                                "Display."))
            : tr("The answers, with the password, lie beside the disk until the installer has ended."));
    if (profile)
        setHint(u"unattended.profile"_s, profile->needsInternet ? tr("Takes packages from the internet.") : QString());
    m_answers.note->setVisible(known);
    for (const QString& field : answerFields)
        setFieldVisible(field, profile != nullptr);
    setFieldVisible(u"unattended.profile"_s, profile && offer.profiles.size() > 1);
    setFieldVisible(u"unattended.productKey"_s, profile && !profile->productKey.isEmpty());
    if (profile && !profile->productKey.isEmpty())
        setHint(u"unattended.productKey"_s, tr("As %1").arg(QString(profile->productKey).replace(u'$', u'X')));
    fit();
    follow();
}

QString NewMachineDialog::unattendedBlocker() const
{
    const client::UnattendedProfile* profile = unattendedProfile();
    if (!profile)
        return {};
    if (m_answers.user->text().isEmpty())
        return tr("Who shall be able to log in? Name a user.");
    if (m_answers.password->text().isEmpty())
        return tr("Give the user a password.");
    if (m_answers.language->findText(m_answers.language->currentText()) < 0)
        return tr("Choose one of the languages.");
    if (m_answers.timezone->findText(m_answers.timezone->currentText()) < 0)
        return tr("Choose one of the time zones.");
    if (profile->needsInternet && m_network->currentData().toString().isEmpty())
        return tr("This installation takes packages from the internet: it needs a network.");
    if (!profile->firmwares.contains(m_firmware->currentData().toString()))
        return tr("%1 can't start this installation: choose another firmware.").arg(m_firmware->currentText());
    return {};
}

std::optional<client::Unattended> NewMachineDialog::answers() const
{
    const client::UnattendedProfile* profile = unattendedProfile();
    if (!profile)
        return {};
    const auto chosen = [](const QComboBox* box) {
        return box->itemData(box->findText(box->currentText())).toString();
    };
    return client::Unattended{profile->name,
                              m_answers.user->text(),
                              m_answers.password->text(),
                              chosen(m_answers.language),
                              chosen(m_answers.timezone),
                              profile->productKey.isEmpty() ? QString() : m_answers.key->text().trimmed().toUpper()};
}

} // namespace diptych::dialogs
