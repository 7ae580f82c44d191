// One connection as the helper sees it: its process, what it last told, and the calls that wait for it. A thread of its
// own keeps it: starts the process, reads, starts it again when it ended. A process that has been silent for long is
// killed, so that nobody waits for it for ever.
#pragma once

#include "connections/channel.h"
#include "instances/connections.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <set>
#include <thread>

namespace diptych::connections {

/// What is on disk of one.
struct Stored
{
    std::string id, name, uri;
    uid_t owner = 0;
    bool active = true;
};

struct Patience
{
    std::chrono::milliseconds silent{15000}; ///< without a word: shown as silent, calls are refused
    std::chrono::milliseconds killed{45000}; ///< then its process is ended and started again
    std::chrono::milliseconds longestRetry{30000};
};

/// libvirt's UUIDs are the same wherever a domain goes, and test:///default has the same for everybody: what the API
/// shows is libvirt's combined with the connection's own, which is undone the same way.
std::string combinedId(const std::string& domain, const std::string& connection);

class Link final
{
public:
    struct Callbacks
    {
        std::function<void(std::vector<Instance> changed, const std::vector<std::string>& gone)> rows;
        std::function<void()> list; ///< everything may have changed
        std::function<void()> info;
        std::function<void()> place; ///< pools or networks changed
    };
    Link(Stored stored, std::string program, Patience patience, Callbacks callbacks);
    /// Ends its process and waits for its thread; calls in flight end with an error at once.
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    [[nodiscard]] Stored stored() const;
    void setActive(bool active);
    [[nodiscard]] ConnectionInfo info() const;
    [[nodiscard]] std::vector<Instance> instances() const;
    [[nodiscard]] std::optional<Instance> instance(const std::string& id) const;
    [[nodiscard]] bool has(const std::string& id) const;
    /// What was measured last; asks for the next.
    std::vector<std::pair<std::string, Sample>> samples();

    /// Blocks until the process answers, goes, or has been silent too long. fd: sent along. The answer's descriptor is
    /// in it.
    Result<Message> call(const std::string& method, Json parameters, Progress* progress = nullptr, int fd = -1);

private:
    struct Pending
    {
        std::condition_variable done;
        std::optional<Result<Message>> answer;
        Json progress, amounts;
    };

    void keep();
    void serve(pid_t process);
    void take(Message message);
    void takeState(const Json& json);
    void takeRows(const Json& json);
    void takeList(const Json& json);
    void takeSamples(const Json& samples);
    void takeAnswer(Message message);
    void failPending(const std::string& why);
    void setState(const std::string& state, const std::string& problem);
    void watch(pid_t process);
    Result<pid_t> startProcess(UniqueFd& socket) const;
    [[nodiscard]] Error refusal() const;

    const std::string m_program;
    const Patience m_patience;
    const Callbacks m_callbacks;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    Stored m_stored;
    ConnectionInfo m_info;
    std::shared_ptr<Channel> m_channel;
    std::map<std::string, Instance> m_instances; ///< by combined id
    std::set<std::string> m_unlisted;            ///< not told yet since a list was begun
    std::vector<std::pair<std::string, Sample>> m_samples;
    int64_t m_sampledAt = 0, m_heardAt = 0; ///< monotonic ns
    bool m_sampleAsked = false, m_quit = false;
    std::map<uint64_t, std::shared_ptr<Pending>> m_pending;
    uint64_t m_next = 1;
    std::thread m_thread;
};

} // namespace diptych::connections
