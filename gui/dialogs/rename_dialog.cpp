#include "dialogs/rename_dialog.h"

#include "dialogs/name_check.h"
#include "models/statements.h"
#include "widgets/banner.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

RenameDialog::RenameDialog(client::Client& client, const models::InstanceStore& store, const QString& id,
                           QWidget* parent)
    : QDialog(parent),
      m_client(client),
      m_store(store),
      m_id(id),
      m_name(new QLineEdit(store.nameOf(id), this)),
      m_problem(new QLabel(this)),
      m_banner(new widgets::Banner(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Rename %1").arg(store.nameOf(id)));
    auto* label = new QLabel(tr("New &name"), this);
    label->setBuddy(m_name);
    m_name->setAccessibleName(tr("New name"));
    m_name->setMinimumWidth(320);
    m_name->selectAll();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    m_ok = buttons->addButton(tr("Rename"), QDialogButtonBox::AcceptRole);
    m_ok->setProperty("primary", true);
    m_ok->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    for (QWidget* part : std::initializer_list<QWidget*>{label, m_name, m_problem, m_banner})
        layout->addWidget(part);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &RenameDialog::validate);
    connect(buttons, &QDialogButtonBox::accepted, this, &RenameDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    validate();
}

void RenameDialog::ask(client::Client& client, const models::InstanceStore& store, const QString& id, QWidget* parent)
{
    auto* dialog = new RenameDialog(client, store, id, parent ? parent->window() : nullptr);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->show();
}

void RenameDialog::validate()
{
    const QString problem = NameCheck::problem(m_name->text(), m_store, m_id);
    m_problem->setText(problem);
    m_ok->setEnabled(problem.isEmpty() && m_name->text() != m_store.nameOf(m_id));
}

void RenameDialog::send()
{
    m_banner->dismiss();
    m_ok->setEnabled(false);
    m_client.rename(m_id, m_name->text(), this, [this](const client::Answer<client::Nothing>& answer) {
        if (answer) {
            accept();
            return;
        }
        m_banner->showMessage(widgets::Banner::Level::Error, tr("Not renamed"), models::errorText(answer.error()));
        validate();
    });
}

} // namespace diptych::dialogs
