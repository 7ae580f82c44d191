#include "runtime/verbs.h"

#include <unistd.h>

namespace diptych::runtime {

static const std::vector<Option> createFlags = {
    {"bundle", 'b', true, "directory with config.json (default: .)"},
    {"config", 'f', true, "not supported: config.json is in the bundle"},
    {"console-socket", 0, true, "socket that gets the terminal's master"},
    {"pid-file", 0, true, "file to write the first process's number to"},
    {"preserve-fds", 0, true, "descriptors 3.. to hand to the program"},
    {"no-pivot", 0, false, "chroot in place of pivot_root"},
    {"no-new-keyring", 0, false, "keep the caller's session keyring"},
    {"supervise", 0, false, "leave a supervisor with terminal, log and exit record"},
    {"systemd-cgroup", 0, false, "not supported"},
};

static std::vector<Option> runFlags()
{
    std::vector<Option> options = createFlags;
    options.push_back({"detach", 'd', false, "return when the program runs"});
    options.push_back({"keep", 0, false, "do not delete the container when it ends"});
    return options;
}

static const std::vector<Option> execFlags = {
    {"process", 'p', true, "process document"},
    {"tty", 't', false, "with a terminal"},
    {"cwd", 0, true, "working directory"},
    {"env", 'e', true, "NAME=value, may be repeated"},
    {"user", 'u', true, "UID[:GID]"},
    {"additional-gids", 'g', true, "group number, may be repeated"},
    {"cap", 'c', true, "capability to add, may be repeated"},
    {"no-new-privs", 0, false, "set no_new_privs"},
    {"detach", 'd', false, "return when the program runs"},
    {"pid-file", 0, true, "file to write the process's number to"},
    {"console-socket", 0, true, "socket that gets the terminal's master"},
    {"preserve-fds", 0, true, "descriptors 3.. to hand to the program"},
    {"ignore-paused", 0, false, "enter a paused container too"},
    {"supervise", 0, true, "session: leave a supervisor in <root>/<id>/exec/SESSION"},
    {"executable", 0, true, "run this file of the host"},
};

static const std::vector<Option> updateFlags = {
    {"resources", 'r', true, "resources document, - for stdin"},
    {"memory", 0, true, "bytes"},
    {"memory-reservation", 0, true, "bytes"},
    {"memory-swap", 0, true, "bytes, memory and swap together"},
    {"pids-limit", 0, true, "processes, -1 for no limit"},
    {"cpu-period", 0, true, "microseconds"},
    {"cpu-quota", 0, true, "microseconds in a period, -1 for no limit"},
    {"cpu-share", 0, true, "2..262144"},
    {"cpu-shares", 0, true, "2..262144"},
    {"cpuset-cpus", 0, true, "like 0-3,5"},
    {"cpuset-mems", 0, true, "like 0"},
    {"blkio-weight", 0, true, "10..1000"},
};

const std::vector<Verb>& verbs()
{
    static const std::vector<Verb> table = {
        {"create", "CONTAINER", "make a container", createFlags, 0, create},
        {"start", "CONTAINER", "run the program of a created container", {}, 0, start},
        {"state", "CONTAINER", "print the state document", {}, 0, state},
        {"kill",
         "CONTAINER [SIGNAL]",
         "send a signal (default: TERM)",
         {{"all", 'a', false, "to all processes"}},
         0,
         kill},
        {"delete",
         "CONTAINER",
         "remove a container",
         {{"force", 'f', false, "kill it first; no error when there is none"}},
         0,
         deleteContainer},
        {"run", "CONTAINER", "create, start, wait, delete", runFlags(), 0, run},
        {"exec", "CONTAINER [COMMAND...]", "run one more program inside", execFlags, 1, exec},
        {"pause", "CONTAINER", "freeze all processes", {}, 0, pauseContainer},
        {"resume", "CONTAINER", "thaw all processes", {}, 0, resume},
        {"update", "CONTAINER", "change limits", updateFlags, 0, update},
        {"ps", "CONTAINER", "list processes", {{"format", 'f', true, "table or json"}}, 1, ps},
        {"list",
         "",
         "list containers",
         {{"format", 'f', true, "table or json"}, {"quiet", 'q', false, "only ids"}},
         0,
         list},
        {"events",
         "CONTAINER",
         "print figures of use, and out-of-memory kills",
         {{"stats", 0, false, "once"}, {"interval", 0, true, "seconds between two lines (default: 5s)"}},
         0,
         events},
        {"features", "", "print what this runtime can do", {}, 0, features},
        {"spec",
         "",
         "write a config.json to start from",
         {{"bundle", 'b', true, "directory"}, {"rootless", 0, false, "with a user namespace"}},
         0,
         spec},
    };
    return table;
}

Result<std::string> containerId(const Arguments& arguments)
{
    if (arguments.operands.empty())
        return failField("id", "the container's id is missing");
    TRY(Store::checkId(arguments.operands.front()));
    return arguments.operands.front();
}

Result<CreateOptions> createOptions(const Arguments& arguments)
{
    CreateOptions options;
    options.id = TRY(containerId(arguments));
    if (arguments.operands.size() > 1)
        return fail(Code::InvalidArgument, fmt::format("unexpected argument \"{}\"", arguments.operands[1]));
    options.bundle = arguments.value("bundle");
    options.pidFile = arguments.value("pid-file");
    options.consoleSocket = arguments.value("console-socket");
    options.noPivot = arguments.has("no-pivot");
    options.noNewKeyring = arguments.has("no-new-keyring");
    int64_t fds = TRY(integerFrom("preserve-fds", arguments.value("preserve-fds", "0")));
    if (fds < 0 || fds > 1024)
        return failField("preserve-fds", "--preserve-fds must be from 0 to 1024");
    options.preserveFds = static_cast<unsigned>(fds);
    if (arguments.has("systemd-cgroup"))
        return fail(Code::NotSupported, "--systemd-cgroup: this runtime makes its cgroups itself");
    return options;
}

Status print(std::string_view text)
{
    return writeAll(STDOUT_FILENO, text);
}

} // namespace diptych::runtime
