// What can be asked about and done with virtual machines alone. An older helper answers MethodNotFound, which
// errorText() explains.
#pragma once

#include "client/client.h"
#include "client/machine_types.h"

namespace diptych::client {

/// The picture of a machine, as an RFB stream on a socket of this process. Deleting it ends the stream.
class DisplayStream : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    /// A descriptor that now belongs to whoever takes this; any thread may read and write it.
    void opened(int descriptor);
    /// error is empty when the machine was turned off or the helper closed it.
    void closed(const QString& error);
};

class MachineCalls
{
public:
    MachineCalls() = default;
    virtual ~MachineCalls() = default;
    Q_DISABLE_COPY_MOVE(MachineCalls)

    virtual void xml(const QString& id, QObject* guard, Callback<DomainXml> done) = 0;
    /// previous: DomainXml::next that the text was made from.
    virtual void defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                           Callback<Nothing> done) = 0;
    /// Owned by the caller.
    virtual std::unique_ptr<DisplayStream> display(const QString& id) = 0;
};

} // namespace diptych::client
