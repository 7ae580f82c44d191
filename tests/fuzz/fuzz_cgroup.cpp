// libFuzzer target: mountinfo, and what the kernel writes in the files of control groups.
#include "cgroups/cgroup.h"
#include "cgroups/files.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    using namespace diptych::cgroups;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    Hierarchies found = hierarchiesFrom(text);
    if (found.unified.empty() && found.mode == Mode::Unified)
        abort();
    if (found.controllers.empty() && (found.mode == Mode::Hybrid || found.mode == Mode::Legacy))
        abort();
    (void)number(text);
    for (std::string_view key : {"usage_usec", "oom_kill", "file", "total_cache"})
        if (keyed(text, key) != 0 && text.find(key) == std::string_view::npos)
            abort();
    (void)summed(text, " rbytes=", [](std::string_view device) { return device.empty(); });
    (void)summed(text, " Write ", [](std::string_view device) { return device == "8:0"; });
    return 0;
}
