// Where memory is, and which limit binds: from invented trees of both versions, and from real groups against what the
// commands print that the evidence shows.
#include "base/files.h"
#include "base/sanitized.h"
#include "cgroups/cgroup.h"
#include "isolation/process_view.h"
#include "isolation/resources.h"

#include <QtTest>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::isolation;

namespace {

constexpr int64_t mib = 1 << 20;

HostIdentity thisHost()
{
    HostIdentity host;
    host.bootId = "1111";
    host.cpus = 4;
    host.memory = uint64_t{8} << 30;
    return host;
}

const Figure* figureOf(const Resources& resources, const char* name)
{
    for (const Figure& one : resources.figures)
        if (one.name == name)
            return &one;
    return nullptr;
}

int64_t bytesOf(const Resources& resources, const char* name)
{
    const Figure* figure = figureOf(resources, name);
    return figure ? figure->bytes.value_or(-1) : -2;
}

const Row& boundOf(const Resources& resources, const char* resource)
{
    for (const Row& row : resources.bounds)
        if (row.resource == resource)
            return row;
    qFatal("no bound");
}

QString statementOf(const Resources& resources, const char* resource)
{
    return QString::fromStdString(boundOf(resources, resource).statement);
}

/// The parts of each bar against the bar.
void verifySums(const Resources& resources)
{
    for (const char* bar : {"charged", "resident", "guest"}) {
        int64_t sum = 0;
        bool parts = false;
        for (const Figure& one : resources.figures)
            if (one.part == bar && one.bytes)
                sum += *one.bytes, parts = true;
        if (parts)
            QCOMPARE(sum, bytesOf(resources, bar));
    }
}

class Tree
{
public:
    Tree()
    {
        write("proc/41/cgroup", "0::/box/inner\n");
        write("proc/41/status", "Name:\tserve\nCpus_allowed_list:\t0-3\n");
        write("proc/41/smaps_rollup",
              "55-7f ---p 0 00:00 0 [rollup]\nRss: 3000 kB\nPss: 2000 kB\nPrivate_Clean: 100 kB\n"
              "Private_Dirty: 900 kB\nKSM: 8 kB\nSwapPss: 12 kB\n");
        write("proc/sys/kernel/threads-max", "9000\n");
        write("proc/sys/kernel/pid_max", "32768\n");
    }
    void write(const QString& path, const QByteArray& text)
    {
        QFileInfo info(m_directory.filePath(path));
        QDir().mkpath(info.path());
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] std::string path(const char* below) const { return m_directory.filePath(below).toStdString(); }
    [[nodiscard]] ResourceSources unified() const
    {
        ResourceSources sources{path("proc"), {}};
        sources.hierarchies.mode = cgroups::Mode::Unified;
        sources.hierarchies.unified = path("cg");
        sources.hierarchies.unifiedControllers = {"cpu", "memory", "pids"};
        return sources;
    }
    [[nodiscard]] ResourceSources legacy() const
    {
        ResourceSources sources{path("proc"), {}};
        sources.hierarchies.mode = cgroups::Mode::Legacy;
        for (const char* name : {"cpu", "memory", "pids"})
            sources.hierarchies.controllers[name] = path("cg/") + name;
        return sources;
    }
    /// As unified() with the memory controller in a hierarchy of version 1.
    [[nodiscard]] ResourceSources hybrid() const
    {
        ResourceSources sources = unified();
        sources.hierarchies.mode = cgroups::Mode::Hybrid;
        sources.hierarchies.unifiedControllers = {"cpu", "pids"};
        sources.hierarchies.controllers["memory"] = path("cg/memory");
        return sources;
    }

private:
    QTemporaryDir m_directory;
};

Json containerFacts()
{
    return {{"process", {{"pid", 41}}}, {"cgroup", {{"path", "/box/inner"}}}};
}

Resources gathered(const ResourceSources& sources, const Json& facts = containerFacts(), const Json* probe = nullptr)
{
    Instance instance;
    instance.state = State::Running;
    instance.pid = 41;
    return resources(instance, probe, facts, thisHost(), sources);
}

void writeUnified(Tree& tree)
{
    tree.write("cg/box/inner/cgroup.controllers", "cpu memory pids\n");
    tree.write("cg/box/inner/memory.current", QByteArray::number(20 * mib));
    tree.write("cg/box/inner/memory.stat", "anon 8388608\nfile 6291456\nkernel 2097152\nsock 1048576\nshmem 2097152\n");
    tree.write("cg/box/inner/memory.max", "max\n");
    tree.write("cg/box/memory.max", "67108864\n");
    tree.write("cg/box/inner/cpu.max", "50000 100000\n");
    tree.write("cg/box/cpu.max", "150000 100000\n");
    tree.write("cg/box/inner/pids.max", "max\n");
    tree.write("cg/box/pids.max", "max\n");
}

Json machineFacts()
{
    return {{"process", {{"pid", 41}}},
            {"cgroup", {{"path", "/box/inner"}}},
            {"domain",
             {{"name", "shop"}, {"type", "qemu"}, {"vcpus", 2}, {"memory", 96 * mib}, {"maximumMemory", 128 * mib}}},
            {"balloon", {{"actual", 96 * mib}, {"available", 80 * mib}, {"unused", 30 * mib}, {"caches", 20 * mib}}}};
}

} // namespace

