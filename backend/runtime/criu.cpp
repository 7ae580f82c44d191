#include "runtime/criu.h"

#include "base/child.h"
#include "base/files.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace diptych::runtime {

static std::string imagePath(const Arguments& arguments)
{
    return arguments.value("image-path", "checkpoint");
}

std::string criuWorkPath(const Arguments& arguments)
{
    return arguments.value("work-path", imagePath(arguments));
}

static Result<std::string> programOf(const std::string& name)
{
    std::string path = name.find('/') == std::string::npos ? findProgram(name) : name;
    if (path.empty() || !exists(path))
        return fail(Code::NotSupported,
                    fmt::format("checkpoint and restore need CRIU, and there is no program \"{}\": install the package "
                                "criu, or name it with --criu",
                                name));
    return path;
}

static Result<std::string> absolute(const std::string& path)
{
    TRY(makeDirectories(path, 0700));
    std::array<char, 4096> resolved{};
    if (!::realpath(path.c_str(), resolved.data()))
        return failErrno(path);
    return std::string(resolved.data());
}

static Status addPageServer(const Arguments& arguments, std::vector<std::string>& out)
{
    if (!arguments.has("page-server"))
        return {};
    std::string place = arguments.value("page-server");
    size_t colon = place.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return failField("page-server", "--page-server must be ADDRESS:PORT");
    int64_t port = TRY(integerFrom("page-server", place.substr(colon + 1)));
    for (const std::string& word :
         {std::string("--page-server"), "--address=" + place.substr(0, colon), fmt::format("--port={}", port)})
        out.push_back(word);
    return {};
}

Result<std::vector<std::string>> criuArguments(const std::string& program, const char* verb, const Arguments& arguments)
{
    std::vector<std::string> out = {TRY(programOf(program)), verb};
    auto add = [&](const char* option, const std::string& value) {
        out.emplace_back(option);
        out.push_back(value);
    };
    add("--images-dir", TRYX(absolute(imagePath(arguments)), "--image-path"));
    add("--work-dir", TRYX(absolute(criuWorkPath(arguments)), "--work-path"));
    add("--log-file", std::string(verb) + ".log");
    for (const char* flag : {"tcp-established", "ext-unix-sk", "shell-job", "file-locks", "auto-dedup", "lazy-pages"})
        if (arguments.has(flag))
            out.push_back(std::string("--") + flag);
    for (const char* option : {"status-fd", "lsm-profile", "lsm-mount-context"})
        if (arguments.has(option))
            out.push_back(fmt::format("--{}={}", option, arguments.value(option)));
    if (arguments.has("empty-ns")) {
        if (arguments.value("empty-ns") != "network")
            return failField("empty-ns", "--empty-ns must be network");
        out.emplace_back("--empty-ns=net");
    }
    TRY(addPageServer(arguments, out));
    static constexpr std::string_view modes[] = {"soft", "full", "strict", "ignore"};
    std::string mode = arguments.value("manage-cgroups-mode", "soft");
    if (std::find(std::begin(modes), std::end(modes), mode) == std::end(modes))
        return failField("manage-cgroups-mode", "--manage-cgroups-mode must be soft, full, strict or ignore");
    out.push_back("--manage-cgroups=" + mode);
    return out;
}

std::vector<ExternalMount> externalMounts(const oci::Config& config)
{
    std::vector<ExternalMount> out;
    for (const oci::Mount& mount : config.mounts) {
        bool bind = mount.type == "bind";
        for (const std::string& option : mount.options)
            bind = bind || option == "bind" || option == "rbind";
        if (bind)
            out.push_back({mount.destination, mount.source});
        else if (mount.type == "cgroup" || mount.type == "cgroup2")
            out.push_back({mount.destination, "/sys/fs/cgroup"});
    }
    // Files are masked by the host's null device.
    for (const std::string& path : config.linux_.maskedPaths)
        out.push_back({path, "/dev/null"});
    return out;
}

// What follows is mostly consequences.
static std::string firstError(const std::string& log)
{
    std::string text = readFile(log).value_or("");
    size_t at = text.find("Error (");
    return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
}

Status runCriu(const std::vector<std::string>& arguments, const std::string& log)
{
    Command command;
    command.arguments = arguments;
    command.timeout = std::chrono::minutes(10);
    command.leavesOthers = true;
    Outcome outcome = TRY(run(command));
    if (outcome.status == 0)
        return {};
    std::string reason = firstError(log);
    if (reason.empty())
        reason = std::string(trim(outcome.errors.empty() ? outcome.output : outcome.errors));
    return fail(Code::Failed,
                fmt::format("criu {} failed: {} (its log: {})", arguments[1], reason.substr(0, 400), log));
}

} // namespace diptych::runtime
