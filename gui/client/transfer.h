// A file on its way between this machine and the helper, over a connection of its own.
#pragma once

#include "client/types.h"

#include <QObject>

namespace diptych::client {

class Transfer : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;
    virtual void cancel() = 0; ///< finished() follows with an error named Cancelled
    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] qint64 total() const { return m_total; } ///< 0 until it is known
    /// The helper's, which has the last word; empty until it is accepted.
    [[nodiscard]] QString operation() const { return m_operation; }

signals:
    /// The helper took it (an upload's): what goes on there.
    void accepted(const QString& operation);
    void progressed();
    /// Once; without an error the file has arrived whole.
    void finished(const std::optional<diptych::client::Error>& error);

protected:
    qint64 m_done = 0;
    qint64 m_total = 0;
    QString m_operation;
};

} // namespace diptych::client
