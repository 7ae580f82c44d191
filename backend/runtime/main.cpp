// diptych-run: global options, the verb, one line of error.
#include "base/files.h"
#include "base/log.h"
#include "runtime/options.h"
#include "runtime/prefault.h"
#include "runtime/selfprotect.h"
#include "runtime/verbs.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <seccomp.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::runtime;

static const std::vector<Option> globalFlags = {
    {"root", 0, true,
     "directory of the containers' state (default: /run/diptych-run, without root $XDG_RUNTIME_DIR/diptych-run)"},
    {"log", 0, true, "file for errors"},
    {"log-format", 0, true, "text or json"},
    {"log-level", 0, true, "taken for the sake of callers that give it"},
    {"trace", 0, true, "file for one JSON line a step"},
    {"debug", 0, false, "taken for the sake of callers that give it"},
    {"cgroup-manager", 0, true, "cgroupfs, systemd or disabled (default: cgroupfs)"},
    {"systemd-cgroup", 's', false, "let systemd make the control group: a scope unit"},
    {"criu", 0, true, "program for checkpoint and restore (default: criu)"},
    {"rootless", 0, true, "true, false or auto: taken for the sake of callers that give it"},
    {"version", 'v', false, "print the version"},
    {"version", 'V', false, "print the version"},
    {"help", 'h', false, "print this"},
    {"help", '?', false, "print this"},
    {"usage", 0, false, "print this"},
};

static void printOptions(const std::vector<Option>& options)
{
    for (const Option& option : options) {
        std::string name = fmt::format("{}--{}{}", option.letter ? fmt::format("-{}, ", option.letter) : "",
                                       option.name, option.takesValue ? " VALUE" : "");
        (void)print(fmt::format("  {:<28} {}\n", name, option.help));
    }
}

static void printHelp()
{
    (void)print("usage: diptych-run [OPTIONS] VERB [OPTIONS] ...\n\nverbs:\n");
    for (const Verb& verb : verbs())
        (void)print(fmt::format("  {:<9} {:<24} {}\n", verb.name, verb.operands, verb.help));
    (void)print("\noptions:\n");
    printOptions(globalFlags);
}

static void printVersion()
{
    // The words with a plus are those that callers of crun look for.
    const scmp_version* seccomp = seccomp_version();
    (void)print(fmt::format("diptych-run version 0.1.0\nspec: {}\nlibseccomp: {}.{}.{}\n"
                            "command line: as runc version 1.1 and crun version 1.8\n"
                            "+SYSTEMD +SELINUX +APPARMOR +CAP +SECCOMP +EBPF +CRIU\n",
                            oci::specVersion, seccomp->major, seccomp->minor, seccomp->micro));
}

