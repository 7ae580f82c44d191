#include "base/files.h"
#include "cgroups/tree.h"

#include <algorithm>
#include <charconv>

namespace diptych::cgroups {

namespace {

constexpr size_t shortId = 12; ///< digits of a container's id that people are shown

/// systemd writes what a unit's name may not hold as \x2d (systemd.unit(5)).
std::string unescaped(std::string_view text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text.substr(i).starts_with("\\x") && i + 4 <= text.size() &&
            std::from_chars(&text[i + 2], &text[i + 4], value, 16).ptr == &text[i + 4]) {
            out += static_cast<char>(value);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// What stands between prefix and suffix, or nothing when the text is not of that form.
std::string_view between(std::string_view text, std::string_view prefix, std::string_view suffix)
{
    if (text.size() <= prefix.size() + suffix.size() || !text.starts_with(prefix) || !text.ends_with(suffix))
        return {};
    return text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
}

bool isHex(std::string_view text)
{
    return text.size() >= shortId && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// libvirt: "qemu-3-name.libvirt-qemu" by cgroupfs, "machine-qemu\x2d3\x2dname.scope" by systemd.
std::string machineName(std::string_view last)
{
    std::string name(between(last, "", ".libvirt-qemu"));
    if (name.empty())
        name = unescaped(between(last, "machine-", ".scope"));
    if (!name.starts_with("qemu-"))
        return {};
    size_t dash = name.find('-', 5);
    return dash == std::string::npos ? name.substr(5) : name.substr(dash + 1);
}

struct Engine
{
    std::string_view prefix, suffix, maker;
};

// Names of scopes by the systemd cgroup driver, and of plain groups by cgroupfs.
constexpr Engine engines[] = {
    {"libpod-conmon-", ".scope", "podman"},
    {"libpod-payload-", "", "podman"},
    {"libpod-", ".scope", "podman"},
    {"libpod-", "", "podman"},
    {"docker-", ".scope", "docker"},
    {"cri-containerd-", ".scope", "containerd"},
    {"crio-", ".scope", "crio"},
    {"nerdctl-", ".scope", "containerd"},
};

std::optional<Owner> containerOf(std::string_view last, std::string_view parent)
{
    for (const Engine& engine : engines)
        if (std::string_view id = between(last, engine.prefix, engine.suffix); isHex(id))
            return Owner{std::string(engine.maker), std::string(id.substr(0, shortId))};
    if (isHex(last) && parent == "docker")
        return Owner{"docker", std::string(last.substr(0, shortId))};
    if (isHex(last) && parent.starts_with("pod"))
        return Owner{"kubernetes", std::string(last.substr(0, shortId))};
    if (last.starts_with("kubepods"))
        return Owner{"kubernetes", std::string(last)};
    for (std::string_view prefix : {"lxc.payload.", "lxc.monitor."})
        if (std::string_view name = between(last, prefix, ""); !name.empty())
            return Owner{"lxc", std::string(name)};
    if (parent == "lxc")
        return Owner{"lxc", std::string(last)};
    return {};
}

Owner unitOf(std::string_view last)
{
    if (std::string_view name = between(last, "app-flatpak-", ".scope"); !name.empty())
        return {"flatpak", unescaped(name.substr(0, name.rfind('-')))};
    if (std::string_view name = between(last, "systemd-nspawn@", ".service"); !name.empty())
        return {"nspawn", unescaped(name)};
    if (std::string_view name = between(last, "machine-", ".scope"); !name.empty())
        return {"nspawn", unescaped(name)};
    if (std::string_view name = between(last, "session-", ".scope"); !name.empty())
        return {"session", std::string(name)};
    for (std::string_view kind : {"slice", "service", "scope"})
        if (std::string_view name = between(last, "", fmt::format(".{}", kind)); !name.empty())
            return {std::string(kind), unescaped(name)};
    return {"other", std::string(last)};
}

} // namespace

Owner ownerOf(std::string_view path)
{
    auto parts = split(path, '/');
    std::erase(parts, std::string_view());
    if (parts.empty())
        return {"root", "/"};
    std::string_view last = parts.back();
    std::string_view parent = parts.size() > 1 ? parts[parts.size() - 2] : std::string_view();
    if (parts.front() == "diptych" && parts.size() > 1)
        return {"diptych", std::string(last)};
    if (std::string name = machineName(last); !name.empty())
        return {"libvirt", name};
    if (auto container = containerOf(last, parent))
        return *container;
    return unitOf(last);
}

} // namespace diptych::cgroups
