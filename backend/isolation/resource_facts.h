// What figures and bounds are made from. Private to this folder.
#pragma once

#include "isolation/facts.h"
#include "isolation/resources.h"

namespace diptych::isolation {

class ResourceFacts final
{
public:
    ResourceFacts(const Facts& all, const ResourceSources& from);

    const Facts& facts;
    const ResourceSources& sources;
    int pid = 0;
    bool guest = false; ///< a hypervisor's process: another kernel inside

    /// The group of the instance alone; empty where it shares one with others ("/", a session).
    [[nodiscard]] const std::string& group() const { return m_group; }
    /// Of the controller's hierarchy, for the way up: the instance's own, else that of its process.
    [[nodiscard]] std::string groupIn(const std::string& controller) const;
    /// Directory with the controller's files of the instance's own group, empty without one.
    [[nodiscard]] std::string directory(const std::string& controller) const;
    [[nodiscard]] bool version1(const char* controller) const;
    [[nodiscard]] std::vector<int> processes() const;

private:
    std::string m_group;
};

/// The parts of Resources, each in the file of its concern.
void addHostMemory(const ResourceFacts& facts, std::vector<Figure>& figures);
void addGuestMemory(const ResourceFacts& facts, std::vector<Figure>& figures);
std::vector<Row> boundRows(const ResourceFacts& facts);

Figure figure(const char* name, const char* part, std::optional<int64_t> bytes, const char* statement,
              std::map<std::string, std::string> values, std::vector<Evidence> evidence);

} // namespace diptych::isolation
