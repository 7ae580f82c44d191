// Download: a call with "upgrade", then the bytes it announced, into a file; where nobody knows how many will come, all
// until the helper ends it, and then what it says of them.
#pragma once

#include "client/file_worker.h"
#include "client/json.h"
#include "client/link.h"
#include "client/transfer.h"

#include <functional>

namespace diptych::client {

class Download final : public Transfer
{
    Q_OBJECT
public:
    /// Asked when all has come of what had no size: the error that it ended with, or none.
    using Settle = std::function<void(const QString& operation, QObject* guard,
                                      std::function<void(const std::optional<Error>&)> done)>;
    Download(const Address& address, const char* method, Json parameters, QString file, Settle settle = {});
    void start() override;
    void cancel() override;

private:
    void answer(const QByteArray& message);
    void take(const QByteArray& bytes);
    void gone(const QString& detail);
    void end(const std::optional<Error>& error);

    const char* m_method;
    Json m_parameters;
    Settle m_settle;
    bool m_unknown = false; ///< how much comes
    QString m_file;
    OnThread<FileWriter> m_writer;
    Link m_link;
    qint64 m_received = 0;
    bool m_ended = false;
};

} // namespace diptych::client
