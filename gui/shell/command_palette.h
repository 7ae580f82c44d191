// Ctrl+K: one line that finds any page, instance and verb by a few letters.
#pragma once

#include "shell/palette_commands.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;

namespace diptych::shell {

class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    CommandPalette(QList<PaletteCommand> own, const models::InstanceStore& store, QWidget* parent);

signals:
    void chosen(const diptych::shell::PaletteCommand& command);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void search();
    void choose();

    QList<PaletteCommand> m_own;
    QList<PaletteCommand> m_found;
    const models::InstanceStore& m_store;
    QLineEdit* m_typed;
    QListWidget* m_list;
    QLabel* m_none;
};

} // namespace diptych::shell