class TestResources : public QObject
{
    Q_OBJECT

private slots:
    void charges_of_version_2()
    {
        Tree tree;
        writeUnified(tree);
        Resources r = gathered(tree.unified());
        QCOMPARE(bytesOf(r, "charged"), 20 * mib);
        QCOMPARE(bytesOf(r, "anonymous"), 8 * mib);
        QCOMPARE(bytesOf(r, "fileCache"), 4 * mib); // without the shared memory that "file" counts too
        QCOMPARE(bytesOf(r, "sharedMemory"), 2 * mib);
        QCOMPARE(bytesOf(r, "kernelMemory"), 3 * mib);
        QCOMPARE(bytesOf(r, "difference"), 3 * mib);
        verifySums(r);
    }

    void charges_of_version_1()
    {
        Tree tree;
        for (const char* where : {"cg/memory", "cg/memory/box", "cg/memory/box/inner"})
            tree.write(QString(where) + "/memory.limit_in_bytes", "9223372036854771712\n");
        tree.write("cg/memory/box/inner/memory.usage_in_bytes", QByteArray::number(10 * mib));
        tree.write("cg/memory/box/inner/memory.kmem.usage_in_bytes", QByteArray::number(mib));
        tree.write("cg/memory/box/inner/memory.stat",
                   "rss 1\ncache 1\ntotal_rss 4194304\ntotal_cache 6291456\ntotal_shmem 0\n");
        Resources r = gathered(tree.hybrid());
        QCOMPARE(bytesOf(r, "charged"), 10 * mib);
        QCOMPARE(bytesOf(r, "anonymous"), 4 * mib); // of the groups below, too
        QCOMPARE(bytesOf(r, "difference"), -mib);   // told, not hidden
        verifySums(r);
        QCOMPARE(statementOf(r, "memoryBound"), "memoryByMachine");
    }

    void a_shared_group_is_nobodys_charge()
    {
        Tree tree;
        writeUnified(tree);
        Json facts = containerFacts();
        facts["cgroup"]["path"] = "/";
        Resources r = gathered(tree.unified(), facts);
        QCOMPARE(bytesOf(r, "charged"), int64_t(-1));
        QCOMPARE(figureOf(r, "charged")->row.statement, std::string("chargedShared"));
        QCOMPARE(statementOf(r, "memoryBound"), "memoryByAncestor"); // its limits bind all the same
    }

