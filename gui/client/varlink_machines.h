// MachineCalls over the client's lanes.
#pragma once

#include "client/machine_calls.h"
#include "client/varlink_client.h"

namespace diptych::client {

class VarlinkMachines final : public MachineCalls
{
public:
    explicit VarlinkMachines(VarlinkClient& client) : m_client(client) {}

    void xml(const QString& id, QObject* guard, Callback<DomainXml> done) override;
    void defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                   Callback<Nothing> done) override;
    std::unique_ptr<DisplayStream> display(const QString& id) override;

private:
    template <typename T, typename Decode>
    void ask(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Gathering, method, parameters, guard, std::move(done), decode);
    }
    template <typename T, typename Decode>
    void act(const char* method, const Json& parameters, QObject* guard, Callback<T> done, Decode decode)
    {
        m_client.call<T>(VarlinkClient::Acting, method, parameters, guard, std::move(done), decode);
    }
    VarlinkClient& m_client;
};

} // namespace diptych::client
