// Lists what deleting images, or pruning, takes away and what stays, before anything is done.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace diptych::dialogs {

class ImageDeleteDialog final : public FormDialog
{
    Q_OBJECT
public:
    ImageDeleteDialog(const ImageContext& context, const QStringList& references, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void list();
    void next();
    [[nodiscard]] QStringList deletable() const;

    ImageContext m_context;
    QStringList m_references;
    QStringList m_open; ///< asked one after the other
    QTreeWidget* m_tree;
};

class PruneDialog final : public FormDialog
{
    Q_OBJECT
public:
    PruneDialog(const ImageContext& context, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void showPlan(const client::Answer<client::PrunePlan>& answer);
    ImageContext m_context;
    QTreeWidget* m_tree;
    std::optional<client::PrunePlan> m_plan;
    QString m_why;
};

} // namespace diptych::dialogs
