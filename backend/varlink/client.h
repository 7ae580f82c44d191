// A small blocking client, for the command line and the tests. One thread at a time.
#pragma once

#include "base/fd.h"
#include "base/json.h"

#include <chrono>

namespace diptych::varlink {

struct Reply
{
    std::string error; ///< Varlink error name, empty when it went well
    Json parameters = Json::object();
    bool continues = false;
};

class Client final
{
public:
    static Result<Client> connect(const std::string& path);
    explicit Client(UniqueFd fd) : m_fd(std::move(fd)) {}

    /// flags: {"more": true}, {"upgrade": true}, {"oneway": true} or nothing.
    Status send(const std::string& method, const Json& parameters, const Json& flags = Json::object());
    /// The next reply. A negative time waits for ever.
    Result<Reply> receive(std::chrono::milliseconds timeout = std::chrono::milliseconds(-1));
    Result<Reply> call(const std::string& method, const Json& parameters = Json::object(),
                       std::chrono::milliseconds timeout = std::chrono::seconds(30));

    [[nodiscard]] int fd() const { return m_fd.get(); }
    /// After an upgrade: bytes that came behind the reply.
    std::string takeRest() { return std::exchange(m_buffer, {}); }

private:
    UniqueFd m_fd;
    std::string m_buffer;
};

} // namespace diptych::varlink
