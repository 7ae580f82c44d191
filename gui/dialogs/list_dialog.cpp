#include "dialogs/list_dialog.h"

#include "models/statements.h"
#include "widgets/banner.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace diptych::dialogs {

ListDialog::ListDialog(const QString& title, QSize least, QWidget* parent) : QDialog(parent), m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumSize(least);
    m_note->setProperty("muted", true);
    m_note->setWordWrap(true);
}

void ListDialog::layOut(const QString& heading, QWidget* list, QWidget* about)
{
    auto* title = new QLabel(heading, this);
    title->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    // Made in the order that Tab goes.
    m_banner = new widgets::Banner(this);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_buttons->button(QDialogButtonBox::Close)->setIcon({});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(m_note);
    layout->addWidget(list, 1);
    if (about)
        layout->addWidget(about);
    layout->addWidget(m_banner);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QPushButton* ListDialog::addButton(const QString& text)
{
    return m_buttons->addButton(text, QDialogButtonBox::ActionRole);
}

void ListDialog::showError(const QString& what, const client::Error& error)
{
    m_banner->showMessage(widgets::Banner::Level::Error, what, models::errorText(error));
}

} // namespace diptych::dialogs
