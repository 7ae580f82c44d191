// Namespaces by kind, by words, and without the host's own.
#pragma once

#include <QSortFilterProxyModel>

namespace diptych::models {

class NamespaceFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit NamespaceFilter(QObject* parent = nullptr);
    void setText(const QString& text); ///< words, all of which must be found
    void setKind(const QString& kind); ///< empty: all
    void setWithoutHost(bool without);
    [[nodiscard]] bool isFiltering() const { return m_withoutHost || !m_words.isEmpty() || !m_kind.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
    QString m_kind;
    bool m_withoutHost = false;
};

} // namespace diptych::models
