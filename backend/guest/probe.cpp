#include "guest/probe.h"

#include "base/files.h"

#include <unistd.h>

namespace diptych::guest {

void Reader::note(const std::string& path, int number)
{
    m_unreadable.push_back({{"path", path}, {"reason", std::strerror(number)}});
}

std::optional<std::string> Reader::read(const std::string& path)
{
    auto text = readFile(path, size_t{4} << 20);
    if (text)
        return std::string(trim(*text));
    note(path, text.error().systemError ? text.error().systemError : EFBIG);
    return std::nullopt;
}

std::optional<std::string> Reader::link(const std::string& path)
{
    char target[4096];
    ssize_t n = ::readlink(path.c_str(), target, sizeof target);
    if (n >= 0)
        return std::string(target, static_cast<size_t>(n));
    note(path, errno);
    return std::nullopt;
}

std::vector<std::string> Reader::list(const std::string& path)
{
    auto names = listDirectory(path);
    if (names)
        return std::move(*names);
    note(path, names.error().systemError);
    return {};
}

Json probe(const Sources& sources)
{
    Reader reader(sources);
    Json out{{"version", 1}};
    probeKernel(reader, out);
    probeProcess(reader, out);
    probeProcesses(reader, out);
    probeFiles(reader, out);
    probeDevices(reader, out);
    probeNetwork(reader, out);
    probeLimits(reader, out);
    out["unreadable"] = reader.unreadable();
    return out;
}

} // namespace diptych::guest
