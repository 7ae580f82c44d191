#include "daemon/options.h"

#include "base/files.h"

#include <charconv>
#include <climits>
#include <getopt.h>
#include <unistd.h>

namespace diptych {

const char* usage()
{
    return "diptychd [options]                        serve\n"
           "diptychd [options] call METHOD [JSON]     call a method, print the answer\n"
           "diptychd [options] bridge                 join standard input and output with the socket\n"
           "\n"
           "  --state DIR      instances, images, activity    [/var/lib/diptych]\n"
           "  --run DIR        socket and run time files      [/run/diptych]\n"
           "  --socket PATH    the API's socket               [RUN/diptych.sock]\n"
           "  --socket-mode M  its mode, octal                [0660 with the group diptych, else 0600]\n"
           "  --runtime PATH   diptych-run\n"
           "  --guest PATH     diptych-guest\n"
           "  --data DIR       seccomp profile and the like\n"
           "  --cgroup PATH    parent of all control groups   [/diptych]\n"
           "  --libvirt-uri U                                 [qemu:///system]\n"
           "  --more           call: print every reply of a stream, one a line\n"
           "  --verbose --version --help\n";
}

static std::string programDirectory()
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    std::string program(path, n > 0 ? static_cast<size_t>(n) : 0);
    return program.substr(0, program.rfind('/'));
}

/// In a build tree the programs lie side by side in bin/, and the data in resources/ of the source tree above it.
static void findSiblings(Paths& paths)
{
    std::string directory = programDirectory();
    if (!exists(directory + "/diptych-run"))
        return;
    paths.runtime = directory + "/diptych-run";
    paths.guest = directory + "/diptych-guest";
    for (int up = 0; up < 5 && directory.size() > 1; ++up) {
        if (exists(directory + "/resources/seccomp")) {
            paths.data = directory + "/resources";
            return;
        }
        directory = directory.substr(0, directory.rfind('/'));
    }
}

enum Letter { State = 1, Run, Runtime, Guest, Data, Socket, Mode, Cgroup, Uri, More, Verbose, Version, Help };

static Status apply(Options& options, int letter, const std::string& value)
{
    Paths& paths = options.paths;
    std::string* targets[] = {nullptr,      &paths.state, &paths.run,     &paths.runtime,
                              &paths.guest, &paths.data,  &options.socket};
    if (letter >= State && letter <= Socket) {
        if (value.empty() || value[0] != '/')
            return fail(Code::InvalidArgument, fmt::format("\"{}\" is not an absolute path", value));
        *targets[letter] = value;
    } else if (letter == Mode) {
        unsigned mode = 0;
        auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), mode, 8);
        if (error != std::errc() || end != value.data() + value.size() || mode > 0777)
            return fail(Code::InvalidArgument, fmt::format("\"{}\" is not an octal mode", value));
        options.socketMode = mode;
    } else if (letter == Cgroup) {
        paths.cgroup = value;
    } else if (letter == Uri) {
        paths.libvirtUri = value;
    }
    options.more = options.more || letter == More;
    options.verbose = options.verbose || letter == Verbose;
    options.version = options.version || letter == Version;
    options.help = options.help || letter == Help;
    return {};
}

Result<Options> parseOptions(int argc, char** argv)
{
    static const option names[] = {
        {"state", 1, nullptr, State},      {"run", 1, nullptr, Run},         {"runtime", 1, nullptr, Runtime},
        {"guest", 1, nullptr, Guest},      {"data", 1, nullptr, Data},       {"socket", 1, nullptr, Socket},
        {"socket-mode", 1, nullptr, Mode}, {"cgroup", 1, nullptr, Cgroup},   {"libvirt-uri", 1, nullptr, Uri},
        {"more", 0, nullptr, More},        {"verbose", 0, nullptr, Verbose}, {"version", 0, nullptr, Version},
        {"help", 0, nullptr, Help},        {nullptr, 0, nullptr, 0}};
    Options options;
    findSiblings(options.paths);
    optind = 1;
    opterr = 0;
    for (int letter = 0; (letter = getopt_long(argc, argv, "", names, nullptr)) != -1;) {
        if (letter == '?')
            return fail(Code::InvalidArgument,
                        fmt::format("\"{}\" is not an option, or lacks its value", argv[optind - 1]));
        TRY(apply(options, letter, optarg ? optarg : ""));
    }
    options.rest.assign(argv + optind, argv + argc);
    if (options.socket.empty())
        options.socket = options.paths.socket();
    return options;
}

} // namespace diptych
