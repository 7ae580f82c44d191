#include "images/images.h"

#include "base/files.h"
#include "guest/users.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr size_t kLargestFile = size_t{1} << 20;

void setVariable(std::vector<std::string>& environment, const std::string& entry)
{
    std::string_view name = std::string_view(entry).substr(0, entry.find('=') + 1);
    auto it = std::find_if(environment.begin(), environment.end(),
                           [&](const std::string& e) { return e.compare(0, name.size(), name) == 0; });
    if (it != environment.end())
        *it = entry;
    else
        environment.push_back(entry);
}

bool hasVariable(const std::vector<std::string>& environment, std::string_view name)
{
    return std::any_of(environment.begin(), environment.end(), [&](const std::string& e) {
        return e.size() > name.size() && e.compare(0, name.size(), name) == 0 && e[name.size()] == '=';
    });
}

/// "SIGTERM", "TERM", "15", "SIGRTMIN+3"; SIGTERM when it is nothing of this.
int signalFrom(std::string_view text)
{
    if (text.substr(0, 3) == "SIG")
        text.remove_prefix(3);
    int base = 0;
    if (text.substr(0, 6) == "RTMIN+") {
        base = SIGRTMIN;
        text.remove_prefix(6);
    }
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size())
        return number + base >= 1 && number + base <= 64 ? number + base : SIGTERM;
    for (int candidate = 1; candidate < 32; ++candidate)
        if (const char* name = ::sigabbrev_np(candidate); name && text == name)
            return candidate;
    return SIGTERM;
}

enum class Lookup { Yes, No, Hidden };

/// One layer's version of path. Hidden: a whiteout or an opaque directory says that lower layers must not be asked.
Result<Lookup> readIn(const std::string& layer, const std::string& path, std::string& content)
{
    UniqueFd root = TRY(openFile(layer, O_PATH | O_DIRECTORY));
    auto file = openInRoot(root.get(), path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file) {
        // A whiteout can't be opened: there is no device 0:0.
        auto node = openInRoot(root.get(), path, O_PATH | O_NOFOLLOW);
        if (node)
            return Lookup::Hidden;
        auto parent = openInRoot(root.get(), path.substr(0, path.find_last_of('/')), O_PATH | O_NOFOLLOW);
        if (!parent)
            return Lookup::No;
        struct stat st
        {
        };
        std::string self = fmt::format("/proc/self/fd/{}", parent->get());
        char value = 0;
        bool directory = ::fstat(parent->get(), &st) == 0 && S_ISDIR(st.st_mode);
        bool opaque = ::getxattr(self.c_str(), "trusted.overlay.opaque", &value, 1) == 1 && value == 'y';
        return !directory || opaque ? Lookup::Hidden : Lookup::No;
    }
    struct stat st
    {
    };
    if (::fstat(file->get(), &st) < 0 || !S_ISREG(st.st_mode))
        return fail(Code::Failed, fmt::format("/{} of the image is not a regular file", path));
    content = TRYX(readFd(file->get(), kLargestFile), "/" + path);
    return Lookup::Yes;
}
} // namespace

Result<std::string> Store::imageFile(const Image& image, const std::string& path)
{
    std::string content;
    for (auto layer = image.layers.rbegin(); layer != image.layers.rend(); ++layer) {
        std::string directory = fmt::format("{}/layers/{}", m_paths.images(), layer->diffId.substr(7));
        if (TRY(readIn(directory, path, content)) != Lookup::No)
            return content;
    }
    return content;
}

Result<Process> Store::resolve(const Image& image, const InstanceSpec& spec)
{
    Process process;
    process.arguments = spec.command;
    if (process.arguments.empty()) {
        process.arguments = image.config.entrypoint;
        process.arguments.insert(process.arguments.end(), image.config.command.begin(), image.config.command.end());
    }
    if (process.arguments.empty())
        return failField("command", fmt::format("the image {} names no program: a command is needed", image.reference));

    const std::string user = !spec.user.empty() ? spec.user : image.config.user.empty() ? "0" : image.config.user;
    std::string passwd = TRY(imageFile(image, "etc/passwd")), group = TRY(imageFile(image, "etc/group"));
    auto found = guest::lookUpUser(user, passwd, group);
    if (!found)
        return failField("user", fmt::format("image {}: {}", image.reference, found.error().message));
    process.uid = found->uid;
    process.gid = found->gid;
    process.groups = found->groups;

    process.environment = image.config.environment;
    for (const std::string& entry : spec.environment)
        setVariable(process.environment, entry);
    if (!hasVariable(process.environment, "PATH"))
        process.environment.emplace_back("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    if (!hasVariable(process.environment, "HOME"))
        process.environment.push_back("HOME=" + (found->home.empty() ? "/" : found->home));

    process.workingDirectory = !spec.workingDirectory.empty() ? spec.workingDirectory : image.config.workingDirectory;
    if (process.workingDirectory.empty())
        process.workingDirectory = "/";
    process.stopSignal = image.config.stopSignal.empty() ? SIGTERM : signalFrom(image.config.stopSignal);
    return process;
}

} // namespace diptych::images
