#include "daemon/authorization.h"

#include "base/log.h"

#include <algorithm>
#include <grp.h>
#include <set>

namespace diptych {

// Beside each method in api/*.varlink stands "Permission: <action>"; tests/unit/tst_authorization compares.
static constexpr std::string_view observe = "org.diptych.observe", create = "org.diptych.create",
                                  lifecycle = "org.diptych.lifecycle", lifecycleOther = "org.diptych.lifecycle.other",
                                  remove_ = "org.diptych.delete", terminal = "org.diptych.terminal",
                                  image = "org.diptych.image", xml = "org.diptych.xml",
                                  hardware = "org.diptych.hardware", storage = "org.diptych.storage",
                                  network = "org.diptych.network", controlGroup = "org.diptych.controlgroup",
                                  walls = "org.diptych.walls", connection = "org.diptych.connection";

const std::vector<Permission>& permissions()
{
    static const std::vector<Permission> table = {
        {"org.diptych.Ping", "none"},
        {"org.diptych.GetHost", observe},
        {"org.diptych.Instances.List", observe},
        {"org.diptych.Instances.Subscribe", observe},
        {"org.diptych.Instances.Describe", observe},
        {"org.diptych.Instances.Create", create},
        {"org.diptych.Instances.Preview", observe},
        {"org.diptych.Instances.Start", lifecycle},
        {"org.diptych.Instances.Stop", lifecycle},
        {"org.diptych.Instances.Kill", lifecycle},
        {"org.diptych.Instances.Pause", lifecycle},
        {"org.diptych.Instances.Resume", lifecycle},
        {"org.diptych.Instances.Restart", lifecycle},
        {"org.diptych.Instances.Rename", lifecycle},
        {"org.diptych.Instances.RemovalPlan", observe},
        {"org.diptych.Instances.Delete", remove_},
        {"org.diptych.Instances.SetLimits", lifecycle},
        {"org.diptych.Instances.OpenTerminal", terminal},
        {"org.diptych.Instances.ResizeTerminal", terminal},
        {"org.diptych.Instances.ListTerminals", observe},
        {"org.diptych.Instances.ReadLog", terminal},
        {"org.diptych.Instances.GetTimeline", observe},
        {"org.diptych.Instances.ListProcesses", observe},
        {"org.diptych.Instances.GetConfiguration", observe},
        {"org.diptych.Instances.ListChanges", observe},
        {"org.diptych.Images.List", observe},
        {"org.diptych.Images.Subscribe", observe},
        {"org.diptych.Images.ListTemplates", observe},
        {"org.diptych.Images.BuildTemplate", image},
        {"org.diptych.Images.Delete", remove_},
        {"org.diptych.Images.Tag", image},
        {"org.diptych.Images.Inspect", observe},
        {"org.diptych.Images.ListFiles", observe},
        {"org.diptych.Images.ListTags", image},
        {"org.diptych.Images.ListPlatforms", image},
        {"org.diptych.Images.Pull", image},
        {"org.diptych.Images.Push", image},
        {"org.diptych.Images.ListRegistries", observe},
        {"org.diptych.Images.Login", image},
        {"org.diptych.Images.Logout", image},
        {"org.diptych.Images.Import", image},
        {"org.diptych.Images.Export", image},
        {"org.diptych.Images.Download", image},
        {"org.diptych.Images.Commit", image},
        {"org.diptych.Images.Prune", remove_},
        {"org.diptych.Disks.List", observe},
        {"org.diptych.Disks.Import", image},
        {"org.diptych.Disks.Export", image},
        {"org.diptych.Disks.ExportInstance", image},
        {"org.diptych.Disks.Delete", remove_},
        {"org.diptych.Isolation.GetEvidence", observe},
        {"org.diptych.Isolation.GetResources", observe},
        {"org.diptych.Isolation.GetProcess", observe},
        {"org.diptych.Isolation.ListWorkloads", observe},
        {"org.diptych.Isolation.MeasureTraffic", observe},
        {"org.diptych.Isolation.GetCosts", observe},
        {"org.diptych.Isolation.Probe", observe},
        {"org.diptych.Metrics.Subscribe", observe},
        {"org.diptych.Metrics.Watch", observe},
        {"org.diptych.Metrics.GetHistory", observe},
        {"org.diptych.Metrics.GetCounters", observe},
        {"org.diptych.Metrics.GetHostHistory", observe},
        {"org.diptych.Metrics.GetRange", observe},
        {"org.diptych.Operations.Subscribe", observe},
        {"org.diptych.Operations.Wait", observe},
        {"org.diptych.Operations.Cancel", observe},
        {"org.diptych.ControlGroups.List", observe},
        {"org.diptych.ControlGroups.ListProcesses", observe},
        {"org.diptych.ControlGroups.SetLimits", controlGroup},
        {"org.diptych.ControlGroups.Freeze", controlGroup},
        {"org.diptych.ControlGroups.Thaw", controlGroup},
        {"org.diptych.ControlGroups.Kill", controlGroup},
        {"org.diptych.ControlGroups.MoveProcess", controlGroup},
        {"org.diptych.Namespaces.List", observe},
        {"org.diptych.Namespaces.Describe", observe},
        {"org.diptych.Namespaces.ListInterfaces", observe},
        {"org.diptych.Walls.List", observe},
        {"org.diptych.Walls.TakeDown", walls},
        {"org.diptych.Walls.PutBack", observe},
        {"org.diptych.Activity.List", observe},
        {"org.diptych.Activity.Subscribe", observe},
        {"org.diptych.Machines.GetXml", observe},
        {"org.diptych.Machines.DefineXml", xml},
        {"org.diptych.Machines.OpenDisplay", terminal},
        {"org.diptych.Machines.GetHardware", observe},
        {"org.diptych.Machines.SetVcpus", hardware},
        {"org.diptych.Machines.SetTopology", hardware},
        {"org.diptych.Machines.SetCpuModel", hardware},
        {"org.diptych.Machines.SetPin", hardware},
        {"org.diptych.Machines.SetMemory", hardware},
        {"org.diptych.Machines.SetBoot", hardware},
        {"org.diptych.Machines.AddDevice", hardware},
        {"org.diptych.Machines.ChangeDevice", hardware},
        {"org.diptych.Machines.RemoveDevice", hardware},
        {"org.diptych.Machines.ResizeDisk", hardware},
        {"org.diptych.Machines.ListHostDevices", observe},
        {"org.diptych.Machines.AddHostDevice", xml},
        {"org.diptych.Machines.AddHostCard", xml},
        {"org.diptych.Machines.AddShare", xml},
        {"org.diptych.Machines.SetNotes", hardware},
        {"org.diptych.Machines.SetAutostart", lifecycle},
        {"org.diptych.Machines.Reset", lifecycle},
        {"org.diptych.Machines.Save", lifecycle},
        {"org.diptych.Machines.DropSaved", lifecycle},
        {"org.diptych.Machines.ListSnapshots", observe},
        {"org.diptych.Machines.GetSnapshotPicture", terminal},
        {"org.diptych.Machines.CreateSnapshot", lifecycle},
        {"org.diptych.Machines.RevertSnapshot", remove_},
        {"org.diptych.Machines.DeleteSnapshot", remove_},
        {"org.diptych.Machines.Clone", create},
        {"org.diptych.Machines.CheckMigration", observe},
        {"org.diptych.Machines.Migrate", remove_},
        {"org.diptych.Machines.Create", create},
        {"org.diptych.Machines.ReadAppliance", observe},
        {"org.diptych.Machines.ImportAppliance", create},
        {"org.diptych.Machines.Dump", terminal},
        {"org.diptych.Machines.BackUp", storage},
        {"org.diptych.Machines.ListSystems", observe},
        {"org.diptych.Machines.Recognise", observe},
        {"org.diptych.Machines.ListUnattended", observe},
        {"org.diptych.GuestAgent.Get", observe},
        {"org.diptych.GuestAgent.SetClock", lifecycle},
        {"org.diptych.GuestAgent.SetPassword", terminal},
        {"org.diptych.GuestAgent.ShutDown", lifecycle},
        {"org.diptych.GuestAgent.Freeze", lifecycle},
        {"org.diptych.Storage.ListPools", observe},
        {"org.diptych.Storage.ListVolumes", observe},
        {"org.diptych.Storage.CreatePool", storage},
        {"org.diptych.Storage.ListPoolTypes", observe},
        {"org.diptych.Storage.FindPoolSources", storage},
        {"org.diptych.Storage.ConnectPool", xml},
        {"org.diptych.Storage.ChangePool", storage},
        {"org.diptych.Storage.DeletePool", storage},
        {"org.diptych.Storage.DestroyPool", remove_},
        {"org.diptych.Storage.CreateVolume", storage},
        {"org.diptych.Storage.ResizeVolume", storage},
        {"org.diptych.Storage.CopyVolume", storage},
        {"org.diptych.Storage.DeleteVolume", remove_},
        {"org.diptych.Storage.GetPoolXml", observe},
        {"org.diptych.Storage.DefinePoolXml", xml},
        {"org.diptych.Networks.List", observe},
        {"org.diptych.Networks.ListLeases", observe},
        {"org.diptych.Networks.Create", network},
        {"org.diptych.Networks.AddHost", network},
        {"org.diptych.Networks.RemoveHost", network},
        {"org.diptych.Networks.Change", network},
        {"org.diptych.Networks.Delete", network},
        {"org.diptych.Networks.GetXml", observe},
        {"org.diptych.Networks.DefineXml", xml},
        {"org.diptych.Connections.List", observe},
        {"org.diptych.Connections.Subscribe", observe},
        {"org.diptych.Connections.SubscribePlaces", observe},
        {"org.diptych.Connections.Add", connection},
        {"org.diptych.Connections.Remove", connection},
        {"org.diptych.Connections.SetActive", connection},
        {"org.diptych.Storage.Upload", storage},
        {"org.diptych.Storage.Download", storage},
    };
    return table;
}

const Permission* permissionFor(std::string_view method)
{
    static const std::map<std::string_view, const Permission*> index = [] {
        std::map<std::string_view, const Permission*> all;
        for (const Permission& permission : permissions())
            all[permission.method] = &permission;
        return all;
    }();
    auto it = index.find(method);
    return it == index.end() ? nullptr : it->second;
}

const std::vector<std::string_view>& actions()
{
    static const std::vector<std::string_view> all = {observe,  create,       lifecycle, lifecycleOther, remove_,
                                                      terminal, image,        xml,       hardware,       storage,
                                                      network,  controlGroup, walls,     connection};
    return all;
}

bool onlyObserves(std::string_view action)
{
    return action == observe || action == "none";
}

gid_t diptychGroup()
{
    char buffer[16384];
    group entry{};
    group* found = nullptr;
    if (getgrnam_r("diptych", &entry, buffer, sizeof buffer, &found) != 0 || !found)
        return static_cast<gid_t>(-1);
    return entry.gr_gid;
}

Authorizer::Authorizer(varlink::Loop& loop, Describe describe, Denied denied)
    : m_polkit(loop), m_describe(std::move(describe)), m_denied(std::move(denied))
{
}

bool Authorizer::trusted(const varlink::Peer& peer) const
{
    if (peer.uid == 0)
        return true;
    gid_t group = diptychGroup();
    if (group == static_cast<gid_t>(-1))
        return false;
    // The groups that the process had at connect(), as the kernel tells them; not what /etc/group says of the user now.
    return peer.gid == group || std::find(peer.groups.begin(), peer.groups.end(), group) != peer.groups.end();
}

void Authorizer::deny(const varlink::Call& call, std::string_view action, const Details& details,
                      const std::string& reason)
{
    m_denied(call, action, details);
    logf(Level::Debug, "{} denied to uid {}: {}", call.method(), call.peer().uid, reason);
}

void Authorizer::authorize(const varlink::CallPointer& call, std::function<void()> proceed)
{
    const Permission* permission = permissionFor(call->method());
    if (!permission) {
        call->error(Error{Code::PermissionDenied,
                          fmt::format("{} has no permission that could be granted", call->method()), "", 0});
        return;
    }
    require(call, permission->action, std::move(proceed));
}

void Authorizer::require(const varlink::CallPointer& call, std::string_view action, std::function<void()> proceed)
{
    if (action == "none" || trusted(call->peer())) {
        proceed();
        return;
    }
    uid_t uid = call->peer().uid;
    int& pending = m_pending[uid];
    Details details = m_describe(*call);
    if (pending >= 8) {
        call->error("org.diptych.TooMany", {{"message", "too many questions wait for an answer"}});
        return;
    }
    // One dialog at a time for each user; looking never asks for a password.
    bool interactive = !onlyObserves(action) && pending == 0;
    ++pending;
    auto release = [this, uid, released = std::make_shared<bool>(false)] {
        if (!std::exchange(*released, true) && --m_pending[uid] <= 0)
            m_pending.erase(uid);
    };
    uint64_t number = m_polkit.check(
        call->peer(), action, details, interactive,
        [this, call, action, details, release, proceed = std::move(proceed)](const Polkit::Answer& answer) {
            release();
            if (!call->alive())
                return;
            if (answer.authorized) {
                proceed(); // which looks its objects up anew: they may have changed while a dialog was open
                return;
            }
            deny(*call, action, details, answer.reason);
            call->error(
                Error{Code::PermissionDenied, fmt::format("not allowed: {}", answer.reason), std::string(action), 0});
        });
    call->onClosed([this, number, release] {
        m_polkit.cancel(number);
        release();
    });
}

void Authorizer::granted(const varlink::CallPointer& call, std::function<void(std::vector<std::string>)> done)
{
    auto result = std::make_shared<std::vector<std::string>>();
    if (trusted(call->peer())) {
        for (std::string_view action : actions())
            result->emplace_back(action);
        done(*result);
        return;
    }
    auto left = std::make_shared<size_t>(actions().size());
    auto finished = std::make_shared<decltype(done)>(std::move(done));
    for (std::string_view action : actions()) {
        m_polkit.check(call->peer(), action, {}, false, [result, left, action, finished](const Polkit::Answer& answer) {
            if (answer.authorized)
                result->emplace_back(action);
            if (--*left == 0)
                (*finished)(*result);
        });
    }
}

} // namespace diptych
