#include "client/link.h"

#include <QLocalSocket>
#include <QProcess>

#include <sys/socket.h>

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {

Link::Problem problemOf(QLocalSocket::LocalSocketError error)
{
    switch (error) {
    case QLocalSocket::ServerNotFoundError:
    case QLocalSocket::ConnectionRefusedError:
        return Link::Problem::NotRunning;
    case QLocalSocket::SocketAccessError:
        return Link::Problem::Denied;
    default:
        return Link::Problem::Closed;
    }
}

QString lastLine(const QByteArray& bytes)
{
    const QStringList lines = QString::fromUtf8(bytes).split(u'\n', Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last().trimmed();
}

} // namespace

Link::Link(Address address, QObject* parent) : QObject(parent), m_address(std::move(address)) {}

Link::~Link()
{
    close();
}

void Link::open()
{
    if (m_address.kind == Address::Kind::Socket)
        openSocket();
    else
        openSsh();
}

void Link::openSocket()
{
    auto* socket = new QLocalSocket(this);
    m_device = socket;
    connect(socket, &QLocalSocket::connected, this, &Link::becomeReady);
    connect(socket, &QLocalSocket::readyRead, this, &Link::read);
    connect(socket, &QLocalSocket::disconnected, this, [this] { fail(Problem::Closed, {}); });
    connect(socket, &QLocalSocket::errorOccurred, this,
            [this, socket](QLocalSocket::LocalSocketError error) { fail(problemOf(error), socket->errorString()); });
    socket->connectToServer(m_address.path, QIODevice::ReadWrite);
}

void Link::openSsh()
{
    auto* process = new QProcess(this);
    m_device = process;
    connect(process, &QProcess::started, this, &Link::becomeReady);
    connect(process, &QProcess::readyReadStandardOutput, this, &Link::read);
    connect(process, &QProcess::finished, this,
            [this, process] { fail(Problem::Ssh, lastLine(process->readAllStandardError())); });
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(Problem::Ssh, process->errorString());
    });
    process->start(u"ssh"_s, sshArguments(m_address.host));
}

void Link::close()
{
    m_ended = true;
    m_ready = false;
    if (!m_device)
        return;
    // We may be inside one of its signals, and our own destructor may be what calls: it goes later, on its own.
    m_device->disconnect(this);
    m_device->setParent(nullptr);
    if (auto* process = qobject_cast<QProcess*>(m_device.data()); process && process->state() != QProcess::NotRunning) {
        // Its destructor would wait for the end; the end deletes it instead.
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        process->kill();
    } else {
        m_device->deleteLater();
    }
    m_device = nullptr;
}

void Link::send(QByteArray message)
{
    message.append('\0');
    sendRaw(message);
}

void Link::sendRaw(const QByteArray& bytes)
{
    if (m_ended)
        return;
    if (m_ready && m_device)
        m_device->write(bytes);
    else
        m_out.append(bytes);
}

void Link::setRaw()
{
    m_raw = true;
}

void Link::finishSending()
{
    m_finishing = true;
    advance();
}

void Link::setPaused(bool paused)
{
    constexpr qint64 bufferSize = 1024 * 1024;
    if (auto* socket = qobject_cast<QLocalSocket*>(m_device.data()))
        socket->setReadBufferSize(bufferSize);
    m_paused = paused;
    if (!paused)
        read();
}

qint64 Link::unsent() const
{
    return m_out.size() + (m_device ? m_device->bytesToWrite() : 0);
}

// Something was written: more may follow, or our half is over.
void Link::advance()
{
    if (m_ended || !m_device)
        return;
    if (m_finishing && unsent() == 0) {
        m_finishing = false;
        if (auto* process = qobject_cast<QProcess*>(m_device.data()))
            process->closeWriteChannel();
        else if (auto* socket = qobject_cast<QLocalSocket*>(m_device.data()))
            ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
    }
    emit written(unsent());
}

void Link::becomeReady()
{
    m_ready = true;
    connect(m_device, &QIODevice::bytesWritten, this, &Link::advance);
    if (!m_out.isEmpty())
        m_device->write(std::exchange(m_out, {}));
    emit ready();
}

void Link::read()
{
    if (!m_device || m_paused)
        return;
    m_in.append(m_device->readAll());
    deliver();
}

void Link::deliver()
{
    const QPointer<Link> alive(this);
    qsizetype from = 0;
    while (alive && !m_ended && !m_raw) {
        const qsizetype end = m_in.indexOf('\0', std::max(from, m_searched));
        if (end < 0)
            break;
        const QByteArray one = m_in.sliced(from, end - from);
        from = end + 1;
        emit message(one);
    }
    if (!alive || m_ended)
        return;
    m_in.remove(0, from);
    m_searched = m_raw ? 0 : m_in.size();
    if (m_raw) {
        if (!m_in.isEmpty())
            emit received(std::exchange(m_in, {}));
    } else if (m_in.size() > MaxMessage) {
        fail(Problem::TooLarge, {});
    }
}

void Link::fail(Problem problem, const QString& detail)
{
    if (m_ended)
        return;
    // What came before the end still counts: an exit code, the last lines of a terminal.
    m_paused = false;
    const QPointer<Link> alive(this);
    if (problem != Problem::TooLarge && m_device && m_device->isOpen() && m_device->bytesAvailable() > 0)
        read();
    if (!alive || m_ended)
        return;
    close();
    emit gone(problem, detail);
}

} // namespace diptych::client
