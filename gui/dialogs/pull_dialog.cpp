#include "dialogs/pull_dialog.h"

#include "client/errors.h"
#include "dialogs/login_dialog.h"
#include "dialogs/work_view.h"
#include "models/image_reference.h"
#include "models/statements.h"
#include "widgets/banner.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

using models::ImageReference;

namespace {
constexpr int settleAfter = 600; // ms without a key before a registry is asked
constexpr int tagLines = 6;
} // namespace

PullDialog::PullDialog(const ImageContext& context, const QString& reference, QWidget* parent)
    : FormDialog(tr("Pull an image"), tr("Pull"), parent),
      m_context(context),
      m_reference(new QLineEdit(reference, this)),
      m_tags(new QListWidget(this)),
      m_tagsNote(new QLabel(this)),
      m_platform(new PlatformBox(this)),
      m_tls(new TlsBox(this)),
      m_signIn(new QPushButton(tr("Sign in…"), this))
{
    m_reference->setPlaceholderText(QStringLiteral("nginx:1.27"));
    m_reference->setClearButtonEnabled(true);
    addField(tr("&Name"), m_reference, QStringLiteral("reference"),
             tr("As docker and podman write it: nginx:1.27, quay.io/x/y@sha256:…, localhost:5000/a"));
    auto* tags = new QWidget(this);
    auto* column = new QVBoxLayout(tags);
    column->setContentsMargins(0, 0, 0, 0);
    m_tagsNote->setProperty("muted", true);
    m_tagsNote->setProperty("small", true);
    m_tagsNote->setWordWrap(true);
    m_tagsNote->setTextFormat(Qt::PlainText);
    m_tags->setAccessibleName(tr("Tags in the registry"));
    m_tags->setObjectName(QStringLiteral("tags"));
    m_tags->setFixedHeight((fontMetrics().height() + 12) * tagLines);
    m_tags->hide();
    column->addWidget(m_tags);
    column->addWidget(m_tagsNote);
    tags->setFocusProxy(m_tags);
    addField(tr("Tags"), tags, QStringLiteral("repository"));
    setFieldVisible(QStringLiteral("repository"), false);
    addField(tr("Platform"), m_platform, QStringLiteral("platform"));
    setFieldVisible(QStringLiteral("platform"), false);
    addField(tr("Security"), m_tls, QStringLiteral("tlsVerify"));
    m_signIn->setAutoDefault(false);
    m_signIn->setToolTip(tr("Give this registry a name and a password"));
    buttons()->addButton(m_signIn, QDialogButtonBox::ResetRole);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleAfter);
    connect(&m_settle, &QTimer::timeout, this, &PullDialog::settled);
    connect(m_platform, &PlatformBox::known, this, [this](bool worthShowing) {
        setFieldVisible(QStringLiteral("platform"), worthShowing && !m_view);
        fit();
    });
    connect(m_reference, &QLineEdit::textChanged, this, &PullDialog::typed);
    connect(m_tls, &TlsBox::changed, this, [this] {
        m_askedRepository.clear();
        m_platform->forget();
        m_settle.start();
    });
    connect(m_tags, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) { chooseTag(item->text()); });
    connect(m_tags, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { chooseTag(item->text()); });
    connect(m_signIn, &QPushButton::clicked, this, &PullDialog::signIn);
    m_reference->setFocus();
    typed();
}

PullDialog* PullDialog::ask(const ImageContext& context, const QString& reference, QWidget* parent)
{
    auto* dialog = new PullDialog(context, reference, parent);
    dialog->FormDialog::ask();
    return dialog;
}

void PullDialog::typed()
{
    const QString text = m_reference->text().trimmed();
    // What is half typed is no mistake yet.
    const QString problem = text.isEmpty() || text.endsWith(QLatin1Char(':')) || text.endsWith(QLatin1Char('/'))
                                ? QString()
                                : ImageReference::problem(text);
    setProblem(QStringLiteral("reference"), problem);
    const auto reference = ImageReference::parse(text);
    m_tls->setRegistry(reference ? reference->registryName() : QString());
    m_signIn->setEnabled(reference.has_value());
    const auto repository = ImageReference::parse(text.endsWith(QLatin1Char(':')) ? text.chopped(1) : text);
    if (!repository || !repository->digest.isEmpty()) {
        m_askedRepository.clear();
        setFieldVisible(QStringLiteral("repository"), false);
    }
    if (repository)
        m_settle.start();
    else
        m_settle.stop();
    follow();
}

