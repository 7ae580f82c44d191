#include "connections/link.h"

#include "base/clock.h"
#include "base/names.h"
#include "connections/domains.h"

namespace diptych::connections {

std::string combinedId(const std::string& domain, const std::string& connection)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = domain;
    for (size_t i = 0; i < result.size() && i < connection.size(); ++i) {
        size_t a = digits.find(domain[i]), b = digits.find(connection[i]);
        if (a != std::string_view::npos && b != std::string_view::npos)
            result[i] = digits[a ^ b];
    }
    return result;
}

Link::Link(Stored stored, std::string program, Patience patience, Callbacks callbacks)
    : m_program(std::move(program)),
      m_patience(patience),
      m_callbacks(std::move(callbacks)),
      m_stored(std::move(stored))
{
    m_info.id = m_stored.id;
    m_info.name = m_stored.name;
    m_info.uri = m_stored.uri;
    m_info.owner = m_stored.owner;
    m_info.active = m_stored.active;
    m_info.state = m_stored.active ? "connecting" : "closed";
    m_thread = std::thread([this] { keep(); });
}

Link::~Link()
{
    {
        std::lock_guard lock(m_mutex);
        m_quit = true;
        if (m_channel)
            m_channel->shutDown();
    }
    m_wake.notify_all();
    m_thread.join();
}

Stored Link::stored() const
{
    std::lock_guard lock(m_mutex);
    return m_stored;
}

void Link::setActive(bool active)
{
    {
        std::lock_guard lock(m_mutex);
        if (m_stored.active == active)
            return;
        m_stored.active = m_info.active = active;
        m_info.state = active ? "connecting" : "closed";
        m_info.problem.clear();
        m_info.lacks.clear();
        if (!active) {
            m_instances.clear();
            m_samples.clear();
            m_info.domains = 0;
            if (m_channel)
                m_channel->shutDown();
        }
    }
    m_wake.notify_all();
    m_callbacks.list();
    m_callbacks.info();
}

ConnectionInfo Link::info() const
{
    std::lock_guard lock(m_mutex);
    return m_info;
}

std::vector<Instance> Link::instances() const
{
    std::lock_guard lock(m_mutex);
    std::vector<Instance> all;
    for (const auto& [id, instance] : m_instances)
        all.push_back(instance);
    return all;
}

std::optional<Instance> Link::instance(const std::string& id) const
{
    std::lock_guard lock(m_mutex);
    auto found = m_instances.find(id);
    return found == m_instances.end() ? std::nullopt : std::optional(found->second);
}

bool Link::has(const std::string& id) const
{
    std::lock_guard lock(m_mutex);
    return m_instances.contains(id);
}

std::vector<std::pair<std::string, Sample>> Link::samples()
{
    std::shared_ptr<Channel> channel;
    std::vector<std::pair<std::string, Sample>> newest;
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state != "connected" || !m_channel)
            return {};
        constexpr int64_t old = 3'000'000'000;
        if (monotonicNanoseconds() - m_sampledAt < old)
            newest = m_samples;
        // One question at a time: who does not answer is not asked into his buffer until it is full.
        if (m_sampleAsked && monotonicNanoseconds() - m_sampledAt < 10 * old)
            return newest;
        m_sampleAsked = true;
        channel = m_channel;
    }
    (void)channel->send({{"sample", true}});
    return newest;
}

void Link::takeSamples(const Json& samples)
{
    std::vector<std::pair<std::string, Sample>> read;
    for (const Json& row : samples) {
        if (!row.is_array() || row.size() != 9 || !row[0].is_string() || !checkId(row[0].get<std::string>()))
            continue;
        Sample sample;
        uint64_t values[8] = {};
        for (size_t i = 0; i < 8; ++i)
            values[i] = row[i + 1].is_number_unsigned() ? row[i + 1].get<uint64_t>() : 0;
        sample.time = static_cast<int64_t>(values[0]);
        sample.cpuNanoseconds = values[1];
        sample.memory = values[2];
        sample.memoryGuest = values[3];
        sample.readBytes = values[4];
        sample.writtenBytes = values[5];
        sample.receivedBytes = values[6];
        sample.sentBytes = values[7];
        read.emplace_back(combinedId(row[0].get<std::string>(), m_info.id), sample);
    }
    std::lock_guard lock(m_mutex);
    m_samples = std::move(read);
    m_sampledAt = monotonicNanoseconds();
    m_sampleAsked = false;
}

