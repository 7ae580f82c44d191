#include "runtime/criu.h"
#include "runtime/process.h"
#include "runtime/verbs.h"

#include "base/files.h"

#include <sys/stat.h>

namespace diptych::runtime {

// In the container's root, which for a masked path decides whether there is a mount at all.
static bool isFile(pid_t pid, const std::string& path)
{
    struct stat info = {};
    return ::lstat(fmt::format("/proc/{}/root{}", pid, path).c_str(), &info) == 0 && !S_ISDIR(info.st_mode);
}

Result<int> checkpoint(const Global& global, const Arguments& arguments)
{
    Store store(global.root);
    std::string id = TRY(containerId(arguments));
    UniqueFd lock = TRY(store.lock(id));
    Record record = TRY(store.read(id));
    Phase phase = statusOf(store, record);
    if (phase != Phase::Running && phase != Phase::Paused)
        return fail(Code::WrongState, fmt::format("container {} is {}, not running", id, toString(phase)));
    oci::Config config = TRY(store.config(id));
    if (!config.annotation("org.diptych.overlay.lower").empty())
        return fail(Code::NotSupported, fmt::format("container {} has an overlay that only its own start mounts: it "
                                                    "can't be restored",
                                                    id));
    const char* verb = arguments.has("pre-dump") ? "pre-dump" : "dump";
    std::vector<std::string> words = TRY(criuArguments(global.criu, verb, arguments));
    for (const std::string& word : {std::string("--tree"), std::to_string(record.pid)})
        words.push_back(word);
    if (arguments.has("parent-path")) {
        words.emplace_back("--prev-images-dir");
        words.push_back(arguments.value("parent-path"));
        words.emplace_back("--track-mem");
    }
    if (arguments.has("leave-running") || arguments.has("pre-dump"))
        words.emplace_back(arguments.has("pre-dump") ? "--track-mem" : "--leave-running");
    for (const ExternalMount& mount : externalMounts(config))
        if (mount.source != "/dev/null" || isFile(record.pid, mount.destination))
            words.push_back(fmt::format("--external=mnt[{}]:{}", mount.destination, mount.destination));
    TRY(runCriu(words, fmt::format("{}/{}.log", criuWorkPath(arguments), verb)));
    return 0;
}

} // namespace diptych::runtime
