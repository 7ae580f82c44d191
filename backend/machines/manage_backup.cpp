// A copy of the disks of a machine that runs, as they are at one moment: QEMU keeps what is overwritten meanwhile until
// the copy has it. With a guest agent its file systems are frozen for that moment, so that they are whole in the copy.
#include "machines/domain_read.h"
#include "machines/manager.h"
#include "machines/volumes.h"
#include "machines/xml.h"

#include <ctime>
#include <thread>

namespace diptych::machines {

namespace {

std::string timeStamp()
{
    std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32] = {};
    (void)std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts);
    return text;
}

Result<std::string> directoryOf(virStoragePoolPtr pool)
{
    CString text(virStoragePoolGetXMLDesc(pool, 0));
    pugi::xml_document document;
    if (!text)
        return failLibvirt("read the storage pool");
    TRY(parseXml(text.get(), document));
    std::string_view type = document.child("pool").attribute("type").value();
    if (type != "dir" && type != "fs" && type != "netfs")
        return fail(Code::NotSupported,
                    fmt::format("copies go into a pool of files, and this one is of type {}", type));
    return std::string(document.child("pool").child("target").child_value("path"));
}

struct Plan
{
    std::string xml;
    std::vector<std::string> volumes;
};

/// Every disk that the machine writes; all others are named too, else libvirt would copy them.
Result<Plan> planFor(const DomainInfo& info, virStoragePoolPtr pool)
{
    std::string directory = TRY(directoryOf(pool)), stamp = timeStamp();
    Plan plan;
    pugi::xml_document document;
    pugi::xml_node root = element(document, "domainbackup", {{"mode", "push"}});
    pugi::xml_node disks = element(root, "disks");
    for (const DiskInfo& disk : info.disks) {
        bool wanted = disk.device == "disk" && !disk.readOnly && !disk.path.empty();
        pugi::xml_node node = element(disks, "disk", {{"name", disk.target}, {"backup", wanted ? "yes" : "no"}});
        if (!wanted)
            continue;
        std::string name = freeName(pool, fmt::format("{}-{}-{}", info.name, disk.target, stamp), "qcow2");
        node.append_attribute("type").set_value("file");
        element(node, "driver", {{"type", "qcow2"}});
        element(node, "target", {{"file", fmt::format("{}/{}", directory, name)}});
        plan.volumes.push_back(name);
    }
    if (plan.volumes.empty())
        return fail(Code::NotSupported, "it has no disk of its own that could be copied");
    plan.xml = writeXml(root);
    return plan;
}

/// FrozenGuest is whoever has an agent; an agent that does not answer keeps nobody from copying.
class FrozenGuest final
{
public:
    FrozenGuest(virDomainPtr domain, bool wanted) : m_domain(domain)
    {
        if (!wanted)
            return;
        virDomainAgentSetResponseTimeout(domain, 10, 0);
        m_frozen = virDomainFSFreeze(domain, nullptr, 0, 0) >= 0;
    }
    ~FrozenGuest()
    {
        if (m_frozen)
            virDomainFSThaw(m_domain, nullptr, 0, 0);
    }
    FrozenGuest(const FrozenGuest&) = delete;
    FrozenGuest& operator=(const FrozenGuest&) = delete;
    [[nodiscard]] bool is() const { return m_frozen; }

private:
    virDomainPtr m_domain;
    bool m_frozen = false;
};

struct JobState
{
    int type = VIR_DOMAIN_JOB_NONE;
    uint64_t done = 0, total = 0;
    std::string problem;
    bool success = false;
};

JobState jobOf(virDomainPtr domain, unsigned flags)
{
    JobState state;
    virTypedParameterPtr parameters = nullptr;
    int count = 0, success = 0;
    if (virDomainGetJobStats(domain, &state.type, &parameters, &count, flags) < 0)
        return state;
    unsigned long long done = 0, total = 0;
    const char* problem = nullptr;
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DISK_PROCESSED, &done);
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DISK_TOTAL, &total);
    virTypedParamsGetBoolean(parameters, count, VIR_DOMAIN_JOB_SUCCESS, &success);
    virTypedParamsGetString(parameters, count, VIR_DOMAIN_JOB_ERRMSG, &problem);
    state.done = done;
    state.total = total;
    state.success = success != 0;
    state.problem = problem ? problem : "";
    virTypedParamsFree(parameters, count);
    return state;
}

Status follow(virDomainPtr domain, const std::string& name, Progress& progress)
{
    for (bool aborted = false;;) {
        JobState now = jobOf(domain, 0);
        if (now.type == VIR_DOMAIN_JOB_NONE)
            break;
        progress.amounts({{name, now.done, now.total}});
        progress.report("copyDisk", now.total > 0 ? double(now.done) / double(now.total) : -1, name);
        if (progress.cancelled() && !std::exchange(aborted, true))
            virDomainAbortJob(domain);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    if (progress.cancelled())
        return fail(Code::Cancelled, fmt::format("copying the disks of {} was cancelled", name));
    JobState ended = jobOf(domain, VIR_DOMAIN_JOB_STATS_COMPLETED);
    if (ended.type != VIR_DOMAIN_JOB_COMPLETED)
        return fail(Code::Failed, fmt::format("copying the disks of {}: {}", name,
                                              ended.problem.empty() ? "it ended early" : ended.problem));
    return {};
}

} // namespace

Result<Json> backUp(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    ConnectRef connection = TRY(host.connection());
    if (!TRY(isActive(domain.get())))
        return fail(Code::WrongState,
                    fmt::format("{} is off: copy its volumes on the page Storage", nameOf(domain.get())));
    auto poolName = parameters["pool"].get<std::string>();
    PoolRef pool = TRY(findPool(connection.get(), poolName));
    DomainInfo info = TRY(readDomain(TRY(xmlOf(domain.get(), 0))));
    Plan plan = TRY(planFor(info, pool.get()));
    progress.report("copyDisk", -1, info.name);
    Undo undo;
    undo.add([&] {
        virStoragePoolRefresh(pool.get(), 0);
        for (const std::string& name : plan.volumes)
            if (VolumeRef made{virStorageVolLookupByName(pool.get(), name.c_str())})
                virStorageVolDelete(made.get(), 0);
    });
    bool frozen = false;
    {
        FrozenGuest moment(domain.get(), parameters["freeze"].get<bool>());
        frozen = moment.is();
        if (virDomainBackupBegin(domain.get(), plan.xml.c_str(), nullptr, 0) < 0)
            return failLibvirt(fmt::format("copy the disks of {}", info.name));
    }
    TRY(follow(domain.get(), info.name, progress));
    undo.keep();
    virStoragePoolRefresh(pool.get(), 0);
    return Json{{"volumes", plan.volumes}, {"frozen", frozen}};
}

} // namespace diptych::machines
