// From the helper's JSON to client/types.h. Members that are not known are passed over, an enumeration's unknown word
// becomes the value that promises least, an item without its id is left out.
#pragma once

#include "client/client.h"
#include "client/json.h"

namespace diptych::client {

Instance decodeInstance(const Json& json);
QList<Instance> decodeInstances(const Json& object, const char* key);
Timeline decodeTimeline(const Json& json);
Process decodeProcess(const Json& json);
TerminalSession decodeTerminalSession(const Json& json);
IsolationRow decodeRow(const Json& json);
IsolationReport decodeReport(const Json& json);
Costs decodeCosts(const Json& json);
Image decodeImage(const Json& json);
ImageTemplate decodeTemplate(const Json& json);
Point decodePoint(const Json& json);
HostPoint decodeHostPoint(const Json& json);
Range decodeRange(const Json& json);
Sweep decodeSweep(const Json& json);
Host decodeHost(const Json& json);
QList<Operation> decodeOperations(const Json& object, const char* key);
ActivityEntry decodeActivity(const Json& json);
LibvirtConnection decodeConnection(const Json& json);

/// name and parameters of an error reply.
Error decodeError(const QString& name, const Json& parameters);
/// A whole message. An answer that is no Varlink reply is an error of its own.
Reply decodeReply(const QByteArray& message, bool* continues = nullptr);

} // namespace diptych::client
