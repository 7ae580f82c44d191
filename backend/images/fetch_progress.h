// How far skopeo is with a pull. It tells a terminal only; elsewhere it says which blobs it begins with, and the files
// that grow tell the rest.
#pragma once

#include "images/layout.h"
#include "instances/driver.h"

#include <chrono>
#include <set>

namespace diptych::images {

class FetchProgress final
{
public:
    FetchProgress(std::string layout, std::vector<Descriptor> layers, Progress& progress);
    /// What skopeo prints.
    void heard(std::string_view output);
    /// Called often; looks and reports twice a second. True: the fetch is to be ended.
    bool stop();
    [[nodiscard]] bool stalled() const { return m_stalled; }

private:
    void look();
    [[nodiscard]] std::vector<uint64_t> growing() const;

    std::string m_layout;
    std::vector<Descriptor> m_layers;
    Progress& m_progress;
    std::string m_line;
    std::vector<std::string> m_begun; ///< hex, in the order they were begun
    std::chrono::steady_clock::time_point m_looked{}, m_moved = std::chrono::steady_clock::now();
    uint64_t m_bytes = 0;
    bool m_stalled = false;
};

} // namespace diptych::images
