// The wire and file form of an instance: exactly the types of api/org.diptych.Instances.varlink.
#pragma once

#include "base/json.h"
#include "instances/instance.h"

namespace diptych {

Json toJson(const Limits& limits);
Json toJson(const InstanceSpec& spec);
/// Type Instance: {"id", "context": {...}, "runtime": {...}}
Json toJson(const Instance& instance);
Json toJson(const Timeline& timeline);
Result<Limits> limitsFrom(JsonReader reader);
/// Decodes and checks types; checkSpec() is separate.
Result<InstanceSpec> specFrom(JsonReader reader);
Result<Timeline> timelineFrom(JsonReader reader);

} // namespace diptych
