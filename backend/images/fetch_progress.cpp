#include "images/fetch_progress.h"

#include "base/files.h"
#include "images/digest.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace diptych::images {

using Clock = std::chrono::steady_clock;

FetchProgress::FetchProgress(std::string layout, std::vector<Descriptor> layers, Progress& progress)
    : m_layout(std::move(layout)), m_layers(std::move(layers)), m_progress(progress)
{
}

void FetchProgress::heard(std::string_view output)
{
    for (char c : output) {
        if (c != '\n') {
            m_line += c;
            continue;
        }
        constexpr std::string_view prefix = "Copying blob sha256:";
        if (m_line.starts_with(prefix) && m_line.size() >= prefix.size() + 64)
            m_begun.push_back(m_line.substr(prefix.size(), 64));
        m_line.clear();
    }
}

/// Sizes of the files that are being written, the oldest first.
std::vector<uint64_t> FetchProgress::growing() const
{
    std::vector<std::pair<std::pair<int64_t, uint32_t>, uint64_t>> found;
    for (const std::string& name : listDirectory(m_layout).value_or(std::vector<std::string>())) {
        struct statx st
        {
        };
        if (!name.starts_with("oci-put-blob") ||
            ::statx(AT_FDCWD, (m_layout + "/" + name).c_str(), AT_SYMLINK_NOFOLLOW, STATX_SIZE | STATX_BTIME, &st) < 0)
            continue;
        found.push_back({{st.stx_btime.tv_sec, st.stx_btime.tv_nsec}, st.stx_size});
    }
    std::sort(found.begin(), found.end());
    std::vector<uint64_t> sizes;
    for (const auto& [born, size] : found)
        sizes.push_back(size);
    return sizes;
}

void FetchProgress::look()
{
    std::vector<uint64_t> sizes = growing();
    std::map<std::string, uint64_t> done;
    size_t next = 0;
    for (const std::string& hex : m_begun)
        if (!exists(m_layout + "/blobs/sha256/" + hex) && next < sizes.size())
            done[hex] = sizes[next++];
    std::vector<Progress::Part> parts;
    uint64_t have = 0, total = 0;
    for (const Descriptor& layer : m_layers) {
        std::string hex = hexOf(layer.digest);
        bool whole = exists(m_layout + "/blobs/sha256/" + hex);
        uint64_t bytes = whole ? layer.size : std::min(done[hex], layer.size);
        parts.push_back({layer.digest, bytes, layer.size});
        have += bytes;
        total += layer.size;
    }
    if (have != m_bytes)
        m_moved = Clock::now();
    m_bytes = have;
    m_progress.amounts(parts);
    m_progress.report("fetchLayers", total ? double(have) / double(total) : -1, "");
}

bool FetchProgress::stop()
{
    auto now = Clock::now();
    if (now - m_looked >= std::chrono::milliseconds(500)) {
        m_looked = now;
        look();
    }
    m_stalled = now - m_moved > std::chrono::minutes(5);
    return m_stalled || m_progress.cancelled();
}

} // namespace diptych::images
