// A domain that is to be changed: what runs and what will start, as documents, and how a change reaches each. The next
// start comes first: it is complete and libvirt checks it whole; then what runs, as far as libvirt can. What only the
// next start gets is said, with libvirt's reason.
#pragma once

#include "machines/domain_devices.h"
#include "machines/manager.h"

namespace diptych::machines {

struct Target
{
    ConnectRef connection;
    DomainRef domain;
    bool active = false, persistent = false;
    pugi::xml_document live, next;

    [[nodiscard]] pugi::xml_node liveRoot() const { return live.child("domain"); }
    [[nodiscard]] pugi::xml_node nextRoot() const { return next.child("domain"); }
};

/// By parameter "id"; documents with passwords, for what is written back must not lose them.
Status open(Host& host, const Json& parameters, Target& target);
Status defineNext(const Target& target);
/// {live, next, reason}. live: the error of the live change, or none. A domain without a next start must have taken it.
Result<Json> outcome(const Target& target, const Status& live);
/// What a function of libvirt answered, -1 with its reason.
Status onLive(const Target& target, int outcomeOfLibvirt);
/// An element of the live document that libvirt shall give to what runs.
Status attachLive(Target& target, pugi::xml_node device);
std::string newMac(); ///< of QEMU's own
/// Gone from what runs, or the reason why not yet.
Status detachLive(Target& target, const std::string& key);

} // namespace diptych::machines
