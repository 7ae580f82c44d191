// The domains of one libvirt connection, whatever its hypervisor: what is asked of all of them at once where that can
// be, for the other host may be far away. Runs in the connection's own process.
#pragma once

#include "instances/driver.h"
#include "machines/install_run.h"

#include <map>
#include <set>

namespace diptych::connections {

struct Row
{
    std::string id, name; ///< libvirt's
    State state = State::Stopped;
    double cpus = 0;
    uint64_t memory = 0; ///< bytes
    std::string type;    ///< "kvm" "qemu" "test" ..., empty until its XML was read; so are those below
    std::string mac, network, address, title, description;
    bool installing = false;
    bool operator==(const Row&) const = default;
};
Json toJson(const Row& row);
/// Checked: the process that sends it is not trusted. The id is still libvirt's.
Result<Instance> instanceFrom(const Json& json);

class Domains final
{
public:
    explicit Domains(std::shared_ptr<machines::Connection> connection) : m_connection(std::move(connection)) {}

    /// All, some at a time, so that the first are seen while the others are still asked. With what was read of their
    /// XML before, and of as many more as patience is enough for: all of thousands on this machine, some on one that is
    /// far away.
    Status list(std::chrono::milliseconds patience, const std::function<void(const std::vector<Row>&)>& tell);
    /// One, with its XML.
    Result<Row> describe(const std::string& id);
    /// Ids whose XML nobody has read yet.
    std::vector<std::string> unread();
    /// [[id, monotonic ns, cpu ns, memory, memory in the guest, read, written, received, sent], ...] of what runs.
    Result<Json> sample();
    void forget();

    Status start(const std::string& id);
    Status stop(const std::string& id, std::chrono::milliseconds timeout, const Progress& progress);
    Status kill(const std::string& id);
    Status pause(const std::string& id);
    Status resume(const std::string& id);
    Status rename(const std::string& id, const std::string& name);
    /// The definition only, with what libvirt keeps beside it; never a disk.
    Status undefine(const std::string& id);
    Status setLimits(const std::string& id, const Limits& limits);
    Result<std::vector<std::string>> disks(const std::string& id);
    Result<std::string> xml(const std::string& id);
    /// As Driver::hostFacts, of what libvirt knows; "elsewhere" says so.
    Result<Json> facts(const std::string& id);
    Result<UniqueFd> console(const std::string& id);

private:
    struct Details
    {
        std::string type, mac, network, address, title, description;
        bool installing = false;
    };
    Result<machines::DomainRef> find(const std::string& id);
    Row complete(Row row);
    Status each(virConnectPtr connection, const std::function<void(Row)>& each);
    Status eachOneByOne(virConnectPtr connection, const std::function<void(Row)>& each);

    std::shared_ptr<machines::Connection> m_connection;
    std::mutex m_mutex;
    std::map<std::string, Details> m_details; ///< by id
    std::set<std::string> m_ids;              ///< of the last list
    bool m_oneByOne = false;                  ///< the hypervisor has no statistics of all at once
    machines::InstallFollower m_installs{[this] { return m_connection->get(); }};
};

/// What this hypervisor can't do, found out by calls that change nothing; libvirt's own words.
std::vector<std::pair<std::string, std::string>> lacksOf(virConnectPtr connection);
/// The feature that a failed method or verb is about, when libvirt said that the hypervisor lacks it; else empty.
std::string featureLacking(const std::string& method, const Error& error);

} // namespace diptych::connections
