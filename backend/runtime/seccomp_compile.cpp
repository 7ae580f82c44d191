#include "runtime/seccomp.h"

#include "base/files.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

namespace diptych::runtime {

namespace {
struct Release
{
    void operator()(void* context) const { seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;
} // namespace

static Result<uint32_t> actionOf(const std::string& word, std::optional<uint32_t> errnoRet)
{
    uint32_t number = errnoRet.value_or(EPERM);
    if (word == "SCMP_ACT_ALLOW")
        return SCMP_ACT_ALLOW;
    if (word == "SCMP_ACT_ERRNO")
        return SCMP_ACT_ERRNO(number);
    if (word == "SCMP_ACT_KILL" || word == "SCMP_ACT_KILL_THREAD")
        return SCMP_ACT_KILL_THREAD;
    if (word == "SCMP_ACT_KILL_PROCESS")
        return SCMP_ACT_KILL_PROCESS;
    if (word == "SCMP_ACT_TRAP")
        return SCMP_ACT_TRAP;
    if (word == "SCMP_ACT_LOG")
        return SCMP_ACT_LOG;
    if (word == "SCMP_ACT_TRACE")
        return SCMP_ACT_TRACE(number);
    if (word == "SCMP_ACT_NOTIFY")
        return SCMP_ACT_NOTIFY;
    return fail(Code::NotSupported, fmt::format("linux.seccomp: action {} is not supported", word));
}

// A profile may name the architectures of several machines; programs of another family can't run on this one.
static bool runsHere(uint32_t token)
{
    auto family = [](uint32_t t) {
        if (t == SCMP_ARCH_X86 || t == SCMP_ARCH_X86_64 || t == SCMP_ARCH_X32)
            return uint32_t{SCMP_ARCH_X86_64};
        return t == SCMP_ARCH_ARM ? uint32_t{SCMP_ARCH_AARCH64} : t;
    };
    return family(token) == family(seccomp_arch_native());
}

static Result<std::vector<uint32_t>> addArchitectures(scmp_filter_ctx context, const oci::Seccomp& profile)
{
    std::vector<uint32_t> all = {seccomp_arch_native()};
    for (const std::string& word : profile.architectures) {
        std::string name = word.rfind("SCMP_ARCH_", 0) == 0 ? word.substr(10) : word;
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return tolower(c); });
        uint32_t token = seccomp_arch_resolve_name(name.c_str());
        if (token == 0)
            return failField("linux.seccomp.architectures",
                             fmt::format("linux.seccomp.architectures: unknown \"{}\"", word));
        if (!runsHere(token))
            continue;
        int done = seccomp_arch_add(context, token);
        if (done < 0 && done != -EEXIST)
            return fail(Code::Failed, fmt::format("seccomp architecture {}: {}", word, std::strerror(-done)));
        if (std::find(all.begin(), all.end(), token) == all.end())
            all.push_back(token);
    }
    return all;
}

static scmp_compare operatorOf(const std::string& word)
{
    static const std::pair<const char*, scmp_compare> words[] = {
        {"SCMP_CMP_NE", SCMP_CMP_NE}, {"SCMP_CMP_LT", SCMP_CMP_LT}, {"SCMP_CMP_LE", SCMP_CMP_LE},
        {"SCMP_CMP_EQ", SCMP_CMP_EQ}, {"SCMP_CMP_GE", SCMP_CMP_GE}, {"SCMP_CMP_GT", SCMP_CMP_GT}};
    for (auto& [name, op] : words)
        if (word == name)
            return op;
    return SCMP_CMP_MASKED_EQ;
}

static scmp_arg_cmp comparison(const oci::SeccompArgument& a)
{
    scmp_compare op = operatorOf(a.op);
    // MASKED_EQ: value is the mask, valueTwo what must remain.
    return scmp_arg_cmp{a.index, op, a.value, op == SCMP_CMP_MASKED_EQ ? a.valueTwo : 0};
}

static Status addRule(scmp_filter_ctx context, uint32_t action, int number, const oci::SeccompRule& rule,
                      const std::string& name)
{
    auto add = [&](const std::vector<scmp_arg_cmp>& args) -> Status {
        int done = seccomp_rule_add_array(context, action, number, static_cast<unsigned>(args.size()), args.data());
        if (done < 0 && done != -EEXIST)
            return fail(Code::Failed, fmt::format("seccomp rule for {}: {}", name, std::strerror(-done)));
        return {};
    };
    std::vector<scmp_arg_cmp> args;
    bool repeated = false;
    for (const oci::SeccompArgument& a : rule.args) {
        repeated = repeated || std::any_of(args.begin(), args.end(), [&](auto& other) { return other.arg == a.index; });
        args.push_back(comparison(a));
    }
    if (!repeated)
        return add(args);
    // libseccomp takes one comparison an argument: several on one mean "or", as every runtime reads them.
    for (const scmp_arg_cmp& one : args)
        TRY(add({one}));
    return {};
}

static Status addRules(scmp_filter_ctx context, const oci::Seccomp& profile, uint32_t standard)
{
    for (const oci::SeccompRule& rule : profile.rules) {
        uint32_t action = TRY(actionOf(rule.action, rule.errnoRet));
        if (action == standard)
            continue; // libseccomp refuses a rule that changes nothing
        for (const std::string& name : rule.names) {
            int number = seccomp_syscall_resolve_name(name.c_str());
            if (number == __NR_SCMP_ERROR)
                continue; // newer than this libseccomp: stays with the default
            TRY(addRule(context, action, number, rule, name));
        }
    }
    return {};
}

// The highest number on that architecture among the system calls the profile names: what is above was not known to its
// author.
static int highestNamed(const oci::Seccomp& profile, uint32_t architecture)
{
    int highest = 0;
    for (const oci::SeccompRule& rule : profile.rules)
        for (const std::string& name : rule.names)
            highest = std::max(highest, seccomp_syscall_resolve_name_arch(architecture, name.c_str()));
    return highest;
}

// A C library asks for a new system call, and only falls back to the old one on ENOSYS: EPERM for what came after the
// profile breaks programs. This goes in front of libseccomp's program. Words per architecture: is it that one? is it
// x32 (left to libseccomp)? is the number beyond?
static std::vector<sock_filter> unknownCallsPrologue(const oci::Seccomp& profile,
                                                     const std::vector<uint32_t>& architectures)
{
    std::vector<sock_filter> out;
    constexpr uint32_t x32Bit = 0x40000000;
    out.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
    for (uint32_t architecture : architectures) {
        if (architecture == SCMP_ARCH_X32)
            continue; // the same AUDIT_ARCH as x86_64
        auto highest = static_cast<uint32_t>(highestNamed(profile, architecture));
        out.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 0, 5));
        out.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
        out.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, x32Bit, 2, 0));
        out.push_back(BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, highest, 0, 1));
        out.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
        out.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
    }
    return out;
}

