// One snapshot of a machine: its screen of that moment, and what is known of it.
#pragma once

#include "client/machine_types.h"
#include "widgets/card.h"

#include <QPixmap>

class QLabel;

namespace diptych::pages {

class SnapshotCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit SnapshotCard(QWidget* parent);
    /// What it holds, in words.
    static QString holds(const client::Snapshot& snapshot);
    /// Whether its picture has to be fetched; shown() names it then.
    bool present(const QString& machine, const client::Snapshot& snapshot);
    void setPicture(const QByteArray& png, const QString& problem); ///< png empty: problem says why
    void clear();
    [[nodiscard]] QString shown() const { return m_shown; }
    [[nodiscard]] QPixmap picture() const;

private:
    class Screen;
    Screen* m_screen;
    QLabel* m_facts;
    QLabel* m_description;
    QString m_shown; ///< machine, name and time
};

} // namespace diptych::pages
