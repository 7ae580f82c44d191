#include "client/address.h"

#include <algorithm>

namespace diptych::client {

using namespace Qt::StringLiterals;

QString Address::text() const
{
    return kind == Kind::Socket ? u"unix:"_s + path : u"ssh:"_s + host;
}

std::optional<Address> parseAddress(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u"ssh:"_s)) {
        QString host = trimmed.mid(4);
        while (host.startsWith(u'/'))
            host.remove(0, 1);
        const bool odd = std::any_of(host.cbegin(), host.cend(),
                                     [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
        if (host.isEmpty() || host.startsWith(u'-') || odd)
            return {};
        return Address{Address::Kind::Ssh, {}, host};
    }
    const QString path = trimmed.startsWith(u"unix:"_s) ? trimmed.mid(5) : trimmed;
    if (!path.startsWith(u'/'))
        return {};
    return Address{Address::Kind::Socket, path, {}};
}

QStringList sshArguments(const QString& host)
{
    QStringList arguments{u"-T"_s,
                          u"-o"_s,
                          u"ServerAliveInterval=5"_s,
                          u"-o"_s,
                          u"ServerAliveCountMax=3"_s,
                          u"-o"_s,
                          u"ConnectTimeout=15"_s};
    // Without a program that asks for the password in a window, ssh would ask on a terminal that nobody looks at.
    if (qEnvironmentVariableIsEmpty("SSH_ASKPASS"))
        arguments << u"-o"_s << u"BatchMode=yes"_s;
    // Only where the system gives a private folder: a socket that others could make first would be theirs.
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty())
        arguments << u"-o"_s << u"ControlMaster=auto"_s << u"-o"_s << u"ControlPersist=30"_s << u"-o"_s
                  << u"ControlPath="_s + runtime + u"/diptych-%C"_s;
    // The path of a normal user's shell that is no login has no sbin; "env" is one word in every shell.
    arguments << u"--"_s << host << u"env"_s << u"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_s
              << u"diptychd"_s << u"bridge"_s;
    return arguments;
}

} // namespace diptych::client
