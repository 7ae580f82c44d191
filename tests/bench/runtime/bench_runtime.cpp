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
#include <sys/resource.h>
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
    std::vector<double> processor; ///< milliseconds of the processors, of all processes it waited for
    bool eight = false;
};

struct Setting
{
    const char* name;
    const char* bundle;
    bool seccomp;
    bool eight; ///< a user and a time namespace besides
};

// Where each hierarchy is mounted, as the runtimes find them: the last words of a line of mountinfo say which.
std::vector<std::string> hierarchies()
{
    std::vector<std::string> out;
    std::string text = readFile("/proc/self/mountinfo").value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto words = split(line, ' ');
        if (words.size() > 4 &&
            (line.find(" - cgroup ") != std::string_view::npos || line.find(" - cgroup2 ") != std::string_view::npos))
            out.emplace_back(words[4]);
    }
    return out;
}

Json mounts()
{
    auto mount = [](const char* destination, const char* type, std::vector<std::string> options) {
        return Json{{"destination", destination}, {"type", type}, {"source", type}, {"options", std::move(options)}};
    };
    return {mount("/proc", "proc", {"nosuid", "noexec", "nodev"}),
            mount("/dev", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
            mount("/dev/pts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
            mount("/dev/shm", "tmpfs", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
            mount("/dev/mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
            mount("/sys", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
            mount("/sys/fs/cgroup", "cgroup", {"rprivate", "nosuid", "noexec", "nodev", "relatime", "ro"})};
}

// What Podman asks for: its namespaces, mounts, masks, limits, device rules.
Json config(const Setting& setting)
{
    Json caps = {"CAP_CHOWN", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_NET_BIND_SERVICE"};
    Json namespaces = Json::array();
    for (const char* kind : {"pid", "network", "ipc", "uts", "mount", "cgroup"})
        namespaces.push_back({{"type", kind}});
    if (setting.eight)
        for (const char* kind : {"user", "time"})
            namespaces.push_back({{"type", kind}});
    Json json = {{"ociVersion", "1.0.2"},
                 {"hostname", "bench"},
                 {"root", {{"path", "rootfs"}, {"readonly", false}}},
                 {"process",
                  {{"terminal", false},
                   {"user", {{"uid", 0}, {"gid", 0}, {"umask", 18}}},
                   {"args", {"/bin/exit-zero"}},
                   {"env", {"PATH=/usr/bin:/bin", "TERM=xterm", "container=podman", "HOME=/root", "HOSTNAME=bench"}},
                   {"cwd", "/"},
                   {"capabilities", {{"bounding", caps}, {"effective", caps}, {"permitted", caps}}},
                   {"oomScoreAdj", 0}}},
                 {"mounts", mounts()},
                 {"annotations", {{"io.container.manager", "libpod"}, {"org.opencontainers.image.stopSignal", "15"}}},
                 {"linux",
                  {{"namespaces", namespaces},
                   {"cgroupsPath", "/bench-runtime"},
                   {"resources",
                    {{"devices", Json::array({{{"allow", false}, {"access", "rwm"}}})},
                     {"pids", {{"limit", 2048}}},
                     {"memory", {{"limit", 268435456}}}}},
                   {"maskedPaths",
                    {"/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/scsi", "/sys/firmware"}},
                   {"readonlyPaths", {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}}}}};
    Json map = Json::array({{{"containerID", 0}, {"hostID", 100000}, {"size", 65536}}});
    if (setting.eight)
        json["linux"]["uidMappings"] = json["linux"]["gidMappings"] = map;
    if (setting.seccomp)
        if (auto text = readFile(DIPTYCH_SOURCE "/resources/seccomp/default.json"))
            json["linux"]["seccomp"] = Json::parse(*text, nullptr, false);
    return json;
}

double milliseconds(const struct timeval& time)
{
    return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

bool runOnce(Contender& contender)
{
    std::vector<char*> words;
    for (const std::string& word : contender.command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    if (contender.eight)
        (void)::setenv("LIMIT_MAP", "0 100000 65536", 1);
    else
        (void)::unsetenv("LIMIT_MAP");
    auto begin = std::chrono::steady_clock::now();
    pid_t pid = -1;
    if (::posix_spawn(&pid, words[0], nullptr, nullptr, words.data(), environ) != 0)
        return false;
    int status = 0;
    struct rusage used = {};
    ::wait4(pid, &status, 0, &used);
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    contender.milliseconds.push_back(took.count());
    contender.processor.push_back(milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
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
    double limit = 0, limitProcessor = 0;
    std::printf("%-28s %7s %7s %8s %8s %10s %8s\n", "ms, start to exit", "min", "median", "x limit", "of pairs",
                "processor", "x limit");
    const Contender* first = nullptr;
    for (const Contender& c : all) {
        double median = quantile(c.milliseconds, 0.5), processor = quantile(c.processor, 0.5);
        // The limit of a setting stands in front of those that are measured by it.
        if (c.name.rfind("limit", 0) == 0) {
            first = &c;
            limit = median;
            limitProcessor = processor;
        }
        // What the noise of a moment does to one of a round it mostly does to the other too.
        std::vector<double> pairs;
        for (size_t i = 0; first && i < c.milliseconds.size(); ++i)
            pairs.push_back(c.milliseconds[i] / first->milliseconds[i]);
        std::printf("%-28s %7.2f %7.2f %8.2f %8.2f %10.2f %8.2f\n", c.name.c_str(), quantile(c.milliseconds, 0), median,
                    median / limit, pairs.empty() ? 0 : quantile(pairs, 0.5), processor, processor / limitProcessor);
    }
}

// Each traced contender stands behind the same without.
void reportTrace(const std::vector<Contender>& all)
{
    for (size_t at = 1; at < all.size(); ++at) {
        if (all[at].name.rfind("--trace", 0) != 0)
            continue;
        const Contender &traced = all[at], &plain = all[at - 1];
        std::vector<double> pairs, processor;
        for (size_t i = 0; i < traced.milliseconds.size(); ++i) {
            pairs.push_back(traced.milliseconds[i] / plain.milliseconds[i]);
            processor.push_back(traced.processor[i] / plain.processor[i]);
        }
        std::printf("%s costs %.1f %% of the time, %.1f %% of the processor\n", traced.name.c_str(),
                    100 * (quantile(pairs, 0.5) - 1), 100 * (quantile(processor, 0.5) - 1));
    }
}

// The filter as diptych-run keeps it: the text it was made from, NUL, the flags, the program.
bool keepFilter(const std::string& directory, const std::string& target)
{
    for (const std::string& name : listDirectory(directory).value_or(std::vector<std::string>{}))
        if (auto bytes = readFile(directory + "/" + name); bytes && bytes->find('\0') != std::string::npos)
            return writeFileAtomic(target, std::string_view(*bytes).substr(bytes->find('\0') + 5), 0600).has_value();
    return false;
}

Contender limitOf(const std::string& base, const Setting& setting)
{
    std::string filter = base + "/filter";
    Contender limit{std::string("limit") + setting.name, {}, {}, {}, false};
    limit.command = {DIPTYCH_BIN "/runtime-limit", base + setting.bundle + "/rootfs", setting.seccomp ? filter : ""};
    limit.eight = setting.eight;
    if (setting.seccomp && !keepFilter(base + "/state-diptych-run/seccomp", filter))
        std::fprintf(stderr, "no filter for the limit\n");
    for (const std::string& hierarchy : hierarchies())
        limit.command.push_back(hierarchy);
    return limit;
}

std::vector<Contender> contenders(const std::string& base, const Setting& setting)
{
    std::vector<Contender> all;
    const char* other = std::getenv("RUNTIME");
    for (const std::string& program : {std::string(DIPTYCH_BIN "/diptych-run"), std::string("/usr/bin/crun"),
                                       std::string("/usr/sbin/runc"), std::string(other ? other : "")}) {
        if (program.empty() || ::access(program.c_str(), X_OK) != 0)
            continue;
        std::string name = program.substr(program.find_last_of('/') + 1), bundle = base + setting.bundle;
        all.push_back({name + setting.name,
                       {program, "--root", base + "/state-" + name, "run", "--bundle", bundle, "bench"},
                       {},
                       {},
                       setting.eight});
    }
    if (setting.seccomp && !all.empty()) {
        Contender traced = all.front();
        traced.name = "--trace" + std::string(setting.name);
        traced.command.insert(traced.command.begin() + 1, {"--trace", base + "/trace"});
        all.insert(all.begin() + 1, std::move(traced));
    }
    // Once each to warm caches, and to have the filter; who can't run here is left out.
    all.erase(std::remove_if(all.begin(), all.end(), [](Contender& c) { return !runOnce(c); }), all.end());
    Contender limit = limitOf(base, setting);
    if (runOnce(limit))
        all.insert(all.begin(), limit);
    return all;
}

// Two processes that each go through their rounds at once, against one alone: how far each of them scales.
void scaling(const Contender& c, int rounds)
{
    auto series = [&](int processes) {
        auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < processes; ++i) {
            if (::fork() != 0)
                continue;
            Contender own = c;
            // Another name, so that two can be there at once.
            if (own.command.back() == "bench") {
                own.command.back() += std::to_string(i);
                own.command[5] += i ? "-2" : "";
            }
            for (int round = 0; round < rounds; ++round)
                (void)runOnce(own);
            ::_exit(0);
        }
        while (::wait(nullptr) > 0) {
        }
        std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        return took.count() / rounds / processes;
    };
    double one = series(1), two = series(2);
    std::printf("%-32s %8.2f %8.2f %8.2f\n", c.name.c_str(), one, two, one / two);
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
    // hierarchies.
    if (::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0)
        (void)::umount2("/sys/fs/cgroup/unified", MNT_DETACH);
    // Bundles and the state of all runtimes on a tmpfs, as /run is: not the disk is measured.
    (void)::mount("bench", place, "tmpfs", 0, nullptr);
    if (auto cpus = readFile("/sys/fs/cgroup/cpuset/cpuset.cpus"))
        (void)::setenv("LIMIT_CPUS", std::string(trim(*cpus)).c_str(), 1);
    std::string base = place;
    (void)::chmod(place, 0711); // what is mapped must get there
    static constexpr Setting settings[] = {{"", "/plain", false, false},
                                           {", seccomp", "/filtered", true, false},
                                           {", seccomp, eight", "/eight", true, true}};
    std::vector<Contender> all;
    for (const Setting& setting : settings) {
        Json json = config(setting);
        writeBundle(base + setting.bundle, json);
        json["linux"]["cgroupsPath"] = "/bench-runtime-2";
        writeBundle(base + setting.bundle + "-2", json);
        for (Contender& c : contenders(base, setting))
            all.push_back(std::move(c));
    }
    for (Contender& c : all) {
        c.milliseconds.clear();
        c.processor.clear();
    }
    for (int i = 0; i < rounds; ++i)
        for (Contender& c : all)
            (void)runOnce(c);
    if (!all.empty())
        report(all);
    reportTrace(all);
    std::printf("\n%-32s %8s %8s %8s\n", "ms each, in a row", "alone", "two", "gain");
    for (const Contender& c : all)
        if (c.name.rfind("--trace", 0) != 0)
            scaling(c, std::max(1, rounds / 3));
    (void)::umount2(place, MNT_DETACH);
    (void)::rmdir(place);
    return 0;
}
