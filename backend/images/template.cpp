#include "images/images.h"

#include "base/child.h"
#include "base/files.h"
#include "images/archive.h"
#include "images/digest.h"
#include "images/documents.h"
#include "images/layout.h"

#include <elf.h>
#include <sys/stat.h>

namespace diptych::images {

namespace {
constexpr const char* kBusybox = "/bin/busybox";

// PID 1 of a container gets only the signals it asks for, so a shell that does stands above the server.
constexpr std::string_view kServe = R"sh(#!/bin/sh
trap 'kill $!; exit 0' TERM INT
httpd -f -p 80 -h /www &
echo "serving on port 80 as $(hostname)"
wait
)sh";

constexpr std::string_view kPage = R"sh(#!/bin/sh
printf 'Content-Type: text/html; charset=utf-8\r\n\r\n'
cat <<END
<!doctype html>
<title>$(hostname)</title>
<h1>$(hostname)</h1>
<p>kernel $(uname -r), $(uname -m), up for $(cut -d' ' -f1 /proc/uptime) s
<p>$(ls -d /proc/[0-9]* | wc -l) processes, first: $(tr '\0' ' ' </proc/1/cmdline)
END
)sh";

constexpr std::string_view kPasswd = "root:x:0:0:root:/root:/bin/sh\n"
                                     "www-data:x:33:33:www-data:/www:/bin/false\n"
                                     "nobody:x:65534:65534:nobody:/nonexistent:/bin/false\n";
constexpr std::string_view kGroup = "root:x:0:\ntty:x:5:\nwww-data:x:33:\nnogroup:x:65534:\n";

/// A program with an interpreter would not run in a file system that holds nothing else.
bool isStatic(std::string_view program)
{
    Elf64_Ehdr header{};
    if (program.size() < sizeof header || program.substr(0, SELFMAG) != ELFMAG || program[EI_CLASS] != ELFCLASS64)
        return false;
    program.copy(reinterpret_cast<char*>(&header), sizeof header);
    for (size_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment{};
        size_t at = header.e_phoff + i * sizeof segment;
        if (at + sizeof segment > program.size())
            return false;
        program.copy(reinterpret_cast<char*>(&segment), sizeof segment, at);
        if (segment.p_type == PT_INTERP)
            return false;
    }
    return true;
}

Status addTree(MemoryArchive& tar)
{
    for (const char* name : {"bin", "sbin", "usr", "usr/bin", "usr/sbin", "etc", "dev", "proc", "sys", "run", "home",
                             "var", "var/log", "www", "www/cgi-bin"})
        TRY(tar.directory(name));
    TRY(tar.directory("root", 0700));
    TRY(tar.directory("tmp", 01777));
    TRY(tar.file("etc/passwd", kPasswd));
    TRY(tar.file("etc/group", kGroup));
    TRY(tar.file("bin/serve", kServe, 0755));
    return tar.file("www/cgi-bin/index.cgi", kPage, 0755);
}

Result<std::string> busyboxLayer()
{
    auto program = readFile(kBusybox);
    if (!program || !isStatic(*program))
        return fail(Code::NotSupported,
                    fmt::format("this host has no static {}: install the package busybox-static", kBusybox));
    MemoryArchive tar(MemoryArchive::Format::TarGzip);
    TRY(addTree(tar));
    TRY(tar.file("bin/busybox", *program, 0755));
    Command list;
    list.arguments = {kBusybox, "--list-full"};
    std::string applets = TRY(runChecked(list));
    for (std::string_view line : split(applets, '\n')) {
        std::string path(trim(line));
        if (path.empty() || path == "bin/busybox" || path[0] == '/')
            continue;
        TRY(tar.link(path, kBusybox));
    }
    return tar.finish();
}

/// The program's own time: the same busybox makes the same image.
Result<std::string> configOf(const std::string& diffId)
{
    struct stat st
    {
    };
    if (::stat(kBusybox, &st) < 0)
        return failErrno(kBusybox);
    Config config;
    config.entrypoint = {"/bin/serve"};
    config.environment = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    config.exposedPorts = {"80/tcp"};
    config.workingDirectory = "/";
    config.stopSignal = "SIGTERM";
    HistoryLine line{fmt::format("{} and its applets", kBusybox), "", int64_t{st.st_mtime} * 1000};
    return configDocument(config, {diffId}, {line});
}

/// Of the tar inside: decompressed again by the reader that unpacking uses.
Result<std::string> diffIdOf(const std::string& blob)
{
    return digestOf(TRY(readCompressed(blob, size_t{64} << 20)));
}
} // namespace

Result<Image> Store::buildTemplate(const std::string& name, const std::string& reference, Progress& progress)
{
    if (name != "busybox")
        return failField("template", fmt::format("there is no template {}", name));
    progress.report("buildTemplate", -1, name);
    std::string bytes = TRY(busyboxLayer());
    std::lock_guard guard(m_mutex);
    Layout layout(m_paths.images());
    auto result = [&]() -> Result<Image> {
        Descriptor layer = TRY(layout.writeBlob(bytes, kLayerType));
        std::string diffId = TRY(diffIdOf(layout.blobPath(layer.digest)));
        Descriptor config = TRY(layout.writeBlob(TRY(configOf(diffId)), kConfigType));
        Descriptor top = TRY(layout.writeBlob(manifestOf(config, {layer}), kManifestType));
        return add(reference, top.digest, top.size, progress);
    }();
    if (!result)
        (void)collect();
    return result;
}

} // namespace diptych::images
