#include "client/download.h"

#include "client/decode.h"
#include "client/encode.h"
#include "client/errors.h"

#include <algorithm>

namespace diptych::client {

using namespace Qt::StringLiterals;

namespace {
// Bytes on their way to a disk that is slower than the helper.
constexpr qint64 MostWaiting = 8 * 1024 * 1024;
constexpr qint64 LeastWaiting = 2 * 1024 * 1024;
} // namespace

Download::Download(const Address& address, const char* method, Json parameters, QString file, Settle settle)
    : m_method(method),
      m_parameters(std::move(parameters)),
      m_settle(std::move(settle)),
      m_file(std::move(file)),
      m_writer(m_file),
      m_link(address)
{
    FileWriter* writer = m_writer.worker();
    connect(writer, &FileWriter::opened, this, [this] {
        if (m_ended)
            return;
        m_link.send(encodeCall(m_method, m_parameters, Mode::Upgrade));
        m_link.open();
    });
    connect(writer, &FileWriter::written, this, [this](qint64 bytes) {
        m_done += bytes;
        if (m_received - m_done < LeastWaiting)
            m_link.setPaused(false);
        emit progressed();
    });
    connect(writer, &FileWriter::committed, this, [this] { end({}); });
    connect(writer, &FileWriter::failed, this, [this](const QString& reason) {
        end(Error{errors::LocalFile, tr("%1 can't be written: %2").arg(m_file, reason), u"file"_s});
    });
    connect(&m_link, &Link::message, this, &Download::answer);
    connect(&m_link, &Link::received, this, &Download::take);
    connect(&m_link, &Link::gone, this, [this](Link::Problem, const QString& detail) { gone(detail); });
}

void Download::start()
{
    m_writer.call(&FileWriter::open, m_settle != nullptr);
}

void Download::gone(const QString& detail)
{
    // The helper closes when it has sent all; the writer may still be busy.
    if (m_total > 0 && m_received >= m_total)
        return;
    if (m_unknown && m_settle && !m_ended) {
        m_settle(m_operation, this, [this](const std::optional<Error>& error) {
            if (error && error->name == u"org.diptych.Cancelled"_s)
                cancel(); // among the operations, by whomever
            else if (error)
                end(error);
            else
                m_writer.call(&FileWriter::commit);
        });
        return;
    }
    end(Error{errors::Disconnected,
              detail.isEmpty() ? tr("The connection ended before the whole file had come.") : detail,
              {}});
}

void Download::answer(const QByteArray& message)
{
    const Reply reply = decodeReply(message);
    if (reply.error) {
        end(reply.error);
        return;
    }
    m_unknown = integer(reply.parameters, "size") < 0;
    m_total = std::max<qint64>(0, integer(reply.parameters, "size"));
    m_operation = text(reply.parameters, "operation");
    m_link.setRaw();
    if (!m_operation.isEmpty())
        emit accepted(m_operation);
    emit progressed();
    if (m_total == 0 && !m_unknown)
        m_writer.call(&FileWriter::commit);
}

void Download::take(const QByteArray& bytes)
{
    if (m_ended || (!m_unknown && m_received >= m_total))
        return;
    const QByteArray part = m_unknown ? bytes : bytes.first(std::min<qint64>(bytes.size(), m_total - m_received));
    m_received += part.size();
    m_writer.call(&FileWriter::write, part);
    if (m_received - m_done > MostWaiting)
        m_link.setPaused(true);
    if (!m_unknown && m_received >= m_total)
        m_writer.call(&FileWriter::commit);
}

void Download::cancel()
{
    end(Error{errors::Cancelled, tr("Cancelled."), {}});
}

void Download::end(const std::optional<Error>& error)
{
    if (std::exchange(m_ended, true))
        return;
    m_link.close();
    emit finished(error);
}

} // namespace diptych::client
