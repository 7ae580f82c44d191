// How the table of instances is painted, column by column; the values come from InstanceModel's roles.
#pragma once

#include <QStyledItemDelegate>

namespace diptych::pages {

class InstanceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace diptych::pages
