#include "dialogs/build_dialog.h"

#include "models/image_reference.h"
#include "models/reasons.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace diptych::dialogs {

BuildDialog::BuildDialog(const ImageContext& context, QWidget* parent)
    : FormDialog(tr("Build an image"), tr("Build"), parent),
      m_context(context),
      m_list(new QWidget(this)),
      m_lines(new QVBoxLayout(m_list)),
      m_group(new QButtonGroup(this)),
      m_suite(new QComboBox(this)),
      m_packages(new QLineEdit(this)),
      m_reference(new QLineEdit(this))
{
    m_lines->setContentsMargins(0, 4, 0, 0);
    m_lines->addWidget(new QLabel(tr("Asking the helper …"), m_list));
    m_suite->setEditable(true);
    m_suite->addItems({QStringLiteral("bookworm"), QStringLiteral("trixie"), QStringLiteral("sid")});
    m_packages->setPlaceholderText(QStringLiteral("nginx curl"));
    addField(tr("Template"), m_list, QStringLiteral("template"));
    addField(tr("&Suite"), m_suite, QStringLiteral("suite"));
    addField(tr("&Packages"), m_packages, QStringLiteral("packages"), tr("Further ones, with blanks between"));
    addField(tr("&Name"), m_reference, QStringLiteral("reference"));
    connect(m_group, &QButtonGroup::idToggled, this, &BuildDialog::chosen);
    connect(m_suite, &QComboBox::editTextChanged, this, &BuildDialog::chosen);
    connect(m_packages, &QLineEdit::textChanged, this, &BuildDialog::follow);
    connect(m_reference, &QLineEdit::textEdited, this, [this] { m_touched = true; });
    connect(m_reference, &QLineEdit::textChanged, this, &BuildDialog::follow);
    chosen();
    m_context.client.imageTemplates(this, [this](const auto& answer) { showTemplates(answer); });
}

void BuildDialog::showTemplates(const client::Answer<QList<client::ImageTemplate>>& answer)
{
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_loaded = true;
    if (!answer) {
        refuse(tr("The templates are not known"), answer.error());
        return;
    }
    m_templates = answer.value();
    for (qsizetype i = 0; i < m_templates.size(); ++i) {
        const client::ImageTemplate& one = m_templates.at(i);
        auto* button = new QRadioButton(one.name, m_list);
        button->setObjectName(QStringLiteral("template.") + one.name);
        button->setEnabled(one.available);
        auto* text = new QLabel(models::templateText(one), m_list);
        text->setProperty(one.available ? "muted" : "warn", true);
        text->setProperty("small", true);
        text->setWordWrap(true);
        text->setIndent(26);
        button->setAccessibleDescription(text->text());
        m_group->addButton(button, int(i));
        m_lines->addWidget(button);
        m_lines->addWidget(text);
        if (one.available && m_group->checkedId() < 0)
            button->setChecked(true);
    }
    if (m_templates.isEmpty())
        m_lines->addWidget(new QLabel(tr("The helper has no templates."), m_list));
    chosen();
}

const client::ImageTemplate* BuildDialog::current() const
{
    const int id = m_group->checkedId();
    return id < 0 ? nullptr : &m_templates.at(id);
}

bool BuildDialog::isDebian() const
{
    return current() && current()->name == QLatin1String("debian");
}

QStringList BuildDialog::packages() const
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    return isDebian() ? m_packages->text().split(between, Qt::SkipEmptyParts) : QStringList();
}

void BuildDialog::chosen()
{
    setFieldVisible(QStringLiteral("suite"), isDebian());
    setFieldVisible(QStringLiteral("packages"), isDebian());
    if (!m_touched && current())
        m_reference->setText(isDebian() ? current()->name + QLatin1Char(':') + m_suite->currentText().trimmed()
                                        : current()->name + QStringLiteral(":latest"));
    setHint(QStringLiteral("reference"), m_context.images.find(m_reference->text())
                                             ? tr("There is one of this name: the name moves to the new one.")
                                             : QString());
    follow();
    fit();
}

QString BuildDialog::blocker() const
{
    if (!m_loaded)
        return tr("The helper was asked for its templates.");
    if (!current())
        return tr("No template can be used here.");
    static const QRegularExpression suite(QStringLiteral("^[a-z][a-z0-9.-]*$"));
    if (isDebian() && !suite.match(m_suite->currentText().trimmed()).hasMatch())
        return tr("A suite is needed, like bookworm.");
    static const QRegularExpression package(QStringLiteral("^[a-z0-9][a-z0-9.+-]+(:[a-z0-9]+)?$"));
    for (const QString& name : packages())
        if (!package.match(name).hasMatch())
            return tr("“%1” is no name of a package.").arg(name);
    return models::ImageReference::problem(m_reference->text().trimmed());
}

void BuildDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().build(current()->name, m_reference->text().trimmed(),
                            isDebian() ? m_suite->currentText().trimmed() : QString(), packages(), this,
                            [this](const client::Answer<QString>& answer) {
                                if (answer)
                                    accept();
                                else
                                    refuse(tr("Not built"), answer.error());
                            });
}

} // namespace diptych::dialogs
