// The image store and what both walls make of an image. Layout of <state>/images: an OCI image layout (oci-layout,
// index.json, blobs/sha256/...) that skopeo and umoci can read; beside it layers/<hex of the diff id>/ (unpacked,
// host-owned; the directory itself is the layer's root) and disks/<hex of the manifest digest>-<GiB>.raw (ext4 by
// mke2fs -d). Everything is made in staging/, which open() empties, and renamed.
// Threads: a Store may be used from several; work on the same layer or disk is done once and waited for.
#pragma once

#include "base/result.h"
#include "images/registry.h"
#include "instances/driver.h"
#include "instances/instance.h"
#include "instances/paths.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace diptych::images {

class Layout;
struct Descriptor;
struct MachineDisk;

/// config of the image-spec, what we use of it.
struct Config
{
    std::vector<std::string> entrypoint, command, environment, exposedPorts;
    std::string user, workingDirectory, stopSignal, architecture, os, created;
};

struct Layer
{
    std::string digest, diffId; ///< sha256:...
    uint64_t size = 0;          ///< compressed, bytes
};

struct Image
{
    std::string reference; ///< "busybox:latest"
    std::string digest;    ///< of the manifest
    uint64_t manifestSize = 0;
    uint64_t size = 0;     ///< bytes of all blobs
    int64_t createdAt = 0; ///< Unix ms
    Config config;
    std::vector<Layer> layers; ///< lowest first
};

/// What runs: image and spec put together. Numeric, looked up in the image's own passwd and group files.
struct Process
{
    std::vector<std::string> arguments, environment;
    std::string workingDirectory = "/";
    uint32_t uid = 0, gid = 0;
    std::vector<uint32_t> groups;
    int stopSignal = 15;
};

/// A line of the history; without a digest it made no layer.
struct Step
{
    std::string createdBy, comment;
    int64_t createdAt = 0; ///< Unix ms
    std::string digest;
    uint64_t size = 0, unpacked = 0;     ///< bytes: of the blob, on the disk
    std::vector<std::string> sharedWith; ///< references of other images with this layer
};

struct Inspection
{
    Image image;
    std::vector<Step> history;
    std::string config, manifest; ///< JSON, pretty
};

struct FileEntry
{
    enum class Kind { File, Directory, Link, Deleted, Other };
    std::string path;
    Kind kind = Kind::Other;
    uint64_t size = 0;
    uint32_t mode = 0;
    std::string target;
};

struct FilePage
{
    std::vector<FileEntry> files;
    bool more = false;
};

struct Change
{
    enum class Kind { Added, Changed, Deleted };
    std::string path;
    Kind kind = Kind::Added;
    bool directory = false;
    uint64_t size = 0;
};

struct ChangePage
{
    std::vector<Change> changes;
    bool more = false;
};
/// What a container changed, by path; at most 20000.
Result<ChangePage> listChanges(const WritableLayer& layer);

/// Ids that a container has: its 0 is the host's first.
struct IdRange
{
    uint32_t first = 0, count = 65536;
};

/// What is made for another processor: taken only where somebody asked for just that.
enum class Foreign { Refused, Taken };

class Store final
{
public:
    static Result<std::unique_ptr<Store>> open(const Paths& paths);

    Result<std::vector<Image>> list();
    /// By reference ("busybox", "busybox:latest": latest is implied) or digest.
    Result<Image> find(const std::string& reference);
    /// Makes an image from this host's own files, without a network. "busybox": Debian's /bin/busybox, static, with
    /// its applets as links, /etc/passwd, /etc/group; it serves a page about the machine on port 80. NotSupported when
    /// the host lacks it.
    Result<Image> buildTemplate(const std::string& name, const std::string& reference, Progress& progress);
    /// From an OCI layout directory on this host (path chosen by the helper or root, never by a client).
    Result<Image> importLayout(const std::string& path, const std::string& tag, const std::string& reference,
                               Progress& progress);
    /// docker-archive or oci-archive (path made by the helper). An empty reference takes the archive's own names.
    Result<std::vector<Image>> importArchive(const std::string& file, const std::string& reference, Progress& progress);
    /// A root file system as tar: plain, gzip, zstd or xz. config: what the image will say, os and architecture apart.
    /// createdBy, comment: of its line in the history.
    Result<Image> importRootfs(const std::string& file, const std::string& reference, const Config& config,
                               const std::string& createdBy, Progress& progress, const std::string& comment = {});
    /// Whether the archive begins like one that holds images.
    static Result<bool> holdsImages(const std::string& file);
    /// Debian by mmdebstrap: suite of the distribution, packages on top of its smallest set.
    Result<Image> buildDebian(const std::string& suite, const std::vector<std::string>& packages,
                              const std::string& reference, Progress& progress);

