// MachineCalls: the guest agent, operating systems, backups and dumps.
#include "client/decode.h"
#include "client/decode_machines.h"
#include "client/download.h"
#include "client/encode.h"
#include "client/varlink_machines.h"

namespace diptych::client {

namespace {

const auto noAnswer = [](const Json&) { return Nothing{}; };
const auto itsOperation = [](const Json& json) { return text(json, "operation"); };

} // namespace

void VarlinkMachines::systems(QObject* guard, Callback<QList<OperatingSystem>> done)
{
    ask<QList<OperatingSystem>>("org.diptych.Machines.ListSystems", Json::object(), guard, std::move(done),
                                [](const Json& json) { return list(json, "systems", decodeSystem); });
}

void VarlinkMachines::recognise(const VolumeName& medium, QObject* guard, Callback<Recognised> done)
{
    ask<Recognised>("org.diptych.Machines.Recognise",
                    {{"pool", encode(medium.pool)}, {"volume", encode(medium.volume)}}, guard, std::move(done),
                    [](const Json& json) {
                        Recognised found{text(json, "label"), {}, boolean(json, "exact", true)};
                        if (const Json& system = member(json, "system"); system.is_object())
                            found.system = decodeSystem(system);
                        return found;
                    });
}

void VarlinkMachines::unattended(const VolumeName& medium, const QString& system, QObject* guard,
                                 Callback<UnattendedOffer> done)
{
    ask<UnattendedOffer>(
        "org.diptych.Machines.ListUnattended",
        {{"pool", encode(medium.pool)}, {"volume", encode(medium.volume)}, {"system", encode(system)}}, guard,
        std::move(done), [](const Json& json) {
            return UnattendedOffer{list(json, "profiles", decodeUnattendedProfile), text(json, "reason")};
        });
}

void VarlinkMachines::backUp(const QString& id, const QString& pool, bool freeze, QObject* guard,
                             Callback<QString> operation)
{
    act<QString>("org.diptych.Machines.BackUp", {{"id", encode(id)}, {"pool", encode(pool)}, {"freeze", freeze}}, guard,
                 std::move(operation), itsOperation);
}

void VarlinkMachines::whenEnded(const QString& operation, QObject* guard,
                                std::function<void(const std::optional<Error>&)> done)
{
    m_client.call<Operation>(
        VarlinkClient::Reading, "org.diptych.Operations.Wait", {{"id", encode(operation)}}, guard,
        [done = std::move(done)](const Answer<Operation>& answer) {
            done(answer ? answer.value().error : std::optional<Error>(answer.error()));
        },
        [](const Json& json) {
            const Json one{{"operations", Json::array({member(json, "operation")})}};
            return decodeOperations(one, "operations").value(0);
        });
}

std::unique_ptr<Transfer> VarlinkMachines::dump(const QString& id, const QString& file)
{
    // How much comes is not known before: whether it was all is what the operation says.
    const auto settle = [this](const QString& operation, QObject* guard,
                               std::function<void(const std::optional<Error>&)> done) {
        whenEnded(operation, guard, std::move(done));
    };
    return std::make_unique<Download>(m_client.where(), "org.diptych.Machines.Dump", Json{{"id", encode(id)}}, file,
                                      settle);
}

std::unique_ptr<Transfer> VarlinkMachines::downloadVolume(const VolumeName& volume, const QString& file)
{
    return std::make_unique<Download>(
        m_client.where(), "org.diptych.Storage.Download",
        placed("org.diptych.Storage.Download", {{"pool", encode(volume.pool)}, {"volume", encode(volume.volume)}}),
        file);
}

void VarlinkMachines::guest(const QString& id, QObject* guard, Callback<Guest> done)
{
    askGuest<Guest>("org.diptych.GuestAgent.Get", {{"id", encode(id)}}, guard, std::move(done), decodeGuest);
}

void VarlinkMachines::setGuestClock(const QString& id, QObject* guard, Callback<Nothing> done)
{
    askGuest<Nothing>("org.diptych.GuestAgent.SetClock", {{"id", encode(id)}}, guard, std::move(done), noAnswer);
}

void VarlinkMachines::setGuestPassword(const QString& id, const QString& user, const QString& password, QObject* guard,
                                       Callback<Nothing> done)
{
    askGuest<Nothing>("org.diptych.GuestAgent.SetPassword",
                      {{"id", encode(id)}, {"user", encode(user)}, {"password", encode(password)}}, guard,
                      std::move(done), noAnswer);
}

void VarlinkMachines::shutDownGuest(const QString& id, bool restart, QObject* guard, Callback<Nothing> done)
{
    askGuest<Nothing>("org.diptych.GuestAgent.ShutDown", {{"id", encode(id)}, {"restart", restart}}, guard,
                      std::move(done), noAnswer);
}

void VarlinkMachines::freezeGuest(const QString& id, int seconds, QObject* guard, Callback<QString> operation)
{
    askGuest<QString>("org.diptych.GuestAgent.Freeze", {{"id", encode(id)}, {"seconds", seconds}}, guard,
                      std::move(operation), itsOperation);
}

} // namespace diptych::client
