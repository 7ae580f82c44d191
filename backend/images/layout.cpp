#include "images/layout.h"

#include "base/fd.h"
#include "base/files.h"
#include "base/names.h"
#include "images/digest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace diptych::images {

namespace {
constexpr const char* kReferenceName = "org.opencontainers.image.ref.name";

std::string stringOf(const Json& json, const char* key)
{
    auto it = json.find(key);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// A regular file and nothing that opening could block on or that a link leads elsewhere.
Result<UniqueFd> openRegular(const std::string& path)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    struct stat st
    {
    };
    if (::fstat(fd.get(), &st) < 0)
        return failErrno(path);
    if (!S_ISREG(st.st_mode))
        return fail(Code::Failed, fmt::format("{} is not a regular file", path));
    return fd;
}

/// Copies at most size bytes (to -1: only hashes), then demands the end of file.
Result<std::string> copyHashing(int from, int to, uint64_t size, const std::function<bool()>& cancelled)
{
    Sha256 sum;
    std::vector<char> buffer(size_t{256} << 10);
    uint64_t total = 0;
    for (;;) {
        ssize_t n = ::read(from, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failErrno("read");
        if (n == 0)
            break;
        total += static_cast<uint64_t>(n);
        if (total > size)
            break;
        if (cancelled && cancelled())
            return fail(Code::Cancelled, "cancelled");
        std::string_view data(buffer.data(), static_cast<size_t>(n));
        sum.update(data);
        if (to >= 0)
            TRY(writeAll(to, data));
    }
    if (total != size)
        return fail(Code::Failed, fmt::format("its size is not the {} bytes that were announced", size));
    return sum.digest();
}

Status writeBeside(const std::string& path, const std::function<Status(int)>& fill)
{
    std::string temporary = path + ".XXXXXX";
    UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return failErrno(temporary);
    Status status = fill(fd.get());
    if (status && (::fsync(fd.get()) < 0 || ::rename(temporary.c_str(), path.c_str()) < 0))
        status = failErrno(path);
    if (!status)
        (void)::unlink(temporary.c_str());
    return status;
}
} // namespace

Result<Descriptor> descriptorFrom(const Json& json, const std::string& path)
{
    JsonReader reader(json, path);
    Descriptor d;
    d.mediaType = TRY(reader.optionalString("mediaType")).value_or("");
    d.digest = TRY(reader.string("digest"));
    TRYX(checkDigest(d.digest), path);
    d.size = TRY(reader.unsignedInteger("size"));
    if (auto annotations = TRY(reader.optionalObject("annotations")))
        d.reference = stringOf(annotations->value(), kReferenceName);
    if (auto platform = TRY(reader.optionalObject("platform"))) {
        d.platform.os = stringOf(platform->value(), "os");
        d.platform.architecture = stringOf(platform->value(), "architecture");
        d.platform.variant = stringOf(platform->value(), "variant");
    }
    return d;
}

Json toJson(const Descriptor& d)
{
    Json json{{"mediaType", d.mediaType}, {"digest", d.digest}, {"size", d.size}};
    if (!d.reference.empty())
        json["annotations"][kReferenceName] = d.reference;
    return json;
}

Status Layout::initialize() const
{
    TRY(makeDirectories(m_path + "/blobs/sha256"));
    if (!exists(m_path + "/oci-layout"))
        TRY(writeFileAtomic(m_path + "/oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"));
    if (!exists(m_path + "/index.json"))
        TRY(writeIndex({}));
    return {};
}

Result<std::vector<Descriptor>> Layout::index() const
{
    const std::string path = m_path + "/index.json";
    UniqueFd fd = TRY(openRegular(path));
    Json json = TRYX(parseJson(TRYX(readFd(fd.get(), kLargestDocument), path), {kLargestDocument, 64}), path);
    JsonReader reader(json);
    const Json* manifests = TRYX(reader.array("manifests"), path);
    if (json.contains("layers"))
        return fail(Code::Failed, fmt::format("{} is an index and a manifest at once", path));
    std::vector<Descriptor> found;
    for (size_t i = 0; i < manifests->size(); ++i)
        found.push_back(TRYX(descriptorFrom((*manifests)[i], fmt::format("manifests[{}]", i)), path));
    return found;
}

Status Layout::writeIndex(const std::vector<Descriptor>& manifests) const
{
    Json json{{"schemaVersion", 2}, {"mediaType", kIndexType}, {"manifests", Json::array()}};
    for (const Descriptor& d : manifests)
        json["manifests"].push_back(toJson(d));
    return writeFileAtomic(m_path + "/index.json", dumpJson(json));
}

std::string Layout::blobPath(const std::string& digest) const
{
    return fmt::format("{}/blobs/sha256/{}", m_path, hexOf(digest));
}

Result<Json> Layout::document(const Descriptor& descriptor) const
{
    if (descriptor.size > kLargestDocument)
        return fail(Code::Failed,
                    fmt::format("{}: a document of {} bytes is too large", descriptor.digest, descriptor.size));
    UniqueFd fd = TRYX(openRegular(blobPath(descriptor.digest)), descriptor.digest);
    std::string data = TRYX(readFd(fd.get(), kLargestDocument), descriptor.digest);
    // By the bytes, before anything in them is believed.
    if (data.size() != descriptor.size || digestOf(data) != descriptor.digest)
        return fail(Code::Failed, fmt::format("{}: the content does not match its digest", descriptor.digest));
    return TRYX(parseJson(data, {kLargestDocument, 64}), descriptor.digest);
}

Status Layout::copyBlob(const Layout& from, const Descriptor& d, const std::function<bool()>& cancelled) const
{
    if (exists(blobPath(d.digest)))
        return {};
    UniqueFd source = TRYX(openRegular(from.blobPath(d.digest)), d.digest);
    return writeBeside(blobPath(d.digest), [&](int to) -> Status {
        std::string digest = TRYX(copyHashing(source.get(), to, d.size, cancelled), d.digest);
        if (digest != d.digest)
            return fail(Code::Failed, fmt::format("{}: the content has the digest {}", d.digest, digest));
        return {};
    });
}

Status Layout::takeBlob(const Layout& from, const Descriptor& d) const
{
    if (::link(from.blobPath(d.digest).c_str(), blobPath(d.digest).c_str()) < 0 && errno != EEXIST)
        return failErrno(d.digest);
    return {};
}

Result<Descriptor> Layout::adopt(const std::string& file, const char* mediaType,
                                 const std::function<bool()>& cancelled) const
{
    UniqueFd fd = TRY(openRegular(file));
    struct stat st
    {
    };
    if (::fstat(fd.get(), &st) < 0)
        return failErrno(file);
    auto size = static_cast<uint64_t>(st.st_size);
    std::string digest = TRYX(copyHashing(fd.get(), -1, size, cancelled), file);
    Descriptor d{mediaType, std::move(digest), size, {}, {}};
    if (::link(file.c_str(), blobPath(d.digest).c_str()) < 0 && errno != EEXIST)
        return failErrno(file);
    return d;
}

Result<Descriptor> Layout::writeBlob(std::string_view data, const char* mediaType) const
{
    Descriptor d{mediaType, digestOf(data), data.size(), {}, {}};
    if (!exists(blobPath(d.digest)))
        TRY(writeBeside(blobPath(d.digest), [&](int to) { return writeAll(to, data); }));
    return d;
}

} // namespace diptych::images