void PullDialog::settled()
{
    const QString text = m_reference->text().trimmed();
    const auto reference = ImageReference::parse(text.endsWith(QLatin1Char(':')) ? text.chopped(1) : text);
    if (!reference || m_view)
        return;
    if (reference->digest.isEmpty() && reference->name() != m_askedRepository)
        askTags(*reference);
    if (!text.endsWith(QLatin1Char(':')))
        m_platform->ask(m_context.calls(), text, m_tls->tls());
}

void PullDialog::askTags(const ImageReference& reference)
{
    const QString repository = reference.name();
    m_askedRepository = repository;
    setFieldVisible(QStringLiteral("repository"), true);
    m_tags->hide();
    setProblem(QStringLiteral("repository"), {});
    m_tagsNote->setText(tr("Asking %1 for the tags of %2 …").arg(reference.registryName(), reference.repository));
    m_tagsNote->show();
    fit();
    m_context.calls().listTags(repository, m_tls->tls(), this,
                               [this, repository](const auto& answer) { showTags(repository, answer); });
}

void PullDialog::showTags(const QString& repository, const client::Answer<QStringList>& answer)
{
    if (repository != m_askedRepository)
        return; // another one was typed meanwhile
    m_tags->clear();
    if (!answer) {
        m_tagsNote->hide();
        setProblem(QStringLiteral("repository"), models::errorText(answer.error()));
        return;
    }
    // The registry's order is by letters; the newest versions interest most.
    QStringList tags = answer.value();
    QCollator order;
    order.setNumericMode(true);
    std::sort(tags.begin(), tags.end(), [&](const QString& a, const QString& b) { return order.compare(a, b) > 0; });
    if (const auto latest = tags.indexOf(QStringLiteral("latest")); latest > 0)
        tags.move(latest, 0);
    m_tags->addItems(tags);
    m_tags->setVisible(!tags.isEmpty());
    m_tagsNote->setText(tags.isEmpty() ? tr("The registry knows no tag of it.")
                                       : tr("%n tag(s). Choose one, or write it.", nullptr, int(tags.size())));
    fit();
}

void PullDialog::chooseTag(const QString& tag)
{
    m_reference->setText(m_askedRepository + QLatin1Char(':') + tag);
}

QString PullDialog::blocker() const
{
    return ImageReference::problem(m_reference->text().trimmed());
}

void PullDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().pull(m_reference->text().trimmed(), m_tls->tls(), m_platform->platform(), this,
                           [this](const client::Answer<QString>& answer) {
                               if (answer)
                                   begun(answer.value());
                               else
                                   refuse(tr("Not pulled"), answer.error());
                           });
}

void PullDialog::begun(const QString& operation)
{
    m_operation = operation;
    m_settle.stop();
    setFieldVisible(QStringLiteral("repository"), false);
    m_platform->setEnabled(false);
    m_reference->setReadOnly(true);
    m_tls->setEnabled(false);
    m_signIn->hide();
    mainButton()->hide();
    buttons()->button(QDialogButtonBox::Cancel)->setText(tr("Go on in the background"));
    m_view = new WorkView(m_context.work, operation, this);
    m_view->setPartsVisible(true);
    body()->insertWidget(2, m_view);
    fit();
    m_context.operations.whenEnded(operation, this, [this](const client::Operation& done) { ended(done); });
}

void PullDialog::ended(const client::Operation& operation)
{
    if (operation.state == client::OperationState::Done) {
        emit pulled(operation.resultReferences.value(0, m_reference->text().trimmed()));
        accept();
        return;
    }
    delete std::exchange(m_view, nullptr);
    m_reference->setReadOnly(false);
    m_platform->setEnabled(true);
    m_tls->setEnabled(true);
    m_signIn->show();
    mainButton()->show();
    buttons()->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    mainButton()->setText(tr("Pull again"));
    setBusy(false);
    if (operation.error && operation.state == client::OperationState::Failed) {
        refuse(tr("Not pulled"), *operation.error);
        if (operation.error->name == client::errors::PermissionDenied && operation.error->field.isEmpty())
            banner().addAction(m_signIn->text(), [this] { signIn(); });
    } else {
        banner().showMessage(widgets::Banner::Level::Info, tr("Cancelled"),
                             tr("What was fetched stays: pulling again goes on from there."));
    }
}

void PullDialog::signIn()
{
    const auto reference = ImageReference::parse(m_reference->text().trimmed());
    if (!reference)
        return;
    LoginDialog* dialog = LoginDialog::ask(m_context, reference->registryName(), this);
    connect(dialog, &LoginDialog::signedIn, this, [this] {
        m_askedRepository.clear();
        m_platform->forget();
        clearProblems();
        settled();
    });
}

} // namespace diptych::dialogs
