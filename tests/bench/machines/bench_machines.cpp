// A twin machine from the click to its entry point, side by side: through the driver and libvirt, and the same boot by
// bare QEMU (same kernel, initrd, disk, command line, devices), taking turns in one run, so that noise hits both.
//
//     DIPTYCH_SANDBOX_LIBVIRTD=1 tests/support/sandbox bin/bench-machines [ROUNDS]
//
// QEMU_EXTRA adds words to the bare command line, to try what would help.
#include "base/child.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/names.h"
#include "machines/driver.h"
#include "machines/machines.h"
#include "machines/xml.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;

namespace {

struct Quiet : Progress
{
    void report(std::string_view, double, std::string_view) override {}
    [[nodiscard]] bool cancelled() const override { return false; }
};

constexpr int64_t patience = 240'000'000'000;

[[noreturn]] void die(const std::string& text)
{
    (void)std::fprintf(stderr, "bench-machines: %s\n", text.c_str());
    std::exit(1);
}

template <typename T>
T need(Result<T> result)
{
    if (!result)
        die(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// The entry point's event in a record, and when it was seen.
std::vector<machines::Arrival> awaitEntryPoint(const std::string& record)
{
    std::vector<machines::Arrival> arrivals;
    for (int64_t end = monotonicNanoseconds() + patience; monotonicNanoseconds() < end; ::usleep(500)) {
        size_t consumed = 0;
        auto events = machines::parseRecord(readFile(record).value_or(""), consumed);
        while (arrivals.size() < events.size())
            arrivals.push_back({events[arrivals.size()], monotonicNanoseconds()});
        if (!arrivals.empty() && arrivals.back().event.name == "entrypoint")
            return arrivals;
    }
    die("no entry point in " + record);
}

struct Twin
{
    Paths paths;
    std::unique_ptr<images::Store> store;
    std::unique_ptr<Driver> driver;
    std::string id = newId();
};

Twin make()
{
    Twin twin;
    twin.paths.guest = DIPTYCH_BIN "/diptych-guest";
    twin.paths.data = DIPTYCH_SOURCE "/resources";
    const char* given = std::getenv("DIPTYCH_KERNELS");
    Command copy;
    copy.arguments = {"cp", "-a", given ? given : DIPTYCH_SOURCE "/.build/kernels", twin.paths.kernels()};
    need(makeDirectories(twin.paths.state));
    if (!exists(twin.paths.kernels()))
        need(runChecked(copy));
    twin.store = need(images::Store::open(twin.paths));
    Quiet quiet;
    need(twin.store->buildTemplate("busybox", "busybox:latest", quiet));
    twin.driver = need(machines::makeMachineDriver(twin.paths, *twin.store));
    InstanceSpec spec;
    spec.name = "bench-vm";
    spec.kind = Kind::Machine;
    spec.image = "busybox:latest";
    spec.command = {"/bin/sleep", "1000"};
    spec.limits = {1, uint64_t{256} << 20, 100};
    need(twin.driver->create(twin.id, spec, quiet));
    return twin;
}

/// What the domain's XML says, in QEMU's words.
std::vector<std::string> bareCommand(const Twin& twin, const std::string& work)
{
    std::string directory = twin.paths.instance(twin.id);
    pugi::xml_document document;
    need(machines::parseXml(need(twin.driver->configuration(twin.id)), document));
    std::string cmdline = document.child("domain").child("os").child_value("cmdline");
    std::string type = machines::acceleration();
    std::vector<std::string> words = {
        findProgram("qemu-system-x86_64"), "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-machine", "pc,usb=off,accel=" + type, "-cpu", type == "kvm" ? "host" : "max", "-m", "256", "-smp", "1",
        "-kernel", directory + "/vmlinuz", "-initrd", directory + "/initrd.img", "-append", cmdline,
        // Disk, console, record and guest port, network, balloon, random numbers.
        "-drive", "if=none,id=disk,format=qcow2,discard=unmap,file=" + work + "/disk.qcow2", "-device",
        "virtio-blk-pci,drive=disk", "-chardev", "file,id=console,path=" + work + "/console.log", "-serial",
        "chardev:console", "-device", "virtio-serial-pci", "-chardev", "file,id=record,path=" + work + "/record.jsonl",
        "-device", "virtserialport,chardev=record,name=org.diptych.record.0", "-chardev",
        "socket,id=guest,server=on,wait=off,path=" + work + "/guest.sock", "-device",
        "virtserialport,chardev=guest,name=org.diptych.guest.0", "-netdev", "user,id=net", "-device",
        "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-balloon-pci", "-object",
        "rng-random,id=random,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=random"};
    if (const char* extra = std::getenv("QEMU_EXTRA"))
        for (std::string_view word : split(extra, ' '))
            if (!word.empty())
                words.emplace_back(word);
    return words;
}

double milliseconds(int64_t nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e6;
}

/// Processor time of a process until now, which noise on the host changes little; ms.
double processorTime(int pid)
{
    std::string text = readFile(fmt::format("/proc/{}/stat", pid)).value_or("");
    auto fields = split(std::string_view(text).substr(std::min(text.rfind(')') + 2, text.size())), ' ');
    if (fields.size() < 13)
        return 0;
    double ticks =
        std::strtod(std::string(fields[11]).c_str(), nullptr) + std::strtod(std::string(fields[12]).c_str(), nullptr);
    return ticks * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double libvirtTime()
{
    return processorTime(std::atoi(readFile("/run/libvirtd.pid").value_or("0").c_str()));
}

struct Start
{
    Timeline timeline;
    double qemu = 0, libvirt = 0; ///< processor time, ms
};

/// From spawning QEMU to the entry point.
Start startBare(const Twin& twin, const std::string& work)
{
    Command overlay;
    overlay.arguments = {"qemu-img",
                         "create",
                         "-q",
                         "-f",
                         "qcow2",
                         "-F",
                         "qcow2",
                         "-b",
                         twin.paths.instance(twin.id) + "/disk.qcow2",
                         work + "/disk.qcow2"};
    need(runChecked(overlay));
    (void)::unlink((work + "/record.jsonl").c_str());
    auto words = bareCommand(twin, work);
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    machines::StartTimes times;
    times.click = times.createBegin = monotonicNanoseconds();
    pid_t pid = -1;
    if (::posix_spawn(&pid, argv[0], nullptr, nullptr, argv.data(), ::environ) != 0)
        die("can't start " + words[0]);
    times.createEnd = monotonicNanoseconds();
    times.arrivals = awaitEntryPoint(work + "/record.jsonl");
    double qemu = processorTime(pid);
    (void)::kill(pid, SIGKILL);
    (void)::waitpid(pid, nullptr, 0);
    return {machines::timelineOf(times), qemu, 0};
}

Start startTwin(Twin& twin)
{
    Quiet quiet;
    int64_t begin = monotonicNanoseconds();
    double before = libvirtTime();
    need(twin.driver->start(twin.id, quiet));
    Timeline timeline;
    for (; monotonicNanoseconds() - begin < patience; ::usleep(1000))
        if ((timeline = need(twin.driver->timeline(twin.id))).complete)
            break;
    double qemu = processorTime(need(twin.driver->describe(twin.id)).pid), libvirt = libvirtTime() - before;
    need(twin.driver->kill(twin.id, 9));
    (void)twin.driver->describe(twin.id);
    return {timeline, qemu, libvirt};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

template <typename Value>
double medianOf(const std::vector<Start>& all, Value value)
{
    std::vector<double> values;
    for (const Start& one : all)
        values.push_back(value(one));
    return median(std::move(values));
}

void print(const char* name, const std::vector<Start>& all)
{
    (void)std::printf("%-6s %7.0f ms;", name, medianOf(all, [](auto& s) { return milliseconds(s.timeline.total); }));
    for (size_t i = 0; i < all.front().timeline.steps.size(); ++i)
        (void)std::printf(" %s %.0f", all.front().timeline.steps[i].name.c_str(), medianOf(all, [&](auto& s) {
                              auto& steps = s.timeline.steps;
                              return i < steps.size() ? milliseconds(steps[i].end - steps[i].begin) : 0;
                          }));
    (void)std::printf("; processor: qemu %.0f ms, libvirtd %.0f ms\n", medianOf(all, [](auto& s) { return s.qemu; }),
                      medianOf(all, [](auto& s) { return s.libvirt; }));
}

} // namespace

int main(int argc, char** argv)
{
    (void)std::signal(SIGPIPE, SIG_IGN);
    int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    Twin twin = make();
    std::string work = "/run/bench-machines";
    need(makeDirectories(work));
    std::vector<Start> bare, ours;
    std::vector<double> ratios, costs;
    for (int i = 0; i <= rounds; ++i) {
        Start b = startBare(twin, work), t = startTwin(twin);
        if (i == 0)
            continue; // caches
        bare.push_back(b);
        ours.push_back(t);
        ratios.push_back(static_cast<double>(t.timeline.total) / static_cast<double>(b.timeline.total));
        costs.push_back((t.qemu + t.libvirt) / b.qemu);
    }
    print("bare", bare);
    print("twin", ours);
    (void)std::printf("ratio %.2f by the clock, %.2f by processor time (medians of the rounds' ratios)\n",
                      median(ratios), median(costs));
    Quiet quiet;
    need(twin.driver->remove(twin.id, true));
    return 0;
}
