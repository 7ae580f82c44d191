#include "client/upload.h"

#include "client/decode.h"
#include "client/encode.h"
#include "client/errors.h"

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {

const char* wordOf(ImportFormat format)
{
    switch (format) {
    case ImportFormat::Archive:
        return "archive";
    case ImportFormat::RootFs:
        return "rootfs";
    case ImportFormat::Disk:
    case ImportFormat::Auto:
        break;
    }
    return "auto";
}

Json parametersOf(const ImportRequest& request)
{
    if (request.format == ImportFormat::Disk)
        return {{"name", encode(request.reference)}, {"format", "auto"}};
    Json parameters{{"reference", encode(request.reference)}, {"format", wordOf(request.format)}};
    if (!request.command.isEmpty())
        parameters["command"] = encode(request.command);
    if (!request.environment.isEmpty())
        parameters["environment"] = encode(request.environment);
    if (!request.workingDirectory.isEmpty())
        parameters["workingDirectory"] = encode(request.workingDirectory);
    if (!request.exposedPorts.isEmpty())
        parameters["exposedPorts"] = encode(request.exposedPorts);
    return parameters;
}

} // namespace

Upload::Upload(const Address& address, const ImportRequest& request)
    : Upload(address, FilePack{request.file, {}},
             request.format == ImportFormat::Disk ? "org.diptych.Disks.Import" : "org.diptych.Images.Import",
             parametersOf(request))
{
}

Upload::Upload(const Address& address, const FilePack& pack, const char* method, Json parameters)
    : m_file(pack.file), m_method(method), m_parameters(std::move(parameters)), m_reader(pack), m_link(address)
{
    FileReader* reader = m_reader.worker();
    connect(reader, &FileReader::opened, this, &Upload::ask);
    connect(reader, &FileReader::chunk, this, &Upload::send);
    connect(reader, &FileReader::failed, this, [this](const QString& reason) {
        end(Error{errors::LocalFile, tr("%1 can't be read: %2").arg(m_file, reason), u"file"_s});
    });
    connect(&m_link, &Link::message, this, &Upload::answer);
    connect(&m_link, &Link::written, this, [this](qint64 unsent) {
        if (!m_accepted)
            return;
        m_done = m_read - std::min(unsent, m_read);
        emit progressed();
        readOn();
    });
    connect(&m_link, &Link::gone, this, [this](Link::Problem, const QString& detail) {
        // After the last byte the helper may close: its operation tells the rest.
        if (m_whole && m_done >= m_total)
            end({});
        else
            end(Error{errors::Disconnected,
                      detail.isEmpty() ? tr("The connection ended before the whole file was sent.") : detail,
                      {}});
    });
}

void Upload::start()
{
    m_reader.call(&FileReader::open);
}

void Upload::ask(qint64 size)
{
    if (m_ended)
        return;
    m_total = size;
    emit progressed();
    m_parameters["size"] = size;
    m_link.send(encodeCall(m_method, m_parameters, Mode::Upgrade));
    m_link.open();
}

void Upload::answer(const QByteArray& message)
{
    const Reply reply = decodeReply(message);
    if (reply.error) {
        end(reply.error);
        return;
    }
    m_accepted = true;
    m_link.setRaw();
    m_operation = text(reply.parameters, "operation");
    emit accepted(m_operation);
    readOn();
}

void Upload::readOn()
{
    if (m_ended || m_whole || m_reading || m_link.unsent() >= MaxUnsent)
        return;
    m_reading = true;
    m_reader.call(&FileReader::next);
}

void Upload::send(const QByteArray& bytes)
{
    m_reading = false;
    if (m_ended)
        return;
    const qint64 rest = m_total - m_read;
    if (bytes.isEmpty() && rest > 0) {
        end(Error{errors::LocalFile, tr("%1 became shorter while it was read.").arg(m_file), u"file"_s});
        return;
    }
    // A file that grows meanwhile is sent as long as it was.
    const QByteArray part = bytes.size() > rest ? bytes.first(rest) : bytes;
    m_read += part.size();
    m_whole = m_read >= m_total;
    m_link.sendRaw(part);
    if (m_whole)
        m_link.finishSending();
    else
        readOn();
    if (m_whole && m_link.unsent() == 0)
        m_done = m_total;
}

void Upload::cancel()
{
    end(Error{errors::Cancelled, tr("Cancelled."), {}});
}

void Upload::end(const std::optional<Error>& error)
{
    if (std::exchange(m_ended, true))
        return;
    m_link.close();
    emit finished(error);
}

} // namespace diptych::client
