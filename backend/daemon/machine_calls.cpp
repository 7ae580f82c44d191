#include "daemon/machine_calls.h"

namespace diptych {

std::set<std::string> connectionsOf(const Daemon& daemon, const Json& parameters)
{
    std::set<std::string> found;
    auto addInstance = [&](const std::string& id) {
        const Registry::Entry* entry = daemon.registry.find(id);
        if (entry && !entry->instance.connection.empty())
            found.insert(entry->instance.connection);
    };
    // Who moves a machine somewhere acts there too.
    if (std::string to = parameterText(parameters, "to"); !to.empty())
        found.insert(to);
    for (const char* key : {"id", "instance"})
        addInstance(parameterText(parameters, key));
    if (auto ids = parameters.find("ids"); ids != parameters.end() && ids->is_array())
        for (const Json& id : *ids)
            if (id.is_string())
                addInstance(id.get<std::string>());
    if (std::string named = parameterText(parameters, "connection"); !named.empty())
        found.insert(named);
    return found;
}

Virtualization* virtualizationOrAnswer(Daemon& daemon, const varlink::CallPointer& call)
{
    Virtualization* found = daemon.services.virtualization.get();
    for (const std::string& id : connectionsOf(daemon, call->parameters())) {
        if (daemon.services.connections && daemon.services.connections->find(id))
            return &daemon.services.connections->of(id);
        call->error(Error{Code::NotFound, fmt::format("there is no connection {}", id), {}, 0});
        return nullptr;
    }
    if (!found)
        call->error(Error{Code::NotSupported, "this helper has no libvirt", {}, 0});
    return found;
}

std::string parameterText(const Json& parameters, const char* key)
{
    auto it = parameters.find(key);
    return it != parameters.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// What the history and the list of work call it.
std::string machineSubject(const Daemon& daemon, const Json& parameters)
{
    if (const Registry::Entry* found = daemon.registry.find(parameterText(parameters, "id")))
        return found->instance.spec.name;
    std::string name = parameterText(parameters, "name");
    if (auto spec = parameters.find("spec"); name.empty() && spec != parameters.end() && spec->is_object())
        name = parameterText(*spec, "name");
    std::string pool = parameterText(parameters, "pool"), volume = parameterText(parameters, "volume");
    if (!pool.empty())
        return fmt::format("{}/{}", pool, volume.empty() ? name : volume);
    return name.empty() ? parameterText(parameters, "id") : name;
}

ActivityEntry machineActivity(Daemon& daemon, const varlink::CallPointer& call, const char* verb)
{
    ActivityEntry activity = daemon.entryFor(*call, verb);
    activity.instance = parameterText(call->parameters(), "id");
    activity.subject = machineSubject(daemon, call->parameters());
    if (daemon.registry.find(activity.instance))
        activity.kind = toString(Kind::Machine);
    return activity;
}

} // namespace diptych