    void mapped_memory()
    {
        Tree tree;
        writeUnified(tree);
        Resources r = gathered(tree.unified());
        QCOMPARE(bytesOf(r, "resident"), int64_t{2000} * 1024);
        QCOMPARE(bytesOf(r, "unique"), int64_t{1000} * 1024);
        QCOMPARE(bytesOf(r, "sharedPart"), int64_t{1000} * 1024);
        QCOMPARE(bytesOf(r, "rss"), int64_t{3000} * 1024);
        QCOMPARE(bytesOf(r, "swap"), int64_t{12} * 1024);
        QCOMPARE(bytesOf(r, "ksm"), int64_t{8} * 1024);
        verifySums(r);
    }

    void believed()
    {
        Tree tree;
        writeUnified(tree);
        Json probe = {{"kernel", {{"bootId", "1111"}}}, {"limits", {{"memoryTotal", uint64_t{8} << 30}}}};
        QCOMPARE(figureOf(gathered(tree.unified(), containerFacts(), &probe), "believed")->row.statement,
                 std::string("believesHost"));
        probe["limits"]["memoryTotal"] = 64 * mib; // lxcfs puts another file there
        QCOMPARE(figureOf(gathered(tree.unified(), containerFacts(), &probe), "believed")->row.statement,
                 std::string("believesLess"));
        probe["kernel"]["bootId"] = "2222";
        QCOMPARE(figureOf(gathered(tree.unified(), containerFacts(), &probe), "believed")->row.statement,
                 std::string("believesOwn"));
        QVERIFY(!figureOf(gathered(tree.unified()), "believed")->bytes);
    }

    void what_nobody_tells()
    {
        Tree tree;
        writeUnified(tree);
        tree.write("cg/memory/box/inner/memory.usage_in_bytes", QByteArray::number(10 * mib));
        tree.write("cg/memory/box/inner/memory.stat", "total_rss 4194304\ntotal_cache 6291456\n");
        Resources r = gathered(tree.hybrid()); // no file for the kernel's share
        QCOMPARE(figureOf(r, "difference")->row.statement, std::string("differenceKernel"));
        QCOMPARE(figureOf(r, "believed")->row.statement, std::string("believedNothing"));
        Instance stopped;
        r = resources(stopped, nullptr, Json::object(), thisHost(), tree.unified());
        QCOMPARE(figureOf(r, "charged")->row.statement, std::string("chargedNothing"));
        QCOMPARE(figureOf(r, "resident")->row.statement, std::string("residentNothing"));
        HostIdentity unknown;
        Tree empty;
        r = resources(stopped, nullptr, Json::object(), unknown, ResourceSources{empty.path("nowhere"), {}});
        QCOMPARE(statementOf(r, "memoryBound"), "boundNothing");
    }

    void a_process_from_both_sides();
    void a_process_that_hides_little();
    void a_guests_process();

    void the_smallest_limit_binds()
    {
        Tree tree;
        writeUnified(tree);
        Resources r = gathered(tree.unified());
        QCOMPARE(statementOf(r, "memoryBound"), "memoryByAncestor");
        QCOMPARE(boundOf(r, "memoryBound").values.at("group"), std::string("/box"));
        QCOMPARE(boundOf(r, "memoryBound").values.at("raw"), std::string("67108864"));
        QCOMPARE(boundOf(r, "memoryBound").evidence.front().source, tree.path("cg/box/memory.max"));
        QCOMPARE(statementOf(r, "cpuBound"), "cpuByGroup");
        QCOMPARE(boundOf(r, "cpuBound").values.at("amount"), std::string("0.5"));
        QCOMPARE(statementOf(r, "pidsBound"), "pidsByMachine");
        QCOMPARE(boundOf(r, "pidsBound").values.at("amount"), std::string("9000"));
        tree.write("cg/box/inner/memory.high", "33554432\n"); // half of what the group above may have
        tree.write("cg/box/cpu.max", "20000 100000\n");
        tree.write("cg/box/pids.max", "15\n");
        QCOMPARE(statementOf(gathered(tree.unified()), "pidsBound"), "pidsByAncestor");
        tree.write("cg/box/inner/pids.max", "12\n");
        r = gathered(tree.unified());
        QCOMPARE(statementOf(r, "memoryBound"), "memoryByGroup");
        QCOMPARE(statementOf(r, "cpuBound"), "cpuByAncestor");
        QCOMPARE(statementOf(r, "pidsBound"), "pidsByGroup");
    }

