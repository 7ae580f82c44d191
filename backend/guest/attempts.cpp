#include "guest/attempts.h"

#include "base/fd.h"
#include "base/files.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
const char* nameOf(Reach reach)
{
    switch (reach) {
    case Reach::Own:
        return "own";
    case Reach::Kernel:
        return "kernel";
    case Reach::Host:
        break;
    }
    return "host";
}
} // namespace

Result<HostFacts> hostFactsFrom(std::string_view text)
{
    Json json = TRY(parseJson(text));
    JsonReader reader(json);
    HostFacts facts;
    facts.hostName = TRY(reader.string("hostName"));
    JsonReader namespaces = TRY(reader.object("namespaces"));
    for (const auto& [kind, link] : namespaces.value().items())
        if (link.is_string())
            facts.namespaces[kind] = link.get<std::string>();
    return facts;
}

bool Attempts::shares(const char* kind) const
{
    auto known = m_host.namespaces.find(kind);
    char link[64];
    ssize_t length = ::readlink(fmt::format("/proc/self/ns/{}", kind).c_str(), link, sizeof link);
    return known != m_host.namespaces.end() && length > 0 &&
           known->second == std::string_view(link, static_cast<size_t>(length));
}

void Attempts::add(const char* name, const Attempt& attempt)
{
    Outcome o = attempt();
    const char* error = o.error == 0 ? "" : ::strerrorname_np(o.error);
    m_results.push_back({{"name", name},
                         {"possible", o.possible},
                         {"error", error ? error : std::to_string(o.error)},
                         {"call", o.call},
                         {"seen", o.seen},
                         {"reach", nameOf(o.reach)}});
}

Json Attempts::run()
{
    ::alarm(kPatience); // whatever hangs ends here, and is told as no answer
    processes();
    machine();
    files();
    network();
    kernel();
    return m_results;
}

Outcome outcomeOf(std::string call, long result, Reach reach, const std::vector<int>& allowedErrors)
{
    Outcome outcome;
    outcome.call = std::move(call);
    outcome.reach = reach;
    outcome.error = result < 0 ? errno : 0;
    outcome.possible =
        result >= 0 || std::find(allowedErrors.begin(), allowedErrors.end(), outcome.error) != allowedErrors.end();
    return outcome;
}

Outcome opens(const std::string& path, int flags, Reach reach)
{
    // Neither waiting for a device nor becoming its terminal.
    UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    return outcomeOf(fmt::format("open({}, {})", path, flags == O_RDONLY ? "O_RDONLY" : "O_WRONLY"), fd ? 0 : -1,
                     reach);
}

int inChild(const std::function<long()>& work)
{
    pid_t child = ::fork();
    if (child < 0)
        return errno;
    if (child == 0)
        ::_exit(work() < 0 ? errno : 0); // every errno we know is below 256
    int status = 0;
    if (::waitpid(child, &status, 0) < 0)
        return errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

std::string shortList(const std::vector<std::string>& names)
{
    constexpr size_t kShown = 6;
    std::vector<std::string> first(names.begin(), names.begin() + std::min<ptrdiff_t>(kShown, std::ssize(names)));
    return fmt::format("{}: {}{}", names.size(), fmt::join(first, ", "), names.size() > kShown ? ", …" : "");
}

void idle()
{
    sigset_t wanted;
    ::sigemptyset(&wanted);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT})
        ::sigaddset(&wanted, signal);
    ::sigprocmask(SIG_BLOCK, &wanted, nullptr);
    for (;;) {
        if (const int signal = ::sigwaitinfo(&wanted, nullptr); signal == SIGTERM || signal == SIGINT)
            ::_exit(0);
        while (::waitpid(-1, nullptr, WNOHANG) > 0)
            continue;
    }
}

} // namespace diptych::guest
