#include "models/formatting.h"

#include <QCoreApplication>

#include <cstring>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};
} // namespace

QString exitText(int code)
{
    // A shell's convention, and the helper's: 128 and the number of the signal that ended it.
    const char* signal = code > 128 ? sigabbrev_np(code - 128) : nullptr;
    return signal ? Words::tr("exited with code %1 (SIG%2)").arg(code).arg(QLatin1StringView(signal))
                  : Words::tr("exited with code %1").arg(code);
}

QString kindName(client::Kind kind)
{
    return kind == client::Kind::Machine ? Words::tr("virtual machine") : Words::tr("container");
}

QString stateName(client::State state)
{
    switch (state) {
    case client::State::Creating:
        return Words::tr("being created");
    case client::State::Stopped:
        return Words::tr("stopped");
    case client::State::Starting:
        return Words::tr("starting");
    case client::State::Running:
        return Words::tr("running");
    case client::State::Paused:
        return Words::tr("paused");
    case client::State::Stopping:
        return Words::tr("stopping");
    case client::State::Broken:
        break;
    }
    return Words::tr("broken");
}

QString stateText(const client::Runtime& runtime)
{
    if (runtime.state == client::State::Stopped && runtime.oomKilled)
        return Words::tr("stopped (out of memory)");
    if (runtime.state == client::State::Stopped && runtime.exitCode && *runtime.exitCode != 0)
        return Words::tr("stopped (%1)").arg(*runtime.exitCode);
    if (runtime.installing && runtime.state == client::State::Running)
        return Words::tr("installing");
    if (runtime.installing && runtime.state == client::State::Stopped)
        return Words::tr("not installed yet");
    return stateName(runtime.state);
}

QString networkName(client::NetworkMode mode)
{
    switch (mode) {
    case client::NetworkMode::Nat:
        return Words::tr("own address behind the host (NAT)");
    case client::NetworkMode::Host:
        return Words::tr("the host's own network");
    case client::NetworkMode::None:
        break;
    }
    return Words::tr("no network");
}

QString plainToolTip(const QString& text)
{
    return text.contains(u'<') ? u"<qt>"_s + text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</qt>"_s : text;
}

QString accelerationName(const QString& word)
{
    if (word == u"kvm"_s)
        return u"KVM"_s;
    if (word == u"tcg"_s)
        return Words::tr("TCG (software)");
    return word == u"none"_s ? Words::tr("no virtual machines") : word;
}

QString portsText(const QList<client::Port>& ports)
{
    QStringList all;
    for (const client::Port& port : ports) {
        QString text = u':' + QString::number(port.hostPort) + u" → "_s + QString::number(port.port);
        if (port.protocol != u"tcp"_s)
            text += u'/' + port.protocol;
        all.append(text);
    }
    return all.join(u", "_s);
}

} // namespace diptych::models
