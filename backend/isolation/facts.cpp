#include "isolation/facts.h"

#include <charconv>

namespace diptych::isolation {

const Json* Facts::at(const Json& json, Path path)
{
    const Json* value = &json;
    for (const char* key : path) {
        if (!value->is_object())
            return nullptr;
        auto it = value->find(key);
        if (it == value->end() || it->is_null())
            return nullptr;
        value = &*it;
    }
    return value;
}

std::string Facts::textOf(const Json* value)
{
    if (!value)
        return {};
    // An answer from inside is shown to people: not more of it than fits.
    return value->is_string() ? value->get<std::string>().substr(0, 256) : dumpJson(*value).substr(0, 256);
}

std::optional<uint64_t> Facts::numberOf(const Json* value)
{
    if (!value)
        return std::nullopt;
    if (value->is_number_unsigned() || (value->is_number_integer() && value->get<int64_t>() >= 0))
        return value->get<uint64_t>();
    std::string text = value->is_string() ? value->get<std::string>() : "";
    uint64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

Facts::Kernel Facts::kernel() const
{
    std::string inside = insideText({"kernel", "bootId"});
    if (inside.empty() || m_host.bootId.empty())
        return Kernel::Unknown;
    return inside == m_host.bootId ? Kernel::Same : Kernel::Other;
}

std::string Facts::namespaceInside(const char* kind) const
{
    return insideText({"namespaces", kind});
}

std::string Facts::namespaceOfHost(const char* kind) const
{
    auto it = m_host.namespaces.find(kind);
    return it == m_host.namespaces.end() ? std::string() : it->second;
}

std::optional<bool> Facts::sharesNamespace(const char* kind) const
{
    std::string inside = namespaceInside(kind), host = namespaceOfHost(kind);
    if (kernel() != Kernel::Same || inside.empty() || host.empty())
        return std::nullopt;
    return inside == host;
}

std::string Facts::pid() const
{
    auto number = numberOf(outside({"process", "pid"}));
    if (number && *number)
        return std::to_string(*number);
    return m_instance.pid > 0 ? std::to_string(m_instance.pid) : std::string();
}

std::optional<Facts::CgroupFile> Facts::cgroupFile(std::initializer_list<std::string_view> names) const
{
    const Json* files = outside({"cgroup", "files"});
    if (!files)
        return std::nullopt;
    for (std::string_view name : names)
        for (const auto& [key, entry] : files->items()) {
            // {"name": {"path", "value"}}, [{"path", "name", "value"}] or {"path": "value"}.
            std::string path = entry.is_object() ? textOf(at(entry, {"path"})) : key;
            std::string value = entry.is_object() ? textOf(at(entry, {"value"})) : textOf(&entry);
            if (path.substr(path.find_last_of('/') + 1) == name && !value.empty())
                return CgroupFile{path, value};
        }
    return std::nullopt;
}

} // namespace diptych::isolation