    Result<Image> pull(const Endpoint& from, Progress& progress);
    Status push(const std::string& reference, const Endpoint& to, Progress& progress);
    /// format: "oci-archive" or "docker-archive". The file is the caller's to remove; restarts remove it.
    Result<std::string> exportArchive(const std::string& reference, const std::string& format, Progress& progress);
    Registry& registry() { return m_registry; }

    Result<Image> tag(const std::string& reference, const std::string& newReference);
    Result<Inspection> inspect(const std::string& reference);
    /// Of the layer with this digest, from behind the path "after" on.
    Result<FilePage> files(const std::string& reference, const std::string& digest, const std::string& after);
    /// base and what a container changed in it. The container should be paused.
    Result<Image> commit(const Image& base, const WritableLayer& layer, const std::string& reference,
                         const std::string& comment, Progress& progress);
    /// The root file system on a machine's disk as an image of one layer, read by a machine of its own (disk_reader.h).
    /// The machine must be off. NotSupported where its layout does not allow it, with the reason.
    Result<Image> commitDisk(const MachineDisk& disk, const Config& config, const std::string& reference,
                             const std::string& comment, Progress& progress);
    /// Bytes that removing these images would free.
    Result<uint64_t> freedBy(const std::vector<std::string>& references);
    /// A new empty file that goes at the next start of the helper.
    Result<std::string> temporaryFile() const;

    /// Blobs, layers and disks that no other image uses go too. Whether an instance uses the image is for the caller to
    /// ask.
    Status remove(const std::string& reference);

    /// Directories for overlay's lowerdir, top first. Checked against the diff ids while unpacking.
    Result<std::vector<std::string>> unpack(const Image& image, Progress& progress);
    /// The whole file system as files of ids, into a directory that is made: for a container where layers can't be
    /// mapped.
    Status copyRoot(const Image& image, const std::string& directory, IdRange ids, Progress& progress);
    /// Raw ext4 image of the whole file system, cached: the base of each instance's qcow2 overlay. At least
    /// minimumBytes large (sparse; the file system grows to what is asked at first).
    Result<std::string> disk(const Image& image, uint64_t minimumBytes, Progress& progress);

    Result<Process> resolve(const Image& image, const InstanceSpec& spec);

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

private:
    explicit Store(Paths paths);
    /// Held while one layer or disk is made; others who want the same wait.
    std::shared_ptr<std::mutex> lockFor(const std::string& what);
    Result<Image> load(const std::string& reference, const std::string& digest, uint64_t size);
    Result<Image> add(const std::string& reference, const std::string& digest, uint64_t size, Progress& progress,
                      Foreign foreign = Foreign::Refused);
    Status name(const Image& image); ///< in the index
    /// Takes the blobs of a layout on the same file system and names the image. The layout is left without use.
    Result<Image> take(const Layout& from, const Descriptor& top, const std::string& reference, Progress& progress,
                       Foreign foreign = Foreign::Refused);
    Status unpackOne(const Layer& layer, const std::function<bool(uint64_t)>& report);
    [[nodiscard]] std::string layerPath(const std::string& diffId) const;
    uint64_t unpackedSize(const std::string& diffId);
    Result<std::string> imageFile(const Image& image, const std::string& path);
    Result<std::string> stage() const; ///< a new directory in staging/
    Status collect();                  ///< removes what no image in the index reaches

    Paths m_paths;
    Registry m_registry;
    std::mutex m_sizesMutex;
    std::map<std::string, uint64_t> m_sizes; ///< diff id -> bytes of the unpacked layer
    std::mutex m_mutex; ///< held by what changes index.json, so that nothing is collected meanwhile
    std::mutex m_locksMutex;
    std::map<std::string, std::weak_ptr<std::mutex>> m_locks;
};

/// At the descriptors' offsets; the file system may share the blocks.
Status copyBytes(int from, int to, uint64_t size);

struct Kernel
{
    std::string image;   ///< vmlinuz
    std::string modules; ///< .../lib/modules/<release>, empty when everything is built in
    std::string release;
};
/// The host's newest /boot/vmlinuz-* with its modules, else what quickstart unpacked into <state>/kernels/<release>/
/// (vmlinuz and lib/modules/<release>). NotSupported with the mend when there is none.
Result<Kernel> findKernel(const Paths& paths);
/// What QEMU loads: a file below <state>/kernels that stays the same when the host's kernel is replaced, unpacked where
/// QEMU can start it so.
Result<std::string> bootImage(const Paths& paths, const Kernel& kernel);
/// The base initramfs (diptych-guest as /init, the virtio and ext4 modules with what they need in lib/modules/,
/// /diptych/modules names them in load order), cached under <state>/kernels by kernel and guest program.
Result<std::string> initramfs(const Paths& paths, const Kernel& kernel);
/// A cpio (newc) archive that adds /diptych/config.json; appended to the base it makes an instance's initrd.
std::string configArchive(const std::string& json);
/// The same of any files in its root, name -> content: what an installer's initrd gets behind it.
Result<std::string> rootArchive(const std::map<std::string, std::string>& files);

} // namespace diptych::images
