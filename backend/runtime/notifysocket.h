// sd_notify(3) from inside: the container gets a socket of its own in place of the one in NOTIFY_SOCKET, and "READY=1"
// goes on from it, nothing else. As with crun, the path in NOTIFY_SOCKET is a directory inside, with the socket
// "notify" in it.
#pragma once

#include "runtime/plan.h"

#include <pthread.h>

namespace diptych::runtime {

/// The service manager waits for us to say that we are ready.
bool wantsReadiness();
/// create: a directory for the socket beside the state, as a further mount of the container, and its variable. Before
/// mounts are prepared.
Status addNotifySocket(Plan& plan, const std::string& stateDirectory);
/// start: the socket, before the program can look for it. Nothing where create made no place for it.
Result<UniqueFd> openNotifySocket(const std::string& stateDirectory);
/// Until the container says that it is ready, which is passed on, or has ended.
void forwardReadiness(int socket, int process);

/// The same beside other work; its end is waited for by the destructor. Not std::thread: that brings 30 kB of the C++
/// library into a program whose size every start pays for.
class ReadinessForwarder final
{
public:
    ReadinessForwarder(int socket, int process);
    ~ReadinessForwarder();
    ReadinessForwarder(const ReadinessForwarder&) = delete;
    ReadinessForwarder& operator=(const ReadinessForwarder&) = delete;

private:
    int m_socket, m_process;
    bool m_running = false;
    pthread_t m_thread = {};
};

} // namespace diptych::runtime
