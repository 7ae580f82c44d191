// org.diptych.Machines, .Storage and .Networks on an added connection: the same code as on the helper's own, in that
// connection's process, but for what would touch this machine.
#pragma once

#include "connections/link.h"

namespace diptych::connections {

class RemoteCalls final : public Virtualization
{
public:
    /// link: null once the connection has gone.
    RemoteCalls(std::string id, std::function<std::shared_ptr<Link>()> link)
        : m_id(std::move(id)), m_link(std::move(link))
    {
    }
    Result<Json> call(const std::string& method, const Json& parameters, Progress& progress) override;
    Result<std::vector<std::string>> usersOfFile(const std::string& path) override;
    Result<UniqueFd> openDisplay(const std::string& id) override;
    Result<Json> upload(const std::string& pool, const std::string& name, uint64_t size, int from,
                        Progress& progress) override;
    Result<uint64_t> volumeSize(const std::string& pool, const std::string& volume) override;
    Result<Json> download(const std::string& pool, const std::string& volume, uint64_t size, int to,
                          Progress& progress) override;
    Result<Json> dump(const std::string& id, int to, Progress& progress) override;

private:
    Result<std::shared_ptr<Link>> link() const;
    Result<Json> ask(const std::string& method, Json parameters, Progress* progress, int fd = -1) const;

    const std::string m_id;
    const std::function<std::shared_ptr<Link>()> m_link;
};

} // namespace diptych::connections
