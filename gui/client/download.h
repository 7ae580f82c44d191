// Download: the call with "upgrade", then the bytes it announced, into a file.
#pragma once

#include "client/file_worker.h"
#include "client/link.h"
#include "client/transfer.h"

namespace diptych::client {

class Download final : public Transfer
{
    Q_OBJECT
public:
    Download(const Address& address, QString download, QString file);
    void start() override;
    void cancel() override;

private:
    void answer(const QByteArray& message);
    void take(const QByteArray& bytes);
    void end(const std::optional<Error>& error);

    QString m_download;
    QString m_file;
    OnThread<FileWriter> m_writer;
    Link m_link;
    qint64 m_received = 0;
    bool m_ended = false;
};

} // namespace diptych::client
