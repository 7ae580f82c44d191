#include "daemon/wall_copies.h"

#include "base/clock.h"
#include "base/log.h"

namespace diptych {

Json toJson(const WallCopy& copy)
{
    return {{"id", copy.id},
            {"instance", copy.instance},
            {"walls", copy.walls},
            {"pid", copy.pid},
            {"startedAt", copy.startedAt},
            {"endsAt", copy.endsAt},
            {"attempts", copy.attempts}};
}

Json pairAttempts(const Json& with, const Json& without)
{
    auto outcome = [](const Json& one) {
        Json text = {{"possible", one.value("possible", false)}};
        for (const char* key : {"error", "call", "seen", "reach"})
            text[key] = one.value(key, "");
        return text;
    };
    std::map<std::string, const Json*> before;
    for (const Json& one : with)
        before[one.value("name", "")] = &one;
    Json pairs = Json::array();
    for (const Json& one : without)
        if (auto other = before.find(one.value("name", "")); other != before.end())
            pairs.push_back({{"name", other->first}, {"with", outcome(*other->second)}, {"without", outcome(one)}});
    return pairs;
}

bool WallCopies::reserve()
{
    if (m_all.size() + m_reserved >= kMost)
        return false;
    ++m_reserved;
    return true;
}

void WallCopies::add(WallCopy copy)
{
    release();
    copy.startedAt = unixMilliseconds();
    copy.endsAt = copy.startedAt + std::chrono::milliseconds(kLife).count();
    const std::string id = copy.id;
    Entry& entry = m_all[id];
    entry.copy = std::move(copy);
    auto timer = m_loop.after(kLife, [this, id] { putBack(id, "ten minutes are over"); });
    if (timer)
        entry.timer = std::move(*timer);
    else // without one it would stay for as long as the helper does
        putBack(id, timer.error().message);
}

const WallCopy* WallCopies::find(const std::string& id) const
{
    auto found = m_all.find(id);
    return found == m_all.end() ? nullptr : &found->second.copy;
}

std::vector<const WallCopy*> WallCopies::all() const
{
    std::vector<const WallCopy*> copies;
    for (const auto& [id, entry] : m_all)
        copies.push_back(&entry.copy);
    return copies;
}

void WallCopies::putBack(const std::string& id, const std::string& why, std::function<void(Status)> done)
{
    auto node = m_all.extract(id);
    if (node.empty())
        return;
    ++m_reserved; // it takes its place until it is really gone
    WallCopy copy = std::move(node.mapped().copy);
    m_workers.run([driver = copy.driver, id] { return driver->putBack(id); },
                  [this, alive = m_alive, copy, why, done = std::move(done)](const Status& gone) {
                      if (!*alive)
                          return;
                      release();
                      if (!gone)
                          logf(Level::Error, "throw-away copy {} of {}: {}", copy.id, copy.name, gone.error().message);
                      if (m_ended)
                          m_ended(copy, gone, why);
                      if (done)
                          done(gone);
                  });
}

void WallCopies::putBackOf(const std::string& instance, const std::string& why)
{
    std::vector<std::string> ids;
    for (const WallCopy* copy : all())
        if (copy->instance == instance)
            ids.push_back(copy->id);
    for (const std::string& id : ids)
        putBack(id, why);
}

void WallCopies::endAll()
{
    for (const auto& [id, entry] : std::exchange(m_all, {}))
        if (Status gone = entry.copy.driver->putBack(id); !gone)
            logf(Level::Error, "throw-away copy {} of {}: {}", id, entry.copy.name, gone.error().message);
}

} // namespace diptych
