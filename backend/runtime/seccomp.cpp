#include "runtime/seccomp.h"

#include "base/files.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

// Bump when the compiled form changes for the same profile.
static constexpr std::string_view format = "diptych-seccomp-3";

// Everything the program depends on, as one text.
static std::string keyOf(std::string_view text)
{
    const scmp_version* version = seccomp_version();
    std::string key = fmt::format("{} {}.{}.{} {:x}\n", format, version->major, version->minor, version->micro,
                                  seccomp_arch_native());
    // Instructions are eight bytes: so stand they in the file, where they are used.
    size_t whole = key.size() + text.size() + 1 + sizeof(uint32_t);
    return key.append((8 - whole % 8) % 8, ' ').append(text);
}

// FNV-1a, eight bytes at a time: picks the file, nothing more.
static uint64_t hashOf(std::string_view text)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (; text.size() >= sizeof hash; text.remove_prefix(sizeof hash)) {
        uint64_t word = 0;
        std::memcpy(&word, text.data(), sizeof word);
        hash = (hash ^ word) * 0x100000001b3;
        hash ^= hash >> 29;
    }
    for (char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

Mapping Mapping::of(int fd, size_t size)
{
    Mapping mapping;
    void* data = size ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0) : MAP_FAILED;
    if (data != MAP_FAILED)
        mapping.m_data = {static_cast<const char*>(data), size};
    return mapping;
}

Mapping::~Mapping()
{
    if (!m_data.empty())
        (void)::munmap(const_cast<char*>(m_data.data()), m_data.size());
}

// key, NUL, flags, program
SeccompFilter SeccompFilter::fromCache(Mapping file, size_t keySize)
{
    SeccompFilter filter;
    size_t begin = keySize + 1 + sizeof(uint32_t);
    if (file.bytes().size() <= begin || file.bytes()[keySize] != '\0')
        return filter;
    size_t length = file.bytes().size() - begin;
    if (begin % alignof(sock_filter) != 0 || length % sizeof(sock_filter) != 0 ||
        length / sizeof(sock_filter) > BPF_MAXINSNS)
        return filter;
    uint32_t flags = 0;
    std::memcpy(&flags, file.bytes().data() + keySize + 1, sizeof flags);
    filter.flags = flags;
    filter.cached = true;
    filter.m_program = {reinterpret_cast<const sock_filter*>(file.bytes().data() + begin),
                        length / sizeof(sock_filter)};
    filter.m_file = std::move(file);
    return filter;
}

SeccompFilter SeccompFilter::compiled(std::vector<sock_filter> program, unsigned flags)
{
    SeccompFilter filter;
    filter.flags = flags;
    filter.m_compiled = std::move(program);
    filter.m_program = {filter.m_compiled.data(), filter.m_compiled.size()};
    return filter;
}

// Nobody but root can have written it, and it was renamed into place whole: it does not change while it is mapped.
static SeccompFilter readCached(const std::string& path, const std::string& key)
{
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat info = {};
    if (!file || ::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode) || info.st_uid != ::geteuid() ||
        (info.st_mode & 022) || info.st_size > off_t{1} << 20)
        return {};
    Mapping mapping = Mapping::of(file.get(), static_cast<size_t>(info.st_size));
    if (mapping.bytes().compare(0, key.size(), key) != 0)
        return {};
    return SeccompFilter::fromCache(std::move(mapping), key.size());
}

static Status writeCached(const std::string& directory, const std::string& path, const std::string& key,
                          const SeccompFilter& filter)
{
    TRY(makeDirectories(directory, 0700));
    std::string data = key;
    data.push_back('\0');
    uint32_t flags = filter.flags;
    data.append(reinterpret_cast<const char*>(&flags), sizeof flags);
    data.append(reinterpret_cast<const char*>(filter.program().data()), filter.program().size() * sizeof(sock_filter));
    return writeFileAtomic(path, data, 0600);
}

static constexpr unsigned waitKillable = 1u << 5; // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, Linux 5.19

static Result<unsigned> flagsOf(const oci::Seccomp& profile)
{
    unsigned flags = 0;
    for (const std::string& flag : profile.flags) {
        if (flag == "SECCOMP_FILTER_FLAG_LOG")
            flags |= SECCOMP_FILTER_FLAG_LOG;
        else if (flag == "SECCOMP_FILTER_FLAG_SPEC_ALLOW")
            flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
        else if (flag == "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV")
            flags |= waitKillable;
        else if (flag != "SECCOMP_FILTER_FLAG_TSYNC") // one thread: nothing to synchronise
            return fail(Code::NotSupported, fmt::format("linux.seccomp.flags: {} is not supported", flag));
    }
    if (profile.notifies)
        flags |= SECCOMP_FILTER_FLAG_NEW_LISTENER;
    else if (flags & waitKillable)
        return oci::wrongField("linux.seccomp.flags",
                               "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV is for a profile with SCMP_ACT_NOTIFY");
    return flags;
}

Status refuseUnknownCalls(std::string_view text)
{
    oci::Seccomp profile = TRY(oci::parseSeccomp(text));
    for (const oci::SeccompRule& rule : profile.rules)
        for (const std::string& name : rule.names)
            if (::seccomp_syscall_resolve_name(name.c_str()) == __NR_SCMP_ERROR)
                return oci::wrongField("linux.seccomp.syscalls", fmt::format("\"{}\" is no system call", name));
    return {};
}

Result<SeccompFilter> seccompFilter(std::string_view text, const std::string& cacheDirectory)
{
    std::string key = keyOf(text);
    std::string path = fmt::format("{}/{:016x}.bpf", cacheDirectory, hashOf(key));
    SeccompFilter filter = readCached(path, key);
    if (filter.empty()) {
        oci::Seccomp profile = TRY(oci::parseSeccomp(text));
        unsigned flags = TRY(flagsOf(profile));
        filter = SeccompFilter::compiled(TRY(compileFilter(profile)), flags);
        (void)writeCached(cacheDirectory, path, key, filter);
    }
    return filter;
}

bool SeccompFilter::notifies() const
{
    return (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
}

Result<UniqueFd> installFilter(const SeccompFilter& filter)
{
    if (filter.empty())
        return UniqueFd();
    sock_fprog program = {static_cast<unsigned short>(filter.program().size()),
                          const_cast<sock_filter*>(filter.program().data())};
    long result = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, filter.flags, &program);
    if (result < 0)
        return failErrno("load the seccomp filter");
    return filter.notifies() ? UniqueFd(static_cast<int>(result)) : UniqueFd();
}

} // namespace diptych::runtime
