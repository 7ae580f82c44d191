#include "guest/tar.h"

#include "base/files.h"
#include "base/walk.h"

#include <algorithm>
#include <fcntl.h>
#include <map>
#include <sys/xattr.h>
#include <unistd.h>

namespace diptych::guest {

namespace {
constexpr uint64_t kBlock = 512;

/// "27 path=...\n": the length counts itself.
std::string paxLine(std::string_view key, std::string_view value)
{
    const size_t rest = key.size() + value.size() + 3;
    size_t length = rest;
    while (std::to_string(length).size() + rest != length)
        length = std::to_string(length).size() + rest;
    return fmt::format("{} {}={}\n", length, key, value);
}

char typeOf(const TarEntry& entry)
{
    switch (entry.status.st_mode & S_IFMT) {
    case S_IFREG:
        return entry.hardLink ? '1' : '0';
    case S_IFLNK:
        return '2';
    case S_IFDIR:
        return '5';
    case S_IFIFO:
        return '6';
    default:
        return 0;
    }
}

/// One block of ustar; what is too long for its field stands in the extended header before it, and is cut or zero here.
std::string ustarBlock(const TarEntry& entry, const std::string& path, char type, uint64_t size)
{
    std::string block(kBlock, '\0');
    auto put = [&](size_t at, size_t width, std::string_view text) {
        text = text.substr(0, width);
        block.replace(at, text.size(), text);
    };
    auto octal = [&](size_t at, size_t width, uint64_t value) {
        const uint64_t largest = (uint64_t{1} << 3 * (width - 1)) - 1;
        put(at, width, fmt::format("{:0{}o}", value > largest ? 0 : value, width - 1));
    };
    put(0, 100, path);
    octal(100, 8, entry.status.st_mode & 07777);
    octal(108, 8, entry.status.st_uid);
    octal(116, 8, entry.status.st_gid);
    octal(124, 12, size);
    octal(136, 12, static_cast<uint64_t>(std::max<int64_t>(entry.status.st_mtim.tv_sec, 0)));
    put(148, 8, "        ");
    block[156] = type;
    put(157, 100, entry.link);
    put(257, 8, std::string_view("ustar\00000", 8));
    unsigned sum = 0;
    for (char c : block)
        sum += static_cast<unsigned char>(c);
    put(148, 6, fmt::format("{:06o}", sum));
    block[154] = '\0';
    return block;
}

std::string extendedRecords(const TarEntry& entry, const std::string& path)
{
    std::string records;
    auto beyond = [](uint64_t value, unsigned digits) { return value >> 3 * digits != 0; };
    auto need = [&](bool wanted, std::string_view key, std::string_view value) {
        if (wanted)
            records += paxLine(key, value);
    };
    need(path.size() > 100, "path", path);
    need(entry.link.size() > 100, "linkpath", entry.link);
    need(beyond(entry.size, 11), "size", std::to_string(entry.size));
    need(beyond(entry.status.st_uid, 7), "uid", std::to_string(entry.status.st_uid));
    need(beyond(entry.status.st_gid, 7), "gid", std::to_string(entry.status.st_gid));
    const int64_t seconds = entry.status.st_mtim.tv_sec;
    need(seconds < 0 || beyond(static_cast<uint64_t>(seconds), 11), "mtime", std::to_string(seconds));
    for (const auto& [key, value] : entry.records)
        records += paxLine(key, value);
    // pax means UTF-8 unless it says otherwise, and a file's name is any bytes.
    if (std::any_of(records.begin(), records.end(), [](char c) { return static_cast<unsigned char>(c) >= 128; }))
        records = paxLine("hdrcharset", "BINARY") + records;
    return records;
}

/// Where a file has data: offset and length. A file without holes is one piece.
std::vector<std::pair<uint64_t, uint64_t>> piecesOf(int fd, uint64_t size)
{
    std::vector<std::pair<uint64_t, uint64_t>> pieces;
    for (off_t at = 0; static_cast<uint64_t>(at) < size;) {
        const off_t data = ::lseek(fd, at, SEEK_DATA);
        if (data < 0 && errno == ENXIO)
            break;
        const off_t hole = data < 0 ? -1 : ::lseek(fd, data, SEEK_HOLE);
        if (hole <= data)
            return {{0, size}};
        const auto from = static_cast<uint64_t>(data), to = std::min(static_cast<uint64_t>(hole), size);
        pieces.emplace_back(from, to - from);
        at = hole;
    }
    return pieces;
}

class TarStream final
{
public:
    explicit TarStream(const std::function<Status(std::string_view)>& sink) : m_sink(sink) {}

