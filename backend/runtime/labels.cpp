#include "runtime/labels.h"

#include "base/files.h"
#include "base/log.h"
#include "runtime/mountapi.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

static bool wantsProfile(const oci::Process& process)
{
    return !process.apparmorProfile.empty() && process.apparmorProfile != "unconfined";
}

static tl::unexpected<Error> missing(const char* field, const char* what)
{
    return tl::unexpected<Error>(
        Error{Code::NotSupported, fmt::format("{}: this kernel runs without {}", field, what), field, 0});
}

static bool hasSelinux()
{
    return exists("/sys/fs/selinux/enforce");
}

Status checkLabels(const oci::Process& process)
{
    if (wantsProfile(process) && readFile("/sys/module/apparmor/parameters/enabled").value_or("N").front() != 'Y')
        return missing("process.apparmorProfile", "AppArmor");
    if (!process.selinuxLabel.empty() && !hasSelinux())
        return missing("process.selinuxLabel", "SELinux");
    return {};
}

void checkMountLabel(std::string& label)
{
    if (label.empty() || hasSelinux())
        return;
    logf(Level::Warning, "linux.mountLabel: this kernel runs without SELinux: left out");
    label.clear();
}

Result<UniqueFd> openLabel(const oci::Process& process, bool hostProc)
{
    if (!wantsProfile(process) && process.selinuxLabel.empty())
        return UniqueFd();
    UniqueFd proc = TRY(openFile("/proc", O_PATH | O_DIRECTORY | O_NOFOLLOW));
    if (TRY(fileSystemMagic(proc.get())) != PROC_SUPER_MAGIC)
        return fail(Code::Failed, "/proc is no proc: the security label can't be set");
    std::string own = hostProc ? "thread-self" : std::to_string(::getpid());
    open_how how{};
    how.flags = O_WRONLY | O_CLOEXEC;
    how.resolve = RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_BENEATH | (hostProc ? 0 : RESOLVE_NO_SYMLINKS);
    int fd = -1;
    // The file of the module's own first: the common one belongs to whichever module is first.
    for (const char* name : {wantsProfile(process) ? "attr/apparmor/exec" : "attr/selinux/exec", "attr/exec"})
        if (fd < 0)
            fd = static_cast<int>(
                ::syscall(SYS_openat2, proc.get(), fmt::format("{}/{}", own, name).c_str(), &how, sizeof how));
    return fd < 0 ? Result<UniqueFd>(failErrno("open the security label")) : Result<UniqueFd>(UniqueFd(fd));
}

Status writeLabel(const oci::Process& process, int file)
{
    if (file < 0)
        return {};
    std::string text = wantsProfile(process) ? "exec " + process.apparmorProfile : process.selinuxLabel;
    if (::write(file, text.data(), text.size()) < 0)
        return failErrno(wantsProfile(process) ? fmt::format("process.apparmorProfile {}", process.apparmorProfile)
                                               : fmt::format("process.selinuxLabel {}", process.selinuxLabel));
    return {};
}

Status labelKeys(const oci::Process& process)
{
    if (process.selinuxLabel.empty())
        return {};
    TRYX(writeFile("/proc/thread-self/attr/keycreate", process.selinuxLabel),
         fmt::format("process.selinuxLabel {}", process.selinuxLabel));
    return {};
}

} // namespace diptych::runtime
