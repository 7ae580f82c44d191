// Control groups by name, maker and trouble; a group that matches keeps the way to it.
#pragma once

#include <QSortFilterProxyModel>

namespace diptych::models {

class GroupFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit GroupFilter(QObject* parent = nullptr);
    void setText(const QString& text);
    void setOnlyTrouble(bool on);
    [[nodiscard]] bool isFiltering() const { return m_trouble || !m_text.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    bool m_trouble = false;
};

} // namespace diptych::models
