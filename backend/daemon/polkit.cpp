#include "daemon/polkit.h"

#include "base/log.h"

namespace diptych {

static const char* const service = "org.freedesktop.PolicyKit1";
static const char* const path = "/org/freedesktop/PolicyKit1/Authority";
static const char* const interface = "org.freedesktop.PolicyKit1.Authority";
static constexpr uint64_t dialogTime = 120'000'000; ///< microseconds a password may take; short of what clients wait
static constexpr uint64_t quietTime = 10'000'000;

Polkit::~Polkit()
{
    *m_alive = false;
    for (auto& [number, check] : m_checks)
        sd_bus_slot_unref(check->slot);
    sd_bus_close_unref(m_bus);
}

bool Polkit::connected()
{
    if (m_bus && sd_bus_is_open(m_bus) > 0)
        return true;
    // Pending checks have been answered with an error when the bus went; nothing refers to the old connection.
    sd_bus_close_unref(std::exchange(m_bus, nullptr));
    if (sd_bus_open_system(&m_bus) < 0)
        return false;
    sd_bus_set_exit_on_disconnect(m_bus, 0);
    if (sd_bus_attach_event(m_bus, m_loop.event(), SD_EVENT_PRIORITY_NORMAL) < 0)
        sd_bus_close_unref(std::exchange(m_bus, nullptr));
    return m_bus != nullptr;
}

/// The subject is the process with its start time, so that a reused PID is somebody else, and *always* with the uid
/// that the kernel told at connect(): without it polkit would look the uid up itself, later, when the process may have
/// become a set-uid program.
static int appendSubject(sd_bus_message* message, const varlink::Peer& peer)
{
    return sd_bus_message_append(message, "(sa{sv})", "unix-process", 3, "pid", "u", static_cast<uint32_t>(peer.pid),
                                 "start-time", "t", peer.startTime, "uid", "i", static_cast<int32_t>(peer.uid));
}

int Polkit::ask(Check& check, const varlink::Peer& peer, std::string_view action,
                const std::map<std::string, std::string>& details, bool interactive)
{
    sd_bus_message* raw = nullptr;
    int result = sd_bus_message_new_method_call(m_bus, &raw, service, path, interface, "CheckAuthorization");
    std::unique_ptr<sd_bus_message, sd_bus_message* (*)(sd_bus_message*)> message(raw, sd_bus_message_unref);
    if (result >= 0)
        result = appendSubject(raw, peer);
    if (result >= 0)
        result = sd_bus_message_append(raw, "s", std::string(action).c_str());
    if (result >= 0)
        result = sd_bus_message_open_container(raw, 'a', "{ss}");
    for (const auto& [key, value] : details) {
        if (result >= 0)
            result = sd_bus_message_append(raw, "{ss}", key.c_str(), escapeForDisplay(value).c_str());
    }
    if (result >= 0)
        result = sd_bus_message_close_container(raw);
    if (result >= 0)
        result =
            sd_bus_message_append(raw, "us", interactive ? 1U : 0U, fmt::format("diptych-{}", check.number).c_str());
    if (result >= 0)
        result = sd_bus_call_async(m_bus, &check.slot, raw, answered, &check, interactive ? dialogTime : quietTime);
    return result;
}

uint64_t Polkit::check(const varlink::Peer& peer, std::string_view action,
                       const std::map<std::string, std::string>& details, bool interactive, Done done)
{
    uint64_t number = m_next++;
    auto& check = m_checks[number] = std::make_unique<Check>(Check{this, number, nullptr, std::move(done)});
    if (peer.pid <= 0 || peer.startTime == 0)
        later(number, "the calling process has gone");
    else if (!connected())
        later(number, "there is no system bus to ask polkit on");
    else if (int result = ask(*check, peer, action, details, interactive); result < 0)
        later(number, systemError(-result, "asking polkit").message);
    return number;
}

void Polkit::later(uint64_t number, std::string reason)
{
    m_loop.post([this, number, reason = std::move(reason), alive = m_alive] {
        if (*alive)
            finish(number, {false, reason});
    });
}

int Polkit::answered(sd_bus_message* message, void* data, sd_bus_error* /*error*/)
{
    auto* check = static_cast<Check*>(data);
    Answer answer;
    if (const sd_bus_error* error = sd_bus_message_get_error(message)) {
        answer.reason = fmt::format("polkit: {}", error->message ? error->message : error->name);
    } else {
        int authorized = 0, challenge = 0;
        if (sd_bus_message_enter_container(message, 'r', "bba{ss}") >= 0 &&
            sd_bus_message_read(message, "bb", &authorized, &challenge) >= 0)
            answer.authorized = authorized == 1;
        answer.reason = answer.authorized ? "" : challenge ? "it needs a password" : "polkit does not allow it";
    }
    check->owner->finish(check->number, answer);
    return 1;
}

void Polkit::finish(uint64_t number, const Answer& answer)
{
    auto it = m_checks.find(number);
    if (it == m_checks.end())
        return;
    auto check = std::move(it->second);
    m_checks.erase(it);
    sd_bus_slot_unref(check->slot);
    check->done(answer);
}

void Polkit::cancel(uint64_t number)
{
    auto it = m_checks.find(number);
    if (it == m_checks.end())
        return;
    sd_bus_slot_unref(it->second->slot);
    m_checks.erase(it);
    if (m_bus && sd_bus_is_open(m_bus) > 0)
        (void)sd_bus_call_method_async(m_bus, nullptr, service, path, interface, "CancelCheckAuthorization", nullptr,
                                       nullptr, "s", fmt::format("diptych-{}", number).c_str());
}

} // namespace diptych
