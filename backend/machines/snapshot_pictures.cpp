#include "machines/snapshot_pictures.h"

#include "base/files.h"
#include "base/names.h"
#include "machines/xml.h"

#include <openssl/evp.h>
#include <set>
#include <sys/stat.h>
#include <zlib.h>

namespace diptych::machines {

namespace {

constexpr size_t mostPixmap = size_t{64} << 20;
constexpr unsigned mostSide = 16384;

std::string placeOf(const Paths& paths, const std::string& domain)
{
    return paths.state + "/snapshots/" + domain;
}

/// Only of names that are good as a file's: others were not made here.
std::string fileOf(const std::string& snapshot, int64_t seconds)
{
    return checkInstanceName(snapshot) ? fmt::format("{}-{}.png", seconds, snapshot) : std::string();
}

int64_t secondsOf(virDomainSnapshotPtr snapshot)
{
    CString text(virDomainSnapshotGetXMLDesc(snapshot, 0));
    pugi::xml_document document;
    if (!text || !parseXml(text.get(), document))
        return 0;
    return document.child("domainsnapshot").child("creationTime").text().as_llong();
}

struct Pixmap
{
    unsigned width = 0, height = 0;
    const unsigned char* pixels = nullptr; ///< three bytes each
};

Result<Pixmap> readPixmap(std::string_view text)
{
    unsigned values[3] = {};
    size_t at = 2;
    if (!text.starts_with("P6"))
        return fail(Code::Failed, "no portable pixmap");
    for (unsigned& value : values) {
        while (at < text.size() && isspace(static_cast<unsigned char>(text[at])))
            ++at;
        size_t digits = 0;
        for (; at < text.size() && isdigit(static_cast<unsigned char>(text[at])) && digits < 6; ++at, ++digits)
            value = value * 10 + unsigned(text[at] - '0');
    }
    ++at; // one blank before the pixels
    Pixmap found{values[0], values[1], nullptr};
    if (found.width == 0 || found.height == 0 || found.width > mostSide || found.height > mostSide ||
        values[2] != 255 || at > text.size() || text.size() - at < size_t{3} * found.width * found.height)
        return fail(Code::Failed, "a portable pixmap that does not hold what it says");
    found.pixels = reinterpret_cast<const unsigned char*>(text.data()) + at;
    return found;
}

/// Rows of a PNG with their filter byte; each pixel the mean of those it stands for.
std::string shrink(const Pixmap& from, unsigned width, unsigned height)
{
    std::string rows;
    rows.reserve(size_t{height} * (size_t{width} * 3 + 1));
    for (unsigned y = 0; y < height; ++y) {
        rows += '\0';
        const unsigned top = unsigned(uint64_t{y} * from.height / height);
        const unsigned bottom = std::max(top + 1, unsigned(uint64_t{y + 1} * from.height / height));
        for (unsigned x = 0; x < width; ++x) {
            const unsigned left = unsigned(uint64_t{x} * from.width / width);
            const unsigned right = std::max(left + 1, unsigned(uint64_t{x + 1} * from.width / width));
            uint64_t sum[3] = {};
            for (unsigned row = top; row < bottom; ++row)
                for (unsigned column = left; column < right; ++column)
                    for (size_t c = 0; c < 3; ++c)
                        sum[c] += from.pixels[(size_t{row} * from.width + column) * 3 + c];
            const uint64_t count = uint64_t{bottom - top} * (right - left);
            for (uint64_t one : sum)
                rows += char(one / count);
        }
    }
    return rows;
}

std::string bigEndian(uint32_t value)
{
    return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
}

std::string chunk(const std::string& type, const std::string& data)
{
    const std::string checked = type + data;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(checked.data()), uInt(checked.size()));
    return bigEndian(uint32_t(data.size())) + checked + bigEndian(uint32_t(sum));
}

Result<std::string> receive(virStreamPtr stream)
{
    std::string all, buffer(size_t{256} << 10, '\0');
    for (;;) {
        int n = virStreamRecv(stream, buffer.data(), buffer.size());
        if (n < 0)
            return failLibvirt("screenshot");
        if (n == 0)
            break;
        all.append(buffer, 0, size_t(n));
        if (all.size() > mostPixmap) {
            virStreamAbort(stream);
            return fail(Code::Failed, "the picture is too large");
        }
    }
    if (virStreamFinish(stream) < 0)
        return failLibvirt("screenshot");
    return all;
}

std::string base64(const std::string& bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // with the NUL that it ends
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()));
    text.resize(size_t(size));
    return text;
}

} // namespace