    void processors_it_may_run_on()
    {
        Tree tree;
        writeUnified(tree);
        tree.write("cg/box/inner/cpu.max", "max 100000\n");
        tree.write("cg/box/cpu.max", "max 100000\n");
        QCOMPARE(statementOf(gathered(tree.unified()), "cpuBound"), "cpuByMachine");
        tree.write("proc/41/status", "Name:\tserve\nCpus_allowed_list:\t0,2-3\n");
        Resources r = gathered(tree.unified());
        QCOMPARE(statementOf(r, "cpuBound"), "cpuByAffinity");
        QCOMPARE(boundOf(r, "cpuBound").values.at("amount"), std::string("3"));
    }

    void old_groups_that_do_not_count_below()
    {
        Tree tree;
        for (const char* name : {"cpu", "memory", "pids"})
            tree.write(QString("cg/%1/box/inner/tasks").arg(name), "");
        tree.write("proc/41/cgroup", "3:memory:/box/inner\n2:cpu:/box/inner\n1:pids:/box/inner\n");
        tree.write("cg/memory/box/inner/memory.limit_in_bytes", "9223372036854771712\n");
        tree.write("cg/memory/box/memory.limit_in_bytes", "1048576\n");
        tree.write("cg/memory/box/memory.use_hierarchy", "0\n");
        QCOMPARE(statementOf(gathered(tree.legacy()), "memoryBound"), "memoryByMachine");
        tree.write("cg/memory/box/memory.use_hierarchy", "1\n");
        QCOMPARE(statementOf(gathered(tree.legacy()), "memoryBound"), "memoryByAncestor");
        tree.write("cg/cpu/box/cpu.cfs_quota_us", "25000\n");
        tree.write("cg/cpu/box/cpu.cfs_period_us", "50000\n");
        QCOMPARE(boundOf(gathered(tree.legacy()), "cpuBound").values.at("amount"), std::string("0.5"));
    }

    void a_guest()
    {
        Tree tree;
        writeUnified(tree);
        tree.write("proc/41/smaps",
                   "1000-2000 rw-p 0 00:00 0\nSize: 4096 kB\nRss: 600 kB\nPss: 500 kB\n"
                   "2000-9000 rw-p 0 00:00 0\nSize: 131072 kB\nRss: 1500 kB\nPss: 1400 kB\nVmFlags: rd wr\n");
        Resources r = gathered(tree.unified(), machineFacts());
        QCOMPARE(bytesOf(r, "guestMemory"), int64_t{1400} * 1024);
        QCOMPARE(bytesOf(r, "hypervisor"), int64_t{600} * 1024);
        QCOMPARE(bytesOf(r, "guest"), 128 * mib);
        QCOMPARE(bytesOf(r, "guestUsed"), 30 * mib);
        QCOMPARE(bytesOf(r, "guestCache"), 20 * mib);
        QCOMPARE(bytesOf(r, "guestFree"), 30 * mib);
        QCOMPARE(bytesOf(r, "guestKernel"), 16 * mib);
        QCOMPARE(bytesOf(r, "balloon"), 32 * mib);
        verifySums(r);
        QCOMPARE(statementOf(r, "memoryBound"), "memoryByAncestor"); // 64 MiB for all of QEMU
        tree.write("cg/box/memory.max", "max\n");
        QCOMPARE(statementOf(gathered(tree.unified(), machineFacts()), "memoryBound"), "memoryByGuest");
    }

