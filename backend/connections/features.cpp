// What a hypervisor lacks. libvirt has no list of it; but a call that the driver does not have says so before it looks
// at anything else, so calls are made that could not do anything: they read, or ask for what can't be.
#include "connections/domains.h"

#include <array>

namespace diptych::connections {

namespace {

using machines::DomainRef;
using Lacks = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view missing = "not supported by the connection driver";

void noteLack(Lacks& lacks, const char* feature, bool failed)
{
    const virError* error = failed ? virGetLastError() : nullptr;
    if (error && error->code == VIR_ERR_NO_SUPPORT && error->message)
        lacks.emplace_back(feature, error->message);
}

/// Any domain that is not paused: resuming it is refused by every hypervisor that can.
DomainRef someDomain(virConnectPtr connection)
{
    virDomainPtr* all = nullptr;
    int count = virConnectListAllDomains(connection, &all, 0);
    DomainRef chosen;
    for (int i = 0; i < count; ++i) {
        DomainRef domain(all[i]);
        int state = 0, reason = 0;
        if (!chosen && virDomainGetState(domain.get(), &state, &reason, 0) == 0 && state != VIR_DOMAIN_PAUSED &&
            state != VIR_DOMAIN_PMSUSPENDED)
            chosen = std::move(domain);
    }
    free(all);
    return chosen;
}

void lacksOfDomains(virConnectPtr connection, virDomainPtr domain, Lacks& lacks)
{
    int number = 0, flag = 0;
    noteLack(lacks, "pause", virDomainResume(domain) < 0);
    noteLack(lacks, "save", virDomainHasManagedSaveImage(domain, 0) < 0);
    noteLack(lacks, "snapshots", virDomainSnapshotNum(domain, 0) < 0);
    noteLack(lacks, "autostart", virDomainGetAutostart(domain, &flag) < 0);
    machines::CString type(virDomainGetSchedulerType(domain, &number));
    noteLack(lacks, "limits", !type);
    machines::CString job(virDomainBackupGetXMLDesc(domain, 0));
    noteLack(lacks, "backup", !job);
    machines::StreamRef stream(virStreamNew(connection, VIR_STREAM_NONBLOCK));
    noteLack(lacks, "console", !stream || virDomainOpenConsole(domain, "none-of-this-name", stream.get(), 0) < 0);
    int display = virDomainOpenGraphicsFD(domain, 4096, VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH);
    noteLack(lacks, "display", display < 0);
    UniqueFd opened(display);
}

struct Said
{
    std::string_view method;
    const char* feature;
};
/// By the end of the method's or the verb's name.
constexpr std::array said{Said{"pause", "pause"},
                          Said{"resume", "pause"},
                          Said{"stop", "stop"},
                          Said{"start", "start"},
                          Said{"kill", "kill"},
                          Said{"rename", "rename"},
                          Said{"remove", "remove"},
                          Said{"setLimits", "limits"},
                          Said{"console", "console"},
                          Said{"display", "display"},
                          Said{".Reset", "reset"},
                          Said{".Save", "save"},
                          Said{".SetAutostart", "autostart"},
                          Said{".ListSnapshots", "snapshots"},
                          Said{".CreateSnapshot", "snapshots"},
                          Said{".BackUp", "backup"},
                          Said{"GuestAgent.Get", "guest"},
                          Said{".ListPools", "storage"},
                          Said{"Networks.List", "networks"}};

} // namespace

Lacks lacksOf(virConnectPtr connection)
{
    Lacks lacks;
    noteLack(lacks, "storage", virConnectNumOfStoragePools(connection) < 0);
    noteLack(lacks, "networks", virConnectNumOfNetworks(connection) < 0);
    virDomainStatsRecordPtr* records = nullptr;
    int count = virConnectGetAllDomainStats(connection, VIR_DOMAIN_STATS_STATE, &records, 0);
    noteLack(lacks, "statistics", count < 0);
    if (count >= 0)
        virDomainStatsRecordListFree(records);
    if (DomainRef domain = someDomain(connection))
        lacksOfDomains(connection, domain.get(), lacks);
    return lacks;
}

std::string featureLacking(const std::string& method, const Error& error)
{
    if (error.message.find(missing) == std::string::npos)
        return {};
    for (const Said& one : said)
        if (std::string_view(method).ends_with(one.method))
            return one.feature;
    return {};
}

} // namespace diptych::connections
