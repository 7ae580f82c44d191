#include "machines/domain_processors.h"

#include "base/files.h"
#include "machines/xml.h"

#include <charconv>

namespace diptych::machines {

namespace {

constexpr unsigned mostCpus = 8192;

Result<unsigned> cpuNumber(std::string_view text, unsigned hostCpus)
{
    unsigned number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return failField("cpus", fmt::format("\"{}\" is no processor: write 0-3,^2,7", text));
    if (number >= hostCpus)
        return failField("cpus", fmt::format("the host has processors 0 to {}, not {}", hostCpus - 1, number));
    return number;
}

} // namespace

Result<std::vector<bool>> cpuSet(const std::string& text, unsigned hostCpus)
{
    if (hostCpus == 0 || hostCpus > mostCpus)
        return fail(Code::NotSupported, "the host does not say which processors it has");
    std::vector<bool> set(hostCpus, false);
    for (std::string_view part : split(text, ',')) {
        bool without = part.starts_with('^');
        part.remove_prefix(without ? 1 : 0);
        size_t dash = part.find('-');
        unsigned first = TRY(cpuNumber(part.substr(0, dash), hostCpus));
        unsigned last = dash == std::string_view::npos ? first : TRY(cpuNumber(part.substr(dash + 1), hostCpus));
        if (last < first)
            return failField("cpus", fmt::format("\"{}\" runs backwards", part));
        for (unsigned i = first; i <= last; ++i)
            set[i] = !without;
    }
    if (std::find(set.begin(), set.end(), true) == set.end())
        return failField("cpus", "at least one processor has to be left");
    return set;
}

Status setTopology(pugi::xml_node domain, int64_t sockets, int64_t cores, int64_t threads)
{
    pugi::xml_node cpu = domain.child("cpu");
    if (sockets == 0 && cores == 0 && threads == 0) {
        cpu.remove_child("topology");
        return {};
    }
    for (auto [value, field] :
         {std::pair(sockets, "sockets"), std::pair(cores, "cores"), std::pair(threads, "threads")})
        if (value < 1 || value > 1024)
            return failField(field, fmt::format("{} is 1 to 1024", field));
    auto maximum = static_cast<int64_t>(domain.child("vcpu").text().as_uint(1));
    if (sockets * cores * threads != maximum)
        return failField("sockets", fmt::format("{} × {} × {} is {}, and the machine has {} vCPUs at most", sockets,
                                                cores, threads, sockets * cores * threads, maximum));
    pugi::xml_node topology = childOf(childOf(domain, "cpu"), "topology");
    setAttribute(topology, "sockets", std::to_string(sockets));
    if (topology.attribute("dies"))
        setAttribute(topology, "dies", "1");
    setAttribute(topology, "cores", std::to_string(cores));
    setAttribute(topology, "threads", std::to_string(threads));
    return {};
}

Status setPin(pugi::xml_node domain, int64_t vcpu, const std::string& cpus)
{
    auto maximum = static_cast<int64_t>(domain.child("vcpu").text().as_uint(1));
    if (vcpu < -1 || vcpu >= maximum)
        return failField("vcpu", fmt::format("the machine has vCPUs 0 to {}", maximum - 1));
    pugi::xml_node tune = childOf(domain, "cputune");
    pugi::xml_node pin = vcpu < 0 ? tune.child("emulatorpin") : pugi::xml_node();
    for (pugi::xml_node one : tune.children("vcpupin"))
        if (vcpu >= 0 && one.attribute("vcpu").as_llong(-1) == vcpu)
            pin = one;
    if (cpus.empty()) {
        tune.remove_child(pin);
    } else {
        if (!pin)
            pin = tune.append_child(vcpu < 0 ? "emulatorpin" : "vcpupin");
        if (vcpu >= 0)
            setAttribute(pin, "vcpu", std::to_string(vcpu));
        setAttribute(pin, "cpuset", cpus);
    }
    if (!tune.first_child())
        domain.remove_child(tune);
    return {};
}

Json processorsOf(pugi::xml_node domain)
{
    pugi::xml_node topology = domain.child("cpu").child("topology"), tune = domain.child("cputune");
    Json pins = Json::array();
    for (pugi::xml_node one : tune.children("vcpupin"))
        pins.push_back({{"vcpu", one.attribute("vcpu").as_int()}, {"cpus", one.attribute("cpuset").value()}});
    return {{"sockets", topology ? topology.attribute("sockets").as_int(1) * topology.attribute("dies").as_int(1) : 0},
            {"cores", topology ? topology.attribute("cores").as_int(1) : 0},
            {"threads", topology ? topology.attribute("threads").as_int(1) : 0},
            {"pins", std::move(pins)},
            {"emulatorPin", tune.child("emulatorpin").attribute("cpuset").value()}};
}

} // namespace diptych::machines
