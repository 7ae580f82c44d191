// The instances as a table. Merges, never resets: selection, scroll position and sort order survive every change.
#pragma once

#include "models/instance_store.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QSet>
#include <QSortFilterProxyModel>

namespace diptych::models {

class InstanceModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        KindColumn,
        NameColumn,
        StateColumn,
        CpuColumn,
        MemoryColumn,
        ImageColumn,
        AddressColumn,
        UpColumn,
        ConnectionColumn,
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole + 1, ///< QString
        SortRole,                  ///< what the column sorts by: number or text
        KindRole,                  ///< int of client::Kind
        StateRole,                 ///< int of client::State
        HistoryRole,  ///< QList<double>, the last 60 values of CPU (cores) or memory (bytes), in their columns
        LimitRole,    ///< double: cores or bytes, 0 no limit, in the columns CPU and Memory
        FractionRole, ///< double 0 to 1: of the limit, else of the host; negative: not measured. CPU and Memory
        BusyRole,     ///< bool: an operation is going on
        ProblemRole,  ///< QString: why it is broken, or why the last start failed
        TitleRole,    ///< QString: what people call it, empty when nobody said
        StaleRole,    ///< bool: the helper can't be reached; shown greyed
    };
    static constexpr int SparkPoints = 60;

    explicit InstanceModel(const InstanceStore& store, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    [[nodiscard]] QString idAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const QString& id, int column = NameColumn) const; ///< invalid when unknown
    [[nodiscard]] const InstanceStore& store() const { return m_store; }

private:
    [[nodiscard]] QVariant text(const QString& id, const client::Instance& instance, int column) const;
    [[nodiscard]] QVariant sortKey(const QString& id, const client::Instance& instance, int column) const;
    [[nodiscard]] QVariant toolTip(const QString& id, const client::Instance& instance, int column) const;
    [[nodiscard]] QVariant measured(const QString& id, const client::Instance& instance, int column, int role) const;
    void remove(const QStringList& ids);

    const InstanceStore& m_store;
    QStringList m_ids; ///< what views know; follows the store's
};

/// Search over name, image, address and id; kind; states. Sorts stably: equal keys by name.
class InstanceFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit InstanceFilter(InstanceModel& model, QObject* parent = nullptr);

    void setText(const QString& text); ///< words, all of which must be found somewhere
    void setKind(std::optional<client::Kind> kind);
    /// Of this connection only: its id, empty for this machine's own; all without.
    void setConnection(const std::optional<QString>& connection);
    [[nodiscard]] std::optional<QString> connection() const { return m_connection; }
    void setStates(const QSet<int>& states); ///< ints of client::State; empty: all
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] std::optional<client::Kind> kind() const { return m_kind; }
    [[nodiscard]] QSet<int> states() const { return m_states; }
    [[nodiscard]] bool isFiltering() const
    {
        return !m_words.isEmpty() || m_kind || m_connection || !m_states.isEmpty();
    }

    [[nodiscard]] QString idAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const QString& id, int column = InstanceModel::NameColumn) const;
    [[nodiscard]] QStringList idsOf(const QModelIndexList& indexes) const; ///< each once, in the order shown

signals:
    void filterChanged();

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    void refilter();

    InstanceModel& m_model;
    QCollator m_collator;
    QString m_text;
    QStringList m_words;
    std::optional<client::Kind> m_kind;
    std::optional<QString> m_connection;
    QSet<int> m_states;
};

} // namespace diptych::models
