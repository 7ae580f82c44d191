// diptych-run as this folder uses it; its contract: runtime/README.md.
#pragma once

#include "base/child.h"
#include "base/fd.h"
#include "instances/paths.h"

#include <optional>
#include <string>
#include <vector>

namespace diptych::containers {

struct ExitRecord
{
    int exitCode = 0;
    bool oomKilled = false;
    int64_t finishedAt = 0; ///< Unix ms
};

class Runtime final
{
public:
    explicit Runtime(const Paths& paths) : m_program(paths.runtime), m_root(paths.runtimeRoot()) {}

    /// <root>/<id>
    [[nodiscard]] std::string directory(const std::string& id) const { return m_root + "/" + id; }
    /// Runs a verb; the error is the runtime's own last line.
    Result<std::string> call(std::vector<std::string> arguments, const std::string& trace = {},
                             std::chrono::milliseconds timeout = std::chrono::seconds(60)) const;

    /// The container's init from state.json, when it still is that process; 0 otherwise.
    [[nodiscard]] int pid(const std::string& id) const;
    /// "created", "running", ... as `state` says; NotFound without such a container.
    Result<std::string> status(const std::string& id) const;
    /// nullopt when there is none (yet).
    [[nodiscard]] std::optional<ExitRecord> exitRecord(const std::string& id) const;
    /// delete --force.
    Status destroy(const std::string& id) const;

private:
    std::string m_program, m_root;
};

/// Stream socket below a directory whose path may be longer than sun_path; connects, non-blocking afterwards.
Result<UniqueFd> connectUnix(const std::string& path);
/// One line to control.sock and its answer; "ok" or an error.
Status control(const std::string& socket, const std::string& line);

} // namespace diptych::containers
