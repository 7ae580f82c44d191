#include "guest/probe.h"

#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

namespace diptych::guest {

namespace {
constexpr size_t kMostDevices = 512;
constexpr int kDeepest = 4;

// mountinfo writes space, tab, newline and backslash as \ooo.
std::string unescaped(std::string_view text)
{
    std::string result;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size()) {
            result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

void addDevices(Reader& reader, const std::string& directory, int depth, Json& devices)
{
    for (const std::string& name : reader.list(directory)) {
        std::string path = directory + "/" + name;
        struct stat st
        {
        };
        if (::lstat(path.c_str(), &st) < 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < kDeepest)
            addDevices(reader, path, depth + 1, devices);
        if ((S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) && devices.size() < kMostDevices)
            devices.push_back({{"path", path},
                               {"kind", S_ISCHR(st.st_mode) ? "char" : "block"},
                               {"major", major(st.st_rdev)},
                               {"minor", minor(st.st_rdev)}});
    }
}

std::string baseName(const std::string& path)
{
    return path.substr(path.find_last_of('/') + 1);
}
} // namespace

std::vector<Mount> parseMountinfo(std::string_view text)
{
    std::vector<Mount> mounts;
    for (std::string_view line : split(text, '\n')) {
        // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        size_t dash = line.find(" - ");
        if (dash == std::string_view::npos)
            continue;
        auto front = split(line.substr(0, dash), ' '), back = split(line.substr(dash + 3), ' ');
        if (front.size() < 6 || back.size() < 2)
            continue;
        mounts.push_back({unescaped(front[3]), unescaped(front[4]), std::string(front[5]), std::string(back[0]),
                          unescaped(back[1]), back.size() > 2 ? std::string(back[2]) : std::string()});
    }
    return mounts;
}

void probeFiles(Reader& reader, Json& out)
{
    constexpr size_t kMost = 512;
    Json mounts = Json::array(), root;
    auto text = reader.read(reader.sources().proc + "/self/mountinfo");
    for (const Mount& m : parseMountinfo(text.value_or(""))) {
        Json entry{{"target", m.target},
                   {"type", m.type},
                   {"source", m.source},
                   {"options", m.superOptions.empty() ? m.options : m.options + "," + m.superOptions}};
        // The last mount on "/" is the one that is seen.
        if (m.target == "/")
            root = entry;
        if (mounts.size() < kMost)
            mounts.push_back(std::move(entry));
    }
    if (root.is_object())
        root.erase("target");
    struct statvfs vfs
    {
    };
    if (::statvfs("/", &vfs) == 0) {
        root["totalBytes"] = uint64_t{vfs.f_blocks} * vfs.f_frsize;
        root["freeBytes"] = uint64_t{vfs.f_bavail} * vfs.f_frsize;
    }
    out["root"] = std::move(root);
    out["mounts"] = std::move(mounts);
}

void probeDevices(Reader& reader, Json& out)
{
    Json devices = Json::array(), pci = Json::array();
    addDevices(reader, reader.sources().dev, 0, devices);
    const std::string bus = reader.sources().sys + "/bus/pci/devices";
    if (exists(bus))
        for (const std::string& slot : reader.list(bus)) {
            Json device{{"slot", slot}};
            for (const char* field : {"vendor", "device", "class"})
                if (auto value = reader.read(bus + "/" + slot + "/" + field))
                    device[field] = *value;
            if (std::string driver = bus + "/" + slot + "/driver"; exists(driver))
                device["driver"] = baseName(reader.link(driver).value_or(""));
            pci.push_back(std::move(device));
        }
    out["devices"] = std::move(devices);
    out["pci"] = std::move(pci);
}

} // namespace diptych::guest
