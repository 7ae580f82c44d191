#include "daemon/operations.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/names.h"

namespace diptych {

static constexpr int64_t keptMilliseconds = 60000;
static constexpr int64_t afterwards = 5000; ///< ms

Json toJson(const Operation& o)
{
    Json json = {{"id", o.id},
                 {"verb", o.verb},
                 {"instances", o.instances},
                 {"subject", o.subject},
                 {"state", o.state},
                 {"step", o.step},
                 {"detail", o.detail},
                 {"progress", o.progress},
                 {"startedAt", o.startedAt},
                 {"finishedAt", o.finishedAt},
                 {"user", o.user},
                 {"cancellable", o.cancellable}};
    if (o.error) {
        json["error"] = errorName(o.error->code);
        json["errorParameters"] = {{"message", o.error->message}};
        if (o.error->code == Code::InvalidArgument)
            json["errorParameters"]["field"] = o.error->field;
    }
    if (!o.parts.empty()) {
        json["parts"] = Json::array();
        for (const Progress::Part& part : o.parts)
            json["parts"].push_back({{"name", part.name}, {"done", part.done}, {"total", part.total}});
    }
    if (!o.result.is_null())
        json["result"] = o.result;
    return json;
}

/// The worker writes, the loop reads; at most one notice is under way, however often the work reports.
class Operations::Reporter final : public Progress
{
public:
    explicit Reporter(std::function<void()> notify) : m_notify(std::move(notify)) {}

