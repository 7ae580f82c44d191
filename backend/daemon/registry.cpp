#include "daemon/registry.h"

#include "base/log.h"
#include "instances/json.h"

namespace diptych {

Registry::~Registry()
{
    *m_alive = false;
    for (Source& source : m_sources) {
        source.driver->setListener({});
        source.driver->setTeller({});
    }
}

const Json& Registry::Entry::json() const
{
    if (m_json.is_null())
        m_json = toJson(instance);
    return m_json;
}

void Registry::add(Driver& driver)
{
    Source source;
    source.driver = &driver;
    m_sources.push_back(std::move(source));
    driver.setListener([this, &driver, alive = m_alive, &loop = m_loop](const std::string& id) {
        loop.post([this, &driver, alive, id] {
            if (!*alive)
                return;
            if (!id.empty()) {
                refreshFrom(driver, id);
                return;
            }
            for (size_t i = 0; i < m_sources.size(); ++i)
                if (m_sources[i].driver == &driver)
                    list(i);
        });
    });
    driver.setTeller([this, &driver, alive = m_alive, &loop = m_loop](std::vector<Instance> changed,
                                                                      const std::vector<std::string>& gone) {
        auto all = std::make_shared<std::vector<Instance>>(std::move(changed));
        loop.post([this, &driver, alive, all, gone] {
            if (*alive)
                take(driver, std::move(*all), gone);
        });
    });
}

void Registry::take(Driver& driver, std::vector<Instance> changed, const std::vector<std::string>& gone)
{
    for (Instance& instance : changed)
        put(driver, std::move(instance));
    for (const std::string& id : gone) {
        touch(driver, id);
        remove(id);
    }
}

void Registry::touch(const Driver& driver, const std::string& id)
{
    for (Source& source : m_sources)
        if (source.driver == &driver && source.listing)
            source.touched.insert(id);
    if (auto reading = m_refreshing.find(id); reading != m_refreshing.end())
        reading->second = true;
}

void Registry::start()
{
    for (size_t i = 0; i < m_sources.size(); ++i)
        list(i);
    auto deadline = m_loop.after(std::chrono::seconds(5), [this] { checkReady(true); });
    if (deadline)
        m_deadline = std::move(*deadline);
    // A list now and then mends what a lost notification would leave wrong; soon again where it failed.
    auto timer = m_loop.every(std::chrono::seconds(5), [this] {
        ++m_ticks;
        for (size_t i = 0; i < m_sources.size(); ++i) {
            if (!m_sources[i].problem.empty() || m_ticks % 12 == 0)
                list(i);
        }
    });
    if (timer)
        m_timer = std::move(*timer);
    checkReady(false);
}

void Registry::list(size_t index)
{
    Source& source = m_sources[index];
    if (source.listing) {
        source.again = true; // what changed after that list was begun is not on it
        return;
    }
    source.listing = true;
    m_workers.run([driver = source.driver] { return driver->list(); },
                  [this, index](Result<std::vector<Instance>> result) { listed(index, std::move(result)); });
}

void Registry::listed(size_t index, Result<std::vector<Instance>> result)
{
    Source& source = m_sources[index];
    source.listing = false;
    source.listed = true;
    std::set<std::string> touched = std::exchange(source.touched, {});
    if (std::exchange(source.again, false))
        list(index);
    if (!result) {
        if (source.problem != result.error().message)
            logf(Level::Warning, "listing {}s: {}", toString(source.driver->kind()), result.error().message);
        source.problem = result.error().message;
        checkReady(false);
        return;
    }
    source.problem.clear();
    std::set<std::string> there;
    for (Instance& instance : *result) {
        there.insert(instance.id);
        if (touched.contains(instance.id))
            refreshFrom(*source.driver, instance.id);
        else
            store(*source.driver, std::move(instance));
    }
    // Not removed at once: an instance made while the list was being read is not on it.
    for (const auto& [id, entry] : m_entries) {
        if (entry.driver == source.driver && !there.count(id))
            refreshFrom(*source.driver, id);
    }
    checkReady(false);
}

void Registry::checkReady(bool giveUp)
{
    if (m_ready)
        return;
    m_ready = giveUp || std::all_of(m_sources.begin(), m_sources.end(), [](const Source& s) { return s.listed; });
    if (!m_ready)
        return;
    auto waiting = std::move(m_waiting);
    for (auto& work : waiting)
        work();
}

void Registry::whenReady(std::function<void()> work)
{
    if (m_ready)
        work();
    else
        m_waiting.push_back(std::move(work));
}

const Registry::Entry* Registry::find(const std::string& id) const
{
    auto it = m_entries.find(id);
    return it == m_entries.end() ? nullptr : &it->second;
}

const Registry::Entry* Registry::findName(const std::string& name) const
{
    for (const auto& [id, entry] : m_entries) {
        if (entry.instance.connection.empty() && entry.instance.spec.name == name)
            return &entry;
    }
    return nullptr;
}

Driver* Registry::driver(Kind kind) const
{
    for (const Source& source : m_sources) {
        if (source.driver->kind() == kind)
            return source.driver;
    }
    return nullptr;
}

std::string Registry::problem(Kind kind) const
{
    for (const Source& source : m_sources) {
        if (source.driver->kind() == kind)
            return source.problem;
    }
    return fmt::format("this helper was started without {}s", toString(kind));
}

void Registry::refresh(const std::string& id)
{
    if (const Entry* entry = find(id))
        refreshFrom(*entry->driver, id);
}

void Registry::refreshFrom(Driver& driver, const std::string& id)
{
    auto [it, first] = m_refreshing.try_emplace(id, false);
    if (!first) {
        it->second = true; // once more after the one that runs
        return;
    }
    m_workers.run([&driver, id] { return driver.describe(id); },
                  [this, &driver, id](Result<Instance> result) {
                      bool again = m_refreshing[id];
                      m_refreshing.erase(id);
                      if (result)
                          put(driver, std::move(*result));
                      else if (result.error().code == Code::NotFound)
                          remove(id);
                      if (again)
                          refreshFrom(driver, id);
                  });
}

void Registry::put(Driver& driver, Instance instance)
{
    touch(driver, instance.id);
    store(driver, std::move(instance));
}

void Registry::store(Driver& driver, Instance instance)
{
    auto it = m_entries.find(instance.id);
    if (it == m_entries.end()) {
        std::string id = instance.id;
        it = m_entries.try_emplace(id).first;
        it->second.instance = std::move(instance);
        it->second.driver = &driver;
        for (const Watcher& watcher : m_watchers)
            watcher(nullptr, &it->second.instance);
        return;
    }
    if (it->second.instance == instance)
        return;
    Instance before = std::exchange(it->second.instance, std::move(instance));
    it->second.m_json = nullptr;
    for (const Watcher& watcher : m_watchers)
        watcher(&before, &it->second.instance);
}

void Registry::remove(const std::string& id)
{
    auto it = m_entries.find(id);
    if (it == m_entries.end())
        return;
    Entry entry = std::move(it->second);
    m_entries.erase(it);
    for (const Watcher& watcher : m_watchers)
        watcher(&entry.instance, nullptr);
}

} // namespace diptych
