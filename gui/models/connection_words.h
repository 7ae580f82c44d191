// What is said of libvirt connections.
#pragma once

#include "client/types.h"

namespace diptych::models {

class InstanceStore;
enum class Action;

/// "connected", "not connected: …", "no answer for 20 s, seen 3 min ago"
QString connectionState(const client::LibvirtConnection& connection);
/// What its hypervisor can't do, one thing a line, with libvirt's reason.
QStringList connectionLacks(const client::LibvirtConnection& connection);
/// Why this machine's connection forbids what needs feature; empty when it does not, or is this machine's own.
QString connectionForbids(const InstanceStore& store, const QString& id, const QString& feature);
/// The same for an action.
QString connectionForbids(const InstanceStore& store, const QString& id, Action action);
/// Why nothing of what is looked at in a machine's own host can be shown; empty for this machine's own.
QString seenElsewhere(const InstanceStore& store, const QString& id);

} // namespace diptych::models