    void report(std::string_view step, double fraction, std::string_view detail) override
    {
        std::lock_guard lock(m_mutex);
        m_step = step;
        m_detail = detail;
        m_fraction = fraction;
        if (!std::exchange(m_noticed, true))
            m_notify();
    }
    void amounts(const std::vector<Part>& parts) override
    {
        std::lock_guard lock(m_mutex);
        m_parts = parts;
    }
    [[nodiscard]] bool cancelled() const override { return m_cancelled; }
    void cancel() { m_cancelled = true; }
    void read(Operation& operation)
    {
        std::lock_guard lock(m_mutex);
        m_noticed = false;
        operation.step = m_step;
        operation.detail = m_detail;
        operation.progress = m_fraction < 0 ? -1 : std::min(m_fraction, 1.0);
        operation.parts = m_parts;
    }

private:
    std::function<void()> m_notify;
    std::mutex m_mutex;
    std::string m_step, m_detail;
    double m_fraction = -1;
    std::vector<Part> m_parts;
    bool m_noticed = false;
    std::atomic<bool> m_cancelled{false};
};

bool Operations::free(const Entry& entry) const
{
    const auto& ids = entry.operation.instances;
    return std::none_of(ids.begin(), ids.end(), [this](const std::string& id) { return m_holder.count(id) > 0; });
}

std::string Operations::begin(Job job)
{
    std::string id = newId();
    Entry& entry = m_entries[id];
    m_order.push_back(id);
    Operation& operation = entry.operation;
    operation.id = id;
    operation.verb = job.verb;
    operation.subject = job.subject;
    operation.instances = job.instances;
    operation.user = job.user;
    operation.cancellable = job.cancellable;
    operation.startedAt = unixMilliseconds();
    entry.job = std::move(job);
    entry.begun = monotonicNanoseconds();
    entry.reporter = std::make_shared<Reporter>([this, id, alive = m_alive] {
        m_loop.post([this, id, alive] {
            auto it = *alive ? m_entries.find(id) : m_entries.end();
            if (it == m_entries.end() || it->second.operation.ended())
                return;
            it->second.reporter->read(it->second.operation);
            changed(id);
        });
    });
    if (free(entry)) {
        run(entry);
    } else if (entry.job.overrides) {
        for (const std::string& instance : operation.instances) {
            auto holder = m_holder.find(instance);
            auto held = holder == m_holder.end() ? m_entries.end() : m_entries.find(holder->second);
            if (held != m_entries.end())
                held->second.reporter->cancel();
        }
        changed(id);
    } else {
        ended(id, fail(Code::Busy, fmt::format("another operation holds {}", operation.subject)));
    }
    return id;
}

void Operations::run(Entry& entry)
{
    for (const std::string& instance : entry.operation.instances)
        m_holder[instance] = entry.operation.id;
    entry.operation.state = "running";
    changed(entry.operation.id);
    m_workers.run([work = std::move(entry.job.work), reporter = entry.reporter] { return work(*reporter); },
                  [this, id = entry.operation.id](Result<Json> result) { ended(id, std::move(result)); });
}

void Operations::ended(const std::string& id, Result<Json> result)
{
    Entry& entry = m_entries[id];
    Operation& operation = entry.operation;
    entry.reporter->read(operation);
    operation.finishedAt = unixMilliseconds();
    operation.cancellable = false;
    entry.job.work = nullptr;
    if (result) {
        operation.state = "done";
        operation.progress = 1;
        operation.result = std::move(*result);
    } else {
        operation.state = result.error().code == Code::Cancelled ? "cancelled" : "failed";
        operation.error = std::move(result).error();
    }
    for (const std::string& instance : operation.instances) {
        auto holder = m_holder.find(instance);
        if (holder != m_holder.end() && holder->second == id)
            m_holder.erase(holder);
    }
    auto finished = std::move(entry.job.finished);
    auto waiting = std::move(entry.waiting);
    Operation copy = operation;
    if (finished)
        finished(copy, monotonicNanoseconds() - entry.begun);
    changed(id);
    for (auto& one : waiting)
        one(copy);
    startWaiting();
    if (!m_sweeper) {
        if (auto timer = m_loop.every(std::chrono::seconds(10), [this] { sweep(); }))
            m_sweeper = std::move(*timer);
    }
}

void Operations::startWaiting()
{
    auto order = m_order;
    for (const std::string& id : order) {
        auto it = m_entries.find(id);
        if (it != m_entries.end() && it->second.operation.state == "waiting" && free(it->second))
            run(it->second);
    }
}

void Operations::sweep()
{
    int64_t limit = unixMilliseconds() - keptMilliseconds;
    std::vector<std::string> kept;
    bool any = false;
    for (const std::string& id : m_order) {
        const Operation& operation = m_entries[id].operation;
        if (operation.ended() && operation.finishedAt < limit) {
            m_entries.erase(id);
            continue;
        }
        any = any || operation.ended();
        kept.push_back(id);
    }
    m_order = std::move(kept);
    if (!any)
        m_sweeper.reset();
}

void Operations::changed(const std::string& id)
{
    const Operation& operation = m_entries[id].operation;
    for (const Watcher& watcher : m_watchers)
        watcher(operation);
}

Status Operations::cancel(const std::string& id)
{
    auto it = m_entries.find(id);
    if (it == m_entries.end())
        return fail(Code::NotFound, fmt::format("there is no operation {}", id));
    Operation& operation = it->second.operation;
    if (operation.ended())
        return fail(Code::WrongState, "the operation has ended");
    if (operation.state == "waiting") {
        ended(id, fail(Code::Cancelled, "cancelled before it began"));
        return {};
    }
    if (!operation.cancellable)
        return fail(Code::WrongState, fmt::format("{} of {} can't be cancelled", operation.verb, operation.subject));
    it->second.reporter->cancel();
    return {};
}

const Operation* Operations::find(const std::string& id) const
{
    auto it = m_entries.find(id);
    return it == m_entries.end() ? nullptr : &it->second.operation;
}

std::vector<const Operation*> Operations::all() const
{
    std::vector<const Operation*> result;
    for (const std::string& id : m_order)
        result.push_back(&m_entries.at(id).operation);
    return result;
}

void Operations::wait(const std::string& id, Watcher done)
{
    auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    if (it->second.operation.ended())
        done(it->second.operation);
    else
        it->second.waiting.push_back(std::move(done));
}

bool Operations::hold(const std::string& instance)
{
    return m_holder.try_emplace(instance, "").second;
}

void Operations::release(const std::string& instance)
{
    m_holder.erase(instance);
    const int64_t now = unixMilliseconds();
    std::erase_if(m_released, [now](const auto& one) { return one.second < now - afterwards; });
    m_released[instance] = now;
    startWaiting();
}

bool Operations::touched(const std::string& instance, const std::string& name) const
{
    const int64_t since = unixMilliseconds() - afterwards;
    auto released = m_released.find(instance);
    if (m_holder.contains(instance) || (released != m_released.end() && released->second > since))
        return true;
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const auto& one) {
        const Operation& operation = one.second.operation;
        const auto& ids = operation.instances;
        return (!operation.ended() || operation.finishedAt > since) &&
               (operation.subject == name || std::find(ids.begin(), ids.end(), instance) != ids.end() ||
                dumpJson(operation.result).find(instance) != std::string::npos);
    });
}

std::string Operations::heldBy(const std::string& instance) const
{
    auto it = m_holder.find(instance);
    if (it == m_holder.end())
        return {};
    const Operation* operation = find(it->second);
    return operation ? operation->verb : "change";
}

} // namespace diptych
