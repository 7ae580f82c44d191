// Pages that a start is known to touch, asked for in a few calls.
#pragma once

namespace diptych::runtime {

/// A page fault costs from half a microsecond to twenty, where the machine is itself a virtual one, and a start has
/// some two hundred of them. This takes most of them at once; that it fails is no error.
void prefault();

} // namespace diptych::runtime
