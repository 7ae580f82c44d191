#include "isolation/call_counter.h"

#include "base/files.h"
#include "base/process.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace diptych::isolation {

namespace {

constexpr size_t bytes = CallCounter::numbers * sizeof(uint64_t);

uint64_t pointer(const void* address)
{
    return reinterpret_cast<uint64_t>(address);
}

Result<UniqueFd> callBpf(int command, bpf_attr& attribute, std::string_view what)
{
    long fd = ::syscall(SYS_bpf, command, &attribute, sizeof attribute);
    if (fd >= 0)
        return UniqueFd(static_cast<int>(fd));
    int number = errno;
    std::string lockdown = readFile("/sys/kernel/security/lockdown").value_or("");
    std::string mend =
        number == ENOSYS   ? "this kernel is built without BPF (CONFIG_BPF_SYSCALL)"
        : number == ENOENT ? "this kernel has no tracepoint of system calls (CONFIG_FTRACE_SYSCALLS)"
        : number == EINVAL ? "this kernel is built without BPF for tracepoints (CONFIG_BPF_EVENTS), or too old"
        : number == EPERM && lockdown.find("[confidentiality]") != std::string::npos
            ? "the kernel is locked down for confidentiality"
        : number == EPERM ? "the helper lacks CAP_BPF and CAP_PERFMON, or a filter of system calls forbids bpf(2)"
                          : "";
    Error error = systemError(number, what);
    if (!mend.empty())
        error.message += ": " + mend;
    return tl::unexpected<Error>(std::move(error));
}

Result<UniqueFd> makeMap(uint32_t type, uint32_t valueSize, uint32_t entries, uint32_t flags)
{
    bpf_attr attribute{};
    attribute.map_type = type;
    attribute.key_size = sizeof(uint32_t);
    attribute.value_size = valueSize;
    attribute.max_entries = entries;
    attribute.map_flags = flags;
    return callBpf(BPF_MAP_CREATE, attribute, "bpf(BPF_MAP_CREATE)");
}

/// Instructions, and jumps over the rest where the caller is not meant.
class Program final
{
public:
    void add(int code, int to, int from, int offset, int32_t value)
    {
        bpf_insn one{};
        one.code = static_cast<uint8_t>(code);
        one.dst_reg = static_cast<uint8_t>(to & 15);
        one.src_reg = static_cast<uint8_t>(from & 15);
        one.off = static_cast<int16_t>(offset);
        one.imm = value;
        m_code.push_back(one);
    }
    void call(int32_t helper) { add(BPF_JMP | BPF_CALL, 0, 0, 0, helper); }
    void set(int to, int32_t value) { add(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value); }
    void copy(int to, int from) { add(BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0); }
    void load(int to, int from, uint64_t value)
    {
        add(BPF_LD | BPF_DW | BPF_IMM, to, from, 0, static_cast<int32_t>(value & 0xffffffff));
        add(0, 0, 0, 0, static_cast<int32_t>(value >> 32));
    }
    void endUnless(int jumpWhenOther, int reg, int32_t value)
    {
        m_ends.push_back(m_code.size());
        add(BPF_JMP | jumpWhenOther | BPF_K, reg, 0, 0, value);
    }
    std::vector<bpf_insn> finish()
    {
        for (size_t at : m_ends)
            m_code[at].off = static_cast<int16_t>(m_code.size() - at - 1);
        set(0, 0);
        add(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
        return std::move(m_code);
    }

private:
    std::vector<bpf_insn> m_code;
    std::vector<size_t> m_ends;
};

/// Whose active pid namespace it is; what they are called in it is left below the stack's top.
Status chooseNamespace(Program& program, const std::string& path)
{
    struct stat status
    {
    };
    if (::stat(path.c_str(), &status) < 0)
        return failErrno(path);
    program.load(1, 0, status.st_dev);
    program.load(2, 0, status.st_ino);
    program.copy(3, 10);
    program.add(BPF_ALU64 | BPF_ADD | BPF_K, 3, 0, 0, -16);
    program.set(4, 8);
    program.call(BPF_FUNC_get_ns_current_pid_tgid);
    program.endUnless(BPF_JNE, 0, 0);
    return {};
}

/// Of "4711 12 1": as the innermost pid namespace counts.
int32_t lastNumber(std::string_view numbers)
{
    size_t begin = numbers.find_last_of(" \t");
    return static_cast<int32_t>(leadingNumber(numbers.substr(begin == std::string_view::npos ? 0 : begin + 1)));
}

Status choose(Program& program, const CallerChoice& whose, int groups)
{
    switch (whose.by) {
    case CallerChoice::By::ControlGroup:
        program.load(1, BPF_PSEUDO_MAP_FD, static_cast<uint32_t>(groups));
        program.set(2, 0);
        program.call(BPF_FUNC_current_task_under_cgroup);
        program.endUnless(BPF_JNE, 0, 1);
        return {};
    case CallerChoice::By::PidNamespace:
        return chooseNamespace(program, whose.path);
    case CallerChoice::By::Process: {
        // Not by the number that the kernel's first pid namespace has: the helper may be in another.
        const std::string directory = fmt::format("/proc/{}", whose.pid);
        const std::string status = TRY(readFile(directory + "/status"));
        TRY(chooseNamespace(program, directory + "/ns/pid"));
        program.add(BPF_LDX | BPF_MEM | BPF_W, 0, 10, -12, 0); // bpf_pidns_info::tgid
        program.endUnless(BPF_JNE, 0, lastNumber(statusField(status, "NSpid")));
        return {};
    }
    case CallerChoice::By::Everybody:
        return {};
    }
    return {};
}

/// ++counts[min(number, last)]
Result<std::vector<bpf_insn>> assemble(const CallerChoice& whose, int map, int groups)
{
    Program program;
    program.copy(6, 1);
    TRY(choose(program, whose, groups));
    program.add(BPF_LDX | BPF_MEM | BPF_DW, 7, 6, 8, 0); // args[1] of sys_enter is the number
    program.add(BPF_JMP | BPF_JLT | BPF_K, 7, 0, 1, static_cast<int32_t>(CallCounter::numbers - 1));
    program.set(7, static_cast<int32_t>(CallCounter::numbers - 1));
    program.add(BPF_STX | BPF_MEM | BPF_W, 10, 7, -4, 0);
    program.load(1, BPF_PSEUDO_MAP_FD, static_cast<uint32_t>(map));
    program.copy(2, 10);
    program.add(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -4);
    program.call(BPF_FUNC_map_lookup_elem);
    program.endUnless(BPF_JEQ, 0, 0);
    program.set(1, 1);
    program.add(BPF_STX | BPF_ATOMIC | BPF_DW, 0, 1, 0, BPF_ADD);
    return program.finish();
}

Result<UniqueFd> groupMap(const std::string& directory)
{
    UniqueFd map = TRY(makeMap(BPF_MAP_TYPE_CGROUP_ARRAY, sizeof(uint32_t), 1, 0));
    UniqueFd group = TRY(openFile(directory, O_RDONLY | O_DIRECTORY));
    uint32_t key = 0;
    int value = group.get();
    bpf_attr attribute{};
    attribute.map_fd = static_cast<uint32_t>(map.get());
    attribute.key = pointer(&key);
    attribute.value = pointer(&value);
    if (::syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attribute, sizeof attribute) < 0)
        return failErrno("bpf(BPF_MAP_UPDATE_ELEM)");
    return map;
}

} // namespace

