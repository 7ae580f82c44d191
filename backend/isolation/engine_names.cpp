#include "isolation/engine_names.h"

#include "base/files.h"
#include "base/json.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace diptych::isolation {

namespace {

constexpr size_t idLength = 64, longestName = 253, mostBytes = size_t{4} << 20;

/// "docker-<id>.scope", "<id>": 64 hexadecimal digits, which are safe in a path.
std::string idIn(std::string_view group)
{
    std::string_view last = group.substr(group.rfind('/') + 1);
    for (size_t at = 0, length = 0; at < last.size(); ++at) {
        bool hex = (last[at] >= '0' && last[at] <= '9') || (last[at] >= 'a' && last[at] <= 'f');
        length = hex ? length + 1 : 0;
        bool ends = at + 1 == last.size() || last[at + 1] == '.';
        if (length == idLength && ends)
            return std::string(last.substr(at + 1 - idLength, idLength));
    }
    return {};
}

std::optional<Json> read(const std::string& path)
{
    auto text = readFile(path, mostBytes);
    if (!text)
        return std::nullopt;
    auto json = parseJson(*text, {mostBytes, 64});
    return json && json->is_object() ? std::optional(std::move(*json)) : std::nullopt;
}

std::string textOf(const Json& json, const char* key)
{
    auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string ofDocker(const std::string& id, const std::string& root)
{
    std::vector<std::string> places{root + "/var/lib/docker"};
    if (auto settings = read(root + "/etc/docker/daemon.json"))
        if (std::string other = textOf(*settings, "data-root"); other.starts_with('/'))
            places.insert(places.begin(), root + other);
    for (const std::string& place : places)
        if (auto kept = read(place + "/containers/" + id + "/config.v2.json"))
            if (std::string name = textOf(*kept, "Name"); name.size() > 1 && name.front() == '/')
                return name.substr(1);
    return {};
}

std::string joined(std::initializer_list<std::string> parts)
{
    std::string all;
    for (const std::string& part : parts)
        all += part.empty() ? "" : (all.empty() ? "" : "/") + part;
    return all;
}

std::string ofAnnotations(const Json& annotations)
{
    if (std::string name = textOf(annotations, "nerdctl/name"); !name.empty())
        return name;
    std::string cri = joined({textOf(annotations, "io.kubernetes.cri.sandbox-namespace"),
                              textOf(annotations, "io.kubernetes.cri.sandbox-name"),
                              textOf(annotations, "io.kubernetes.cri.container-name")});
    return !cri.empty() ? cri
                        : joined({textOf(annotations, "io.kubernetes.pod.namespace"),
                                  textOf(annotations, "io.kubernetes.pod.name"),
                                  textOf(annotations, "io.kubernetes.container.name")});
}

std::string ofTasks(const std::string& id, const std::string& root)
{
    std::vector<std::string> places;
    std::string tasks = root + "/run/containerd/io.containerd.runtime.v2.task";
    auto namespaces = listDirectory(tasks);
    for (const std::string& one : namespaces ? *namespaces : std::vector<std::string>{})
        places.push_back(fmt::format("{}/{}/{}/config.json", tasks, one, id));
    for (const char* state : {"/run/containers/storage", "/var/lib/containers/storage"})
        places.push_back(fmt::format("{}{}/overlay-containers/{}/userdata/config.json", root, state, id));
    for (const std::string& place : places)
        if (auto config = read(place); config && config->contains("annotations"))
            if (std::string name = ofAnnotations((*config)["annotations"]); !name.empty())
                return name;
    return {};
}

} // namespace

std::string engineName(const std::string& group, const std::string& root)
{
    std::string id = idIn(group);
    if (id.empty())
        return {};
    std::string name = ofDocker(id, root);
    if (name.empty())
        name = ofTasks(id, root);
    bool shown = name.size() <= longestName &&
                 std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return shown ? name : std::string();
}

} // namespace diptych::isolation
