#include "runtime/verbs.h"

#include <regex.h>
#include <unistd.h>

namespace diptych::runtime {

static const std::vector<Option> createFlags = {
    {"bundle", 'b', true, "directory with config.json (default: .)"},
    {"config", 'f', true, "file in place of the bundle's config.json"},
    {"console-socket", 0, true, "socket that gets the terminal's master"},
    {"pid-file", 0, true, "file to write the first process's number to"},
    {"preserve-fds", 0, true, "descriptors 3.. to hand to the program"},
    {"no-pivot", 0, false, "chroot in place of pivot_root"},
    {"no-new-keyring", 0, false, "keep the caller's session keyring"},
    {"no-subreaper", 0, false, "taken for the sake of callers that give it: there is none"},
    {"supervise", 0, false, "leave a supervisor with terminal, log and exit record"},
    {"systemd-cgroup", 0, false, "as the global option"},
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
    {"apparmor", 0, true, "AppArmor profile"},
    {"process-label", 0, true, "SELinux label"},
    {"cgroup", 0, true, "group below the container's; runc's CONTROLLER[,CONTROLLER]:PATH, may be repeated"},
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
    {"cpu-burst", 0, true, "microseconds saved up for later"},
    {"cpu-idle", 0, true, "1: only what nobody else wants"},
    {"cpu-rt-period", 0, true, "microseconds, real-time tasks (v1)"},
    {"cpu-rt-runtime", 0, true, "microseconds, real-time tasks (v1)"},
    {"cpu-share", 0, true, "2..262144"},
    {"cpu-shares", 0, true, "2..262144"},
    {"cpuset-cpus", 0, true, "like 0-3,5"},
    {"cpuset-mems", 0, true, "like 0"},
    {"blkio-weight", 0, true, "10..1000"},
    {"kernel-memory", 0, true, "bytes: no kernel has this limit any more"},
    {"kernel-memory-tcp", 0, true, "bytes (v1)"},
    {"l3-cache-schema", 0, true, "not supported: Intel RDT"},
    {"mem-bw-schema", 0, true, "not supported: Intel RDT"},
};

static const std::vector<Option> regexFlag = {
    {"regex", 'r', false, "CONTAINER is a regular expression: all that match"},
};

static std::vector<Option> with(std::vector<Option> options, const std::vector<Option>& more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

static const std::vector<Option> checkpointFlags = {
    {"image-path", 0, true, "directory for what is saved"},
    {"work-path", 0, true, "directory for logs"},
    {"parent-path", 0, true, "earlier images, for what did not change since"},
    {"leave-running", 0, false, "the container goes on"},
    {"tcp-established", 0, false, "save open TCP connections"},
    {"ext-unix-sk", 0, false, "allow Unix sockets to the outside"},
    {"shell-job", 0, false, "allow a terminal from outside"},
    {"file-locks", 0, false, "save file locks"},
    {"pre-dump", 0, false, "memory only; the container goes on"},
    {"manage-cgroups-mode", 0, true, "soft, full, strict or ignore"},
    {"auto-dedup", 0, false, "punch out what a later image has"},
    {"lazy-pages", 0, false, "leave memory behind, for restore to fetch when it is needed"},
    {"status-fd", 0, true, "descriptor that gets a NUL once that can begin"},
    {"page-server", 0, true, "ADDRESS:PORT that takes the memory"},
    {"empty-ns", 0, true, "network: do not save what is in it"},
};

static const std::vector<Option> restoreFlags = {
    {"image-path", 0, true, "directory of what was saved"},
    {"work-path", 0, true, "directory for logs"},
    {"bundle", 'b', true, "directory with config.json (default: .)"},
    {"detach", 'd', false, "return when the program runs"},
    {"pid-file", 0, true, "file to write the first process's number to"},
    {"tcp-established", 0, false, "restore open TCP connections"},
    {"ext-unix-sk", 0, false, "allow Unix sockets to the outside"},
    {"shell-job", 0, false, "allow a terminal from outside"},
    {"file-locks", 0, false, "restore file locks"},
    {"manage-cgroups-mode", 0, true, "soft, full, strict or ignore"},
    {"no-pivot", 0, false, "taken for the sake of callers that give it"},
    {"no-subreaper", 0, false, "taken for the sake of callers that give it"},
    {"auto-dedup", 0, false, "punch out what was read"},
    {"console-socket", 0, true, "not supported: a terminal from outside is --shell-job"},
    {"lazy-pages", 0, false, "fetch memory when it is needed"},
    {"empty-ns", 0, true, "network: make it, and put nothing into it"},
    {"lsm-profile", 0, true, "TYPE:NAME of the label to restore with"},
    {"lsm-mount-context", 0, true, "label of restored mounts"},
};

static constexpr size_t any = SIZE_MAX;

const std::vector<Verb>& verbs()
{
    static const std::vector<Verb> table = {
        {"create", "CONTAINER", "make a container", createFlags, 0, 1, create},
        {"start", "CONTAINER", "run the program of a created container", {}, 0, 1, start},
        {"state", "CONTAINER", "print the state document", {}, 0, 1, state},
        {"kill", "CONTAINER [SIGNAL]", "send a signal (default: TERM)",
         with({{"all", 'a', false, "to all processes"}}, regexFlag), 0, 2, kill},
        {"delete", "CONTAINER", "remove a container",
         with({{"force", 'f', false, "kill it first; no error when there is none"}}, regexFlag), 0, 1, deleteContainer},
        {"run", "CONTAINER", "create, start, wait, delete", runFlags(), 0, 1, run},
        {"exec", "CONTAINER [COMMAND...]", "run one more program inside", execFlags, 1, any, exec},
        {"pause", "CONTAINER", "freeze all processes", {}, 0, 1, pauseContainer},
        {"resume", "CONTAINER", "thaw all processes", {}, 0, 1, resume},
        {"update", "CONTAINER", "change limits", updateFlags, 0, 1, update},
        {"ps",
         "CONTAINER [OPTIONS...]",
         "list processes, with ps(1)'s options as ps shows them",
         {{"format", 'f', true, "table or json"}},
         1,
         any,
         ps},
        {"list",
         "",
         "list containers",
         {{"format", 'f', true, "table or json"}, {"quiet", 'q', false, "only ids"}},
         0,
         0,
         list},
        {"events",
         "CONTAINER",
         "print figures of use, and out-of-memory kills",
         {{"stats", 0, false, "once"}, {"interval", 0, true, "seconds between two lines (default: 5s)"}},
         0,
         1,
         events},
        {"checkpoint", "CONTAINER", "save a running container to disk, by CRIU", checkpointFlags, 0, 1, checkpoint},
        {"restore", "CONTAINER", "make a container from what checkpoint saved", restoreFlags, 0, 1, restore},
        {"features", "", "print what this runtime can do", {}, 0, 0, features},
        {"spec",
         "",
         "write a config.json to start from",
         {{"bundle", 'b', true, "directory"},
          {"file", 'f', true, "file in place of the bundle's config.json"},
          {"rootless", 0, false, "for the user who calls, without root's rights"}},
         0,
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

Result<std::vector<std::string>> containerIds(const Store& store, const Arguments& arguments)
{
    if (!arguments.has("regex"))
        return std::vector<std::string>{TRY(containerId(arguments))};
    regex_t expression = {};
    const std::string pattern = arguments.operands.empty() ? std::string() : arguments.operands.front();
    if (pattern.empty() || ::regcomp(&expression, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0)
        return failField("regex", fmt::format("--regex: \"{}\" is not a regular expression", pattern));
    auto ids = store.ids();
    if (ids)
        std::erase_if(*ids, [&](auto& id) { return ::regexec(&expression, id.c_str(), 0, nullptr, 0) != 0; });
    ::regfree(&expression);
    return ids;
}

Result<CreateOptions> createOptions(const Global& global, const Arguments& arguments)
{
    CreateOptions options;
    options.id = TRY(containerId(arguments));
    options.bundle = arguments.value("bundle");
    options.config = arguments.value("config");
    options.pidFile = arguments.value("pid-file");
    options.consoleSocket = arguments.value("console-socket");
    options.noPivot = arguments.has("no-pivot");
    options.noNewKeyring = arguments.has("no-new-keyring");
    int64_t fds = TRY(integerFrom("preserve-fds", arguments.value("preserve-fds", "0")));
    if (fds < 0 || fds > 1024)
        return failField("preserve-fds", "--preserve-fds must be from 0 to 1024");
    options.preserveFds = static_cast<unsigned>(fds);
    options.inherited = global.inherited;
    options.noCgroup = global.noCgroup;
    options.systemd = global.systemd || arguments.has("systemd-cgroup");
    return options;
}

Status print(std::string_view text)
{
    return writeAll(STDOUT_FILENO, text);
}

} // namespace diptych::runtime
