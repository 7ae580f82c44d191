// org.diptych
#include "daemon/daemon.h"
#include "daemon/host.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

static Json missingJson(const std::vector<Missing>& all)
{
    Json array = Json::array();
    for (const Missing& one : all)
        array.push_back({{"feature", one.feature}, {"reason", one.reason}, {"mend", one.mend}});
    return array;
}

static std::vector<Missing> missing(Daemon& daemon, const std::string& cgroupMode, const Hypervisor& hypervisor)
{
    std::vector<Missing> all = missingFeatures(cgroupMode);
    all.insert(all.end(), daemon.services.missing.begin(), daemon.services.missing.end());
    if (hypervisor.acceleration != "kvm")
        all.push_back(
            {"kvm", hypervisor.accelerationReason, "turn on virtualisation (VT-x, AMD-V) in the firmware setup"});
    std::string problem = hypervisor.problem.empty() ? daemon.registry.problem(Kind::Machine) : hypervisor.problem;
    if (!problem.empty())
        all.push_back({"libvirt", problem, "install libvirt-daemon-system and start libvirtd"});
    if (!daemon.authorizer.polkitAnswers())
        all.push_back({"polkit", "there is no system bus: only root and the group diptych may use this helper",
                       "start dbus and polkit"});
    return all;
}

static void getHost(Daemon& daemon, const CallPointer& call)
{
    using Facts = std::pair<Json, Hypervisor>;
    daemon.workers.run([ask = daemon.services.hypervisor] { return Facts(hostFacts(), ask ? ask() : Hypervisor()); },
                       [&daemon, call](Facts facts) {
                           auto& [json, hypervisor] = facts;
                           json["acceleration"] = hypervisor.acceleration;
                           json["accelerationReason"] = hypervisor.accelerationReason;
                           json["libvirtVersion"] = hypervisor.libvirtVersion;
                           json["qemuVersion"] = hypervisor.qemuVersion;
                           json["helperStartedAt"] = daemon.startedAt;
                           json["missing"] = missingJson(missing(daemon, json["cgroupMode"], hypervisor));
                           daemon.authorizer.granted(
                               call, [call, json = std::move(json)](const std::vector<std::string>& granted) mutable {
                                   json["granted"] = granted;
                                   call->reply(std::move(json));
                               });
                       });
}

Status addHelperApi(Daemon& daemon)
{
    TRY(daemon.server.handle("org.diptych.Ping", Mode::Plain, [](const CallPointer& call) {
        call->reply({{"version", version}});
    }));
    return daemon.server.handle("org.diptych.GetHost", Mode::Plain,
                                [&daemon](const CallPointer& call) { getHost(daemon, call); });
}

} // namespace diptych