static Result<std::vector<sock_filter>> exported(scmp_filter_ctx context)
{
    UniqueFd file(::memfd_create("filter", MFD_CLOEXEC));
    if (!file)
        return failErrno("memfd_create");
    int done = seccomp_export_bpf(context, file.get());
    if (done < 0)
        return fail(Code::Failed, fmt::format("seccomp: {}", std::strerror(-done)));
    if (::lseek(file.get(), 0, SEEK_SET) < 0)
        return failErrno("seccomp");
    std::string bytes = TRY(readFd(file.get()));
    std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
    std::memcpy(program.data(), bytes.data(), program.size() * sizeof(sock_filter));
    return program;
}

Result<std::vector<sock_filter>> compileFilter(const oci::Seccomp& profile)
{
    uint32_t standard = TRY(actionOf(profile.defaultAction, profile.defaultErrnoRet));
    Context context(seccomp_init(standard));
    if (!context)
        return fail(Code::Failed, "seccomp: no memory");
    auto architectures = TRY(addArchitectures(context.get(), profile));
    // no_new_privs is process.noNewPrivileges' business; the binary tree needs a dozen steps a call, not hundreds.
    (void)seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_NNP, 0);
    (void)seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    TRY(addRules(context.get(), profile, standard));
    std::vector<sock_filter> program;
    if (profile.defaultAction == "SCMP_ACT_ERRNO" && !profile.rules.empty())
        program = unknownCallsPrologue(profile, architectures);
    auto body = TRY(exported(context.get()));
    program.insert(program.end(), body.begin(), body.end());
    if (program.size() > BPF_MAXINSNS)
        return fail(Code::NotSupported,
                    fmt::format("linux.seccomp: {} instructions, the kernel takes {}", program.size(), BPF_MAXINSNS));
    return program;
}

} // namespace diptych::runtime