    void a_guest_that_lies_or_is_silent()
    {
        Tree tree;
        writeUnified(tree);
        Json facts = machineFacts();
        facts["balloon"] = {{"actual", 1LL << 60}, {"available", 1LL << 61}, {"unused", 1LL << 62}, {"caches", 7}};
        Resources r = gathered(tree.unified(), facts);
        verifySums(r);
        QCOMPARE(bytesOf(r, "guestFree"), 128 * mib);
        facts.erase("balloon");
        r = gathered(tree.unified(), facts);
        QCOMPARE(figureOf(r, "guest")->row.statement, std::string("guestNothing"));
        Json probe = {{"kernel", {{"bootId", "2222"}}},
                      {"limits", {{"memoryTotal", 70 * mib}, {"pidsMax", "77"}}},
                      {"memory", {{"total", 70 * mib}, {"free", 40 * mib}, {"cached", 5 * mib}, {"buffers", mib}}}};
        r = gathered(tree.unified(), facts, &probe);
        QCOMPARE(bytesOf(r, "guestCache"), 6 * mib);
        QCOMPARE(bytesOf(r, "guestUsed"), 24 * mib);
        verifySums(r);
        QCOMPARE(statementOf(r, "pidsBound"), "pidsByGuest");
    }

    void virtual_processors()
    {
        Tree tree;
        writeUnified(tree);
        tree.write("cg/box/inner/cpu.max", "max 100000\n");
        tree.write("cg/box/cpu.max", "max 100000\n");
        tree.write("proc/41/task/42/comm", "CPU 0/TCG\n");
        tree.write("proc/41/task/42/cgroup", "0::/box/inner/vcpu0\n");
        tree.write("proc/41/task/42/status", "Cpus_allowed_list:\t0-3\n");
        tree.write("cg/box/inner/vcpu0/cpu.max", "max 100000\n");
        QCOMPARE(statementOf(gathered(tree.unified(), machineFacts()), "cpuBound"), "cpuByVcpus");
        tree.write("cg/box/inner/vcpu0/cpu.max", "25000 100000\n"); // each of the two
        Resources r = gathered(tree.unified(), machineFacts());
        QCOMPARE(statementOf(r, "cpuBound"), "cpuByGroup");
        QCOMPARE(boundOf(r, "cpuBound").values.at("amount"), std::string("0.5"));
        tree.write("cg/box/inner/vcpu0/cpu.max", "max 100000\n");
        tree.write("proc/41/task/42/status", "Cpus_allowed_list:\t1\n");
        QCOMPARE(statementOf(gathered(tree.unified(), machineFacts()), "cpuBound"), "cpuByAffinity");
    }

    void real_groups();
};

