#include "runtime/seccomp.h"

#include "base/files.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

// Bump when the compiled form changes for the same profile.
static constexpr std::string_view format = "diptych-seccomp-1";

// Everything the program depends on, as one text.
static std::string keyOf(const oci::Seccomp& p)
{
    const scmp_version* version = seccomp_version();
    std::string key = fmt::format("{} {}.{}.{} {:x}\n{} {}\n", format, version->major, version->minor, version->micro,
                                  seccomp_arch_native(), p.defaultAction, p.defaultErrnoRet.value_or(UINT32_MAX));
    for (const std::string& architecture : p.architectures)
        key.append(architecture).append(" ");
    for (const oci::SeccompRule& rule : p.rules) {
        key += fmt::format("\n{} {}", rule.action, rule.errnoRet.value_or(UINT32_MAX));
        for (const oci::SeccompArgument& a : rule.args)
            key += fmt::format(" [{} {} {} {}]", a.index, a.op, a.value, a.valueTwo);
        for (const std::string& name : rule.names)
            key.append(" ").append(name);
    }
    return key;
}

// FNV-1a: picks the file, nothing more.
static uint64_t hashOf(std::string_view text)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

static std::vector<sock_filter> readCached(const std::string& path, const std::string& key)
{
    std::vector<sock_filter> program;
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat info = {};
    if (!file || ::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode) || info.st_uid != ::geteuid() ||
        (info.st_mode & 022))
        return program;
    auto bytes = readFd(file.get(), size_t{1} << 20);
    // key, NUL, program
    if (!bytes || bytes->size() <= key.size() + 1 || bytes->compare(0, key.size(), key) != 0 ||
        (*bytes)[key.size()] != '\0')
        return program;
    size_t length = bytes->size() - key.size() - 1;
    if (length % sizeof(sock_filter) != 0 || length / sizeof(sock_filter) > BPF_MAXINSNS)
        return program;
    program.resize(length / sizeof(sock_filter));
    std::memcpy(program.data(), bytes->data() + key.size() + 1, length);
    return program;
}

static Status writeCached(const std::string& directory, const std::string& path, const std::string& key,
                          const std::vector<sock_filter>& program)
{
    TRY(makeDirectories(directory, 0700));
    std::string data = key;
    data.push_back('\0');
    data.append(reinterpret_cast<const char*>(program.data()), program.size() * sizeof(sock_filter));
    return writeFileAtomic(path, data, 0600);
}

static Result<unsigned> flagsOf(const oci::Seccomp& profile)
{
    unsigned flags = 0;
    for (const std::string& flag : profile.flags) {
        if (flag == "SECCOMP_FILTER_FLAG_LOG")
            flags |= SECCOMP_FILTER_FLAG_LOG;
        else if (flag == "SECCOMP_FILTER_FLAG_SPEC_ALLOW")
            flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
        else if (flag != "SECCOMP_FILTER_FLAG_TSYNC") // one thread: nothing to synchronise
            return fail(Code::NotSupported, fmt::format("linux.seccomp.flags: {} is not supported", flag));
    }
    return flags;
}

Result<SeccompFilter> seccompFilter(const oci::Seccomp& profile, const std::string& cacheDirectory)
{
    SeccompFilter filter;
    filter.flags = TRY(flagsOf(profile));
    std::string key = keyOf(profile);
    std::string path = fmt::format("{}/{:016x}.bpf", cacheDirectory, hashOf(key));
    filter.program = readCached(path, key);
    filter.cached = !filter.program.empty();
    if (!filter.cached) {
        filter.program = TRY(compileFilter(profile));
        (void)writeCached(cacheDirectory, path, key, filter.program);
    }
    return filter;
}

Status installFilter(const SeccompFilter& filter)
{
    if (filter.program.empty())
        return {};
    sock_fprog program = {static_cast<unsigned short>(filter.program.size()),
                          const_cast<sock_filter*>(filter.program.data())};
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program) < 0)
        return failErrno("load the seccomp filter");
    return {};
}

} // namespace diptych::runtime