static std::string timestamp()
{
    time_t now = ::time(nullptr);
    tm parts = {};
    ::gmtime_r(&now, &parts);
    char text[32] = {};
    (void)::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

// stderr for people and for engines that read it; the log for those that asked for one (Podman reads JSON).
static int report(const Global& global, const Error& error)
{
    std::string text = escapeForDisplay(error.message);
    if (!global.log.empty()) {
        std::string line = global.logJson
                               ? dumpJson({{"level", "error"}, {"msg", error.message}, {"time", timestamp()}}) + "\n"
                               : fmt::format("time=\"{}\" level=error msg=\"{}\"\n", timestamp(), text);
        if (auto file = openFile(global.log, O_WRONLY | O_CREAT | O_APPEND, 0600))
            (void)writeAll(file->get(), line);
    }
    (void)writeAll(STDERR_FILENO, "diptych-run: " + text + "\n");
    return global.failure;
}

static Status readGlobal(const Arguments& arguments, Global& global)
{
    global.root = arguments.value("root", global.root);
    if (global.root.empty() || global.root[0] != '/')
        return failField("root", "--root must be an absolute path");
    while (global.root.size() > 1 && global.root.back() == '/')
        global.root.pop_back();
    std::string format = arguments.value("log-format", "text");
    if (format != "text" && format != "json")
        return failField("log-format", "--log-format must be text or json");
    std::string manager = arguments.value("cgroup-manager", "cgroupfs");
    if (manager != "cgroupfs" && manager != "systemd" && manager != "disabled")
        return failField("cgroup-manager", "--cgroup-manager must be cgroupfs, systemd or disabled");
    global.noCgroup = manager == "disabled";
    global.systemd = arguments.has("systemd-cgroup") || manager == "systemd";
    global.criu = arguments.value("criu", global.criu);
    // Said now rather than when there is something to write.
    if (!global.log.empty())
        TRYX(openFile(global.log, O_WRONLY | O_CREAT | O_APPEND, 0600), "--log");
    if (arguments.has("trace"))
        global.trace = TRY(Trace::toFile(arguments.value("trace")));
    return {};
}

// The N of /dev/fd/N.
static std::vector<unsigned> documentsByDescriptor(const Arguments& arguments)
{
    std::vector<unsigned> out;
    for (const char* option : {"process", "config", "resources"}) {
        std::string value = arguments.value(option);
        for (std::string_view prefix : {"/dev/fd/", "/proc/self/fd/"})
            if (value.rfind(prefix, 0) == 0)
                if (auto number = oci::idFrom(std::string_view(value).substr(prefix.size())))
                    out.push_back(*number);
    }
    return out;
}

// Descriptors the caller left open would be a way out of the container (CVE-2024-21626): only those it names go on.
// Gives the number of those.
static unsigned closeInherited(const Arguments& arguments)
{
    int64_t named = 0;
    if (arguments.has("preserve-fds"))
        named = integerFrom("preserve-fds", arguments.value("preserve-fds")).value_or(0);
    if (const char* listen = ::getenv("LISTEN_FDS"))
        named += std::strtol(listen, nullptr, 10);
    unsigned keep = 0;
    for (int fd = 3; fd < 3 + std::min<int64_t>(named, 2048); ++fd)
        if (fd != selfMount() && ::fcntl(fd, F_GETFD) >= 0)
            keep = static_cast<unsigned>(fd) - 2;
    // What is not open among them gets a placeholder that ends at execve: else a file of the runtime's own would take
    // the number, and be taken for one that was promised.
    for (int fd = keep ? ::open("/dev/null", O_PATH | O_CLOEXEC) : -1; fd >= 0;
         fd = ::open("/dev/null", O_PATH | O_CLOEXEC)) {
        if (static_cast<unsigned>(fd) >= 3 + keep) {
            ::close(fd);
            break;
        }
    }
    // Our own program's mount stays until there is time to close it; no program ever gets it. Nor what a shell's
    // <(command) opened for us to read.
    unsigned first = 3 + keep;
    std::vector<unsigned> ours = documentsByDescriptor(arguments);
    ours.push_back(selfMount() >= 0 ? static_cast<unsigned>(selfMount()) : 0);
    std::sort(ours.begin(), ours.end());
    for (unsigned fd : ours) {
        if (fd < first)
            continue;
        (void)::fcntl(static_cast<int>(fd), F_SETFD, FD_CLOEXEC);
        if (fd > first)
            (void)::close_range(first, fd - 1, 0);
        first = fd + 1;
    }
    (void)::close_range(first, ~0u, 0);
    return keep;
}

static Result<int> dispatch(const std::vector<std::string>& words, Global& global)
{
    Arguments arguments = TRY(parseArguments(globalFlags, words, stopAtFirst));
    // crun's form, with where it goes in front.
    global.log = arguments.value("log");
    if (global.log.rfind("file:", 0) == 0)
        global.log.erase(0, 5);
    global.logJson = arguments.value("log-format") == "json";
    if (arguments.has("version")) {
        printVersion();
        return 0;
    }
    bool asked = arguments.has("help") || arguments.has("usage");
    if (asked || arguments.operands.empty() || arguments.operands.front() == "help") {
        printHelp();
        return asked || !arguments.operands.empty() ? 0 : 1;
    }
    const std::string name = arguments.operands.front();
    for (const Verb& verb : verbs()) {
        if (name != verb.name)
            continue;
        std::vector<std::string> rest(arguments.operands.begin() + 1, arguments.operands.end());
        if (!rest.empty() && (rest[0] == "--help" || rest[0] == "-h" || rest[0] == "-?" || rest[0] == "--usage")) {
            (void)print(fmt::format("usage: diptych-run {} [OPTIONS] {}\n{}\n", verb.name, verb.operands, verb.help));
            printOptions(verb.options);
            return 0;
        }
        Arguments own = TRY(parseArguments(verb.options, rest, verb.stopAfter));
        if (own.operands.size() > verb.most)
            return fail(Code::InvalidArgument, fmt::format("unexpected argument \"{}\"", own.operands[verb.most]));
        global.inherited = closeInherited(own);
        TRY(readGlobal(arguments, global));
        return verb.run(global, own);
    }
    return fail(Code::InvalidArgument, fmt::format("unknown verb \"{}\": see diptych-run --help", name));
}

static bool makesProcess(char** words)
{
    for (; *words; ++words)
        for (std::string_view verb : {"run", "create", "exec"})
            if (*words == verb)
                return true;
    return false;
}

int main(int argc, char** argv)
{
    if (makesProcess(argv))
        prefault();
    logInit("diptych-run");
    // 0, 1 and 2 exist from here on: a file opened into their place would be written to as if it were one of them.
    for (int fd = ::open("/dev/null", O_RDWR); fd >= 0; fd = ::open("/dev/null", O_RDWR)) {
        if (fd > 2) {
            ::close(fd);
            break;
        }
    }
    Global global;
    global.argv = argv;
    auto status = dispatch(std::vector<std::string>(argv + 1, argv + argc), global);
    return status ? *status : report(global, status.error());
}
