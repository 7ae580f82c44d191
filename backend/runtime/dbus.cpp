#include "runtime/dbus.h"

#include "base/clock.h"
#include "base/files.h"
#include "runtime/rootless.h"

#include <array>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t largest = size_t{1} << 20;

void DBusWriter::align(size_t to)
{
    m_data.append((to - m_data.size() % to) % to, '\0');
}

void DBusWriter::u32(uint32_t value)
{
    align(4);
    for (int shift = 0; shift < 32; shift += 8)
        byte(static_cast<uint8_t>(value >> shift));
}

void DBusWriter::u64(uint64_t value)
{
    align(8);
    for (int shift = 0; shift < 64; shift += 8)
        byte(static_cast<uint8_t>(value >> shift));
}

void DBusWriter::string(std::string_view text)
{
    u32(static_cast<uint32_t>(text.size()));
    m_data.append(text).push_back('\0');
}

void DBusWriter::signature(std::string_view text)
{
    byte(static_cast<uint8_t>(text.size()));
    m_data.append(text).push_back('\0');
}

void DBusWriter::array(size_t to, const std::function<void()>& content)
{
    u32(0);
    size_t lengthAt = m_data.size() - 4;
    align(to); // not counted
    size_t begin = m_data.size();
    content();
    auto length = static_cast<uint32_t>(m_data.size() - begin);
    for (size_t i = 0; i < 4; ++i)
        m_data[lengthAt + i] = static_cast<char>(length >> (8 * i));
}

std::string_view DBusReader::take(size_t count)
{
    if (!m_good || count > m_data.size() - m_at) {
        m_good = false;
        return {};
    }
    m_at += count;
    return m_data.substr(m_at - count, count);
}

void DBusReader::align(size_t to)
{
    (void)take((to - m_at % to) % to);
}

uint8_t DBusReader::byte()
{
    std::string_view one = take(1);
    return one.empty() ? uint8_t{0} : static_cast<uint8_t>(one[0]);
}

uint32_t DBusReader::u32()
{
    align(4);
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i)
        value |= uint32_t{byte()} << (m_big ? 24 - 8 * i : 8 * i);
    return value;
}

std::string DBusReader::string()
{
    std::string text(take(u32()));
    (void)byte();
    return text;
}

std::string DBusReader::signature()
{
    std::string text(take(byte()));
    (void)byte();
    return text;
}

// The numbers of header fields.
enum Field : uint8_t { Path = 1, Interface, Member, ErrorName, ReplySerial, Destination, Sender, Signature };

std::string encode(const DBusMessage& message)
{
    DBusWriter out;
    out.byte('l');
    out.byte(message.kind);
    out.byte(0); // flags
    out.byte(1); // version
    out.u32(static_cast<uint32_t>(message.body.size()));
    out.u32(message.serial);
    auto field = [&](Field number, const char* type, const std::string& text) {
        if (text.empty())
            return;
        out.align(8);
        out.byte(number);
        out.signature(type);
        *type == 'g' ? out.signature(text) : out.string(text);
    };
    out.array(8, [&] {
        field(Path, "o", message.path);
        field(Interface, "s", message.interface);
        field(Member, "s", message.member);
        field(Destination, "s", message.destination);
        field(Signature, "g", message.signature);
    });
    out.align(8);
    return out.data() + message.body;
}

size_t messageLength(std::string_view head)
{
    if (head.size() < 16 || (head[0] != 'l' && head[0] != 'B') || head[3] != 1)
        return 0;
    DBusReader reader(head.substr(0, 16), head[0] == 'B');
    (void)reader.u32();
    size_t body = reader.u32();
    (void)reader.u32();
    size_t fields = reader.u32();
    if (body > largest || fields > largest)
        return 0;
    return 16 + (fields + 7) / 8 * 8 + body;
}

Result<DBusMessage> decode(std::string_view bytes)
{
    size_t length = messageLength(bytes);
    if (length == 0 || length != bytes.size())
        return fail(Code::Failed, "malformed message");
    DBusMessage out;
    out.bigEndian = bytes[0] == 'B';
    DBusReader reader(bytes, out.bigEndian);
    (void)reader.byte();
    out.kind = reader.byte();
    (void)reader.byte();
    (void)reader.byte();
    size_t body = reader.u32();
    out.serial = reader.u32();
    size_t end = reader.u32() + size_t{16};
    while (reader.good() && reader.at() < end) {
        reader.align(8);
        uint8_t number = reader.byte();
        std::string type = reader.signature();
        std::string text = type == "s" || type == "o" ? reader.string() : type == "g" ? reader.signature() : "";
        uint32_t value = type == "u" ? reader.u32() : 0;
        if (type != "s" && type != "o" && type != "g" && type != "u")
            return fail(Code::Failed, "malformed header field");
        std::string unused;
        std::string& place = number == Path          ? out.path
                             : number == Interface   ? out.interface
                             : number == Member      ? out.member
                             : number == ErrorName   ? out.errorName
                             : number == Destination ? out.destination
                             : number == Signature   ? out.signature
                                                     : unused;
        place = std::move(text);
        if (number == ReplySerial)
            out.replyTo = value;
    }
    if (!reader.good())
        return fail(Code::Failed, "malformed message");
    out.body = bytes.substr(bytes.size() - body);
    return out;
}

