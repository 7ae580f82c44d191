#include "dialogs/settings_dialog.h"

#include "widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>

namespace diptych::dialogs {

using widgets::Scheme;

SettingsDialog::SettingsDialog(QWidget* parent)
    : QDialog(parent), m_theme(new QComboBox(this)), m_language(new QComboBox(this)), m_note(new QLabel(this))
{
    setWindowTitle(tr("Settings"));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setAccessibleDescription(m_theme->accessibleName()); // the name told is the text shown
    m_theme->addItem(tr("As the desktop"), QStringLiteral("system"));
    m_theme->addItem(tr("Light"), QStringLiteral("light"));
    m_theme->addItem(tr("Dark"), QStringLiteral("dark"));
    m_theme->setCurrentIndex(int(widgets::Theme::instance().scheme()));
    m_language->setAccessibleName(tr("Language"));
    m_language->setAccessibleDescription(m_language->accessibleName()); // the name told is the text shown
    m_language->addItem(tr("As the desktop"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    const QString language = QSettings().value(QLatin1String(languageKey)).toString();
    m_language->setCurrentIndex(qMax(0, m_language->findData(language)));
    m_note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    auto* form = new QFormLayout(this);
    form->setContentsMargins(20, 18, 20, 16);
    form->setSpacing(12);
    form->addRow(tr("&Theme"), m_theme);
    form->addRow(tr("&Language"), m_language);
    form->addRow(m_note);
    form->addRow(buttons);
    setMinimumWidth(380);
    connect(m_theme, &QComboBox::activated, this, &SettingsDialog::setTheme);
    connect(m_language, &QComboBox::activated, this, &SettingsDialog::setLanguage);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void SettingsDialog::setTheme()
{
    QSettings().setValue(QLatin1String(themeKey), m_theme->currentData());
    widgets::Theme::instance().setScheme(static_cast<Scheme>(m_theme->currentIndex()));
}

void SettingsDialog::setLanguage()
{
    QSettings().setValue(QLatin1String(languageKey), m_language->currentData());
    m_note->setText(tr("The language changes when Diptych is started again."));
}

} // namespace diptych::dialogs
