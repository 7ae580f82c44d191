// Imported disks of virtual machines: what there is, out again, and away.
#pragma once

#include "dialogs/image_context.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace diptych::widgets {
class Banner;
}

namespace diptych::dialogs {

class DisksDialog final : public QDialog
{
    Q_OBJECT
public:
    DisksDialog(const ImageContext& context, QWidget* parent);

private:
    void askList();
    void showList(const client::Answer<QList<client::Disk>>& answer);
    void follow();
    void removeChosen();
    [[nodiscard]] QString chosen() const;

    ImageContext m_context;
    QTreeWidget* m_list;
    QLabel* m_note;
    widgets::Banner* m_banner;
    QPushButton* m_export;
    QPushButton* m_delete;
    QString m_asked; ///< Delete was pressed once for this one
};

} // namespace diptych::dialogs
