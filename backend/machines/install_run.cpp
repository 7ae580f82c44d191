#include "machines/install_run.h"

#include "base/log.h"
#include "machines/disk_users.h"
#include "machines/manager.h"

namespace diptych::machines {

namespace {

Status setNote(virDomainPtr domain, const Installation* installation)
{
    unsigned flags = TRY(affected(domain));
    std::string xml = installation ? installationXml(*installation) : std::string();
    if (virDomainSetMetadata(domain, VIR_DOMAIN_METADATA_ELEMENT, installation ? xml.c_str() : nullptr,
                             installationPrefix, installationUri, flags) < 0)
        return failLibvirt(fmt::format("metadata of {}", nameOf(domain)));
    return {};
}

} // namespace

Status createDomain(virDomainPtr domain)
{
    if (virDomainCreateWithFlags(domain, 0) < 0)
        return failLibvirt(fmt::format("start machine {}", nameOf(domain)));
    return {};
}

Status startDomain(virDomainPtr domain)
{
    auto xml = xmlOf(domain, unsigned{VIR_DOMAIN_XML_INACTIVE} | unsigned{VIR_DOMAIN_XML_SECURE});
    auto installation = xml ? installationOf(*xml) : std::nullopt;
    if (!installation || installation->done)
        return createDomain(domain);
    std::string installer = TRY(installerXml(*xml));
    DomainRef started(virDomainCreateXML(virDomainGetConnect(domain), installer.c_str(), 0));
    if (!started)
        return failLibvirt(fmt::format("start machine {}", nameOf(domain)));
    return {};
}

void deleteInstaller(virConnectPtr connection, const Installation& installation)
{
    auto users = usersOfFiles(connection, {});
    for (const std::string& path : {installation.kernel, installation.initrd, installation.seed}) {
        VolumeRef volume(path.empty() ? nullptr : virStorageVolLookupByPath(connection, path.c_str()));
        if (!volume)
            continue;
        bool needed = !users || !usersOf(*users, path).empty();
        if (needed || virStorageVolDelete(volume.get(), 0) < 0)
            logf(Level::Warning, "{} stays: {}", path, needed ? "it is in use" : libvirtError("delete it").message);
    }
}

InstallFollower::InstallFollower(std::function<Result<ConnectRef>()> connection) : m_connection(std::move(connection))
{
    m_thread = std::thread([this] { run(); });
}

InstallFollower::~InstallFollower()
{
    {
        std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void InstallFollower::notice(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    m_noticed.insert(id);
    m_wake.notify_all();
}

Status InstallFollower::settle(const std::string& id)
{
    ConnectRef connection = TRY(m_connection());
    DomainRef domain(virDomainLookupByUUIDString(connection.get(), id.c_str()));
    if (!domain)
        return {}; // it has gone meanwhile
    auto installation = installationOf(TRY(xmlOf(domain.get(), VIR_DOMAIN_XML_INACTIVE)));
    if (!installation)
        return {};
    int state = 0, reason = 0;
    if (virDomainGetState(domain.get(), &state, &reason, 0) < 0)
        return failLibvirt(fmt::format("state of {}", nameOf(domain.get())));
    if (!installation->done) {
        if (state != VIR_DOMAIN_SHUTOFF || reason != VIR_DOMAIN_SHUTOFF_SHUTDOWN)
            return {};
        // Said first, and taken away last: whoever looks in between, or after this process died, knows that the disk
        // has a system now.
        Installation over;
        over.done = true;
        TRY(setNote(domain.get(), &over));
        deleteInstaller(connection.get(), *installation);
        if (Status started = createDomain(domain.get()); !started)
            logf(Level::Warning, "{} is installed: {}", nameOf(domain.get()), started.error().message);
    }
    return setNote(domain.get(), nullptr);
}

void InstallFollower::run()
{
    for (;;) {
        std::string id;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_quit || !m_noticed.empty(); });
            if (m_quit)
                return;
            id = m_noticed.extract(m_noticed.begin()).value();
        }
        if (Status settled = settle(id); !settled)
            logf(Level::Warning, "installation of {}: {}", id, settled.error().message);
    }
}

} // namespace diptych::machines
