// What the daemon is made of, given to it from outside: main() gives the real drivers, tests give others.
#pragma once

#include "cgroups/tree.h"
#include "images/disks.h"
#include "images/images.h"
#include "images/ovf_read.h"
#include "instances/connections.h"
#include "instances/driver.h"
#include "instances/virtualization.h"

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace diptych {

struct Template
{
    std::string name, description;
    bool available = false;
    std::string reason; ///< what is missing
};

struct BuildRequest
{
    std::string name, reference;
    std::string suite; ///< of debian
    std::vector<std::string> packages;
};

struct ImportRequest
{
    std::string reference;
    std::string format = "auto"; ///< "auto", "archive", "rootfs"
    images::Config config;       ///< of a root file system
};

/// The image store as the API needs it. Every method may block; any thread.
class ImageSource
{
public:
    virtual ~ImageSource() = default;
    virtual Result<std::vector<images::Image>> list() = 0;
    virtual Result<images::Image> find(const std::string& reference) = 0;
    virtual std::vector<Template> templates() = 0;
    virtual Result<images::Image> build(const BuildRequest& request, Progress& progress) = 0;
    virtual Status remove(const std::string& reference) = 0;
    virtual Result<images::Image> tag(const std::string& reference, const std::string& newReference) = 0;
    virtual Result<images::Inspection> inspect(const std::string& reference) = 0;
    virtual Result<images::FilePage> files(const std::string& reference, const std::string& digest,
                                           const std::string& after) = 0;

    virtual Result<std::vector<std::string>> tags(const images::Endpoint& repository) = 0;
    virtual Result<std::vector<Platform>> platforms(const images::Endpoint& from) = 0;
    virtual Result<images::Image> pull(const images::Endpoint& from, Progress& progress) = 0;
    virtual Status push(const std::string& reference, const images::Endpoint& to, Progress& progress) = 0;
    virtual Result<std::vector<images::Login>> logins() = 0;
    virtual Status login(const images::Endpoint& registry, const std::string& username,
                         const std::string& password) = 0;
    virtual Status logout(const std::string& registry) = 0;

    /// A path for a new file of the helper's own, alone in a directory that goes with it.
    virtual Result<std::string> temporaryFile() = 0;
    virtual Result<std::vector<images::Image>> import(const std::string& file, const ImportRequest& request,
                                                      Progress& progress) = 0;
    /// The file, for the caller to remove with its directory.
    virtual Result<std::string> exportArchive(const std::string& reference, const std::string& format,
                                              Progress& progress) = 0;
    virtual Result<images::Image> commit(const std::string& base, const WritableLayer& layer,
                                         const std::string& reference, const std::string& comment,
                                         Progress& progress) = 0;
    /// base: the reference of the image that the machine was made from, or empty.
    virtual Result<images::Image> commitDisk(const images::MachineDisk& disk, const std::string& base,
                                             const std::string& reference, const std::string& comment,
                                             Progress& progress) = 0;
    virtual Result<images::ChangePage> changes(const WritableLayer& layer) = 0;
    virtual Result<uint64_t> freedBy(const std::vector<std::string>& references) = 0;
};

/// Disks of virtual machines as the API needs them. Every method may block; any thread.
class DiskSource
{
public:
    virtual ~DiskSource() = default;
    virtual Result<std::vector<images::Disk>> list() = 0;
    virtual Result<images::Disk> find(const std::string& name) = 0;
    /// A path for a new file, alone in a directory; import() reads it and removes both.
    virtual Result<std::string> temporaryFile() = 0;
    virtual Result<std::vector<images::Disk>> import(const std::string& file, const std::string& name,
                                                     std::optional<images::DiskFormat> format, Progress& progress) = 0;
    /// What a descriptor says, and whether the files (name, size) that it wants are there.
    virtual Result<images::OvfMachine> readAppliance(const std::string& descriptor,
                                                     const std::map<std::string, uint64_t>& files) = 0;
    /// An OVA's disks, then make() with them; what fails leaves none (images::Disks).
    virtual Result<Json> importMachine(const std::string& file, const std::string& name,
                                       const std::function<Result<Json>(const images::ImportedMachine&)>& make,
                                       Progress& progress) = 0;
    virtual void dropUnfinished(const std::function<Result<bool>(const std::string& path)>& used) = 0;
    virtual Status remove(const std::string& name) = 0;
    /// The file, for the caller to remove with its directory.
    virtual Result<std::string> exportDisk(const images::MachineDisk& disk, images::DiskFormat format,
                                           Progress& progress) = 0;
    virtual Result<std::string> exportAppliance(const images::MachineDisk& disk, const images::Appliance& appliance,
                                                images::DiskFormat format, Progress& progress) = 0;
    /// What a container is made of and changed, as a disk with an ext4 file system.
    virtual Result<std::string> exportContainer(const std::string& image, const WritableLayer& layer,
                                                images::DiskFormat format, Progress& progress) = 0;
};

/// The machine's control groups as the API needs them. Paths as cgroups::Cgroup takes them. Every method may block; any
/// thread.
class GroupSource
{
public:
    struct Group
    {
        std::string maker, name;
        cgroups::Node node;
        std::string protectedBy; ///< why it may not be changed, "" when it may
    };
    struct Listing
    {
        std::string mode;
        int64_t time = 0; ///< monotonicNanoseconds() when the counters were read
        std::vector<Group> groups;
        bool more = false;
    };
    struct Task
    {
        Process process;
        uint64_t startTime = 0; ///< field 22 of /proc/PID/stat, clock ticks since boot
    };

    virtual ~GroupSource() = default;
    virtual Result<Listing> list() = 0;
    virtual Result<std::vector<Task>> processes(const std::string& path) = 0;
    virtual Status setLimits(const std::string& path, const Limits& limits) = 0;
    virtual Status freeze(const std::string& path, bool frozen) = 0;
    virtual Status kill(const std::string& path) = 0;
    virtual Status move(int pid, uint64_t startTime, const std::string& path) = 0;
};

/// What runs isolated or limited on the machine and is no instance, and the machine itself ("host"). Every method may
/// block; any thread.
class WorkloadSource
{
public:
    struct Found
    {
        Instance instance;         ///< as if it were one
        std::optional<Json> probe; ///< from outside; nothing for a virtual machine
        Json facts;                ///< as Driver::hostFacts
        std::vector<Process> processes;
    };
    virtual ~WorkloadSource() = default;
    /// Workloads as the API has them, but for those in these groups and of these processes.
    virtual Result<Json> list(const std::set<std::string>& groups, const std::set<int>& pids) = 0;
    virtual Result<Found> find(const std::string& id) = 0;
};

/// The machine's namespaces as the API has them. Every method may block; any thread.
class NamespaceSource
{
public:
    /// An instance that runs.
    struct Known
    {
        std::string id, name;
        Kind kind = Kind::Container;
        int pid = 0;
        std::string group;
    };
    virtual ~NamespaceSource() = default;
    virtual Result<Json> list(const std::vector<Known>& instances) = 0;
    virtual Result<Json> describe(const std::string& id) = 0;
    virtual Result<Json> interfaces(const std::vector<Known>& instances) = 0;
};

/// What machines run on, for GetHost.
struct Hypervisor
{
    std::string acceleration = "none"; ///< "kvm", "tcg", "none"
    std::string accelerationReason;
    std::string libvirtVersion, qemuVersion; ///< empty when libvirt can't be reached
    std::string problem;                     ///< why not
};

/// A feature this host lacks, and what to do about it.
struct Missing
{
    std::string feature, reason, mend;
};

struct Services
{
    std::vector<std::unique_ptr<Driver>> drivers; ///< containers first
    std::unique_ptr<ImageSource> images;          ///< may be null: then imagesProblem says why
    std::string imagesProblem;
    std::unique_ptr<DiskSource> disks;              ///< may be null: for imagesProblem
    std::unique_ptr<Virtualization> virtualization; ///< may be null: no libvirt
    std::unique_ptr<Connections> connections;       ///< may be null: none can be added
    std::unique_ptr<GroupSource> groups;            ///< null: no control groups are mounted
    std::unique_ptr<WorkloadSource> workloads;      ///< may be null
    std::unique_ptr<NamespaceSource> namespaces;    ///< may be null
    std::vector<Missing> missing;                   ///< what could not be made at start
    /// Rows of org.diptych.Isolation. probe is null when inside could not be asked. Blocks; any thread.
    std::function<Json(const Instance& instance, const Json* probe, const Json& hostFacts)> evidence;
    /// Figures and bounds of org.diptych.Isolation.GetResources. Like evidence.
    std::function<Json(const Instance& instance, const Json* probe, const Json& hostFacts)> resources;
    /// The rows of GetProcess. Like evidence; pid is of a process that the driver listed.
    std::function<Result<Json>(const Instance& instance, const Json* probe, const Json& hostFacts, int pid,
                               int insidePid)>
        process;
    /// The answer of MeasureTraffic, counted for that long. Blocks; any thread.
    std::function<Result<Json>(const Instance& instance, std::chrono::milliseconds time)> traffic;
    std::function<Hypervisor()> hypervisor; ///< blocks; any thread
};

} // namespace diptych
