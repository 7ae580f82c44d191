#include "images/qemu_img.h"

#include "base/child.h"
#include "base/files.h"
#include "base/json.h"
#include "images/archive.h"
#include "images/disks.h"
#include "images/unpacker.h"

#include <fcntl.h>

namespace diptych::images {

namespace {
/// "    (12.34/100%)": the last of them counts.
double fractionIn(std::string_view output)
{
    const size_t open = output.rfind('('), slash = output.find('/', open);
    if (open == std::string_view::npos || slash == std::string_view::npos)
        return -1;
    return std::strtod(std::string(output.substr(open + 1, slash - open - 1)).c_str(), nullptr) / 100;
}

Result<std::string> converse(Command command, const std::string& room, Progress& progress, int alsoGood = 0)
{
    UniqueFd directory = TRY(openFile(room, O_RDONLY | O_DIRECTORY));
    Status space;
    double fraction = -1;
    command.timeout = std::chrono::hours(12);
    command.outputLimit = size_t{1} << 20;
    command.onOutput = [&](std::string_view output) {
        if (double now = fractionIn(output); now >= 0)
            progress.report("convertDisk", fraction = now, "");
    };
    command.cancelled = [&] {
        // What is written may be much more than what was sent: many clusters of a disk can be one of its file.
        space = checkReserve(directory.get());
        return !space || progress.cancelled();
    };
    progress.report("convertDisk", fraction, "");
    auto outcome = run(command);
    if (!space)
        return tl::unexpected<Error>(space.error());
    if (!outcome)
        return tl::unexpected<Error>(outcome.error());
    if (outcome->status == 0 || outcome->status == alsoGood)
        return std::move(outcome->output);
    if (outcome->status > 128)
        return fail(Code::Failed, fmt::format("qemu-img was ended by signal {}: the disk is damaged or means harm",
                                              outcome->status - 128));
    return fail(Code::Failed, std::string(trim(outcome->errors)));
}

Result<Command> enclosed(const std::string& work, const char* program, const std::vector<std::string>& arguments)
{
    const std::string root = work + ".root";
    TRY(makeDirectories(root));
    Command command;
    command.arguments = {unpackerPath(), "enclose", work, root, program};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    return command;
}
} // namespace

Result<std::string> qemuImgEnclosed(const std::string& work, const std::vector<std::string>& arguments,
                                    Progress& progress)
{
    if (findProgram("qemu-img").empty())
        return fail(Code::NotSupported, "qemu-img is not installed: install the package qemu-utils");
    // Of check: clusters that are used by nothing harm nobody.
    constexpr int leaks = 3;
    return converse(TRY(enclosed(work, "/usr/bin/qemu-img", arguments)), work, progress,
                    arguments.front() == "check" ? leaks : 0);
}

Status gunzipEnclosed(const std::string& work, const std::string& file, Progress& progress)
{
    // With force, for the file has another name too.
    TRY(converse(TRY(enclosed(work, "/usr/bin/gzip", {"-d", "-k", "-f", "-q", file})), work, progress));
    return {};
}

Result<std::string> qemuImg(const std::vector<std::string>& arguments, const std::string& room, Progress& progress)
{
    Command command;
    command.arguments = {"qemu-img"};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    return converse(std::move(command), room, progress);
}

std::string sourceFor(const MachineDisk& disk)
{
    Json source{{"driver", disk.format}, {"file", {{"driver", "file"}, {"filename", disk.path}}}};
    if (!disk.base.empty())
        source["backing"] = {{"driver", "raw"}, {"file", {{"driver", "file"}, {"filename", disk.base}}}};
    return "json:" + dumpJson(source);
}
} // namespace diptych::images