static Result<UniqueFd> connectTo(const std::string& path)
{
    sockaddr_un name = {};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof name.sun_path)
        return fail(Code::InvalidArgument, "the path is too long for a socket");
    path.copy(name.sun_path, path.size());
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&name), sizeof name) < 0)
        return failErrno(path);
    return socket;
}

Result<DBus> DBus::connect(const std::string& address)
{
    DBus bus;
    bus.m_deadline = monotonicNanoseconds() + 30'000'000'000;
    Status last = fail(Code::InvalidArgument, fmt::format("\"{}\" names no Unix socket by path", address));
    for (std::string_view one : split(address, ';')) {
        if (one.rfind("unix:path=", 0) != 0)
            continue;
        std::string_view path = one.substr(10);
        auto socket = connectTo(std::string(path.substr(0, path.find(','))));
        if (socket) {
            bus.m_socket = std::move(*socket);
            break;
        }
        last = tl::unexpected<Error>(socket.error());
    }
    if (!bus.m_socket)
        return tl::unexpected<Error>(last.error());
    TRY(bus.authenticate());
    DBusMessage hello;
    hello.path = "/org/freedesktop/DBus";
    hello.destination = hello.interface = "org.freedesktop.DBus";
    hello.member = "Hello";
    (void)TRY(bus.call(hello));
    return bus;
}

Status DBus::fill(size_t count)
{
    std::array<char, 4096> part{};
    while (m_buffer.size() < count) {
        pollfd item = {m_socket.get(), POLLIN, 0};
        int64_t left = (m_deadline - monotonicNanoseconds()) / 1'000'000;
        int ready = left > 0 ? ::poll(&item, 1, static_cast<int>(left)) : 0;
        if (ready == 0)
            return fail(Code::TimedOut, "the bus does not answer");
        ssize_t n = ready < 0 ? -1 : ::recv(m_socket.get(), part.data(), part.size(), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failErrno("read from the bus");
        if (n == 0)
            return fail(Code::Failed, "the bus closed the connection");
        m_buffer.append(part.data(), static_cast<size_t>(n));
    }
    return {};
}

// EXTERNAL: the bus knows who is at the other end of the socket; the number in hexadecimal digits of its digits.
Status DBus::authenticate()
{
    std::string hex;
    for (char digit : std::to_string(callerUid()))
        hex += fmt::format("{:02x}", static_cast<unsigned>(digit));
    TRY(writeAll(m_socket.get(), std::string(1, '\0') + "AUTH EXTERNAL " + hex + "\r\n"));
    size_t end = std::string::npos;
    while ((end = m_buffer.find("\r\n")) == std::string::npos) {
        if (m_buffer.size() > 1024)
            return fail(Code::Failed, "the bus does not speak D-Bus");
        TRY(fill(m_buffer.size() + 1));
    }
    if (m_buffer.rfind("OK", 0) != 0)
        return fail(Code::PermissionDenied, "the bus refuses this user");
    m_buffer.erase(0, end + 2);
    return writeAll(m_socket.get(), "BEGIN\r\n");
}

Result<DBusMessage> DBus::receive()
{
    TRY(fill(16));
    size_t length = messageLength(m_buffer);
    if (length == 0)
        return fail(Code::Failed, "the bus sends malformed messages");
    TRY(fill(length));
    auto message = decode(std::string_view(m_buffer).substr(0, length));
    m_buffer.erase(0, length);
    return message;
}

Result<DBusMessage> DBus::call(DBusMessage message)
{
    message.kind = DBusMessage::Call;
    message.serial = ++m_serial;
    TRY(writeAll(m_socket.get(), encode(message)));
    for (;;) {
        DBusMessage answer = TRY(receive());
        if (answer.kind == DBusMessage::Signal)
            m_signals.push_back(std::move(answer));
        if (answer.replyTo != message.serial)
            continue;
        if (answer.kind == DBusMessage::Return)
            return answer;
        DBusReader reader(answer.body, answer.bigEndian);
        std::string text = answer.signature.rfind('s', 0) == 0 ? reader.string() : std::string();
        return fail(answer.errorName.find("UnitExists") != std::string::npos     ? Code::Exists
                    : answer.errorName.find("NoSuchUnit") != std::string::npos   ? Code::NotFound
                    : answer.errorName.find("AccessDenied") != std::string::npos ? Code::PermissionDenied
                                                                                 : Code::Failed,
                    fmt::format("{}: {} ({})", message.member, text, answer.errorName));
    }
}

Result<DBusMessage> DBus::nextSignal()
{
    while (m_signals.empty()) {
        DBusMessage message = TRY(receive());
        if (message.kind == DBusMessage::Signal)
            m_signals.push_back(std::move(message));
    }
    DBusMessage first = std::move(m_signals.front());
    m_signals.erase(m_signals.begin());
    return first;
}

} // namespace diptych::runtime