    Status add(const WalkEntry& found)
    {
        if (found.path == "lost+found")
            return {};
        TarEntry entry{found.path, found.linkTarget(), false, found.status, 0, {}};
        if (typeOf(entry) == 0)
            return {};
        if (S_ISREG(found.status.st_mode)) {
            if (found.status.st_nlink > 1) {
                auto [first, fresh] = m_linked.try_emplace(found.status.st_ino, found.path);
                entry.hardLink = !fresh;
                entry.link = fresh ? "" : first->second;
            }
            return entry.hardLink ? m_sink(tarHeader(entry)) : file(std::move(entry), found);
        }
        if (S_ISDIR(found.status.st_mode))
            if (auto fd = openFileAt(found.parent, found.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
                attributes(fd->get(), entry);
        return m_sink(tarHeader(entry));
    }
    Status finish() { return m_sink(std::string(2 * kBlock, '\0')); }

private:
    static void attributes(int fd, TarEntry& entry)
    {
        std::string names(size_t{64} << 10, '\0'), value(size_t{64} << 10, '\0');
        const ssize_t length = ::flistxattr(fd, names.data(), names.size());
        for (ssize_t at = 0; at < length; at += static_cast<ssize_t>(std::strlen(&names[size_t(at)])) + 1) {
            const std::string name(&names[size_t(at)]);
            if (!name.starts_with("user.") && name != "security.capability")
                continue;
            if (ssize_t n = ::fgetxattr(fd, name.c_str(), value.data(), value.size()); n >= 0)
                entry.records.emplace_back("SCHILY.xattr." + name, value.substr(0, static_cast<size_t>(n)));
        }
    }

    Status file(TarEntry entry, const WalkEntry& found)
    {
        UniqueFd fd = TRYX(openFileAt(found.parent, found.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), found.path);
        attributes(fd.get(), entry);
        const auto size = static_cast<uint64_t>(found.status.st_size);
        auto pieces = piecesOf(fd.get(), size);
        const bool whole = size == 0 || (pieces.size() == 1 && pieces[0].second == size);
        std::string map;
        if (!whole) {
            if (pieces.empty() || pieces.back().first + pieces.back().second != size)
                pieces.emplace_back(size, 0);
            map = std::to_string(pieces.size()) + "\n";
            for (const auto& [at, length] : pieces)
                map += fmt::format("{}\n{}\n", at, length);
            map += tarPadding(map.size());
            entry.records.emplace_back("GNU.sparse.major", "1");
            entry.records.emplace_back("GNU.sparse.minor", "0");
            entry.records.emplace_back("GNU.sparse.name", entry.path);
            entry.records.emplace_back("GNU.sparse.realsize", std::to_string(size));
            entry.path = "GNUSparseFile.0/" + found.name;
        }
        uint64_t content = 0;
        for (const auto& piece : pieces)
            content += piece.second;
        entry.size = map.size() + content;
        TRY(m_sink(tarHeader(entry)));
        TRY(m_sink(map));
        for (const auto& [at, length] : pieces)
            TRYX(copy(fd.get(), at, length), found.path);
        return m_sink(tarPadding(content));
    }

    Status copy(int fd, uint64_t at, uint64_t length)
    {
        while (length > 0) {
            const size_t wanted = std::min<uint64_t>(length, m_buffer.size());
            const ssize_t n = ::pread(fd, m_buffer.data(), wanted, static_cast<off_t>(at));
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                return failErrno("read");
            if (n == 0)
                return fail(Code::Failed, "the file is shorter than its size says");
            TRY(m_sink(std::string_view(m_buffer.data(), static_cast<size_t>(n))));
            at += static_cast<uint64_t>(n);
            length -= static_cast<uint64_t>(n);
        }
        return {};
    }

    const std::function<Status(std::string_view)>& m_sink;
    std::map<ino_t, std::string> m_linked; ///< files of several names, and the first of them
    std::string m_buffer = std::string(size_t{256} << 10, '\0');
};
} // namespace

std::string tarPadding(uint64_t size)
{
    return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

std::string tarHeader(const TarEntry& entry)
{
    const char type = typeOf(entry);
    if (type == 0)
        return {};
    const std::string path = entry.path + (type == '5' ? "/" : "");
    const std::string records = extendedRecords(entry, path);
    std::string header;
    if (!records.empty())
        header = ustarBlock(entry, "PaxHeaders/" + entry.path.substr(entry.path.rfind('/') + 1), 'x', records.size()) +
                 records + tarPadding(records.size());
    return header + ustarBlock(entry, path, type, entry.size);
}

Status writeTar(int directory, const std::function<Status(std::string_view)>& sink)
{
    TarStream stream(sink);
    TRY(walk(directory, [&](const WalkEntry& entry) { return stream.add(entry); }));
    return stream.finish();
}

} // namespace diptych::guest
