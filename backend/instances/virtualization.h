// What only virtual machines do, and the storage pools and networks of their host. machines/ implements it; the daemon
// knows which method may be called by whom, and how long it takes (api_machines.cpp).
//
// Threads: every method may block, any thread, several at once.
#pragma once

#include "instances/driver.h"

#include <map>
#include <string>
#include <vector>

namespace diptych {

class Virtualization
{
public:
    virtual ~Virtualization() = default;
    /// Called when pools or networks changed, by whomever: from any thread, must not block. Those of added connections
    /// are told by Connections.
    virtual void setListener(std::function<void()> /*listener*/) {}
    /// method: full name of one in org.diptych.Machines, .Storage or .Networks that is no stream and no upgrade.
    /// parameters: checked against the interface. The answer is its reply, or an operation's result.
    virtual Result<Json> call(const std::string& method, const Json& parameters, Progress& progress) = 0;
    /// Who needs this file: domains, their snapshots, volumes built upon it, as words for people. Empty: nobody. An
    /// error when that can't be found out, which is no permission to delete it.
    virtual Result<std::vector<std::string>> usersOfFile(const std::string& path) = 0;
    /// Those of these MAC addresses that are somebody's already (a card's, or kept by a network): address -> whose.
    virtual Result<std::map<std::string, std::string>> usersOfAddresses(const std::vector<std::string>& /*addresses*/)
    {
        return std::map<std::string, std::string>();
    }
    /// The machine's first VNC display as an RFB byte stream, without a port of the host.
    virtual Result<UniqueFd> openDisplay(const std::string& id) = 0;
    /// A new volume with the size bytes that come from the descriptor; nothing of it stays when they do not all come.
    virtual Result<Json> upload(const std::string& pool, const std::string& name, uint64_t size, int from,
                                Progress& progress) = 0;
    /// Bytes of its file. Busy while a machine that runs writes to it: a copy would be of no moment at all.
    virtual Result<uint64_t> volumeSize(const std::string& pool, const std::string& volume) = 0;
    /// Those size bytes to the descriptor. Ends with Cancelled when nobody reads any more.
    virtual Result<Json> download(const std::string& pool, const std::string& volume, uint64_t size, int to,
                                  Progress& progress) = 0;
    /// The memory of a machine that runs, as an ELF core, to the descriptor; the machine stands still meanwhile.
    virtual Result<Json> dump(const std::string& id, int to, Progress& progress) = 0;
};

} // namespace diptych
