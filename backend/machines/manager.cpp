#include "machines/manager.h"

#include "base/names.h"
#include "machines/card_addresses.h"
#include "machines/domain_edit.h"
#include "machines/machines.h"

#include <map>

namespace diptych::machines {

namespace {

const std::map<std::string, Method, std::less<>>& table()
{
    static const std::map<std::string, Method, std::less<>> methods = {
        {"org.diptych.Machines.GetXml", getXml},
        {"org.diptych.Machines.DefineXml", defineXml},
        {"org.diptych.Machines.GetHardware", getHardware},
        {"org.diptych.Machines.SetVcpus", setVcpus},
        {"org.diptych.Machines.SetTopology", setTopology},
        {"org.diptych.Machines.SetCpuModel", setCpuModel},
        {"org.diptych.Machines.SetPin", setPin},
        {"org.diptych.Machines.SetMemory", setMemory},
        {"org.diptych.Machines.SetBoot", setBoot},
        {"org.diptych.Machines.AddDevice", addDevice},
        {"org.diptych.Machines.ChangeDevice", changeDevice},
        {"org.diptych.Machines.RemoveDevice", removeDevice},
        {"org.diptych.Machines.ResizeDisk", resizeDisk},
        {"org.diptych.Machines.ListHostDevices", listHostDevices},
        {"org.diptych.Machines.AddHostDevice", addHostDevice},
        {"org.diptych.Machines.AddHostCard", addHostCard},
        {"org.diptych.Machines.AddShare", addShare},
        {"org.diptych.Machines.SetNotes", setNotes},
        {"org.diptych.Machines.SetAutostart", setAutostart},
        {"org.diptych.Machines.Reset", reset},
        {"org.diptych.Machines.Save", save},
        {"org.diptych.Machines.DropSaved", dropSaved},
        {"org.diptych.Machines.ListSnapshots", listSnapshots},
        {"org.diptych.Machines.GetSnapshotPicture", getSnapshotPicture},
        {"org.diptych.Machines.CreateSnapshot", createSnapshot},
        {"org.diptych.Machines.RevertSnapshot", revertSnapshot},
        {"org.diptych.Machines.DeleteSnapshot", deleteSnapshot},
        {"org.diptych.Machines.Clone", cloneMachine},
        {"org.diptych.Machines.CheckMigration", checkMigration},
        {"org.diptych.Machines.Migrate", migrateMachine},
        {"org.diptych.Machines.Create", createMachine},
        {"org.diptych.Machines.BackUp", backUp},
        {"org.diptych.Machines.ListSystems", listSystems},
        {"org.diptych.Machines.Recognise", recognise},
        {"org.diptych.Machines.ListUnattended", listUnattended},
        {"org.diptych.GuestAgent.Get", getGuest},
        {"org.diptych.GuestAgent.SetClock", setGuestClock},
        {"org.diptych.GuestAgent.SetPassword", setGuestPassword},
        {"org.diptych.GuestAgent.ShutDown", shutDownGuest},
        {"org.diptych.GuestAgent.Freeze", freezeGuest},
        {"org.diptych.Storage.ListPools", listPools},
        {"org.diptych.Storage.ListVolumes", listVolumes},
        {"org.diptych.Storage.CreatePool", createPool},
        {"org.diptych.Storage.ListPoolTypes", listPoolTypes},
        {"org.diptych.Storage.FindPoolSources", findPoolSources},
        {"org.diptych.Storage.ConnectPool", connectPool},
        {"org.diptych.Storage.ChangePool", changePool},
        {"org.diptych.Storage.DeletePool", deletePool},
        {"org.diptych.Storage.DestroyPool", destroyPool},
        {"org.diptych.Storage.CreateVolume", createVolume},
        {"org.diptych.Storage.ResizeVolume", resizeVolume},
        {"org.diptych.Storage.CopyVolume", copyVolume},
        {"org.diptych.Storage.DeleteVolume", deleteVolume},
        {"org.diptych.Storage.GetPoolXml", getPoolXml},
        {"org.diptych.Storage.DefinePoolXml", definePoolXml},
        {"org.diptych.Networks.List", listNetworks},
        {"org.diptych.Networks.ListLeases", listLeases},
        {"org.diptych.Networks.Create", createNetwork},
        {"org.diptych.Networks.AddHost", addNetworkHost},
        {"org.diptych.Networks.RemoveHost", removeNetworkHost},
        {"org.diptych.Networks.Change", changeNetwork},
        {"org.diptych.Networks.Delete", deleteNetwork},
        {"org.diptych.Networks.GetXml", getNetworkXml},
        {"org.diptych.Networks.DefineXml", defineNetworkXml},
    };
    return methods;
}

} // namespace

std::unique_ptr<Virtualization> makeVirtualization(const Paths& paths)
{
    return std::make_unique<Manager>(paths);
}

struct Manager::Told
{
    std::mutex mutex;
    std::function<void()> listener;
};

Manager::Manager(Paths paths) : m_told(std::make_shared<Told>())
{
    Connection::Callbacks callbacks;
    const auto tell = [told = m_told] {
        std::lock_guard lock(told->mutex);
        if (told->listener)
            told->listener();
    };
    callbacks.place = callbacks.connected = callbacks.lost = tell;
    m_host.libvirt = std::make_shared<Connection>(paths.libvirtUri, std::move(callbacks));
    m_host.paths = std::move(paths);
}

Manager::Manager(Paths paths, std::shared_ptr<Connection> connection)
{
    m_host.paths = std::move(paths);
    if (const char* home = getenv("HOME")) // whoever added the connection; the helper's own state is root's
        m_host.paths.state = std::string(home) + "/.local/share/diptych";
    m_host.libvirt = std::move(connection);
    m_host.elsewhere = true;
}

void Manager::setListener(std::function<void()> listener)
{
    if (!m_told)
        return; // on a connection of others
    std::lock_guard lock(m_told->mutex);
    m_told->listener = std::move(listener);
}

Result<Json> Manager::call(const std::string& method, const Json& parameters, Progress& progress)
{
    auto found = table().find(method);
    if (found == table().end())
        return fail(Code::NotSupported, fmt::format("{} can't be called here", method));
    return found->second(m_host, parameters, progress);
}

Result<DomainRef> Host::domain(const Json& parameters)
{
    auto id = parameters["id"].get<std::string>();
    TRY(checkId(id));
    return libvirt->domain(id);
}

Result<bool> isActive(virDomainPtr domain)
{
    int active = virDomainIsActive(domain);
    if (active < 0)
        return failLibvirt(fmt::format("state of {}", nameOf(domain)));
    return active == 1;
}

Result<unsigned> affected(virDomainPtr domain)
{
    unsigned flags = TRY(isActive(domain)) ? VIR_DOMAIN_AFFECT_LIVE : 0;
    int persistent = virDomainIsPersistent(domain);
    if (persistent < 0)
        return failLibvirt(fmt::format("state of {}", nameOf(domain)));
    return flags | (persistent == 1 ? VIR_DOMAIN_AFFECT_CONFIG : 0);
}

Result<std::map<std::string, std::string>> Manager::usersOfAddresses(const std::vector<std::string>& addresses)
{
    ConnectRef connection = TRY(m_host.connection());
    return machines::usersOfAddresses(connection.get(), addresses);
}

Result<UniqueFd> Manager::openDisplay(const std::string& id)
{
    DomainRef domain = TRY(m_host.libvirt->domain(id));
    if (!TRY(isActive(domain.get())))
        return fail(Code::WrongState, fmt::format("machine {} does not run", nameOf(domain.get())));
    std::string xml = TRY(xmlOf(domain.get(), 0));
    // libvirt counts displays of all kinds; ours is VNC.
    auto index = TRY(vncIndex(xml));
    if (!index)
        return fail(Code::NotSupported, fmt::format("machine {} has no VNC display", nameOf(domain.get())));
    // SKIPAUTH: who may see it was decided before this is called; its password is for those who come by a port.
    UniqueFd fd(virDomainOpenGraphicsFD(domain.get(), *index, VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH));
    if (fd.get() < 0)
        return failLibvirt(fmt::format("display of {}", nameOf(domain.get())));
    return fd;
}

} // namespace diptych::machines
