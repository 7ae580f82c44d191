// What somebody inside could try against the walls around it: one attempt for each thing that a wall is there to hold
// back. Asked twice, with a wall and without it, the difference is what the wall does. README.md says of each attempt
// why nothing happens when it succeeds; who adds one says it there too. One thread.
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace diptych::guest {

/// What the host says of itself: only so can be told whether something inside is the host's.
struct HostFacts
{
    std::string hostName;
    std::map<std::string, std::string> namespaces; ///< of the host: "net" -> "net:[4026531833]"
};
/// {"hostName": "...", "namespaces": {...}}
Result<HostFacts> hostFactsFrom(std::string_view text);

/// Whom it would have touched.
enum class Reach {
    Own,    ///< only those who share all its walls
    Kernel, ///< more of the kernel that all containers share
    Host,   ///< the machine, or others on it
};

struct Outcome
{
    bool possible = false;
    int error = 0;    ///< errno, 0: none
    std::string call; ///< what was called or read, as one would write it
    std::string seen; ///< names and numbers alone, for any language
    Reach reach = Reach::Own;
};

class Attempts final
{
public:
    explicit Attempts(HostFacts host) : m_host(std::move(host)) {}
    /// [{"name", "possible", "error": "EPERM" or "", "call", "seen", "reach": "own"|"kernel"|"host"}], in fixed order.
    Json run();
    /// Of PID 1 in a machine of its own, with all rights there. host: the host's IPv4 address on the machine's network.
    Json ofMachine(const std::string& host);

private:
    static constexpr unsigned kPatience = 8; ///< seconds for all attempts together

    using Attempt = std::function<Outcome()>;
    void add(const char* name, const Attempt& attempt);
    void processes();
    void machine();
    void files();
    void network();
    void kernel();
    /// Whether it is in the host's namespace of this kind.
    [[nodiscard]] bool shares(const char* kind) const;
    [[nodiscard]] Reach reachOf(const char* kind) const { return shares(kind) ? Reach::Host : Reach::Own; }

    HostFacts m_host;
    Json m_results = Json::array();
};

/// Allowed when it succeeded, or failed with what only those who may ever see.
Outcome outcomeOf(std::string call, long result, Reach reach, const std::vector<int>& allowedErrors = {});
/// Opens, reads and writes nothing, closes.
Outcome opens(const std::string& path, int flags, Reach reach);
/// errno of what a child of ours does, 0 when it succeeded; ETIMEDOUT never: alarm(2) ends us all.
int inChild(const std::function<long()>& work);
/// At most some names, with how many there are: "312: systemd, sshd, ..."
std::string shortList(const std::vector<std::string>& names);

/// First process of a throw-away copy: does nothing but reap.
[[noreturn]] void idle();

} // namespace diptych::guest
