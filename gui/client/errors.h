// Names of the errors that are not the helper's, and of those the window treats apart.
#pragma once

#include <QString>

namespace diptych::client::errors {

inline const QString Disconnected = QStringLiteral("org.diptych.client.Disconnected");
inline const QString TimedOut = QStringLiteral("org.diptych.client.TimedOut");
inline const QString Malformed = QStringLiteral("org.diptych.client.Malformed");
inline const QString Cancelled = QStringLiteral("org.diptych.client.Cancelled");
inline const QString LocalFile = QStringLiteral("org.diptych.client.LocalFile");
/// An older helper than this window.
inline const QString MethodNotFound = QStringLiteral("org.varlink.service.MethodNotFound");
inline const QString PermissionDenied = QStringLiteral("org.diptych.PermissionDenied");

} // namespace diptych::client::errors
