// Who may call what: the one place where it is decided. Every call passes authorize() before anything of it is done.
#pragma once

#include "daemon/polkit.h"
#include "varlink/server.h"

#include <map>
#include <string_view>
#include <vector>

namespace diptych {

/// What a method needs. A method that is not in the table does not run.
struct Permission
{
    std::string_view method; ///< "org.diptych.Instances.Start"
    std::string_view action; ///< "org.diptych.lifecycle", or "none"
};
const std::vector<Permission>& permissions();
const Permission* permissionFor(std::string_view method);
/// Every action id, once.
const std::vector<std::string_view>& actions();
/// An action that only looks: neither asked about with a dialog nor kept in the activity.
bool onlyObserves(std::string_view action);

class Authorizer final
{
public:
    using Details = std::map<std::string, std::string>;
    /// Tells which objects a call is about, for polkit's details and the activity.
    using Describe = std::function<Details(const varlink::Call&)>;
    using Denied = std::function<void(const varlink::Call&, std::string_view action, const Details&)>;

    Authorizer(varlink::Loop& loop, Describe describe, Denied denied);

    /// The gate of varlink::Server.
    void authorize(const varlink::CallPointer& call, std::function<void()> proceed);
    /// Another action than the method's own; answers the call with PermissionDenied when it may not.
    void require(const varlink::CallPointer& call, std::string_view action, std::function<void()> proceed);
    /// The actions that the peer may do without being asked.
    void granted(const varlink::CallPointer& call, std::function<void(std::vector<std::string>)> done);
    [[nodiscard]] bool polkitAnswers() { return m_polkit.connected(); }

private:
    bool trusted(const varlink::Peer& peer) const;
    void deny(const varlink::Call& call, std::string_view action, const Details& details, const std::string& reason);

    Polkit m_polkit;
    Describe m_describe;
    Denied m_denied;
    std::map<uid_t, int> m_pending; ///< questions at polkit
};

/// Group "diptych", -1 when there is none. Read again each time: it may be made while the helper runs.
gid_t diptychGroup();

} // namespace diptych