Result<std::string> pngOfPixmap(std::string_view pixmap, unsigned widest)
{
    const Pixmap from = TRY(readPixmap(pixmap));
    const unsigned width = std::min(from.width, widest);
    const unsigned height = std::max(1U, unsigned(uint64_t{from.height} * width / from.width));
    const std::string rows = shrink(from, width, height);
    uLongf size = compressBound(uLong(rows.size()));
    std::string packed(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
                  uLong(rows.size()), 9) != Z_OK)
        return fail(Code::Failed, "zlib could not pack the picture");
    packed.resize(size);
    const std::string rgb8{8, 2, 0, 0, 0};
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", bigEndian(width) + bigEndian(height) + rgb8) + chunk("IDAT", packed) +
           chunk("IEND", {});
}

Result<std::string> takePicture(virConnectPtr connection, virDomainPtr domain)
{
    StreamRef stream(virStreamNew(connection, 0));
    CString mime(stream ? virDomainScreenshot(domain, stream.get(), 0, 0) : nullptr);
    if (!mime)
        return failLibvirt(fmt::format("screenshot of {}", nameOf(domain)));
    std::string picture = TRY(receive(stream.get()));
    if (std::string_view(mime.get()) == "image/x-portable-pixmap")
        picture = TRY(pngOfPixmap(picture, 640));
    if (!picture.starts_with("\x89PNG") || picture.size() > mostPicture)
        return fail(Code::Failed, fmt::format("the picture of {} is no PNG or too large", nameOf(domain)));
    return picture;
}

Status keepPicture(const Paths& paths, virDomainPtr domain, const std::string& snapshot, const std::string& png)
{
    SnapshotRef made(virDomainSnapshotLookupByName(domain, snapshot.c_str(), 0));
    const std::string file = made ? fileOf(snapshot, secondsOf(made.get())) : std::string();
    if (file.empty())
        return fail(Code::NotFound, fmt::format("snapshot {}", snapshot));
    TRY(makeDirectories(placeOf(paths, idOf(domain))));
    return writeFileAtomic(placeOf(paths, idOf(domain)) + "/" + file, png);
}

bool hasPicture(const Paths& paths, const std::string& domain, const std::string& snapshot, int64_t seconds)
{
    const std::string file = fileOf(snapshot, seconds);
    return !file.empty() && exists(placeOf(paths, domain) + "/" + file);
}

void dropPictures(const Paths& paths, virDomainPtr domain)
{
    virDomainSnapshotPtr* all = nullptr;
    int count = virDomainListAllSnapshots(domain, &all, 0);
    std::set<std::string> wanted;
    for (int i = 0; i < count; ++i) {
        SnapshotRef one(all[i]);
        wanted.insert(fileOf(virDomainSnapshotGetName(one.get()), secondsOf(one.get())));
    }
    free(all);
    if (count < 0)
        return;
    const std::string place = placeOf(paths, idOf(domain));
    for (const std::string& file : listDirectory(place).value_or(std::vector<std::string>{}))
        if (!wanted.contains(file))
            (void)removeTree(place + "/" + file);
}

Status forgetPictures(const Paths& paths, const std::string& domain)
{
    TRY(checkId(domain));
    return exists(placeOf(paths, domain)) ? removeTree(placeOf(paths, domain)) : Status();
}

Result<Json> getSnapshotPicture(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    auto name = parameters["name"].get<std::string>();
    SnapshotRef snapshot(virDomainSnapshotLookupByName(domain.get(), name.c_str(), 0));
    if (!snapshot)
        return failLibvirt(fmt::format("snapshot {} of {}", name, nameOf(domain.get())));
    const std::string file = fileOf(name, secondsOf(snapshot.get()));
    auto picture = file.empty() ? Result<std::string>(std::string())
                                : readFile(placeOf(host.paths, idOf(domain.get())) + "/" + file);
    return Json{{"picture", picture && picture->size() <= mostPicture ? base64(*picture) : std::string()}};
}

} // namespace diptych::machines
