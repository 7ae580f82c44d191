// Where a helper is: a socket on this machine, or another machine by ssh.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace diptych::client {

struct Address
{
    enum class Kind { Socket, Ssh };
    Kind kind = Kind::Socket;
    QString path; ///< of the socket
    QString host; ///< "user@host" or an alias of ssh's configuration

    bool operator==(const Address&) const = default;
    [[nodiscard]] QString text() const; ///< "unix:/run/…", "ssh:user@host"
};

/// Also takes a bare path. Empty when it is neither, or when ssh could take the host for an option.
std::optional<Address> parseAddress(const QString& text);

/// What ssh is started with: one connection shared by all channels, and a dead peer noticed within 15 s.
QStringList sshArguments(const QString& host);

} // namespace diptych::client