void Link::takeRows(const Json& json)
{
    constexpr size_t most = 20000; ///< more domains than that are not shown
    std::vector<Instance> changed;
    std::vector<std::string> gone;
    {
        std::lock_guard lock(m_mutex);
        for (const Json& row : json["changed"].is_array() ? json["changed"] : Json::array()) {
            auto instance = instanceFrom(row);
            if (!instance)
                continue;
            instance->id = combinedId(instance->id, m_info.id);
            instance->connection = m_info.id;
            m_unlisted.erase(instance->id);
            auto [known, fresh] = m_instances.try_emplace(instance->id);
            if (fresh && m_instances.size() > most)
                m_instances.erase(known);
            else if (fresh || known->second != *instance) {
                known->second = *instance;
                changed.push_back(std::move(*instance));
            }
        }
        for (const Json& id : json.contains("removed") && json["removed"].is_array() ? json["removed"] : Json::array())
            if (id.is_string())
                if (std::string known = combinedId(id.get<std::string>(), m_info.id); m_instances.erase(known) > 0)
                    gone.push_back(std::move(known));
        m_info.domains = m_instances.size();
    }
    m_callbacks.rows(std::move(changed), gone);
    m_callbacks.info();
}

/// A list comes in parts, between its beginning and its end: what was not told by then is there no more.
void Link::takeList(const Json& json)
{
    std::vector<std::string> gone;
    {
        std::lock_guard lock(m_mutex);
        std::set<std::string> unlisted = std::exchange(m_unlisted, {});
        if (json["list"] == "begin")
            for (const auto& [id, instance] : m_instances)
                m_unlisted.insert(id);
        if (json["list"] == "end")
            gone.assign(unlisted.begin(), unlisted.end());
        for (const std::string& id : gone)
            m_instances.erase(id);
        m_info.domains = m_instances.size();
    }
    if (!gone.empty())
        m_callbacks.rows({}, gone);
    m_callbacks.info();
}

Error Link::refusal() const
{
    std::string why = m_info.state == "closed"       ? "it is closed: open it first"
                      : m_info.state == "connecting" ? "it is still being opened"
                      : m_info.problem.empty()       ? "it is not open"
                                                     : m_info.problem;
    return Error{Code::NotSupported, fmt::format("connection {}: {}", m_info.name, why), {}, 0};
}

/// Of the process, so not trusted.
static std::vector<Progress::Part> partsFrom(const Json& amounts)
{
    constexpr size_t most = 64;
    std::vector<Progress::Part> parts;
    for (const Json& one : amounts)
        if (parts.size() < most && one.is_array() && one.size() == 3 && one[0].is_string() &&
            one[1].is_number_unsigned() && one[2].is_number_unsigned())
            parts.push_back({one[0].get<std::string>(), one[1].get<uint64_t>(), one[2].get<uint64_t>()});
    return parts;
}

