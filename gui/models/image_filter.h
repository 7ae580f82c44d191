// Search and order of the images: words, all of which must be found in reference, digest or architecture.
#pragma once

#include "models/image_model.h"

#include <QCollator>
#include <QSortFilterProxyModel>

namespace diptych::models {

class ImageFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ImageFilter(ImageModel& model, QObject* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] bool isFiltering() const { return !m_words.isEmpty(); }
    [[nodiscard]] QString referenceAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const QString& reference) const;            ///< invalid when it is not shown
    [[nodiscard]] QStringList referencesOf(const QModelIndexList& indexes) const; ///< each once

signals:
    void filterChanged();

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    ImageModel& m_model;
    QCollator m_collator;
    QStringList m_words;
};

} // namespace diptych::models
