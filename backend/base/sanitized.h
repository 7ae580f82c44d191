// Whether this is a build with sanitizers. They reserve terabytes of address space, keep what was freed and make system
// calls of their own: such builds are for finding mistakes, not for keeping them in, nor for measuring.
#pragma once

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define DIPTYCH_SANITIZED
#endif
#endif

namespace diptych {

#if defined(__SANITIZE_ADDRESS__) || defined(DIPTYCH_SANITIZED)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

} // namespace diptych
