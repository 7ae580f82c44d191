// Processes of a container as the host's /proc has them.
#pragma once

#include "base/json.h"
#include "instances/driver.h"

#include <sys/types.h>
#include <vector>

namespace diptych::containers {

/// idBase: what is taken off uids. Processes that end meanwhile are left out.
std::vector<diptych::Process> readProcesses(const std::vector<pid_t>& pids, uint32_t idBase);

/// An account of the container's own /etc/passwd, read through its root and never out of it.
struct Account
{
    uint32_t uid = 0, gid = 0;
    std::string shell;
};
/// user: a name or a number; empty when there is no such line.
std::optional<Account> lookUpAccount(int pid, const std::string& user);
/// A file below the container's root that somebody may execute.
bool isExecutable(int pid, const std::string& path);

} // namespace diptych::containers
