#include "dialogs/registries_dialog.h"

#include "dialogs/login_dialog.h"
#include "widgets/banner.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace diptych::dialogs {

RegistriesDialog::RegistriesDialog(const ImageContext& context, QWidget* parent)
    : ListDialog(tr("Registries"), {520, 360}, parent), m_context(context), m_list(new QListWidget(this))
{
    m_list->setAccessibleName(tr("Registries the helper is signed in to"));
    layOut(tr("Registries"), m_list);
    QPushButton* signIn = addButton(tr("Sign in…"));
    m_signOut = addButton(tr("Sign out"));
    m_signOut->setObjectName(QStringLiteral("signOut"));
    connect(m_list, &QListWidget::currentRowChanged, this, &RegistriesDialog::follow);
    connect(m_signOut, &QPushButton::clicked, this, &RegistriesDialog::signOut);
    connect(signIn, &QPushButton::clicked, this, [this] {
        connect(LoginDialog::ask(m_context, {}, this), &LoginDialog::signedIn, this, &RegistriesDialog::askList);
    });
    note()->setText(tr("Asking the helper …"));
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
        note()->clear();
        showError(tr("The registries are not known"), answer.error());
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
    note()->setText(answer.value().isEmpty() ? tr("Signed in nowhere. Public images need no sign-in.")
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
    banner()->dismiss();
    const QString name = chosen();
    m_context.calls().logout(name, this, [this, name](const client::Answer<client::Nothing>& answer) {
        if (!answer)
            showError(tr("Not signed out of %1").arg(name), answer.error());
        askList();
    });
}

} // namespace diptych::dialogs
