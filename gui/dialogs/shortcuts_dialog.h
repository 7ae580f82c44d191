// Every key there is, by where it works.
#pragma once

#include <QDialog>

class QTreeWidget;

namespace diptych::dialogs {

class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Group
    {
        QString where;
        QList<std::pair<QString, QString>> keys; ///< what it does, the keys
    };
    ShortcutsDialog(const QList<Group>& groups, QWidget* parent);
    /// Keys of the widgets themselves: terminal, charts, tables of evidence.
    static QList<Group> ofWidgets();
};

} // namespace diptych::dialogs
