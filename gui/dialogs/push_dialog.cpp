#include "dialogs/push_dialog.h"

#include "dialogs/login_dialog.h"
#include "dialogs/work_view.h"
#include "models/image_reference.h"
#include "widgets/banner.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

PushDialog::PushDialog(const ImageContext& context, const QString& reference, QWidget* parent)
    : FormDialog(tr("Push %1").arg(reference), tr("Push"), parent),
      m_context(context),
      m_image(reference),
      m_destination(new QLineEdit(reference, this)),
      m_tls(new TlsBox(this)),
      m_signIn(new QPushButton(tr("Sign in…"), this))
{
    m_destination->setPlaceholderText(QStringLiteral("registry.example.org/team/app:1"));
    addField(tr("&To"), m_destination, QStringLiteral("destination"),
             tr("Registry, repository and tag. Layers that are there already are not sent again."));
    addField(tr("Security"), m_tls, QStringLiteral("tlsVerify"));
    m_signIn->setAutoDefault(false);
    buttons()->addButton(m_signIn, QDialogButtonBox::ResetRole);
    connect(m_destination, &QLineEdit::textChanged, this, &PushDialog::typed);
    connect(m_signIn, &QPushButton::clicked, this, [this] {
        if (const auto to = models::ImageReference::parse(m_destination->text().trimmed()))
            LoginDialog::ask(m_context, to->registryName(), this);
    });
    m_destination->selectAll();
    typed();
}

void PushDialog::typed()
{
    const QString text = m_destination->text().trimmed();
    setProblem(QStringLiteral("destination"), text.isEmpty() ? QString() : models::ImageReference::problem(text));
    const auto to = models::ImageReference::parse(text);
    m_tls->setRegistry(to ? to->registryName() : QString());
    m_signIn->setEnabled(to.has_value());
    follow();
}

QString PushDialog::blocker() const
{
    return models::ImageReference::problem(m_destination->text().trimmed());
}

void PushDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().push(m_image, m_destination->text().trimmed(), m_tls->tls(), this,
                           [this](const client::Answer<QString>& answer) {
                               if (answer)
                                   begun(answer.value());
                               else
                                   refuse(tr("Not pushed"), answer.error());
                           });
}

void PushDialog::begun(const QString& operation)
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_destination, m_tls})
        part->setEnabled(false);
    m_signIn->hide();
    mainButton()->hide();
    buttons()->button(QDialogButtonBox::Cancel)->setText(tr("Go on in the background"));
    auto* view = new WorkView(m_context.work, operation, this);
    view->setPartsVisible(true);
    m_view = view;
    body()->insertWidget(2, view);
    fit();
    m_context.operations.whenEnded(operation, this, [this](const client::Operation& done) { ended(done); });
}

void PushDialog::ended(const client::Operation& operation)
{
    if (operation.state == client::OperationState::Done) {
        accept();
        return;
    }
    delete std::exchange(m_view, nullptr);
    for (QWidget* part : std::initializer_list<QWidget*>{m_destination, m_tls})
        part->setEnabled(true);
    m_signIn->show();
    mainButton()->show();
    buttons()->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    setBusy(false);
    if (operation.error && operation.state == client::OperationState::Failed)
        refuse(tr("Not pushed"), *operation.error);
    else
        banner().showMessage(widgets::Banner::Level::Info, tr("Cancelled"));
}

} // namespace diptych::dialogs
