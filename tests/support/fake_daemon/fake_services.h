// What the daemon needs besides drivers, pretended.
#pragma once

#include "daemon/services.h"
#include "support/fake_daemon/fake_driver.h"

namespace diptych::fake {

std::unique_ptr<GroupSource> makeGroups();
std::unique_ptr<NamespaceSource> makeNamespaces();
std::unique_ptr<ImageSource> makeImages(bool samples = false);
/// Fifteen rows as isolation/ makes them.
Json evidence(const Instance& instance, const Json* probe, const Json& facts);
/// Figures and bounds as isolation/ makes them.
Json resources(const Instance& instance, const Json* probe, const Json& facts);
/// Rows of GetProcess as isolation/ makes them.
Result<Json> processRows(const Instance& instance, const Json* probe, const Json& facts, int pid, int insidePid);
/// The answer of MeasureTraffic, after that time.
Result<Json> traffic(const Instance& instance, std::chrono::milliseconds time);
/// Both drivers (owned by the services; the pointers stay good as long as they do), images, evidence.
struct Made
{
    Services services;
    FakeDriver* containers = nullptr;
    FakeDriver* machines = nullptr;
};
Made makeServices(const Behaviour& behaviour = {});
/// Twins, single ones of each kind, one paused, a foreign domain, one "broken".
void populate(FakeDriver& containers, FakeDriver& machines, int containerCount, int machineCount);

} // namespace diptych::fake
