// The guest port: requests of the host in, answers out, and init never waits for it.
#pragma once

#include "base/fd.h"
#include "base/json.h"

#include <functional>
#include <poll.h>
#include <string>

namespace diptych::guest {

class GuestPort final
{
public:
    using Handler = std::function<Result<Json>(JsonReader request)>;
    explicit GuestPort(Handler handler) : m_handler(std::move(handler)) {}

    void open(UniqueFd fd) { m_fd = std::move(fd); }
    /// What to wait for, and how long at most in ms; then turn().
    [[nodiscard]] pollfd interest() const;
    [[nodiscard]] int patience() const;
    /// SIGIO: a host has come, or gone, or sent something.
    void stirred() { m_hostThere = true; }
    void turn(short events);

private:
    void read();
    void write();
    void answer(const std::string& text);

    Handler m_handler;
    UniqueFd m_fd;
    std::string m_request, m_answers; ///< what has come of the next, what is still to be sent
    std::string m_lastAnswer;
    Json m_lastId; ///< of the request that m_lastAnswer is for
    bool m_hostThere = true;
    int64_t m_waitingSince = 0; ///< with answers to send: the last time that some of it went
};

} // namespace diptych::guest
