// Copies of containers without some walls, from when they are made to when they are put back. Loop's thread only.
#pragma once

#include "daemon/services.h"
#include "daemon/workers.h"
#include "varlink/loop.h"

#include <map>
#include <sys/types.h>

namespace diptych {

struct WallCopy
{
    std::string id, instance, name; ///< name: of the instance
    std::vector<std::string> walls;
    Driver* driver = nullptr;
    uid_t user = 0;
    int pid = 0;
    std::string cgroup;
    int64_t startedAt = 0, endsAt = 0; ///< Unix ms
    Json attempts;                     ///< as the API has them
};
Json toJson(const WallCopy& copy);
/// Both answers of Driver::takeDown, attempt by attempt.
Json pairAttempts(const Json& with, const Json& without);

class WallCopies final
{
public:
    static constexpr size_t kMost = 4;
    static constexpr std::chrono::minutes kLife{10};
    using Ended = std::function<void(const WallCopy&, const Status&, const std::string& why)>;

    WallCopies(varlink::Loop& loop, Workers& workers) : m_loop(loop), m_workers(workers) {}
    ~WallCopies() { *m_alive = false; }
    WallCopies(const WallCopies&) = delete;
    WallCopies& operator=(const WallCopies&) = delete;

    /// Room for one more is taken; false when there is none. Then add() or release().
    [[nodiscard]] bool reserve();
    void release() { --m_reserved; }
    void add(WallCopy copy);
    [[nodiscard]] const WallCopy* find(const std::string& id) const;
    [[nodiscard]] std::vector<const WallCopy*> all() const;
    /// why: for the activity. Gone at once for those who ask; done when it really is.
    void putBack(const std::string& id, const std::string& why, std::function<void(Status)> done = {});
    void putBackOf(const std::string& instance, const std::string& why);
    void watch(Ended ended) { m_ended = std::move(ended); }
    /// The helper ends. Blocks.
    void endAll();

private:
    struct Entry
    {
        WallCopy copy;
        varlink::Source timer;
    };
    varlink::Loop& m_loop;
    Workers& m_workers;
    std::map<std::string, Entry> m_all;
    size_t m_reserved = 0;
    Ended m_ended;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace diptych
