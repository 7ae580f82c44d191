// Which libvirt connection: this machine's own, or one that was added. Hidden while there is none to choose.
#pragma once

#include "models/instance_store.h"

#include <QComboBox>

namespace diptych::pages {

class ConnectionPicker final : public QComboBox
{
    Q_OBJECT
public:
    enum class For {
        Filter, ///< all of them can be chosen too
        Place   ///< exactly one; those that are not open, or lack the feature, are grey with the reason
    };
    ConnectionPicker(models::InstanceStore& store, For what, const QString& feature, QWidget* parent);
    /// Empty: this machine's own. Nothing: all.
    [[nodiscard]] std::optional<QString> connection() const;
    [[nodiscard]] QString place() const { return connection().value_or(QString()); }

signals:
    void chosen();

private:
    void fill();

    models::InstanceStore& m_store;
    const For m_what;
    const QString m_feature;
    std::optional<QString> m_last;
};

} // namespace diptych::pages
