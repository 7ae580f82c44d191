// Both sides of one instance, read with care: what comes from inside is what somebody inside wants us to believe, and
// any part may be missing. Private to this folder.
#pragma once

#include "isolation/evidence.h"

#include <initializer_list>
#include <optional>

namespace diptych::isolation {

class Facts final
{
public:
    Facts(const Instance& instance, const Json& probe, const Json& hostFacts, const HostIdentity& host)
        : m_instance(instance), m_probe(probe), m_outside(hostFacts), m_host(host)
    {
    }

    using Path = std::initializer_list<const char*>;
    [[nodiscard]] const Json* inside(Path path) const { return at(m_probe, path); }
    [[nodiscard]] const Json* outside(Path path) const { return at(m_outside, path); }
    /// As text, whatever it is; empty when it is not there.
    [[nodiscard]] std::string insideText(Path path) const { return textOf(inside(path)); }
    [[nodiscard]] std::string outsideText(Path path) const { return textOf(outside(path)); }
    static std::string textOf(const Json* value);
    static std::optional<uint64_t> numberOf(const Json* value);

    [[nodiscard]] const HostIdentity& host() const { return m_host; }

    enum class Kernel { Unknown, Same, Other };
    /// By the boot ids: each boot of each kernel makes its own.
    [[nodiscard]] Kernel kernel() const;

    /// true: the same namespace as the host's; nothing: one side could not be read. Only with the same kernel: another
    /// kernel numbers its namespaces alike.
    [[nodiscard]] std::optional<bool> sharesNamespace(const char* kind) const;
    [[nodiscard]] std::string namespaceInside(const char* kind) const;
    [[nodiscard]] std::string namespaceOfHost(const char* kind) const;
    /// Process on the host: the container's init, or QEMU. Empty when it is not known.
    [[nodiscard]] std::string pid() const;
    /// "kvm", "qemu"; empty when no hypervisor of ours runs it.
    [[nodiscard]] std::string domainType() const { return outsideText({"domain", "type"}); }

    struct CgroupFile
    {
        std::string path, value;
    };
    /// The first of the files that the instance's control group has.
    [[nodiscard]] std::optional<CgroupFile> cgroupFile(std::initializer_list<std::string_view> names) const;

private:
    static const Json* at(const Json& json, Path path);

    const Instance& m_instance;
    const Json& m_probe;
    const Json& m_outside;
    const HostIdentity& m_host;
};

/// A row with its sentence from sentences.cpp, filled with the values.
Row makeRow(const char* resource, Wall level, const char* statement, std::map<std::string, std::string> values,
            std::vector<Evidence> evidence);
Row notMeasured(const char* resource, const std::string& reason);
/// "512 MiB"; whole numbers where they are.
std::string humanBytes(uint64_t bytes);
/// A command that shows a file of the instance's first process; empty without one.
std::string commandInside(const Facts& facts, const std::string& command);
/// Both sides of a namespace.
void addNamespace(const Facts& facts, const char* kind, std::vector<Evidence>& evidence);

// The rows. Each derives its level by comparing; none asks for the kind.
Row kernelRow(const Facts& facts);
Row guestKernelRow(const Facts& facts); ///< of a hypervisor's process whose inside nobody asked
/// Of a machine on another host: what its hypervisor's driver tells of it, and no more.
std::vector<Row> rowsElsewhere(const Facts& facts);
Row processesRow(const Facts& facts);
Row filesRow(const Facts& facts);
Row networkRow(const Facts& facts);
Row usersRow(const Facts& facts);
Row hostnameRow(const Facts& facts);
Row memoryRow(const Facts& facts);
Row cpuRow(const Facts& facts);
Row syscallsRow(const Facts& facts);
Row devicesRow(const Facts& facts);
Row clockRow(const Facts& facts);
Row diskRow(const Facts& facts);
Row capabilitiesRow(const Facts& facts);
Row keysRow(const Facts& facts);
Row labelRow(const Facts& facts);

} // namespace diptych::isolation
