#include "runtime/executable.h"

#include "base/files.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

static std::string valueOf(const std::vector<std::string>& env, std::string_view name)
{
    std::string value;
    for (const std::string& variable : env)
        if (variable.size() > name.size() && variable[name.size()] == '=' &&
            variable.compare(0, name.size(), name) == 0)
            value = variable.substr(name.size() + 1);
    return value;
}

static bool isExecutable(const std::string& path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
           ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
}

Result<std::string> findExecutable(const oci::Process& process)
{
    const std::string& name = process.args.front();
    if (name.find('/') != std::string::npos) {
        struct stat info = {};
        if (::stat(name.c_str(), &info) < 0)
            return failErrno(fmt::format("exec: \"{}\"", name));
        if (S_ISDIR(info.st_mode)) {
            errno = EACCES; // as execve(2) has it, and as Podman tells "can't be run" from "is not there"
            return failErrno(fmt::format("exec: \"{}\" is a directory", name));
        }
        // On a noexec mount too: said by create, where callers look for the reason.
        if (::faccessat(AT_FDCWD, name.c_str(), X_OK, AT_EACCESS) < 0)
            return failErrno(fmt::format("exec: \"{}\"", name));
        return name;
    }
    std::string path = valueOf(process.env, "PATH");
    if (path.empty())
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    for (std::string_view directory : split(path, ':')) {
        std::string full = fmt::format("{}/{}", directory.empty() ? "." : directory, name);
        if (!name.empty() && isExecutable(full))
            return full;
    }
    return fail(Code::NotFound,
                fmt::format("exec: \"{}\": executable file not found in $PATH: No such file or directory", name));
}

static std::string homeOf(uint32_t uid)
{
    std::string standard = uid == 0 ? "/root" : "/";
    UniqueFd file(::open("/etc/passwd", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat info = {};
    if (!file || ::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode))
        return standard;
    auto text = readFd(file.get(), size_t{1} << 20);
    if (!text)
        return standard;
    for (std::string_view line : split(*text, '\n')) {
        auto fields = split(line, ':');
        if (fields.size() < 6)
            continue;
        auto id = oci::idFrom(fields[2]);
        if (id && *id == uid && !fields[5].empty() && fields[5].front() == '/' &&
            fields[5].find('\0') == std::string_view::npos)
            return std::string(fields[5]);
    }
    return standard;
}

void keepLastOfEach(std::vector<std::string>& env)
{
    auto nameOf = [](const std::string& variable) { return std::string_view(variable).substr(0, variable.find('=')); };
    std::vector<std::string> kept;
    for (size_t i = 0; i < env.size(); ++i) {
        bool again = std::any_of(env.begin() + static_cast<ptrdiff_t>(i) + 1, env.end(),
                                 [&](const std::string& later) { return nameOf(later) == nameOf(env[i]); });
        if (!again)
            kept.push_back(std::move(env[i]));
    }
    env = std::move(kept);
}

void addHome(oci::Process& process)
{
    if (valueOf(process.env, "HOME").empty())
        process.env.push_back("HOME=" + homeOf(process.user.uid));
}

Status enterDirectory(const std::string& path)
{
    if (::chdir(path.c_str()) < 0)
        return failErrno(fmt::format("process.cwd {}", path));
    // The kernel says "(unreachable)/..." for a directory outside the root, whatever way led there. The system call,
    // not the C library, which may look for a name by itself.
    std::array<char, 4096> name{};
    if (::syscall(SYS_getcwd, name.data(), name.size()) < 0 || name[0] != '/')
        return fail(Code::InvalidArgument, fmt::format("process.cwd {} is outside the container", path));
    return {};
}

Result<UniqueFd> sealedCopy(const std::string& path)
{
    UniqueFd source = TRYX(openFile(path, O_RDONLY | O_NONBLOCK), "--executable");
    struct stat info = {};
    if (::fstat(source.get(), &info) < 0 || !S_ISREG(info.st_mode))
        return failField("executable", fmt::format("--executable {} is no file", path));
    UniqueFd copy(::memfd_create("program", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!copy)
        return failErrno("memfd_create");
    while (true) {
        ssize_t n = ::sendfile(copy.get(), source.get(), nullptr, size_t{1} << 30);
        if (n == 0)
            break;
        if (n < 0 && errno != EINTR)
            return failErrno(fmt::format("--executable {}", path));
    }
    (void)::fchmod(copy.get(), 0555);
    // What runs inside can be written through /proc/PID/exe by nobody, and the host's file is out of reach.
    if (::fcntl(copy.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
        return failErrno("seal the program");
    return copy;
}

Error execute(const oci::Process& process, const std::string& path, int executable)
{
    auto pointers = [](const std::vector<std::string>& words) {
        std::vector<char*> out;
        for (const std::string& word : words)
            out.push_back(const_cast<char*>(word.c_str()));
        out.push_back(nullptr);
        return out;
    };
    auto args = pointers(process.args), env = pointers(process.env);
    if (executable >= 0)
        ::syscall(SYS_execveat, executable, "", args.data(), env.data(), AT_EMPTY_PATH);
    else
        ::execve(path.c_str(), args.data(), env.data());
    return systemError(errno, fmt::format("exec {}", process.args.front()));
}

} // namespace diptych::runtime
