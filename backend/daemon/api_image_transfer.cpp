// org.diptych.Images: archives as streams. A client never names a file of this host: what it sends is written to a file
// of ours first, and what it gets is read from one.
#include "base/files.h"
#include "base/names.h"
#include "daemon/image_calls.h"
#include "daemon/transfer.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <sys/sendfile.h>
#include <sys/socket.h>

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {
void sendAll(int to, const std::string& file, uint64_t size)
{
    auto from = openFile(file, O_RDONLY);
    off_t offset = 0;
    while (from && static_cast<uint64_t>(offset) < size) {
        ssize_t n = ::sendfile(to, from->get(), &offset, size_t{1} << 20);
        if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
            break;
    }
}

Result<ImportRequest> requestFrom(const Json& parameters)
{
    JsonReader reader(parameters);
    ImportRequest request;
    request.reference = TRY(reader.string("reference"));
    if (!request.reference.empty())
        TRY(checkImageReference(request.reference, "reference"));
    request.format = TRY(reader.string("format"));
    request.config.command = TRY(reader.optionalStrings("command"));
    request.config.environment = TRY(reader.optionalStrings("environment"));
    request.config.workingDirectory = TRY(reader.optionalString("workingDirectory")).value_or("");
    request.config.exposedPorts = TRY(reader.optionalStrings("exposedPorts"));
    for (const std::string& variable : request.config.environment)
        if (variable.find('=') == std::string::npos || variable[0] == '=')
            return failField("environment", fmt::format("{} is not NAME=value", variable));
    if (!request.config.workingDirectory.empty() && request.config.workingDirectory[0] != '/')
        return failField("workingDirectory", "it begins with /");
    if (request.format == "rootfs" && request.reference.empty())
        return failField("reference", "a root file system has no name of its own: one is needed");
    return request;
}

Result<Json> receiveAndImport(ImageSource& source, int from, uint64_t size, const ImportRequest& request,
                              Progress& progress)
{
    std::string file = TRY(source.temporaryFile());
    auto result = [&]() -> Result<Json> {
        TRY(receiveFile(from, file, size, progress));
        Json references = Json::array();
        for (const images::Image& image : TRY(source.import(file, request, progress)))
            references.push_back(image.reference);
        return Json{{"references", std::move(references)}};
    }();
    dropFile(file);
    return result;
}

void import(Daemon& daemon, const CallPointer& call)
{
    auto request = requestFrom(call->parameters());
    auto size = call->parameters()["size"].get<int64_t>();
    if (request && size <= 0)
        request = failField("size", "an archive has at least one byte");
    auto pair = socketPair(SOCK_STREAM);
    if (!request || !pair) {
        call->error(request ? pair.error() : request.error());
        return;
    }
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    auto work = [ours, size, request = *request](ImageSource& source, Progress& progress) {
        auto result = receiveAndImport(source, ours->get(), static_cast<uint64_t>(size), request, progress);
        ours->reset(); // whoever still sends learns that nobody reads any more
        return result;
    };
    std::string subject = request->reference.empty() ? "an archive" : request->reference;
    if (auto id = beginImageJob(daemon, call, {"import", subject, {}, work}))
        call->upgrade({{"operation", *id}}, std::move(pair->theirs));
}

/// A name for the file that a person saves it as.
std::string fileName(const std::string& reference, const std::string& format)
{
    std::string name = reference.substr(reference.find_last_of('/') + 1);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == ':' || c == '@'; }, '-');
    return fmt::format("{}.{}.tar", name, format == "ociArchive" ? "oci" : "docker");
}

void exportImage(Daemon& daemon, const CallPointer& call)
{
    auto reference = call->parameters()["reference"].get<std::string>();
    auto format = call->parameters()["format"].get<std::string>();
    auto work = [reference, format, &daemon](ImageSource& source, Progress& progress) -> Result<Json> {
        std::string file =
            TRY(source.exportArchive(reference, format == "ociArchive" ? "oci-archive" : "docker-archive", progress));
        return offerFile(daemon, file, fileName(reference, format));
    };
    if (auto id = beginImageJob(daemon, call, {"export", reference, {}, work}))
        call->reply({{"operation", *id}});
}

void download(Daemon& daemon, const CallPointer& call)
{
    auto token = call->parameters()["download"].get<std::string>();
    auto found = daemon.downloads.find(token);
    auto pair = socketPair(SOCK_STREAM);
    if (found == daemon.downloads.end() || !pair) {
        call->error(pair ? Error{Code::NotFound, "this download is over: export again", {}, 0} : pair.error());
        return;
    }
    std::string file = found->second.file;
    daemon.downloads.erase(found);
    std::error_code error;
    uintmax_t size = std::filesystem::file_size(file, error);
    if (error) {
        call->error(Error{Code::Failed, error.message(), {}, 0});
        return;
    }
    auto ours = std::make_shared<UniqueFd>(std::move(pair->ours));
    call->upgrade({{"size", size}}, std::move(pair->theirs));
    daemon.workers.submit([ours, file, size] {
        sendAll(ours->get(), file, size);
        ours->reset();
        dropFile(file);
    });
}
} // namespace

Status addImageTransferApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, Mode mode, void (*work)(Daemon&, const CallPointer&)) {
        return daemon.server.handle(method, mode, [&daemon, work](const CallPointer& call) { work(daemon, call); });
    };
    TRY(handle("org.diptych.Images.Import", Mode::Upgrade, import));
    TRY(handle("org.diptych.Images.Export", Mode::Plain, exportImage));
    return handle("org.diptych.Images.Download", Mode::Upgrade, download);
}

} // namespace diptych
