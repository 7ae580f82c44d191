// As much of a D-Bus client as a call and its answer take (D-Bus specification: "Message Protocol", "Authentication
// Protocol"). libsystemd and libdbus can't be linked into a static program; three calls to systemd need no more.
#pragma once

#include "base/fd.h"
#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace diptych::runtime {

/// Values in little-endian order, each aligned as its type asks.
class DBusWriter final
{
public:
    void byte(uint8_t value) { m_data.push_back(static_cast<char>(value)); }
    void u32(uint32_t value);
    void u64(uint64_t value);
    void boolean(bool value) { u32(value ? 1 : 0); }
    void string(std::string_view text); ///< object paths too
    void signature(std::string_view text);
    void align(size_t to);
    /// An array whose elements are aligned to `to`: content writes them.
    void array(size_t to, const std::function<void()>& content);
    [[nodiscard]] const std::string& data() const { return m_data; }

private:
    std::string m_data;
};

/// The same way back. Past the end, or of a wrong length, it gives zeros and good() is false.
class DBusReader final
{
public:
    explicit DBusReader(std::string_view data, bool bigEndian = false) : m_data(data), m_big(bigEndian) {}
    uint8_t byte();
    uint32_t u32();
    std::string string();
    std::string signature();
    void align(size_t to);
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] size_t at() const { return m_at; }

private:
    std::string_view take(size_t count);

    std::string_view m_data;
    size_t m_at = 0;
    bool m_big, m_good = true;
};

struct DBusMessage
{
    enum Kind : uint8_t { Call = 1, Return = 2, Failure = 3, Signal = 4 };
    uint8_t kind = 0;
    uint32_t serial = 0, replyTo = 0;
    std::string path, interface, member, errorName, destination, signature, body;
    bool bigEndian = false;
};
/// The bytes of a message.
std::string encode(const DBusMessage& message);
/// The length of the message that begins with these 16 bytes; 0 when they are nonsense or it is larger than 1 MiB.
size_t messageLength(std::string_view head);
Result<DBusMessage> decode(std::string_view bytes);

class DBus final
{
public:
    /// address: "unix:path=..." (several separated by ";"). Authenticates, says Hello.
    static Result<DBus> connect(const std::string& address);
    /// Sends a call and waits for its answer; an error answer is an Error. Signals met meanwhile are kept.
    Result<DBusMessage> call(DBusMessage message);
    /// The next signal, kept or new.
    Result<DBusMessage> nextSignal();

private:
    Status authenticate();
    Result<DBusMessage> receive();
    Status fill(size_t count);

    UniqueFd m_socket;
    std::string m_buffer;
    std::vector<DBusMessage> m_signals;
    uint32_t m_serial = 0;
    int64_t m_deadline = 0; ///< CLOCK_MONOTONIC, ns, for all that is to come
};

} // namespace diptych::runtime
