// How an interface is known: pure.
#pragma once

#include "models/wiring_model.h"

namespace diptych::pages {

[[nodiscard]] client::IsolationReport wiringRows(const models::WiringModel& model,
                                                 const client::NetworkInterface& interface);
[[nodiscard]] QString wiringRowName(const QString& resource);

} // namespace diptych::pages
