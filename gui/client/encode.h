// From client/types.h to the helper's JSON.
#pragma once

#include "client/json.h"

namespace diptych::client {

Json encode(const QString& text);
Json encode(const QStringList& texts);
Json encode(const Limits& limits);
Json encode(const Context& context);

enum class Mode { Once, More, Upgrade };
QByteArray encodeCall(const char* method, const Json& parameters, Mode mode = Mode::Once);

} // namespace diptych::client
