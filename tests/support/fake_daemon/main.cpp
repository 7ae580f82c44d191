// fake-diptychd: the helper's real API over drivers that pretend. For developing and testing the window without root.
//   fake-diptychd --socket PATH [--containers N] [--machines N] [--latency MS] [--fail-create NAME] [--state DIR]
//                 [--images] [--history]
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "connections/make.h"
#include "daemon/daemon.h"
#include "support/fake_daemon/fake_history.h"
#include "support/fake_daemon/fake_services.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <getopt.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace diptych;

struct FakeOptions
{
    std::string socket, state;
    int containers = 4, machines = 3;
    mode_t mode = 0600;
    bool history = false;
    fake::Behaviour behaviour;
};

static FakeOptions parse(int argc, char** argv)
{
    static const option names[] = {
        {"socket", 1, nullptr, 's'},      {"containers", 1, nullptr, 'c'},  {"machines", 1, nullptr, 'm'},
        {"latency", 1, nullptr, 'l'},     {"fail-create", 1, nullptr, 'f'}, {"state", 1, nullptr, 'd'},
        {"socket-mode", 1, nullptr, 'o'}, {"stuck", 1, nullptr, 'k'},       {"images", 0, nullptr, 'i'},
        {"history", 0, nullptr, 'h'},     {nullptr, 0, nullptr, 0}};
    FakeOptions options;
    for (int letter = 0; (letter = getopt_long(argc, argv, "", names, nullptr)) != -1;) {
        std::string value = optarg ? optarg : "";
        if (letter == 's')
            options.socket = value;
        else if (letter == 'd')
            options.state = value;
        else if (letter == 'c')
            options.containers = atoi(value.c_str());
        else if (letter == 'm')
            options.machines = atoi(value.c_str());
        else if (letter == 'l')
            options.behaviour.latency = std::chrono::milliseconds(atoi(value.c_str()));
        else if (letter == 'f')
            options.behaviour.failCreate = value;
        else if (letter == 'k')
            options.behaviour.stuck = value;
        else if (letter == 'i')
            options.behaviour.sampleImages = true;
        else if (letter == 'h')
            options.history = true;
        else if (letter == 'o')
            options.mode = static_cast<mode_t>(strtoul(value.c_str(), nullptr, 8));
    }
    return options;
}

static Status serve(const FakeOptions& options, const std::string& state)
{
    auto loop = TRY(varlink::Loop::make());
    auto terminate = TRY(loop->onSignal(SIGTERM, [&loop] { loop->quit(); }));
    auto interrupt = TRY(loop->onSignal(SIGINT, [&loop] { loop->quit(); }));
    auto made = fake::makeServices(options.behaviour);
    fake::populate(*made.containers, *made.machines, options.containers, options.machines);
    Paths paths;
    paths.state = state;
    std::vector<Instance> instances = TRY(made.containers->list());
    for (Instance& machine : TRY(made.machines->list()))
        instances.push_back(std::move(machine));
    std::stable_sort(instances.begin(), instances.end(),
                     [](const Instance& a, const Instance& b) { return a.spec.name == "web" && b.spec.name != "web"; });
    if (options.history) {
        TRY(makeDirectories(state));
        TRY(fake::writeMeasurements(state, instances, unixMilliseconds()));
    }
    // Real ones: their processes are the real helper's, which lies beside.
    std::string own = std::filesystem::read_symlink("/proc/self/exe");
    made.services.connections =
        connections::makeConnections(state, own.substr(0, own.rfind('/')) + "/diptychd", "qemu:///system");
    Daemon daemon(*loop, paths, std::move(made.services));
    TRY(daemon.start());
    if (options.history)
        TRY(fake::writeActivity(state, instances, unixMilliseconds()));
    TRY(daemon.server.listen(options.socket, options.mode));
    logf(Level::Notice, "pretending on {}", options.socket);
    return loop->run();
}

int main(int argc, char** argv)
{
    logInit("fake-diptychd");
    FakeOptions options = parse(argc, argv);
    if (options.socket.empty()) {
        fmt::print(
            stderr,
            "fake-diptychd --socket PATH [--containers N] [--machines N] [--latency MS] [--state DIR] [--images] "
            "[--history]\n");
        return 2;
    }
    char made[] = "/tmp/fake-diptychd-XXXXXX";
    std::string state = options.state;
    if (state.empty())
        state = mkdtemp(made) ? made : "/tmp";
    signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    auto served = serve(options, state);
    if (!served)
        logf(Level::Error, "{}", served.error().message);
    if (options.state.empty())
        (void)removeTree(state);
    return served ? 0 : 1;
}
