#include "dialogs/login_dialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace diptych::dialogs {

LoginDialog::LoginDialog(const ImageContext& context, const QString& registry, QWidget* parent)
    : FormDialog(tr("Sign in to a registry"), tr("Sign in"), parent),
      m_context(context),
      m_registry(new QLineEdit(registry, this)),
      m_username(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_tls(new TlsBox(this))
{
    m_registry->setPlaceholderText(QStringLiteral("docker.io"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    addField(tr("&Registry"), m_registry, QStringLiteral("registry"));
    addField(tr("&User"), m_username, QStringLiteral("username"));
    addField(tr("&Password"), m_password, QStringLiteral("password"),
             tr("Or a token. The helper tries it and keeps it in a file that root alone may read; it is never shown "
                "again."));
    addField(tr("Security"), m_tls, QStringLiteral("tlsVerify"));
    m_tls->setRegistry(registry);
    connect(m_registry, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_tls->setRegistry(text.trimmed());
        follow();
    });
    for (QLineEdit* field : {m_username, m_password})
        connect(field, &QLineEdit::textChanged, this, &LoginDialog::follow);
    (registry.isEmpty() ? m_registry : m_username)->setFocus();
}

LoginDialog* LoginDialog::ask(const ImageContext& context, const QString& registry, QWidget* parent)
{
    auto* dialog = new LoginDialog(context, registry, parent);
    dialog->FormDialog::ask();
    return dialog;
}

QString LoginDialog::blocker() const
{
    static const QRegularExpression host(
        QStringLiteral("^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+\\])(:[0-9]{1,5})?$"));
    if (!host.match(m_registry->text().trimmed()).hasMatch())
        return tr("A registry is needed: host or host:port.");
    if (m_username->text().isEmpty())
        return tr("A user is needed.");
    return m_password->text().isEmpty() ? tr("A password is needed.") : QString();
}

void LoginDialog::send()
{
    clearProblems();
    setBusy(true);
    const QString registry = m_registry->text().trimmed();
    m_context.calls().login({registry, m_username->text(), m_password->text()}, m_tls->tls(), this,
                            [this, registry](const client::Answer<client::Nothing>& answer) {
                                if (!answer) {
                                    m_password->selectAll();
                                    refuse(tr("Not signed in"), answer.error());
                                    return;
                                }
                                emit signedIn(registry);
                                accept();
                            });
}

} // namespace diptych::dialogs
