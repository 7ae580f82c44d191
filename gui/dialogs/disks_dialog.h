// Imported disks of virtual machines: what there is, out again, and away.
#pragma once

#include "dialogs/image_context.h"
#include "dialogs/list_dialog.h"

class QPushButton;
class QTreeWidget;

namespace diptych::dialogs {

class DisksDialog final : public ListDialog
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
    QPushButton* m_export;
    QPushButton* m_delete;
    QString m_asked; ///< Delete was pressed once for this one
};

} // namespace diptych::dialogs