Result<Message> Link::call(const std::string& method, Json parameters, Progress* progress, int fd)
{
    auto pending = std::make_shared<Pending>();
    std::shared_ptr<Channel> channel;
    uint64_t number = 0;
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state != "connected" || !m_channel)
            return tl::unexpected<Error>(refusal());
        number = m_next++;
        m_pending[number] = pending;
        channel = m_channel;
    }
    auto sent = channel->send({{"call", number}, {"method", method}, {"parameters", std::move(parameters)}}, fd);
    std::unique_lock lock(m_mutex);
    for (bool asked = false; sent && !pending->answer;) {
        pending->done.wait_for(lock, std::chrono::milliseconds(200));
        Json step = std::exchange(pending->progress, nullptr), amounts = std::exchange(pending->amounts, nullptr);
        if (pending->answer || !progress)
            continue;
        lock.unlock();
        if (amounts.is_array())
            progress->amounts(partsFrom(amounts));
        if (step.is_object())
            progress->report(step.value("step", ""), step.value("fraction", -1.0), step.value("detail", ""));
        if (!asked && progress->cancelled())
            asked = channel->send({{"cancel", number}}).has_value();
        lock.lock();
    }
    m_pending.erase(number);
    if (!pending->answer)
        return tl::unexpected<Error>(std::move(sent).error());
    return std::move(*pending->answer);
}

void Link::takeAnswer(Message message)
{
    std::lock_guard lock(m_mutex);
    const Json& number = message.json["call"];
    auto found = number.is_number_unsigned() ? m_pending.find(number.get<uint64_t>()) : m_pending.end();
    if (found == m_pending.end())
        return;
    if (message.json.contains("progress"))
        found->second->progress = message.json["progress"];
    else if (message.json.contains("amounts"))
        found->second->amounts = message.json["amounts"];
    else if (message.json.contains("error"))
        found->second->answer = tl::unexpected<Error>(errorFrom(message.json["error"]));
    else
        found->second->answer = std::move(message);
    found->second->done.notify_all();
}

void Link::failPending(const std::string& why)
{
    std::lock_guard lock(m_mutex);
    for (auto& [number, pending] : m_pending) {
        pending->answer = fail(Code::NotSupported, fmt::format("connection {}: {}", m_info.name, why));
        pending->done.notify_all();
    }
}

void Link::setState(const std::string& state, const std::string& problem)
{
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state == state && m_info.problem == problem)
            return;
        m_info.state = state;
        m_info.problem = problem;
    }
    m_callbacks.info();
}

void Link::takeState(const Json& json)
{
    JsonReader reader(json);
    std::string state = reader.string("state").value_or("failed");
    if (state != "connected") {
        setState("failed", reader.string("problem").value_or("no reason was given").substr(0, 1000));
        return;
    }
    {
        std::lock_guard lock(m_mutex);
        m_info.driver = reader.string("driver").value_or("").substr(0, 64);
        m_info.host = reader.string("host").value_or("").substr(0, 255);
        m_info.version = reader.string("version").value_or("").substr(0, 64);
    }
    setState("connected", "");
}

void Link::take(Message message)
{
    const Json& json = message.json;
    {
        std::lock_guard lock(m_mutex);
        m_heardAt = monotonicNanoseconds();
        bool answered = json.contains("alive") || json.contains("list") || json.contains("changed");
        if (answered)
            m_info.answeredAt = unixMilliseconds();
    }
    if (json.contains("call"))
        takeAnswer(std::move(message));
    else if (json.contains("state"))
        takeState(json);
    else if (json.contains("list"))
        takeList(json);
    else if (json.contains("changed"))
        takeRows(json);
    else if (json.contains("samples") && json["samples"].is_array())
        takeSamples(json["samples"]);
    else if (json.contains("lacks") && json["lacks"].is_array()) {
        {
            std::lock_guard lock(m_mutex);
            m_info.lacks.clear();
            for (const Json& one : json["lacks"])
                if (one.is_array() && one.size() == 2 && one[0].is_string() && one[1].is_string() &&
                    m_info.lacks.size() < 32)
                    m_info.lacks.push_back({one[0].get<std::string>(), one[1].get<std::string>().substr(0, 500)});
        }
        m_callbacks.info();
    } else if (json.contains("place")) {
        m_callbacks.place();
    } else if (json.contains("alive")) {
        // Silence is over.
        std::unique_lock lock(m_mutex);
        bool silent = m_info.state == "silent";
        lock.unlock();
        if (silent)
            setState("connected", "");
    }
}

} // namespace diptych::connections
