#include "support/fake_daemon/fake_driver.h"

#include "base/clock.h"
#include "base/names.h"
#include "instances/json.h"

#include <cmath>
#include <thread>

namespace diptych::fake {

static constexpr uint64_t mebibyte = uint64_t{1} << 20;

FakeDriver::FakeDriver(Kind kind, Behaviour b) : behaviour(std::move(b)), m_kind(kind) {}
FakeDriver::~FakeDriver()
{
    release();
}

void FakeDriver::release()
{
    std::lock_guard lock(m_mutex);
    m_free = true;
    m_released.notify_all();
}

void FakeDriver::setListener(Listener listener)
{
    std::lock_guard lock(m_mutex);
    m_listener = std::move(listener);
}

void FakeDriver::tell(const std::string& id)
{
    Listener listener;
    {
        std::lock_guard lock(m_mutex);
        listener = m_listener;
    }
    if (listener)
        listener(id);
}

Result<FakeDriver::Fake*> FakeDriver::find(const std::string& id, std::unique_lock<std::mutex>& lock)
{
    ++calls;
    auto it = m_all.find(id);
    if (it == m_all.end())
        return fail(Code::NotFound, fmt::format("there is no {} {}", toString(m_kind), id));
    if (!behaviour.stuck.empty() && it->second.instance.spec.name == behaviour.stuck)
        m_released.wait(lock, [this] { return m_free; });
    return &it->second;
}

static std::vector<TimelineStep> stepsOf(Kind kind)
{
    constexpr int64_t ms = 1000000;
    if (kind == Kind::Container)
        return {{"clone", 0, 2 * ms, "clone3()"},
                {"mounts", 2 * ms, 9 * ms, "mount(), overlay"},
                {"pivotRoot", 9 * ms, 10 * ms, "pivot_root()"},
                {"cgroup", 10 * ms, 12 * ms, "cgroup.procs"},
                {"network", 12 * ms, 24 * ms, "veth"},
                {"seccomp", 24 * ms, 26 * ms, "seccomp()"},
                {"exec", 26 * ms, 27 * ms, "execve()"}};
    return {{"qemu", 0, 310 * ms, "QEMU started"},
            {"firmware", 310 * ms, 520 * ms, "SeaBIOS"},
            {"kernel", 520 * ms, 1720 * ms, "guest kernel"},
            {"init", 1720 * ms, 2050 * ms, "diptych-guest"},
            {"entrypoint", 2050 * ms, 2060 * ms, "execve()"}};
}

void FakeDriver::setRunning(Fake& fake) const
{
    Instance& i = fake.instance;
    bool container = m_kind == Kind::Container;
    i.state = State::Running;
    i.startedAt = unixMilliseconds();
    i.finishedAt = 0;
    i.oomKilled = false;
    i.exitCode.reset();
    i.pid = 20000 + static_cast<int>(std::hash<std::string>()(i.id) % 10000);
    i.address = fmt::format("192.168.122.{}", 2 + std::hash<std::string>()(i.id) % 250);
    i.mac = fmt::format("52:54:00:{:02x}:01:02", i.pid % 256);
    i.cgroup = "/diptych/" + i.id;
    i.acceleration = container ? "" : "tcg";
    fake.timeline = {i.startedAt, stepsOf(m_kind).back().end, true, stepsOf(m_kind)};
    i.startNanoseconds = fake.timeline.total;
    fake.sample = Sample();
    fake.sample.time = monotonicNanoseconds();
    fake.sample.memory = (container ? 4 : 180) * mebibyte;
    fake.sample.memoryGuest = container ? 0 : 40 * mebibyte;
    fake.sample.pids = container ? 2 : 6;
    fake.phase = static_cast<double>(i.pid % 100) / 10;
}

void FakeDriver::setEnded(Fake& fake, int code) const
{
    Instance& i = fake.instance;
    i.state = State::Stopped;
    i.exitCode = code;
    i.finishedAt = unixMilliseconds();
    i.pid = 0;
    i.address.clear();
}

std::string FakeDriver::add(const std::string& name, State state, const std::string& image)
{
    std::lock_guard lock(m_mutex);
    std::string id = newId();
    Fake& fake = m_all[id];
    Instance& i = fake.instance;
    i.id = id;
    i.spec.name = name;
    i.spec.kind = m_kind;
    i.spec.image = image;
    i.spec.limits = {1.0, 256 * mebibyte, 256};
    i.createdAt = unixMilliseconds() - 3600000;
    i.state = State::Stopped;
    if (state == State::Running || state == State::Paused)
        setRunning(fake);
    i.state = state;
    if (state == State::Broken)
        i.problem = "config.json is damaged: not valid JSON at byte 0";
    return id;
}

std::string FakeDriver::addForeign(const std::string& name)
{
    std::string id = add(name, State::Stopped, "");
    std::lock_guard lock(m_mutex);
    m_all[id].instance.managed = false;
    m_all[id].instance.spec.limits = {2, 1024 * mebibyte, 0};
    return id;
}

void FakeDriver::link(const std::string& id, const std::string& twin)
{
    std::lock_guard lock(m_mutex);
    m_all[id].instance.spec.twin = twin;
}

void FakeDriver::exitByItself(const std::string& id, int code, bool oom)
{
    {
        std::lock_guard lock(m_mutex);
        setEnded(m_all[id], code);
        m_all[id].instance.oomKilled = oom;
    }
    tell(id);
}

Result<std::vector<Instance>> FakeDriver::list()
{
    std::lock_guard lock(m_mutex);
    std::vector<Instance> all;
    for (const auto& [id, fake] : m_all)
        all.push_back(fake.instance);
    return all;
}

Result<Instance> FakeDriver::describe(const std::string& id)
{
    std::unique_lock lock(m_mutex);
    return TRY(find(id, lock))->instance;
}

Status FakeDriver::work(Progress& progress, const std::vector<std::string>& steps)
{
    constexpr int slices = 10;
    for (int i = 0; i < slices; ++i) {
        if (progress.cancelled())
            return fail(Code::Cancelled, "cancelled");
        size_t step = static_cast<size_t>(i) * steps.size() / slices;
        progress.report(steps[step], i / static_cast<double>(slices), fmt::format("part {} of {}", i + 1, slices));
        std::this_thread::sleep_for(behaviour.latency / slices);
    }
    return {};
}

Result<Instance> FakeDriver::create(const std::string& id, const InstanceSpec& spec, Progress& progress)
{
    bool container = m_kind == Kind::Container;
    TRY(work(progress, container ? std::vector<std::string>{"unpackLayer", "writeBundle"}
                                 : std::vector<std::string>{"buildDisk", "defineDomain"}));
    if (!behaviour.failCreate.empty() && spec.name == behaviour.failCreate)
        return fail(Code::Failed, fmt::format("creating {}: it was told to fail", spec.name));
    Instance made;
    {
        std::lock_guard lock(m_mutex);
        Instance& i = m_all[id].instance;
        i.id = id;
        i.spec = spec;
        i.createdAt = unixMilliseconds();
        made = i;
    }
    tell(id);
    return made;
}

Status FakeDriver::change(const std::string& id, const std::function<Status(Fake&)>& work)
{
    {
        std::unique_lock lock(m_mutex);
        Fake* fake = TRY(find(id, lock));
        TRY(work(*fake));
    }
    tell(id);
    return {};
}

static tl::unexpected<Error> wrongState(const Instance& i, const char* wanted)
{
    return fail(Code::WrongState, fmt::format("{} is {}, it must be {}", i.spec.name, toString(i.state), wanted));
}

Status FakeDriver::start(const std::string& id, Progress& progress)
{
    TRY(change(id, [](Fake& fake) -> Status {
        if (fake.instance.state != State::Stopped)
            return wrongState(fake.instance, "stopped");
        fake.instance.state = State::Starting;
        return {};
    }));
    auto done = work(progress, m_kind == Kind::Container ? std::vector<std::string>{"mounts", "network", "exec"}
                                                         : std::vector<std::string>{"qemu", "boot"});
    return change(id, [&](Fake& fake) -> Status {
        if (done)
            setRunning(fake);
        else
            fake.instance.state = State::Stopped;
        return done;
    });
}

Status FakeDriver::stop(const std::string& id, std::chrono::milliseconds /*timeout*/, Progress& progress)
{
    TRY(change(id, [](Fake& fake) -> Status {
        if (fake.instance.state != State::Running && fake.instance.state != State::Paused)
            return wrongState(fake.instance, "running");
        fake.instance.state = State::Stopping;
        return {};
    }));
    auto done = work(progress, {"stop"});
    return change(id, [&](Fake& fake) -> Status {
        if (done)
            setEnded(fake, 143);
        else if (fake.instance.state == State::Stopping)
            fake.instance.state = State::Running;
        return done;
    });
}

Status FakeDriver::kill(const std::string& id, int signal)
{
    return change(id, [&](Fake& fake) -> Status {
        if (fake.instance.pid == 0)
            return wrongState(fake.instance, "running");
        if (signal == 9 || signal == 15)
            setEnded(fake, 128 + signal);
        return {};
    });
}

Status FakeDriver::pause(const std::string& id)
{
    return change(id, [](Fake& fake) -> Status {
        if (fake.instance.state != State::Running)
            return wrongState(fake.instance, "running");
        fake.instance.state = State::Paused;
        return {};
    });
}

Status FakeDriver::resume(const std::string& id)
{
    return change(id, [](Fake& fake) -> Status {
        if (fake.instance.state != State::Paused)
            return wrongState(fake.instance, "paused");
        fake.instance.state = State::Running;
        return {};
    });
}

Status FakeDriver::rename(const std::string& id, const std::string& name)
{
    return change(id, [&](Fake& fake) -> Status {
        fake.instance.spec.name = name;
        return {};
    });
}

Result<WritableLayer> FakeDriver::writableLayer(const std::string& id)
{
    Instance instance = TRY(describe(id));
    if (instance.spec.kind == Kind::Machine)
        return Driver::writableLayer(id);
    return WritableLayer{"/nonexistent", {}, 100000, 65536, {}};
}

Status FakeDriver::remove(const std::string& id, bool /*deleteDisk*/)
{
    {
        std::unique_lock lock(m_mutex);
        Fake* fake = TRY(find(id, lock));
        if (fake->instance.state != State::Stopped && fake->instance.state != State::Broken)
            return wrongState(fake->instance, "stopped");
        m_all.erase(id);
    }
    tell(id);
    return {};
}

Result<std::pair<std::vector<std::string>, std::vector<std::string>>> FakeDriver::removalPlan(const std::string& id)
{
    Instance i = TRY(describe(id));
    std::string disk = "/var/lib/libvirt/images/" + i.spec.name + ".qcow2";
    if (!i.managed)
        return std::make_pair(std::vector<std::string>{}, std::vector<std::string>{disk});
    return std::make_pair(std::vector<std::string>{"/var/lib/diptych/instances/" + id},
                          std::vector<std::string>{"image " + i.spec.image});
}

Status FakeDriver::setLimits(const std::string& id, const Limits& limits)
{
    return change(id, [&](Fake& fake) -> Status {
        fake.instance.spec.limits = limits;
        return {};
    });
}

Status FakeDriver::setTwin(const std::string& id, const std::string& twin)
{
    return change(id, [&](Fake& fake) -> Status {
        fake.instance.spec.twin = twin;
        return {};
    });
}

Result<Terminal> FakeDriver::openTerminal(const std::string& id, const TerminalRequest& request)
{
    Instance i = TRY(describe(id));
    if (i.state != State::Running)
        return wrongState(i, "running");
    std::string session = !request.session.empty() ? request.session : m_kind == Kind::Machine ? "console" : newId();
    Terminal terminal = TRY(echoTerminal(session, i.spec.name));
    TRY(terminal.resize(request.columns, request.rows));
    return terminal;
}

Result<std::vector<TerminalSession>> FakeDriver::terminals(const std::string& id)
{
    Instance i = TRY(describe(id));
    if (i.state != State::Running || m_kind == Kind::Container)
        return std::vector<TerminalSession>();
    return std::vector<TerminalSession>{{"console", "serial console", i.startedAt}};
}

Result<std::string> FakeDriver::log(const std::string& id, size_t bytes)
{
    Instance i = TRY(describe(id));
    std::string text;
    for (int line = 0; line < 40; ++line)
        text += fmt::format("{} says line {}\n", i.spec.name, line);
    return text.size() > bytes ? text.substr(text.size() - bytes) : text;
}

Result<Timeline> FakeDriver::timeline(const std::string& id)
{
    std::unique_lock lock(m_mutex);
    return TRY(find(id, lock))->timeline;
}

Result<std::vector<Process>> FakeDriver::processes(const std::string& id)
{
    std::unique_lock lock(m_mutex);
    const Fake* fake = TRY(find(id, lock));
    const Instance& i = fake->instance;
    if (i.pid == 0)
        return std::vector<Process>();
    double seconds = static_cast<double>(fake->sample.cpuNanoseconds) / 1e9;
    int host = m_kind == Kind::Container ? i.pid : 0;
    return std::vector<Process>{{host, 1, "/bin/httpd -f", "0", 2 * mebibyte, seconds},
                                {host ? host + 1 : 0, 7, "sh", "0", mebibyte, 0.01}};
}

Result<std::string> FakeDriver::configuration(const std::string& id)
{
    return preview(TRY(describe(id)).spec);
}

Result<std::string> FakeDriver::preview(const InstanceSpec& spec)
{
    if (m_kind == Kind::Container)
        return dumpJson({{"ociVersion", "1.0.2"},
                         {"hostname", spec.name},
                         {"process", {{"args", spec.command}, {"cwd", "/"}}},
                         {"linux", {{"resources", {{"memory", {{"limit", spec.limits.memory}}}}}}}},
                        2);
    return fmt::format("<domain type='qemu'>\n  <name>{}</name>\n  <memory unit='bytes'>{}</memory>\n</domain>\n",
                       spec.name, spec.limits.memory);
}

Result<Json> FakeDriver::probe(const std::string& id)
{
    Instance i = TRY(describe(id));
    if (i.state != State::Running)
        return wrongState(i, "running");
    return Json{{"version", 1}, {"hostname", i.spec.name}, {"kernel", {{"release", "6.1.0-pretended"}}}};
}

Result<Json> FakeDriver::hostFacts(const std::string& id)
{
    Instance i = TRY(describe(id));
    Json facts{{"process", {{"pid", i.pid}}}, {"cgroup", {{"path", i.cgroup}}}};
    if (m_kind == Kind::Machine)
        facts["disk"]["disks"] = {{{"device", "cdrom"}, {"path", "/none.iso"}},
                                  {{"device", "disk"}, {"path", "/none/" + id + ".qcow2"}, {"format", "qcow2"}}};
    return facts;
}

Result<uint64_t> FakeDriver::diskBytes(const std::string& id)
{
    TRY(describe(id));
    return m_kind == Kind::Container ? mebibyte / 4 : 21 * mebibyte;
}

void FakeDriver::advance(Fake& fake, double seconds) const
{
    Sample& s = fake.sample;
    const Limits& limits = fake.instance.spec.limits;
    fake.phase += seconds / 7;
    double wave = 0.5 + 0.5 * std::sin(fake.phase);
    double most = limits.cpus > 0 ? limits.cpus : 2;
    double wanted = 0.02 + 1.1 * wave * wave * most;
    s.cpuNanoseconds += static_cast<uint64_t>(std::min(wanted, most) * seconds * 1e9);
    if (wanted > most)
        s.throttledNanoseconds += static_cast<uint64_t>((wanted - most) / wanted * seconds * 1e9);
    double base = m_kind == Kind::Container ? 4 : 180, swing = m_kind == Kind::Container ? 120 : 40;
    double memory = (base + swing * wave) * static_cast<double>(mebibyte);
    if (limits.memory > 0 && m_kind == Kind::Container)
        memory = std::min(memory, static_cast<double>(limits.memory));
    s.memory = static_cast<uint64_t>(memory);
    s.memoryGuest =
        m_kind == Kind::Container ? 0 : static_cast<uint64_t>((30 + 30 * wave) * static_cast<double>(mebibyte));
    s.readBytes += static_cast<uint64_t>(wave * 3e6 * seconds);
    s.writtenBytes += static_cast<uint64_t>((1 - wave) * 8e5 * seconds);
    s.receivedBytes += static_cast<uint64_t>(wave * 1.2e6 * seconds);
    s.sentBytes += static_cast<uint64_t>(wave * 4e5 * seconds);
}

std::vector<std::pair<std::string, Sample>> FakeDriver::sample()
{
    std::lock_guard lock(m_mutex);
    std::vector<std::pair<std::string, Sample>> all;
    int64_t now = monotonicNanoseconds();
    for (auto& [id, fake] : m_all) {
        if (fake.instance.state != State::Running && fake.instance.state != State::Paused)
            continue;
        if (fake.instance.state == State::Running)
            advance(fake, static_cast<double>(now - fake.sample.time) / 1e9);
        fake.sample.time = now;
        all.emplace_back(id, fake.sample);
    }
    return all;
}

Result<Sample> FakeDriver::sampleOne(const std::string& id)
{
    std::unique_lock<std::mutex> lock(m_mutex);
    Fake* fake = TRY(find(id, lock));
    if (fake->instance.state != State::Running)
        return fail(Code::WrongState, "it does not run");
    int64_t now = monotonicNanoseconds();
    advance(*fake, static_cast<double>(now - fake->sample.time) / 1e9);
    fake->sample.time = now;
    return fake->sample;
}

} // namespace diptych::fake