namespace {

int64_t printed(const std::string& command)
{
    QProcess shell;
    shell.start("/bin/sh", {"-c", QString::fromStdString(command)});
    if (!shell.waitForFinished(10000))
        return -1;
    return shell.readAllStandardOutput().trimmed().split(' ').last().toLongLong();
}

/// Touches memory of every kind and waits.
pid_t startEater(const cgroups::Cgroup& group, int ready)
{
    pid_t child = ::fork();
    if (child != 0)
        return child;
    if (!group.attach(::getpid()))
        ::_exit(1);
    for (int flags : {MAP_PRIVATE, MAP_SHARED}) {
        void* memory = ::mmap(nullptr, 24 * mib, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            ::_exit(2);
        memset(memory, 7, 24 * mib);
    }
    char byte = 1;
    if (::write(ready, &byte, 1) != 1)
        ::_exit(3);
    ::pause();
    ::_exit(0);
}

} // namespace

namespace {
HostIdentity hostWithNamespaces()
{
    HostIdentity host = thisHost();
    for (auto [kind, id] : {std::pair{"pid", 1}, {"mnt", 2}, {"net", 3}, {"user", 6}, {"cgroup", 7}})
        host.namespaces[kind] = fmt::format("{}:[{}]", kind, id);
    return host;
}

/// Process 41, which is 7 inside; its namespaces are those of the host but for some.
void writeProcess(Tree& tree, const std::map<std::string, int>& own, const QByteArray& map)
{
    tree.write("proc/41/status", "Name:\tserve\nUid:\t165537\t165537\t165537\t165537\nNSpid:\t41\t7\n"
                                 "CapEff:\t0000000000000003\nSeccomp:\t2\nNoNewPrivs:\t1\n");
    tree.write("proc/41/cmdline", QByteArray("/bin/serve\0--all\0", 17));
    tree.write("proc/41/uid_map", map);
    tree.write("proc/41/ns/.keep", "");
    for (const auto& [kind, link] : hostWithNamespaces().namespaces) {
        auto other = own.find(kind);
        std::string text = other == own.end() ? link : fmt::format("{}:[{}]", kind, other->second);
        QVERIFY(::symlink(text.c_str(), tree.path(("proc/41/ns/" + kind).c_str()).c_str()) == 0);
    }
}

QString saidIn(const std::vector<Row>& rows, const char* resource)
{
    for (const Row& row : rows)
        if (row.resource == resource)
            return QString::fromStdString(row.statement);
    return QStringLiteral("nothing");
}

ProcessView viewOf(const Tree& tree, const Json& probe)
{
    Instance instance;
    instance.state = State::Running;
    instance.pid = 41;
    return processView(instance, &probe, containerFacts(), hostWithNamespaces(), tree.unified(), 41, 0).value();
}
} // namespace

void TestResources::a_process_from_both_sides()
{
    Tree tree;
    writeProcess(tree, {{"pid", 91}, {"mnt", 92}, {"user", 96}, {"cgroup", 97}}, "0 165536 10\n");
    Json probe = {{"processes", {{{"pid", 7}, {"command", "/bin/serve"}, {"memory", 4096}}}}};
    ProcessView view = viewOf(tree, probe);
    QCOMPARE(saidIn(view.inside, "uid"), "viewUid");
    QCOMPARE(saidIn(view.inside, "command"), "viewCommand");
    QCOMPARE(saidIn(view.inside, "namespaces"), "viewNamespaces");
    QCOMPARE(saidIn(view.host, "namespaces"), "viewShared"); // the network
    QCOMPARE(saidIn(view.inside, "group"), "viewGroupHidden");
    QCOMPARE(saidIn(view.host, "group"), "viewGroup");
    QCOMPARE(saidIn(view.inside, "privileges"), "viewCapabilities");
    QCOMPARE(saidIn(view.host, "privileges"), "viewCapabilitiesOwn");
    QCOMPARE(saidIn(view.inside, "resident memory"), "viewMemory");
    QCOMPARE(saidIn(view.host, "resident memory"), "viewMemoryHost");
    for (const Row& row : view.inside)
        if (row.resource == "uid")
            QCOMPARE(row.values.at("uid"), std::string("1"));
}

void TestResources::a_process_that_hides_little()
{
    Tree tree;
    writeProcess(tree, {}, "0 500000 10\n");
    ProcessView view = viewOf(tree, Json::object());
    QCOMPARE(saidIn(view.inside, "uid"), "viewUidUnmapped");
    QCOMPARE(saidIn(view.inside, "command"), "viewNotSeen");
    QCOMPARE(saidIn(view.inside, "namespaces"), "viewNamespacesHost");
    QCOMPARE(saidIn(view.inside, "group"), "viewGroup");
    QCOMPARE(saidIn(view.host, "privileges"), "viewCapabilitiesHost");
    Tree apart;
    writeProcess(apart, {{"pid", 91}, {"mnt", 92}, {"net", 93}, {"user", 96}, {"cgroup", 97}}, "0 165536 10\n");
    QCOMPARE(saidIn(viewOf(apart, Json::object()).host, "namespaces"), "viewNoneShared");
}

void TestResources::a_guests_process()
{
    Tree tree;
    writeProcess(tree, {}, "0 0 4294967295\n");
    Instance instance;
    instance.state = State::Running;
    instance.pid = 41;
    Json probe = {{"kernel", {{"bootId", "2222"}}}, {"processes", {{{"pid", 7}, {"uid", 0}}}}};
    auto view = processView(instance, &probe, machineFacts(), hostWithNamespaces(), tree.unified(), 0, 7);
    QVERIFY(view);
    QCOMPARE(saidIn(view->host, "pid"), "viewNowhere");
    QCOMPARE(saidIn(view->host, "group"), "viewQemuGroup");
    QCOMPARE(saidIn(view->host, "resident memory"), "viewQemuMemory");
    QCOMPARE(saidIn(view->inside, "namespaces"), "viewNamespacesForeign");
    QCOMPARE(saidIn(view->inside, "resident memory"), "viewNotSeen");
    QVERIFY(!processView(instance, &probe, machineFacts(), hostWithNamespaces(), tree.unified(), 0, 8));
}

void TestResources::real_groups()
{
    if (sanitized)
        QSKIP("AddressSanitizer's own memory is charged too");
    auto hierarchies = cgroups::findHierarchies();
    QVERIFY(hierarchies);
    std::string base = fmt::format("/diptych/test-resources-{}", ::getpid());
    auto outer = cgroups::Cgroup::create(*hierarchies, base);
    if (!outer)
        QSKIP(outer.error().message.c_str());
    auto inner = cgroups::Cgroup::create(*hierarchies, base + "/inner");
    QVERIFY2(inner, inner ? "" : inner.error().message.c_str());
    int pipe[2];
    QVERIFY(::pipe(pipe) == 0);
    pid_t child = startEater(*inner, pipe[1]);
    auto clean = qScopeGuard([&] {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        (void)outer->remove();
    });
    char byte = 0;
    QCOMPARE(::read(pipe[0], &byte, 1), ssize_t(1));
    cgroups::Resources limit;
    limit.memoryMax = 256 * mib;
    QVERIFY(outer->apply(limit).has_value());
    Json facts = {{"process", {{"pid", child}}}, {"cgroup", {{"path", base + "/inner"}}}};
    Instance instance;
    instance.state = State::Running;
    instance.pid = child;
    Resources r = resources(instance, nullptr, facts, identifyHost(), {"/proc", *hierarchies});
    verifySums(r);
    // The commands that the evidence shows say the same, to the page; but that a shell runs now changes how many have
    // the C library mapped.
    for (const char* name : {"charged", "resident", "rss", "unique", "anonymous", "sharedMemory"}) {
        const Figure* figure = figureOf(r, name);
        QVERIFY2(figure && figure->bytes, name);
        int64_t said = printed(figure->row.evidence.front().command);
        bool byShares = figure->name == "resident" || figure->name == "unique";
        QVERIFY2(std::abs(said - *figure->bytes) <= (byShares ? 256 * 1024 : 4096),
                 fmt::format("{}: {} by {}, {} here", name, said, figure->row.evidence.front().command, *figure->bytes)
                     .c_str());
    }
    // And what was touched is there; counters are charged in steps.
    QVERIFY(std::abs(bytesOf(r, "anonymous") - 24 * mib) < mib);
    QVERIFY(std::abs(bytesOf(r, "sharedMemory") - 24 * mib) < mib);
    QVERIFY(bytesOf(r, "resident") > 48 * mib);
    QVERIFY(std::abs(bytesOf(r, "difference")) < 2 * mib);
    QCOMPARE(statementOf(r, "memoryBound"), "memoryByAncestor");
    limit.memoryMax = 128 * mib;
    QVERIFY(inner->apply(limit).has_value());
    r = resources(instance, nullptr, facts, identifyHost(), {"/proc", *hierarchies});
    QCOMPARE(statementOf(r, "memoryBound"), "memoryByGroup");
}

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
