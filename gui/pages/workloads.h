// Asking for what nobody registered: only who looks at it does.
#pragma once

#include "client/wall_types.h"
#include "pages/context.h"
#include "widgets/tone.h"

namespace diptych::pages {

/// Into the store. done gets why it could not be, or an empty text.
void askWorkloads(const Context& context, QObject* guard, std::function<void(const QString& problem)> done = {});
/// To an instance, or to a workload that may have to be asked for first.
void openOwner(const Context& context, QObject* guard, const QString& id);
/// The host's own for the machine itself.
[[nodiscard]] widgets::Tone toneOfInstance(const client::Instance& instance);

} // namespace diptych::pages
