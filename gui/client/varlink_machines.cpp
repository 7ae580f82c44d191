#include "client/varlink_machines.h"

#include "client/display_link.h"
#include "client/encode.h"

namespace diptych::client {

namespace {
const auto nothingElse = [](const Json&) { return Nothing{}; };
} // namespace

void VarlinkMachines::xml(const QString& id, QObject* guard, Callback<DomainXml> done)
{
    ask<DomainXml>("org.diptych.Machines.GetXml", {{"id", encode(id)}}, guard, std::move(done), [](const Json& json) {
        return DomainXml{text(json, "live"), text(json, "next")};
    });
}

void VarlinkMachines::defineXml(const QString& id, const QString& xml, const QString& previous, QObject* guard,
                                Callback<Nothing> done)
{
    act<Nothing>("org.diptych.Machines.DefineXml",
                 {{"id", encode(id)}, {"xml", encode(xml)}, {"previous", encode(previous)}}, guard, std::move(done),
                 nothingElse);
}

std::unique_ptr<DisplayStream> VarlinkMachines::display(const QString& id)
{
    return std::make_unique<DisplayLink>(m_client.where(), id);
}

} // namespace diptych::client
