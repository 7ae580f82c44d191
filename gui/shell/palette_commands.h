// What the command palette offers: pages, the window's own commands, and every verb of every instance. Pure: no
// widgets.
#pragma once

#include "models/actions.h"
#include "models/instance_store.h"

#include <QCoreApplication>

namespace diptych::shell {

struct PaletteCommand
{
    QString text;
    QString detail; ///< what is found too, and shown faintly: image, state
    QString icon;
    QString keys;
    QString page;     ///< of the window: a page to show; else empty
    QString instance; ///< id, and what to do with it; no action: open it
    std::optional<models::Action> action;
    std::function<void()> run; ///< instead of page and instance
};

class PaletteCommands final
{
    Q_DECLARE_TR_FUNCTIONS(PaletteCommands)
public:
    static constexpr qsizetype mostShown = 60;

    /// The best first. own: pages and the window's commands; instances only when something is typed, or there are few.
    static QList<PaletteCommand> find(const QString& typed, const QList<PaletteCommand>& own,
                                      const models::InstanceStore& store);

private:
    static QList<PaletteCommand> ofInstance(const client::Instance& instance);
};

} // namespace diptych::shell
