// The registries that the helper is signed in to.
#pragma once

#include "dialogs/image_context.h"
#include "dialogs/list_dialog.h"

class QListWidget;
class QPushButton;

namespace diptych::dialogs {

class RegistriesDialog final : public ListDialog
{
    Q_OBJECT
public:
    RegistriesDialog(const ImageContext& context, QWidget* parent);

private:
    void askList();
    void showList(const client::Answer<QList<client::Registry>>& answer);
    void signOut();
    void follow();
    [[nodiscard]] QString chosen() const;

    ImageContext m_context;
    QListWidget* m_list;
    QPushButton* m_signOut;
};

} // namespace diptych::dialogs
