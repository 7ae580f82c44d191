// Machines that are to be installed without questions: their start, and what follows when the installer has ended.
#pragma once

#include "machines/connection.h"
#include "machines/installation.h"

#include <set>

namespace diptych::machines {

Status createDomain(virDomainPtr domain);
/// The same, or the installer where the machine is to be installed.
Status startDomain(virDomainPtr domain);
/// Deletes what the installer was started with; what another domain needs stays.
void deleteInstaller(virConnectPtr connection, const Installation& installation);

/// Ends installations, on a thread of its own: who has ended by itself starts from its disk, and the installer goes.
/// One that was forced off, or crashed, keeps its note: the next start begins it anew.
class InstallFollower final
{
public:
    /// connection: called on the follower's thread.
    explicit InstallFollower(std::function<Result<ConnectRef>()> connection);
    ~InstallFollower();
    InstallFollower(const InstallFollower&) = delete;
    InstallFollower& operator=(const InstallFollower&) = delete;

    /// This one is off, or has ended an installation that nobody followed. Any thread; does not wait.
    void notice(const std::string& id);

private:
    void run();
    Status settle(const std::string& id);

    std::function<Result<ConnectRef>()> m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::set<std::string> m_noticed;
    bool m_quit = false;
    std::thread m_thread;
};

} // namespace diptych::machines
