#include "machines/domain_processors.h"

#include "base/files.h"
#include "machines/xml.h"

#include <algorithm>
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

namespace {

const std::vector<std::string>& cpuModes()
{
    static const std::vector<std::string> modes = {"host-passthrough", "host-model", "maximum"};
    return modes;
}

bool isMode(const std::string& model)
{
    return std::find(cpuModes().begin(), cpuModes().end(), model) != cpuModes().end();
}

std::string cpuModelOf(pugi::xml_node domain)
{
    pugi::xml_node cpu = domain.child("cpu");
    std::string mode = cpu.attribute("mode").as_string("custom");
    return isMode(mode) ? mode : std::string(cpu.child("model").text().get());
}

} // namespace

void setCpuModel(pugi::xml_node domain, const std::string& model)
{
    pugi::xml_node cpu = childOf(domain, "cpu");
    // What was said of another model is no word on this one.
    while (cpu.first_attribute())
        cpu.remove_attribute(cpu.first_attribute());
    for (const char* child : {"model", "vendor", "cache", "maxphysaddr"})
        cpu.remove_child(child);
    while (cpu.remove_child("feature")) {
    }
    if (isMode(model)) {
        setAttribute(cpu, "mode", model);
        setAttribute(cpu, "check", "none");
    } else if (!model.empty()) {
        setAttribute(cpu, "mode", "custom");
        setAttribute(cpu, "match", "exact");
        pugi::xml_node name = cpu.prepend_child("model");
        setAttribute(name, "fallback", "forbid");
        name.text().set(model.c_str());
    } else if (!cpu.first_child()) {
        domain.remove_child(cpu);
    }
}

std::vector<std::string> cpuModels(pugi::xml_node capabilities)
{
    std::vector<std::string> modes, names;
    for (pugi::xml_node mode : capabilities.child("cpu").children("mode")) {
        std::string name = mode.attribute("name").value();
        if (std::string_view(mode.attribute("supported").value()) != "yes")
            continue;
        if (isMode(name))
            modes.push_back(name);
        for (pugi::xml_node model : mode.children("model"))
            if (name == "custom" && std::string_view(model.attribute("usable").value()) != "no")
                names.emplace_back(model.text().get());
    }
    std::sort(names.begin(), names.end());
    modes.insert(modes.end(), names.begin(), names.end());
    return modes;
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
            {"cpuModel", cpuModelOf(domain)},
            {"pins", std::move(pins)},
            {"emulatorPin", tune.child("emulatorpin").attribute("cpuset").value()}};
}

} // namespace diptych::machines
