#include "containers/supervisors.h"

#include "base/files.h"
#include "base/log.h"

#include <charconv>

namespace diptych::containers {

void leaveUnit(const cgroups::Hierarchies& hierarchies, const std::string& parent, const std::string& directory)
{
    if (!exists("/run/systemd/system"))
        return;
    auto moved = [&]() -> Status {
        std::string text = TRY(readFile(directory + "/supervisor.pid"));
        std::string_view digits = trim(text);
        pid_t pid = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), pid).ec != std::errc() || pid <= 1)
            return fail(Code::Failed, "no process number");
        auto group = TRY(cgroups::Cgroup::create(hierarchies, parent + "/supervisors"));
        return group.attach(pid);
    }();
    // A program that has ended already has no supervisor any more.
    if (!moved && moved.error().systemError != ENOENT && moved.error().systemError != ESRCH)
        logf(Level::Warning, "a supervisor stays in the helper's unit: {}", moved.error().message);
}

} // namespace diptych::containers
