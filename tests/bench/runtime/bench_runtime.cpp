// Container start to exit, side by side: diptych-run, crun, runc and the bare limit, taking turns in one run, so that
// noise hits all of them. Prints milliseconds and ratios.
//
//     bench-runtime [ROUNDS]       needs root; what is not installed is left out
#include "base/files.h"
#include "base/json.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;

namespace {

struct Contender
{
    std::string name;
    std::vector<std::string> command;
    std::vector<double> milliseconds;
};

const std::vector<std::string> controllers = {"cpu",     "memory", "pids",  "devices",
                                              "freezer", "cpuset", "blkio", "cpuacct"};

std::vector<std::string> hierarchies()
{
    std::vector<std::string> out;
    for (const std::string& name : controllers)
        if (exists("/sys/fs/cgroup/" + name + "/cgroup.procs"))
            out.push_back("/sys/fs/cgroup/" + name);
    if (out.empty())
        out.push_back("/sys/fs/cgroup");
    return out;
}

Json config(bool seccomp, const std::string& profile)
{
    auto mount = [](const char* destination, const char* type, std::vector<std::string> options) {
        return Json{{"destination", destination}, {"type", type}, {"source", type}, {"options", std::move(options)}};
    };
    Json caps = {"CAP_CHOWN", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_NET_BIND_SERVICE"};
    Json namespaces = Json::array();
    for (const char* kind : {"pid", "network", "ipc", "uts", "mount"})
        namespaces.push_back({{"type", kind}});
    Json json = {{"ociVersion", "1.0.2"},
                 {"hostname", "bench"},
                 {"root", {{"path", "rootfs"}, {"readonly", false}}},
                 {"process",
                  {{"terminal", false},
                   {"user", {{"uid", 0}, {"gid", 0}}},
                   {"args", {"/bin/exit-zero"}},
                   {"env", {"PATH=/bin"}},
                   {"cwd", "/"},
                   {"capabilities", {{"bounding", caps}, {"effective", caps}, {"permitted", caps}}},
                   {"noNewPrivileges", true}}},
                 {"mounts",
                  {mount("/proc", "proc", {"nosuid", "noexec", "nodev"}),
                   mount("/dev", "tmpfs", {"nosuid", "strictatime", "mode=755"}),
                   mount("/dev/pts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"}),
                   mount("/dev/shm", "tmpfs", {"nosuid", "noexec", "nodev", "mode=1777"}),
                   mount("/dev/mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
                   mount("/sys", "sysfs", {"nosuid", "noexec", "nodev", "ro"})}},
                 {"linux",
                  {{"namespaces", namespaces},
                   {"cgroupsPath", "/diptych/bench-runtime"},
                   {"resources", {{"pids", {{"limit", 1000}}}, {"memory", {{"limit", 268435456}}}}},
                   {"maskedPaths", {"/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"}},
                   {"readonlyPaths", {"/proc/bus", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}}}}};
    if (seccomp)
        if (auto text = readFile(profile))
            json["linux"]["seccomp"] = Json::parse(*text, nullptr, false);
    return json;
}

bool runOnce(Contender& contender)
{
    std::vector<char*> words;
    for (const std::string& word : contender.command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    auto begin = std::chrono::steady_clock::now();
    pid_t pid = -1;
    if (::posix_spawn(&pid, words[0], nullptr, nullptr, words.data(), environ) != 0)
        return false;
    int status = 0;
    ::waitpid(pid, &status, 0);
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    contender.milliseconds.push_back(took.count());
    if (status != 0)
        std::fprintf(stderr, "%s failed: status %d\n", contender.name.c_str(), status);
    return status == 0;
}

double quantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1))];
}

void writeBundle(const std::string& directory, const Json& json)
{
    (void)makeDirectories(directory + "/rootfs/bin", 0755);
    for (const char* name : {"proc", "dev", "sys"})
        (void)makeDirectories(directory + "/rootfs/" + name, 0755);
    if (auto program = readFile(DIPTYCH_BIN "/exit-zero"))
        (void)writeFileAtomic(directory + "/rootfs/bin/exit-zero", *program, 0755);
    (void)writeFileAtomic(directory + "/config.json", dumpJson(json), 0644);
}

void report(std::vector<Contender>& all)
{
    double limit = quantile(all.front().milliseconds, 0.5);
    std::printf("%-32s %8s %8s %8s\n", "ms, start to exit", "min", "median", "x limit");
    for (const Contender& c : all)
        std::printf("%-32s %8.2f %8.2f %8.2f\n", c.name.c_str(), quantile(c.milliseconds, 0),
                    quantile(c.milliseconds, 0.5), quantile(c.milliseconds, 0.5) / limit);
}

} // namespace

int main(int argc, char** argv)
{
    int rounds = argc > 1 ? std::atoi(argv[1]) : 100;
    char place[] = "/tmp/diptych-bench.XXXXXX";
    if (::geteuid() != 0 || !::mkdtemp(place)) {
        std::fprintf(stderr, "needs root\n");
        return 77;
    }
    // crun 1.8 refuses a hybrid machine: without the unified mount, in a mount namespace of ours, all see the same
    // hierarchy.
    if (::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0)
        (void)::umount2("/sys/fs/cgroup/unified", MNT_DETACH);
    std::string base = place, plain = base + "/plain", filtered = base + "/filtered";
    writeBundle(plain, config(false, {}));
    writeBundle(filtered, config(true, DIPTYCH_SOURCE "/resources/seccomp/default.json"));

    std::vector<Contender> all;
    Contender limit{"limit", {DIPTYCH_BIN "/runtime-limit", plain + "/rootfs"}, {}};
    for (const std::string& hierarchy : hierarchies())
        limit.command.push_back(hierarchy);
    all.push_back(limit);
    const char* other = std::getenv("RUNTIME");
    for (const std::string& program : {std::string(DIPTYCH_BIN "/diptych-run"), std::string("/usr/bin/crun"),
                                       std::string("/usr/sbin/runc"), std::string(other ? other : "")}) {
        if (program.empty() || ::access(program.c_str(), X_OK) != 0)
            continue;
        std::string name = program.substr(program.find_last_of('/') + 1);
        all.push_back({name, {program, "--root", base + "/state-" + name, "run", "--bundle", plain, "bench"}, {}});
        all.push_back({name + ", seccomp",
                       {program, "--root", base + "/state-" + name, "run", "--bundle", filtered, "bench"},
                       {}});
    }
    // Once each to warm caches; who can't run here is left out.
    all.erase(std::remove_if(all.begin(), all.end(), [](Contender& c) { return !runOnce(c); }), all.end());
    for (Contender& c : all)
        c.milliseconds.clear();
    for (int i = 0; i < rounds; ++i)
        for (Contender& c : all)
            (void)runOnce(c);
    if (!all.empty())
        report(all);
    (void)removeTree(base);
    return 0;
}
