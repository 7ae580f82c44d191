// What can be seen from inside: one JSON object, README.md has its shape. Reads /proc, /sys, /dev and asks the kernel;
// changes nothing. One thread.
#pragma once

#include "base/json.h"

#include <optional>
#include <string>

namespace diptych::guest {

/// Where to look; tests give directories of their own.
struct Sources
{
    std::string proc = "/proc", sys = "/sys", dev = "/dev";
    std::string process = "self"; ///< below proc: whose control group is read
};

Json probe(const Sources& sources = {});

/// Reads files and remembers what can't be read, as "unreadable" wants it.
class Reader final
{
public:
    explicit Reader(Sources sources) : m_sources(std::move(sources)) {}

    std::optional<std::string> read(const std::string& path);
    std::optional<std::string> link(const std::string& path);
    /// Names in a directory, none when it can't be read.
    std::vector<std::string> list(const std::string& path);
    void note(const std::string& path, int number);

    [[nodiscard]] const Sources& sources() const { return m_sources; }
    [[nodiscard]] const Json& unreadable() const { return m_unreadable; }

private:
    Sources m_sources;
    Json m_unreadable = Json::array();
};

/// One line of /proc/PID/mountinfo, proc_pid_mountinfo(5).
struct Mount
{
    std::string root, target, options, type, source, superOptions;
};
std::vector<Mount> parseMountinfo(std::string_view text);
/// Names of the bits of a capability set, "CAP_CHOWN" ...; unknown bits as "CAP_41".
std::vector<std::string> capabilityNames(uint64_t set);

// The parts, each adding its members to out.
void probeKernel(Reader& reader, Json& out);
void probeProcess(Reader& reader, Json& out);
void probeProcesses(Reader& reader, Json& out);
void probeFiles(Reader& reader, Json& out);
void probeDevices(Reader& reader, Json& out);
void probeNetwork(Reader& reader, Json& out);
void probeLimits(Reader& reader, Json& out);

} // namespace diptych::guest
