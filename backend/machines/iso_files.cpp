#include "machines/iso_files.h"

#include <algorithm>

namespace diptych::machines {

namespace {

constexpr uint64_t sector = 2048;
constexpr uint64_t largestDirectory = uint64_t{4} << 20; ///< a made-up size must not be read

uint32_t littleEndian(std::string_view bytes, size_t at, size_t count)
{
    uint32_t value = 0;
    for (size_t i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

struct Record
{
    std::string name;
    Extent extent;
    bool directory = false;
};

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
    });
    return result;
}

/// The name by Rock Ridge in a record's system use area; empty without one.
std::string rockRidgeName(std::string_view area)
{
    std::string name;
    while (area.size() >= 4) {
        size_t length = static_cast<unsigned char>(area[2]);
        if (length < 4 || length > area.size())
            break;
        if (area.substr(0, 2) == "NM" && length > 5)
            name += area.substr(5, length - 5);
        area.remove_prefix(length);
    }
    return name;
}

/// bytes: exactly one directory record, at least 34 of them (9.1).
std::optional<Record> recordFrom(std::string_view bytes)
{
    size_t length = static_cast<unsigned char>(bytes[32]);
    if (length == 0 || 33 + length > bytes.size())
        return {};
    Record record;
    record.extent = {littleEndian(bytes, 2, 4) * sector, littleEndian(bytes, 10, 4)};
    record.directory = bytes[25] & 2;
    size_t used = 33 + length + (length % 2 == 0 ? 1 : 0);
    record.name = used < bytes.size() ? rockRidgeName(bytes.substr(used)) : std::string();
    if (record.name.empty()) {
        std::string_view plain = bytes.substr(33, length);
        plain = plain.substr(0, plain.find(';'));
        if (plain.ends_with('.')) // a file without an extension has the dot all the same
            plain.remove_suffix(1);
        record.name = plain;
    }
    record.name = lower(record.name);
    return record;
}

std::optional<Record> findInDirectory(std::string_view bytes, const std::string& name)
{
    for (size_t at = 0; at + 34 <= bytes.size();) {
        size_t length = static_cast<unsigned char>(bytes[at]);
        if (length == 0) { // no record crosses the end of a sector
            at = (at / sector + 1) * sector;
            continue;
        }
        if (length < 34 || at + length > bytes.size())
            return {};
        auto record = recordFrom(bytes.substr(at, length));
        if (record && record->name == name)
            return record;
        at += length;
    }
    return {};
}

} // namespace

std::optional<IsoLabel> readIsoLabel(std::string_view bytes)
{
    if (bytes.size() < isoDescriptorSize || bytes[0] != 1 || bytes.substr(1, 5) != "CD001")
        return {};
    auto field = [&](size_t at, size_t length) {
        std::string_view part = bytes.substr(at, length);
        part = part.substr(0, part.find('\0'));
        part = part.substr(0, part.find_last_not_of(' ') + 1);
        // Whatever is no ASCII can't be one of the names we look for, and is no text for GLib.
        return std::all_of(part.begin(), part.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) ? std::string(part)
                                                                                                   : std::string();
    };
    IsoLabel label{field(40, 32), field(8, 32), field(318, 128), field(574, 128), 0};
    label.bytes = uint64_t{littleEndian(bytes, 80, 4)} * littleEndian(bytes, 128, 2);
    return label;
}

Result<std::optional<Extent>> findInIso(const ReadAt& read, const std::string& path)
{
    std::string descriptor = TRY(read(isoDescriptorAt, isoDescriptorSize));
    if (!readIsoLabel(descriptor))
        return std::optional<Extent>();
    auto found = recordFrom(std::string_view(descriptor).substr(156, 34));
    std::string_view rest = path;
    while (found && !rest.empty()) {
        size_t slash = std::min(rest.find('/'), rest.size());
        std::string name = lower(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (!found->directory || found->extent.size > largestDirectory)
            return std::optional<Extent>();
        std::string bytes = TRY(read(found->extent.offset, static_cast<size_t>(found->extent.size)));
        found = findInDirectory(bytes, name);
    }
    if (!found || found->directory)
        return std::optional<Extent>();
    return std::optional<Extent>(found->extent);
}

} // namespace diptych::machines
