// What the cabling shows of the machine's interfaces: pure.
#pragma once

#include "models/wiring_model.h"
#include "widgets/cabling.h"

#include <QSet>

namespace diptych::pages {

/// Of boxes with one of these interfaces alone (keys).
[[nodiscard]] widgets::Cabling::Scene wiringScene(const models::WiringModel& model, const QSet<QString>& shown);

} // namespace diptych::pages
