#include "connections/remote_calls.h"

#include <array>

namespace diptych::connections {

namespace {

struct Local
{
    std::string_view method;
    const char* why;
};
constexpr std::array local{
    Local{"org.diptych.Machines.AddShare", "a shared directory is one of this machine's"},
    Local{"org.diptych.Machines.AddHostDevice", "devices are given away on their own machine"},
    Local{"org.diptych.Machines.Clone", "who else needs its disks can be found out on their own machine only"},
    Local{"org.diptych.Storage.DeleteVolume", "who else needs it can be found out on its own machine only"},
    Local{"org.diptych.Storage.DeletePool", "who else needs it can be found out on its own machine only"},
};

} // namespace

std::string notElsewhere(std::string_view method)
{
    for (const Local& one : local)
        if (one.method == method)
            return one.why;
    return {};
}

Result<std::shared_ptr<Link>> RemoteCalls::link() const
{
    auto found = m_link();
    if (!found)
        return fail(Code::NotFound, "the connection has gone");
    return found;
}

Result<Json> RemoteCalls::ask(const std::string& method, Json parameters, Progress* progress, int fd) const
{
    auto target = TRY(link());
    Message answer = TRY(target->call(method, std::move(parameters), progress, fd));
    auto result = answer.json.find("result");
    return result == answer.json.end() ? Json() : *result;
}

Result<Json> RemoteCalls::call(const std::string& method, const Json& parameters, Progress& progress)
{
    if (std::string why = notElsewhere(method); !why.empty())
        return fail(Code::NotSupported, fmt::format("not on another connection: {}", why));
    Json passed = parameters;
    passed.erase("connection");
    if (auto id = passed.find("id"); id != passed.end() && id->is_string())
        *id = combinedId(id->get<std::string>(), m_id);
    Json result = TRY(ask(method, std::move(passed), &progress));
    // Ids of what it made, as they are known here.
    if (result.is_object() && result.contains("ids") && result["ids"].is_array())
        for (Json& id : result["ids"])
            if (id.is_string())
                id = combinedId(id.get<std::string>(), m_id);
    return result;
}

Result<std::vector<std::string>> RemoteCalls::usersOfFile(const std::string&)
{
    return fail(Code::NotSupported, "who needs a file of another machine can't be found out here");
}

Result<UniqueFd> RemoteCalls::openDisplay(const std::string& id)
{
    auto target = TRY(link());
    Message answer = TRY(target->call("display", {{"id", combinedId(id, m_id)}}));
    if (!answer.fd)
        return fail(Code::Failed, "the display did not come");
    return std::move(answer.fd);
}

Result<Json> RemoteCalls::upload(const std::string& pool, const std::string& name, uint64_t size, int from,
                                 Progress& progress)
{
    return ask("upload", {{"pool", pool}, {"name", name}, {"size", size}}, &progress, from);
}

Result<uint64_t> RemoteCalls::volumeSize(const std::string& pool, const std::string& volume)
{
    Json size = TRY(ask("volumeSize", {{"pool", pool}, {"volume", volume}}, nullptr));
    if (!size.is_number_unsigned())
        return fail(Code::Failed, "the size did not come");
    return size.get<uint64_t>();
}

Result<Json> RemoteCalls::download(const std::string& pool, const std::string& volume, uint64_t size, int to,
                                   Progress& progress)
{
    return ask("download", {{"pool", pool}, {"volume", volume}, {"size", size}}, &progress, to);
}

Result<Json> RemoteCalls::dump(const std::string&, int, Progress&)
{
    return fail(Code::NotSupported, "the memory of a machine of another connection is not brought here");
}

} // namespace diptych::connections
