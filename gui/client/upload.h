// Import: the call with "upgrade", then exactly the file's bytes, then the end of our half. No more than MaxUnsent
// bytes wait in the socket, so that memory stays flat and cancelling is felt at once.
#pragma once

#include "client/file_worker.h"
#include "client/image_types.h"
#include "client/json.h"
#include "client/link.h"
#include "client/transfer.h"

namespace diptych::client {

class Upload final : public Transfer
{
    Q_OBJECT
public:
    static constexpr qint64 MaxUnsent = 1024 * 1024;

    Upload(const Address& address, const ImportRequest& request);
    /// method: one that takes exactly "size" bytes after its reply, besides these parameters.
    Upload(const Address& address, const FilePack& pack, const char* method, Json parameters);
    void start() override;
    void cancel() override;

private:
    void ask(qint64 size);
    void answer(const QByteArray& message);
    void send(const QByteArray& bytes);
    void readOn();
    void end(const std::optional<Error>& error);

    QString m_file;
    const char* m_method;
    Json m_parameters; ///< without the size
    OnThread<FileReader> m_reader;
    Link m_link;
    qint64 m_read = 0;
    bool m_reading = false;
    bool m_accepted = false;
    bool m_whole = false; ///< all was read and handed to the link
    bool m_ended = false;
};

} // namespace diptych::client
