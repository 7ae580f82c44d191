#include "connections/remote_calls.h"

namespace diptych::connections {

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
    return fail(Code::NotSupported,
                "libvirt writes a machine's memory to a disk of its host and hands it to nobody, so it "
                "can't be brought here");
}

} // namespace diptych::connections
