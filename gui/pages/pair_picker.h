// Which instance stands left, which right: two lists of all instances and what was found beside them, and a button
// between them that swaps.
#pragma once

#include "models/instance_store.h"

#include <QWidget>

#include <array>

class QComboBox;

namespace diptych::pages {

class PairPicker final : public QWidget
{
    Q_OBJECT
public:
    explicit PairPicker(const models::InstanceStore& store, QWidget* parent = nullptr);
    void setPair(const QString& left, const QString& right); ///< emits nothing
    void fill();                                             ///< with the store's instances, keeping what is chosen

signals:
    void picked(const QString& left, const QString& right);

private:
    [[nodiscard]] QString idOf(int side) const;

    const models::InstanceStore& m_store;
    std::array<QComboBox*, 2> m_lists{};
    std::array<QString, 2> m_ids;
};

} // namespace diptych::pages
