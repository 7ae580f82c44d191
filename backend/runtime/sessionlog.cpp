#include "runtime/sessionlog.h"

#include "base/files.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>

namespace diptych::runtime {

Result<SessionLog> SessionLog::open(const std::string& directory)
{
    SessionLog log;
    log.m_directory = directory;
    log.m_file = TRY(openFile(directory + "/log", O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600));
    return log;
}

void SessionLog::rotate()
{
    (void)::rename((m_directory + "/log").c_str(), (m_directory + "/log.1").c_str());
    auto next = openFile(m_directory + "/log", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0600);
    if (next)
        m_file = std::move(*next);
    m_size = 0;
}

void SessionLog::write(std::string_view data)
{
    if (m_size + data.size() > rotateAt)
        rotate();
    // A full disk must not stop the container's output.
    if (writeAll(m_file.get(), data))
        m_size += data.size();
    for (std::string_view rest = data; !rest.empty();) {
        if (m_ring.size() < replaySize) {
            size_t n = std::min(rest.size(), replaySize - m_ring.size());
            m_ring.append(rest.substr(0, n));
            rest.remove_prefix(n);
            continue;
        }
        size_t n = std::min(rest.size(), replaySize - m_next);
        m_ring.replace(m_next, n, rest.substr(0, n));
        m_next = (m_next + n) % replaySize;
        rest.remove_prefix(n);
    }
}

std::string SessionLog::replay() const
{
    return m_ring.substr(m_next) + m_ring.substr(0, m_next);
}

} // namespace diptych::runtime
