#include "dialogs/source_field.h"

#include "models/formatting.h"
#include "models/reasons.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

QString describeSource(const client::FoundSource& source)
{
    QStringList words;
    if (source.size > 0)
        words.append(models::bytes(source.size));
    if (!source.detail.isEmpty())
        words.append(source.detail);
    if (!source.holds.isEmpty())
        words.append(SourceField::tr("holds %1").arg(source.holds));
    else if (source.size > 0)
        words.append(SourceField::tr("empty"));
    if (!source.user.isEmpty())
        words.append(models::reasonText(models::diskUserTexts({source.user})));
    return words.join(u", "_s);
}

SourceField::SourceField(QWidget* parent)
    : QWidget(parent), m_edit(new QComboBox(this)), m_look(new QPushButton(tr("&Find"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_look);
    m_edit->setEditable(true);
    m_edit->setInsertPolicy(QComboBox::NoInsert);
    m_edit->completer()->setCaseSensitivity(Qt::CaseSensitive); // paths are
    m_edit->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_edit->setMinimumContentsLength(20);
    m_look->setObjectName(u"look"_s);
    m_look->setAutoDefault(false);
    setFocusProxy(m_edit);
    connect(m_edit, &QComboBox::editTextChanged, this, &SourceField::changed);
    connect(m_edit, &QComboBox::activated, this, [this](int index) {
        m_edit->setEditText(m_edit->itemData(index).toString()); // without the words beside it
    });
    connect(m_look, &QPushButton::clicked, this, &SourceField::lookWanted);
    follow();
}

QString SourceField::text() const
{
    return m_edit->currentText().trimmed();
}

void SourceField::setText(const QString& text)
{
    m_edit->setEditText(text);
}

void SourceField::setPlaceholder(const QString& text)
{
    m_edit->lineEdit()->setPlaceholderText(text);
}

void SourceField::setObstacle(const QString& reason)
{
    m_obstacle = reason;
    follow();
}

void SourceField::setBusy(bool busy)
{
    m_busy = busy;
    follow();
}

void SourceField::take(const QList<client::FoundSource>& found)
{
    const QString typed = m_edit->currentText();
    const QSignalBlocker quiet(m_edit);
    m_found = found;
    m_edit->clear();
    for (const client::FoundSource& one : found) {
        const QString about = describeSource(one);
        m_edit->addItem(about.isEmpty() ? one.source : tr("%1 (%2)").arg(one.source, about), one.source);
    }
    m_edit->setCurrentIndex(-1);
    m_edit->setEditText(typed);
}

void SourceField::clear()
{
    take({});
    m_edit->setEditText({});
}

const client::FoundSource* SourceField::known() const
{
    for (const client::FoundSource& one : m_found)
        if (one.source == text())
            return &one;
    return nullptr;
}

void SourceField::follow()
{
    m_edit->setAccessibleName(accessibleName());
    m_look->setEnabled(m_obstacle.isEmpty() && !m_busy);
    m_look->setText(m_busy ? tr("Looking …") : tr("&Find"));
    m_look->setToolTip(m_obstacle.isEmpty() ? tr("List what there is") : m_obstacle);
}

} // namespace diptych::dialogs
