#include "dialogs/registries_dialog.h"

#include "dialogs/login_dialog.h"
#include "models/statements.h"
#include "widgets/banner.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

RegistriesDialog::RegistriesDialog(const ImageContext& context, QWidget* parent)
    : QDialog(parent),
      m_context(context),
      m_list(new QListWidget(this)),
      m_note(new QLabel(this)),
      m_banner(new widgets::Banner(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Registries"));
    setMinimumSize(520, 360);
    auto* title = new QLabel(tr("Registries"), this);
    title->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    m_note->setProperty("muted", true);
    m_note->setWordWrap(true);
    m_list->setAccessibleName(tr("Registries the helper is signed in to"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    QPushButton* signIn = buttons->addButton(tr("Sign in…"), QDialogButtonBox::ActionRole);
    m_signOut = buttons->addButton(tr("Sign out"), QDialogButtonBox::ActionRole);
    m_signOut->setObjectName(QStringLiteral("signOut"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*>{title, m_note, m_list, m_banner, buttons})
        layout->addWidget(part);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &RegistriesDialog::follow);
    connect(m_signOut, &QPushButton::clicked, this, &RegistriesDialog::signOut);
    connect(signIn, &QPushButton::clicked, this, [this] {
        connect(LoginDialog::ask(m_context, {}, this), &LoginDialog::signedIn, this, &RegistriesDialog::askList);
    });
    m_note->setText(tr("Asking the helper …"));
    follow();
    askList();
}

void RegistriesDialog::askList()
{
    m_context.calls().registries(this, [this](const auto& answer) { showList(answer); });
}

void RegistriesDialog::showList(const client::Answer<QList<client::Registry>>& answer)
{
    if (!answer) {
        m_note->clear();
        m_banner->showMessage(widgets::Banner::Level::Error, tr("The registries are not known"),
                              models::errorText(answer.error()));
        return;
    }
    const QString before = chosen();
    m_list->clear();
    for (const client::Registry& registry : answer.value()) {
        auto* item =
            new QListWidgetItem(tr("%1, as %2", "registry, user").arg(registry.name, registry.username), m_list);
        item->setData(Qt::UserRole, registry.name);
        if (registry.name == before)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem())
        m_list->setCurrentRow(0);
    m_note->setText(answer.value().isEmpty() ? tr("Signed in nowhere. Public images need no sign-in.")
                                             : tr("The helper is signed in to these. Passwords stay with it."));
    follow();
}

QString RegistriesDialog::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

void RegistriesDialog::follow()
{
    const QString name = chosen();
    m_signOut->setEnabled(!name.isEmpty());
    m_signOut->setToolTip(name.isEmpty() ? tr("Choose a registry first") : tr("Forget the password of %1").arg(name));
}

void RegistriesDialog::signOut()
{
    m_banner->dismiss();
    const QString name = chosen();
    m_context.calls().logout(name, this, [this, name](const client::Answer<client::Nothing>& answer) {
        if (!answer)
            m_banner->showMessage(widgets::Banner::Level::Error, tr("Not signed out of %1").arg(name),
                                  models::errorText(answer.error()));
        askList();
    });
}

} // namespace diptych::dialogs
