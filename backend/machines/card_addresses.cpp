#include "machines/card_addresses.h"

#include "machines/xml.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace diptych::machines {

namespace {

bool isAddress(const std::string& text)
{
    for (size_t i = 0; i < text.size(); ++i)
        if (i % 3 == 2 ? text[i] != ':' : !isxdigit(static_cast<unsigned char>(text[i])) || text[i] != tolower(text[i]))
            return false;
    // An odd first byte is a group's.
    return text.size() == 17 && std::string_view("02468ace").find(text[1]) != std::string_view::npos &&
           text != "00:00:00:00:00:00";
}

/// Of one document: interfaces of a domain, hosts of a network.
std::vector<std::string> addressesIn(const std::string& xml)
{
    std::vector<std::string> found;
    pugi::xml_document document;
    if (!parseXml(xml, document))
        return found;
    for (const auto& one :
         document.select_nodes("/domain/devices/interface/mac/@address | /network/ip/dhcp/host/@mac")) {
        std::string address = one.attribute().value();
        std::transform(address.begin(), address.end(), address.begin(), [](unsigned char c) { return tolower(c); });
        found.push_back(std::move(address));
    }
    return found;
}

Status addDomains(virConnectPtr connection, std::map<std::string, std::string>& all)
{
    virDomainPtr* domains = nullptr;
    int count = virConnectListAllDomains(connection, &domains, 0);
    if (count < 0)
        return failLibvirt("list machines");
    for (int i = 0; i < count; ++i) {
        DomainRef domain(domains[i]);
        for (unsigned flags : {0u, unsigned{VIR_DOMAIN_XML_INACTIVE}})
            if (auto xml = xmlOf(domain.get(), flags)) // it may have gone meanwhile
                for (const std::string& address : addressesIn(*xml))
                    all[address] = nameOf(domain.get());
    }
    free(domains);
    return {};
}

Status addNetworks(virConnectPtr connection, std::map<std::string, std::string>& all)
{
    virNetworkPtr* networks = nullptr;
    int count = virConnectListAllNetworks(connection, &networks, 0);
    if (count < 0)
        return failLibvirt("list networks");
    for (int i = 0; i < count; ++i) {
        NetworkRef network(networks[i]);
        CString xml(virNetworkGetXMLDesc(network.get(), 0));
        for (const std::string& address : addressesIn(xml ? xml.get() : ""))
            all.emplace(address, fmt::format("the network {}", virNetworkGetName(network.get())));
    }
    free(networks);
    return {};
}

} // namespace

Result<std::map<std::string, std::string>> usersOfAddresses(virConnectPtr connection,
                                                            const std::vector<std::string>& addresses)
{
    std::map<std::string, std::string> all, users;
    TRY(addDomains(connection, all));
    TRY(addNetworks(connection, all));
    for (const std::string& address : addresses)
        if (auto found = all.find(address); found != all.end())
            users.insert(*found);
    return users;
}

Status checkAddresses(virConnectPtr connection, const std::vector<std::string>& addresses, size_t cards)
{
    constexpr const char* field = "spec.macs";
    if (addresses.size() > cards)
        return failField(field, "more addresses than network cards");
    std::set<std::string> wanted;
    for (const std::string& address : addresses) {
        if (address.empty())
            continue;
        if (!isAddress(address))
            return failField(field, "a MAC address as 52:54:00:12:34:56, in small letters, and none of a group");
        if (!wanted.insert(address).second)
            return failField(field, fmt::format("two cards would have the address {}", address));
    }
    if (wanted.empty())
        return {};
    auto users = TRY(usersOfAddresses(connection, {wanted.begin(), wanted.end()}));
    if (!users.empty())
        return failField(field,
                         fmt::format("{} has the address {} already", users.begin()->second, users.begin()->first));
    return {};
}

} // namespace diptych::machines
