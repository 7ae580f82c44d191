#include "dialogs/shortcuts_dialog.h"

#include "widgets/searchfield.h"
#include "widgets/tone.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace diptych::dialogs {

namespace {

QString native(const char* keys)
{
    return QKeySequence(QString::fromLatin1(keys)).toString(QKeySequence::NativeText);
}

void filter(QTreeWidget* list, const QString& words)
{
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem* row = group->child(k);
            const bool fits =
                row->text(0).contains(words, Qt::CaseInsensitive) || row->text(1).contains(words, Qt::CaseInsensitive);
            row->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QList<Group>& groups, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* search = new widgets::SearchField(tr("Search keys and what they do"), this);
    auto* list = new QTreeWidget(this);
    list->setAccessibleName(tr("Keyboard shortcuts"));
    list->setHeaderLabels({tr("What"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setIndentation(12);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    for (const Group& group : groups) {
        auto* top = new QTreeWidgetItem(list, {group.where});
        top->setFirstColumnSpanned(true);
        top->setFont(0, widgets::scaledFont(1, QFont::DemiBold));
        for (const auto& [what, keys] : group.keys) {
            auto* row = new QTreeWidgetItem(top, {what, keys});
            row->setFont(1, widgets::Theme::instance().monospace());
        }
    }
    list->expandAll();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(search);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    resize(600, 640);
    connect(search, &widgets::SearchField::textSettled, list, [list](const QString& words) { filter(list, words); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QList<ShortcutsDialog::Group> ShortcutsDialog::ofWidgets()
{
    return {{tr("In a terminal"),
             {{tr("Copy, paste"), native("Ctrl+Shift+C") + QStringLiteral(", ") + native("Ctrl+Shift+V")},
              {tr("Search screen and scrollback"), native("Ctrl+Shift+F")},
              {tr("Scroll by a page"), native("Shift+PgUp") + QStringLiteral(", ") + native("Shift+PgDown")},
              {tr("Larger, smaller, normal text"),
               native("Ctrl++") + QStringLiteral(", ") + native("Ctrl+-") + QStringLiteral(", ") + native("Ctrl+0")},
              {tr("Leave the terminal"), native("Ctrl+Tab")}}},
            {tr("On a chart"),
             {{tr("Read the moment before, or after"), native("Left") + QStringLiteral(", ") + native("Right")},
              {tr("Show as table"), native("Ctrl+T")},
              {tr("Copy as text"), native("Ctrl+C")},
              {tr("Save as CSV or picture"), native("Ctrl+E")}}},
            {tr("On a row of evidence"),
             {{tr("How it is known"), native("Return")}, {tr("Copy the command or sentence"), native("Ctrl+C")}}}};
}

} // namespace diptych::dialogs
