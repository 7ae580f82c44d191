// Debian as an image, by mmdebstrap from the mirror that this host's apt uses.
#include "images/images.h"

#include "base/child.h"
#include "base/files.h"
#include "base/names.h"

#include <algorithm>
#include <filesystem>

namespace diptych::images {

namespace {
bool isWord(const std::string& word, std::string_view further)
{
    auto fits = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || further.find(c) != further.npos;
    };
    return !word.empty() && word.size() <= 100 && fits(word[0]) && word[0] != '-' &&
           std::all_of(word.begin(), word.end(), fits);
}

/// mmdebstrap tells on lines "I: ..." what it does.
std::string lastLine(std::string_view output)
{
    std::string_view text = trim(output);
    size_t line = text.find_last_of("\r\n");
    text = line == std::string_view::npos ? text : text.substr(line + 1);
    return std::string(text.substr(0, 120));
}
} // namespace

Result<Image> Store::buildDebian(const std::string& suite, const std::vector<std::string>& packages,
                                 const std::string& reference, Progress& progress)
{
    TRY(checkImageReference(reference, "reference"));
    if (!isWord(suite, "-"))
        return failField("suite", "a suite is a word such as bookworm");
    std::string list;
    for (const std::string& package : packages) {
        if (!isWord(package, "+-.:"))
            return failField("packages", fmt::format("{} is not a package's name", package));
        list += (list.empty() ? "" : ",") + package;
    }
    std::string file = TRY(temporaryFile());
    Command command;
    command.arguments = {"mmdebstrap", "--mode=root", "--variant=minbase", "--format=tar"};
    if (!list.empty())
        command.arguments.push_back("--include=" + list);
    command.arguments.insert(command.arguments.end(), {suite, file});
    command.environment = {"TMPDIR=" + std::filesystem::path(file).parent_path().string(), "HOME=/root"};
    command.timeout = std::chrono::hours(2);
    command.cancelled = [&] { return progress.cancelled(); };
    command.onOutput = [&](std::string_view output) {
        if (std::string line = lastLine(output); !line.empty())
            progress.report("installPackages", -1, line);
    };
    progress.report("installPackages", -1, suite);
    auto built = runChecked(command);
    Config config;
    config.command = {"/bin/bash"};
    config.environment = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"};
    config.workingDirectory = "/";
    std::string createdBy = fmt::format("mmdebstrap {}{}{}", suite, list.empty() ? "" : " with ", list);
    Result<Image> image = built ? importRootfs(file, reference, config, createdBy, progress)
                                : tl::unexpected<Error>(std::move(built).error());
    (void)removeTree(std::filesystem::path(file).parent_path());
    return image;
}

} // namespace diptych::images
