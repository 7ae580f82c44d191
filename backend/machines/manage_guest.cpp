// What the QEMU guest agent says and does, where it runs inside. It is asked through libvirt, which waits for it no
// longer than it is told.
#include "machines/manager.h"
#include "machines/xml.h"

#include "base/clock.h"

#include <cstring>
#include <thread>

namespace diptych::machines {

namespace {

constexpr int agentPatience = 10; ///< seconds for an agent to answer
constexpr auto agentPort = "org.qemu.guest_agent.0";

/// Typed parameters as libvirt names them: "fs.0.mountpoint".
class Facts final
{
public:
    explicit Facts(virDomainPtr domain) { m_known = virDomainGetGuestInfo(domain, 0, &m_parameters, &m_count, 0) == 0; }
    ~Facts() { virTypedParamsFree(m_parameters, m_count); }
    Facts(const Facts&) = delete;
    Facts& operator=(const Facts&) = delete;

    [[nodiscard]] bool known() const { return m_known; }
    [[nodiscard]] std::string text(const std::string& name) const
    {
        const char* value = nullptr;
        virTypedParamsGetString(m_parameters, m_count, name.c_str(), &value);
        return value ? value : "";
    }
    [[nodiscard]] int64_t number(const std::string& name) const
    {
        virTypedParameterPtr one = virTypedParamsGet(m_parameters, m_count, name.c_str());
        if (!one)
            return 0;
        switch (one->type) {
        case VIR_TYPED_PARAM_INT:
            return one->value.i;
        case VIR_TYPED_PARAM_UINT:
            return one->value.ui;
        case VIR_TYPED_PARAM_LLONG:
            return one->value.l;
        case VIR_TYPED_PARAM_ULLONG:
            return static_cast<int64_t>(std::min<unsigned long long>(one->value.ul, INT64_MAX));
        default:
            return 0;
        }
    }

private:
    virTypedParameterPtr m_parameters = nullptr;
    int m_count = 0;
    bool m_known = false;
};

Json fileSystems(const Facts& facts)
{
    Json all = Json::array();
    for (int64_t i = 0; i < facts.number("fs.count"); ++i) {
        std::string at = fmt::format("fs.{}.", i);
        all.push_back({{"mountPoint", facts.text(at + "mountpoint")},
                       {"device", facts.text(at + "name")},
                       {"type", facts.text(at + "fstype")},
                       {"total", facts.number(at + "total-bytes")},
                       {"used", facts.number(at + "used-bytes")}});
    }
    return all;
}

Json usersInside(const Facts& facts)
{
    Json all = Json::array();
    for (int64_t i = 0; i < facts.number("user.count"); ++i) {
        std::string at = fmt::format("user.{}.", i);
        all.push_back({{"name", facts.text(at + "name")},
                       {"domain", facts.text(at + "domain")},
                       {"since", facts.number(at + "login-time")}});
    }
    return all;
}

Json addresses(virDomainPtr domain)
{
    Json all = Json::array();
    virDomainInterfacePtr* interfaces = nullptr;
    int count = virDomainInterfaceAddresses(domain, &interfaces, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, 0);
    for (int i = 0; i < count; ++i) {
        virDomainInterfacePtr one = interfaces[i];
        for (unsigned k = 0; k < one->naddrs; ++k)
            all.push_back({{"interface", one->name},
                           {"mac", one->hwaddr ? one->hwaddr : ""},
                           {"address", one->addrs[k].addr},
                           {"prefix", one->addrs[k].prefix}});
        virDomainInterfaceFree(one);
    }
    free(interfaces);
    return all;
}

/// "": it can be asked; else what keeps it from that.
Result<std::string> obstacleOf(virDomainPtr domain)
{
    if (!TRY(isActive(domain)))
        return std::string("off");
    pugi::xml_document document;
    TRY(parseXml(TRY(xmlOf(domain, 0)), document));
    for (pugi::xml_node channel : document.child("domain").child("devices").children("channel")) {
        pugi::xml_node target = channel.child("target");
        if (strcmp(target.attribute("name").value(), agentPort) == 0)
            return std::string(strcmp(target.attribute("state").value(), "connected") == 0 ? "" : "agent");
    }
    return std::string("channel");
}

/// The domain, if its agent can be asked: what could only wait in vain is refused.
Result<DomainRef> withAgent(Host& host, const Json& parameters)
{
    DomainRef domain = TRY(host.domain(parameters));
    std::string obstacle = TRY(obstacleOf(domain.get()));
    if (obstacle == "off")
        return fail(Code::WrongState, fmt::format("machine {} does not run", nameOf(domain.get())));
    if (obstacle == "channel")
        return fail(Code::NotSupported, fmt::format("machine {} has no guest agent channel", nameOf(domain.get())));
    if (!obstacle.empty())
        return fail(Code::NotSupported, fmt::format("no guest agent runs in {}", nameOf(domain.get())));
    virDomainAgentSetResponseTimeout(domain.get(), agentPatience, 0);
    return domain;
}

int64_t hostNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Result<Json> getGuest(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto why = TRY(obstacleOf(domain.get()));
    Json answer{{"obstacle", std::move(why)},
                {"problem", ""},
                {"hostname", ""},
                {"system", ""},
                {"kernel", ""},
                {"timezone", ""},
                {"clockKnown", false},
                {"clockAhead", 0},
                {"addresses", Json::array()},
                {"fileSystems", Json::array()},
                {"users", Json::array()}};
    if (answer["obstacle"] != "")
        return answer;
    virDomainAgentSetResponseTimeout(domain.get(), agentPatience, 0);
    Facts facts(domain.get());
    if (!facts.known()) {
        answer["problem"] = libvirtError(nameOf(domain.get())).message;
        return answer;
    }
    answer["hostname"] = facts.text("hostname");
    answer["system"] = facts.text("os.pretty-name");
    answer["kernel"] = facts.text("os.kernel-release");
    answer["timezone"] = facts.text("timezone.name");
    answer["addresses"] = addresses(domain.get());
    answer["fileSystems"] = fileSystems(facts);
    answer["users"] = usersInside(facts);
    long long seconds = 0;
    unsigned int nanoseconds = 0;
    int64_t before = hostNow();
    if (virDomainGetTime(domain.get(), &seconds, &nanoseconds, 0) == 0) {
        answer["clockKnown"] = true;
        answer["clockAhead"] = seconds * 1000 + nanoseconds / 1000000 - (before + hostNow()) / 2;
    }
    return answer;
}

Result<Json> setGuestClock(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(withAgent(host, parameters));
    int64_t now = hostNow();
    if (virDomainSetTime(domain.get(), now / 1000, static_cast<unsigned>(now % 1000) * 1000000, 0) < 0)
        return failLibvirt(fmt::format("clock of {}", nameOf(domain.get())));
    return Json::object();
}

Result<Json> setGuestPassword(Host& host, const Json& parameters, Progress& /*progress*/)
{
    auto user = parameters["user"].get<std::string>(), password = parameters["password"].get<std::string>();
    // The agent hands "user:password" to the guest's chpasswd.
    auto unfit = [](const std::string& text) {
        return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    };
    if (user.empty() || user.size() > 64 || unfit(user) || user.find(':') != std::string::npos)
        return failField("user", "a user name without colons, at most 64 letters");
    if (password.empty() || password.size() > 512 || unfit(password))
        return failField("password", "a password of one line, at most 512 letters");
    DomainRef domain = TRY(withAgent(host, parameters));
    if (virDomainSetUserPassword(domain.get(), user.c_str(), password.c_str(), 0) < 0)
        return failLibvirt(fmt::format("password in {}", nameOf(domain.get())));
    return Json::object();
}

Result<Json> shutDownGuest(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(withAgent(host, parameters));
    int done = parameters["restart"].get<bool>()
                   ? virDomainReboot(domain.get(), VIR_DOMAIN_REBOOT_GUEST_AGENT)
                   : virDomainShutdownFlags(domain.get(), VIR_DOMAIN_SHUTDOWN_GUEST_AGENT);
    if (done < 0)
        return failLibvirt(fmt::format("shut down {}", nameOf(domain.get())));
    return Json::object();
}

Result<Json> freezeGuest(Host& host, const Json& parameters, Progress& progress)
{
    auto seconds = parameters["seconds"].get<int64_t>();
    if (seconds < 1 || seconds > 600)
        return failField("seconds", "1 to 600 seconds: what writes inside waits all that time");
    DomainRef domain = TRY(withAgent(host, parameters));
    int frozen = virDomainFSFreeze(domain.get(), nullptr, 0, 0);
    if (frozen < 0)
        return failLibvirt(fmt::format("freeze {}", nameOf(domain.get())));
    auto begin = std::chrono::steady_clock::now(), end = begin + std::chrono::seconds(seconds);
    while (!progress.cancelled() && std::chrono::steady_clock::now() < end) {
        std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        progress.report("frozen", passed.count() / double(seconds), nameOf(domain.get()));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    if (virDomainFSThaw(domain.get(), nullptr, 0, 0) < 0)
        return failLibvirt(fmt::format("thaw {}", nameOf(domain.get())));
    return Json{{"fileSystems", frozen}};
}

} // namespace diptych::machines
