#include "connections/moves.h"

namespace diptych::connections {

namespace {

using LinkRef = std::shared_ptr<Link>;

Result<LinkRef> targetOf(const std::vector<LinkRef>& links, const Json& parameters)
{
    auto to = parameters.find("to");
    std::string id = to != parameters.end() && to->is_string() ? to->get<std::string>() : "";
    if (id.empty())
        return LinkRef();
    for (const LinkRef& link : links)
        if (link->stored().id == id)
            return link;
    return failField("to", fmt::format("there is no connection {}", id));
}

} // namespace

Result<Json> moveMachine(const std::vector<LinkRef>& links, const std::string& own, const std::string& method,
                         const Json& parameters, Progress& progress)
{
    std::string id = parameters["id"].get<std::string>();
    LinkRef source, target = TRY(targetOf(links, parameters));
    for (const LinkRef& link : links)
        if (link->has(id))
            source = link;
    if (source == target)
        return failField("to", "it is there already");
    Json passed = parameters;
    passed.erase("to");
    passed["id"] = source ? combinedId(id, source->stored().id) : id;
    passed["incoming"] = target != nullptr;
    passed["peer"] = target && source ? source->stored().uri : own;
    // Who opens it is not asked what to open: the peer is the helper's own or on its list, never the client's.
    Message answer = TRY((target ? target : source)->call(method, std::move(passed), &progress));
    auto found = answer.json.find("result");
    Json result = found == answer.json.end() ? Json::object() : std::move(*found);
    if (target && result.is_object() && result.contains("ids") && result["ids"].is_array())
        for (Json& made : result["ids"])
            if (made.is_string())
                made = combinedId(made.get<std::string>(), target->stored().id);
    return result;
}

} // namespace diptych::connections
