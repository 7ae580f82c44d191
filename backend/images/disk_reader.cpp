#include "images/disk_reader.h"

#include "base/child.h"
#include "base/files.h"
#include "base/json.h"
#include "images/archive.h"
#include "images/images.h"
#include "images/unpacker.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace diptych::images {

namespace {
constexpr const char* kQemu = "/usr/bin/qemu-system-x86_64";
constexpr size_t kLongestRecord = size_t{64} << 10;
constexpr std::chrono::minutes kLongestSilence{2};

Status copyFile(const std::string& from, const std::string& to)
{
    UniqueFd source = TRY(openFile(from, O_RDONLY)), target = TRY(openFile(to, O_WRONLY | O_CREAT | O_EXCL));
    struct stat st
    {
    };
    if (::fstat(source.get(), &st) < 0)
        return failErrno(from);
    return copyBytes(source.get(), target.get(), static_cast<uint64_t>(st.st_size));
}

/// Copies, because they lie where the enclosed QEMU sees nothing.
Status putKernel(const Paths& paths, const std::string& work)
{
    Kernel kernel = TRY(findKernel(paths));
    TRY(copyFile(TRY(bootImage(paths, kernel)), work + "/kernel"));
    TRY(copyFile(TRY(initramfs(paths, kernel)), work + "/initrd"));
    UniqueFd initrd = TRY(openFile(work + "/initrd", O_WRONLY | O_APPEND));
    return writeAll(initrd.get(), configArchive(dumpJson({{"version", 1}, {"task", "readDisk"}})));
}

/// Emulated: with /dev/kvm a guest's kernel would have more of the host's to attack, and a disk is read once.
std::vector<std::string> qemuArguments()
{
    std::vector<std::string> arguments{kQemu,
                                       "-nodefaults",
                                       "-no-user-config",
                                       "-no-reboot",
                                       "-display",
                                       "none",
                                       "-machine",
                                       "pc",
                                       "-accel",
                                       "tcg,tb-size=128",
                                       "-cpu",
                                       "max",
                                       "-m",
                                       "512",
                                       "-kernel",
                                       "kernel",
                                       "-initrd",
                                       "initrd",
                                       "-append",
                                       "quiet panic=-1 cryptomgr.notests no_timer_check",
                                       "-drive",
                                       "file=disk.raw,format=raw,if=none,id=disk,cache=unsafe",
                                       "-device",
                                       "virtio-blk-pci,drive=disk",
                                       "-device",
                                       "virtio-serial-pci"};
    for (const auto& [port, file] : {std::pair{"record", "record"}, {"tar", "rootfs.tar"}})
        arguments.insert(arguments.end(), {"-chardev", fmt::format("file,id={},path={}", port, file), "-device",
                                           fmt::format("virtserialport,chardev={0},name=org.diptych.{0}.0", port)});
    return arguments;
}

uint64_t sizeOf(const std::string& file)
{
    struct stat st
    {
    };
    return ::stat(file.c_str(), &st) == 0 ? static_cast<uint64_t>(st.st_size) : 0;
}

/// Looks at the two files that grow: how far it is, and whether it stands still.
class Watch final
{
public:
    Watch(const std::string& work, int directory, Progress& progress)
        : m_tar(work + "/rootfs.tar"), m_record(work + "/record"), m_directory(directory), m_progress(progress)
    {
    }

    bool stop()
    {
        const auto now = std::chrono::steady_clock::now();
        const uint64_t size = sizeOf(m_tar), said = sizeOf(m_record);
        if (size != m_size || said != m_said)
            m_last = now;
        if (said != m_said)
            m_total = diskReadingFrom(readFile(m_record, kLongestRecord).value_or("")).bytes;
        m_size = size;
        m_said = said;
        if (m_total) {
            m_progress.amounts({{"rootfs", std::min(m_size, m_total), m_total}});
            m_progress.report("readDisk", std::min(1.0, double(m_size) / double(m_total)), "");
        }
        if (Status space = checkReserve(m_directory); !space)
            m_problem = space.error();
        else if (now - m_last > kLongestSilence)
            m_problem = Error{Code::TimedOut, "the machine that reads the disk stands still", {}, 0};
        return m_problem || m_progress.cancelled();
    }
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

private:
    std::string m_tar, m_record;
    int m_directory;
    Progress& m_progress;
    uint64_t m_size = 0, m_said = 0, m_total = 0;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
    std::optional<Error> m_problem;
};

/// It comes from a machine that a stranger's file system may have taken over, and is shown to people.
std::string printable(std::string text)
{
    text.resize(std::min<size_t>(text.size(), 300));
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    return text;
}
} // namespace

DiskReading diskReadingFrom(std::string_view record)
{
    DiskReading reading;
    for (std::string_view line : split(record, '\n')) {
        auto json = parseJson(line, {size_t{4} << 10, 4});
        if (!json || !json->is_object())
            continue;
        JsonReader reader(*json);
        const std::string event = reader.string("event").value_or("");
        if (event == "found")
            reading.bytes = reader.unsignedInteger("bytes").value_or(0);
        else if (event == "refused")
            reading.refused = printable(reader.string("reason").value_or(""));
        else if (event == "exit")
            reading.whole = reader.integer("exitCode").value_or(1) == 0;
    }
    return reading;
}

Status readDisk(const Paths& paths, const std::string& work, Progress& progress)
{
    if (!exists(kQemu))
        return fail(Code::NotSupported, "QEMU is not installed: install the package qemu-system-x86");
    progress.report("readDisk", -1, "");
    TRY(putKernel(paths, work));
    const std::string root = work + ".root";
    TRY(makeDirectories(root));
    UniqueFd directory = TRY(openFile(work, O_RDONLY | O_DIRECTORY));
    Watch watch(work, directory.get(), progress);
    Command command;
    command.arguments = {unpackerPath(), "enclose", work, root};
    const std::vector<std::string> qemu = qemuArguments();
    command.arguments.insert(command.arguments.end(), qemu.begin(), qemu.end());
    command.timeout = std::chrono::hours(12);
    command.outputLimit = size_t{64} << 10;
    command.cancelled = [&] { return watch.stop(); };
    auto ran = run(command);
    (void)removeTree(root);
    if (watch.problem())
        return tl::unexpected<Error>(*watch.problem());
    if (!ran)
        return tl::unexpected<Error>(ran.error());
    const DiskReading reading = diskReadingFrom(readFile(work + "/record", kLongestRecord).value_or(""));
    if (!reading.refused.empty())
        return fail(Code::NotSupported, reading.refused);
    if (ran->status != 0)
        return fail(Code::Failed, fmt::format("the machine that reads the disk failed: {}", trim(ran->errors)));
    if (!reading.whole)
        return fail(Code::Failed,
                    "the machine that reads the disk broke down: its file system is damaged or means harm");
    return {};
}

} // namespace diptych::images
