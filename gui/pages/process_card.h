// One process as it is inside, and as the host sees it; for two instances the same program on both sides of the hinge:
// inside, host, host, inside.
#pragma once

#include "client/wall_types.h"
#include "pages/context.h"
#include "widgets/card.h"

#include <QElapsedTimer>

#include <array>

class QComboBox;

namespace diptych::widgets {
class EvidenceTable;
}

namespace diptych::pages {

class ToneLabel;

class ProcessCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit ProcessCard(const Context& context, QWidget* parent);

    void setOwner(const QString& id, const QString& name, client::Kind kind); ///< of one instance alone
    void show(const client::Process& process); ///< of that instance; the same one is asked for again

    struct Side
    {
        QString id, name;
        client::Kind kind = client::Kind::Container;
        QList<client::Process> processes;
    };
    /// Both instances of Compare: a list chooses the program on the left, its counterpart is found on the right.
    void setSides(const std::array<Side, 2>& sides);
    /// Which process does the same: the same command, else the one of the same name, else null.
    [[nodiscard]] static const client::Process* counterpart(const client::Process& process,
                                                            const QList<client::Process>& others);

private:
    struct Shown
    {
        QString id;
        int pid = 0, insidePid = 0;
        client::ProcessView view;
        QElapsedTimer asked = {};
        bool operator==(const Shown& other) const
        {
            return id == other.id && pid == other.pid && insidePid == other.insidePid;
        }
    };
    void setNames(const QList<std::pair<QString, client::Kind>>& names);
    void fillPrograms();
    void follow();
    void ask(size_t side, const QString& id, const client::Process* process);
    void showViews();
    void fit();

    Context m_context;
    QComboBox* m_programs;
    widgets::EvidenceTable* m_table;
    ToneLabel* m_note;
    std::array<Side, 2> m_sides;
    std::array<Shown, 2> m_shown;
    size_t m_count = 1;
};

} // namespace diptych::pages
