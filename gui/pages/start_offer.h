// What stands where something of a running instance would be: why it does not run, and Start or Resume where that
// helps.
#pragma once

#include "pages/context.h"

namespace diptych::widgets {
class EmptyState;
}

namespace diptych::pages {

struct Stopped
{
    QString why;
    QString action; ///< the button's text; empty where nothing can be done from here
};
/// icon: of what would be there.
Stopped offerStart(widgets::EmptyState& empty, const Context& context, const QString& id, const QString& icon);
/// What the offer's button does; a refusal is told above the pages.
void takeStartOffer(const Context& context, const QString& id, QObject* guard);

} // namespace diptych::pages
