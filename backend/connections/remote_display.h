// The display of a machine on another host. libvirt hands a descriptor of it only to who is on that host; who is not
// gets there as virt-viewer does: by an ssh of their own, with the keys that opened the connection. Runs in the
// connection's process.
#pragma once

#include "base/fd.h"

#include <optional>
#include <string>

namespace diptych::connections {

/// Whom "+ssh" of a URI logs in as, and where.
struct SshTarget
{
    std::string user, host, port, keyfile; ///< empty: as ssh is configured
};
/// Null: the URI goes another way.
std::optional<SshTarget> sshTarget(const std::string& uri);

/// Where a VNC server listens, of a live domain's XML. NotSupported with what to change, where nothing does.
struct VncAddress
{
    std::string address, port; ///< address: a numeric one or a name
    std::string socket;        ///< of Unix, in their place
};
Result<VncAddress> vncAddress(const std::string& domainXml);

/// What ssh is started with.
std::vector<std::string> sshCommand(const SshTarget& target, const VncAddress& vnc);
/// The RFB stream. Waits until the server has said its first word; else ssh's own last line is the reason.
Result<UniqueFd> openBySsh(const SshTarget& target, const VncAddress& vnc);

} // namespace diptych::connections