Result<CallCounter> CallCounter::start(const CallerChoice& whose)
{
    CallCounter counter;
    counter.m_map = TRY(makeMap(BPF_MAP_TYPE_ARRAY, sizeof(uint64_t), numbers, BPF_F_MMAPABLE));
    if (whose.by == CallerChoice::By::ControlGroup)
        counter.m_groups = TRY(groupMap(whose.path));
    auto code = TRY(assemble(whose, counter.m_map.get(), counter.m_groups.get()));
    void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, counter.m_map.get(), 0);
    if (memory == MAP_FAILED)
        return failErrno("map the counts");
    counter.m_counts = static_cast<const uint64_t*>(memory);
    bpf_attr attribute{};
    attribute.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
    attribute.insns = pointer(code.data());
    attribute.insn_cnt = static_cast<uint32_t>(code.size());
    attribute.license = pointer("GPL");
    counter.m_program = TRY(callBpf(BPF_PROG_LOAD, attribute, "bpf(BPF_PROG_LOAD)"));
    attribute = {};
    attribute.raw_tracepoint.name = pointer("sys_enter");
    attribute.raw_tracepoint.prog_fd = static_cast<uint32_t>(counter.m_program.get());
    counter.m_attached = TRY(callBpf(BPF_RAW_TRACEPOINT_OPEN, attribute, "bpf(BPF_RAW_TRACEPOINT_OPEN)"));
    return counter;
}

std::array<uint64_t, CallCounter::numbers> CallCounter::counts() const
{
    std::array<uint64_t, numbers> now{};
    for (size_t i = 0; i < numbers; ++i)
        now[i] = __atomic_load_n(&m_counts[i], __ATOMIC_RELAXED);
    return now;
}

CallCounter::CallCounter(CallCounter&& other) noexcept
    : m_map(std::move(other.m_map)),
      m_groups(std::move(other.m_groups)),
      m_program(std::move(other.m_program)),
      m_attached(std::move(other.m_attached)),
      m_counts(std::exchange(other.m_counts, nullptr))
{
}

CallCounter::~CallCounter()
{
    m_attached.reset(); // first, so that nobody counts into what goes
    if (m_counts)
        ::munmap(const_cast<uint64_t*>(m_counts), bytes);
}

} // namespace diptych::isolation
