// The ownership tree of user namespaces as boxes in boxes, made from the listing: pure.
#pragma once

#include "models/namespace_model.h"
#include "widgets/nestedboxes.h"

#include <QSet>

namespace diptych::pages {

/// Of those ids alone, with the way up to them. What is one owner's alone stands together.
[[nodiscard]] QList<widgets::NestedBoxes::Box> namespaceBoxes(const models::NamespaceModel& model,
                                                              const QSet<QString>& shown);
[[nodiscard]] widgets::Tone toneOfOwner(const client::NamespaceOwner& owner);

} // namespace diptych::pages
