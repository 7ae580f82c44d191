#include "machines/manage_target.h"

#include "machines/xml.h"

#include <random>
#include <thread>

namespace diptych::machines {

namespace {
constexpr auto guestPatience = std::chrono::seconds(5); ///< for a guest to let a device go
}

std::string newMac()
{
    std::random_device random;
    return fmt::format("52:54:00:{:02x}:{:02x}:{:02x}", random() & 0xff, random() & 0xff, random() & 0xff);
}

Status open(Host& host, const Json& parameters, Target& target)
{
    target.domain = TRY(host.domain(parameters));
    target.connection = TRY(host.connection());
    unsigned flags = TRY(affected(target.domain.get()));
    target.active = flags & VIR_DOMAIN_AFFECT_LIVE;
    target.persistent = flags & VIR_DOMAIN_AFFECT_CONFIG;
    if (target.active)
        TRY(parseXml(TRY(xmlOf(target.domain.get(), VIR_DOMAIN_XML_SECURE)), target.live, Comments::Keep));
    if (target.persistent)
        TRY(parseXml(TRY(xmlOf(target.domain.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE)), target.next,
                     Comments::Keep));
    return {};
}

Status defineNext(const Target& target)
{
    if (!target.persistent)
        return {};
    DomainRef defined(virDomainDefineXML(target.connection.get(), writeXml(target.nextRoot()).c_str()));
    if (!defined)
        return failLibvirt(fmt::format("change {}", nameOf(target.domain.get())));
    return {};
}

Result<Json> outcome(const Target& target, const Status& live)
{
    if (!target.persistent && !live)
        return tl::unexpected<Error>(live.error());
    return Json{{"live", target.active && live.has_value()},
                {"next", target.persistent},
                {"reason", target.active && !live ? live.error().message : ""}};
}

Status onLive(const Target& target, int outcomeOfLibvirt)
{
    if (outcomeOfLibvirt < 0)
        return failLibvirt(nameOf(target.domain.get()));
    return {};
}

Status attachLive(Target& target, pugi::xml_node device)
{
    return onLive(target,
                  virDomainAttachDeviceFlags(target.domain.get(), writeXml(device).c_str(), VIR_DOMAIN_AFFECT_LIVE));
}

Status detachLive(Target& target, const std::string& key)
{
    pugi::xml_node device = findDevice(target.liveRoot(), key);
    if (!device)
        return {};
    TRY(onLive(target,
               virDomainDetachDeviceFlags(target.domain.get(), writeXml(device).c_str(), VIR_DOMAIN_AFFECT_LIVE)));
    for (auto end = std::chrono::steady_clock::now() + guestPatience; std::chrono::steady_clock::now() < end;) {
        pugi::xml_document now;
        TRY(parseXml(TRY(xmlOf(target.domain.get(), 0)), now));
        if (!findDevice(now.child("domain"), key))
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fail(Code::TimedOut, "the guest was asked to let it go and has not yet");
}

} // namespace diptych::machines
