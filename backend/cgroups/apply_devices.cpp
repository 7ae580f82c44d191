#include "base/files.h"
#include "cgroups/apply.h"

#include <array>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::cgroups {

namespace {

using Rule = Resources::DeviceRule;

// Registers: r0 verdict, r1 the context, r2 device type, r3 wanted access not decided yet, r4 major, r5 minor.
// Walked from the last rule to the first, each bit of access is decided by the first rule met that speaks of it.
class Program
{
public:
    void prologue()
    {
        load(2, offsetof(bpf_cgroup_dev_ctx, access_type));
        m_code.push_back({BPF_ALU | BPF_MOV | BPF_X, 3, 2, 0, 0});
        immediate(BPF_ALU | BPF_AND | BPF_K, 2, 0xffff);
        immediate(BPF_ALU | BPF_RSH | BPF_K, 3, 16);
        load(4, offsetof(bpf_cgroup_dev_ctx, major));
        load(5, offsetof(bpf_cgroup_dev_ctx, minor));
    }

    void rule(const Rule& rule)
    {
        std::vector<size_t> skips;
        auto unlessEqual = [&](uint8_t reg, int32_t value) {
            skips.push_back(m_code.size());
            immediate(BPF_JMP | BPF_JNE | BPF_K, reg, value);
        };
        if (rule.type != 'a')
            unlessEqual(2, rule.type == 'b' ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR);
        if (rule.major)
            unlessEqual(4, static_cast<int32_t>(*rule.major));
        if (rule.minor)
            unlessEqual(5, static_cast<int32_t>(*rule.minor));
        int32_t access = accessOf(rule);
        if (rule.allow) {
            immediate(BPF_ALU | BPF_AND | BPF_K, 3, ~access);
            skips.push_back(m_code.size());
            immediate(BPF_JMP | BPF_JNE | BPF_K, 3, 0);
            verdict(1);
        } else {
            m_code.push_back({BPF_ALU | BPF_MOV | BPF_X, 0, 3, 0, 0});
            immediate(BPF_ALU | BPF_AND | BPF_K, 0, access);
            skips.push_back(m_code.size());
            immediate(BPF_JMP | BPF_JEQ | BPF_K, 0, 0);
            verdict(0);
        }
        for (size_t skip : skips)
            m_code[skip].off = static_cast<int16_t>(m_code.size() - skip - 1);
    }

    void verdict(int32_t value)
    {
        immediate(BPF_ALU64 | BPF_MOV | BPF_K, 0, value);
        m_code.push_back({BPF_JMP | BPF_EXIT, 0, 0, 0, 0});
    }

    [[nodiscard]] const std::vector<bpf_insn>& code() const { return m_code; }

private:
    static int32_t accessOf(const Rule& rule)
    {
        int32_t access = 0;
        for (char c : rule.access)
            access |= c == 'r' ? BPF_DEVCG_ACC_READ : c == 'w' ? BPF_DEVCG_ACC_WRITE : BPF_DEVCG_ACC_MKNOD;
        return access;
    }
    void load(uint8_t reg, size_t offset)
    {
        bpf_insn instruction{};
        instruction.code = BPF_LDX | BPF_MEM | BPF_W;
        instruction.dst_reg = reg & 0xf;
        instruction.src_reg = 1;
        instruction.off = static_cast<int16_t>(offset);
        m_code.push_back(instruction);
    }
    void immediate(int operation, uint8_t reg, int32_t value)
    {
        bpf_insn instruction{};
        instruction.code = static_cast<uint8_t>(operation);
        instruction.dst_reg = reg & 0xf;
        instruction.imm = value;
        m_code.push_back(instruction);
    }

    std::vector<bpf_insn> m_code;
};

int bpf(bpf_cmd command, bpf_attr& attributes)
{
    return static_cast<int>(::syscall(SYS_bpf, command, &attributes, sizeof attributes));
}

Result<UniqueFd> loadProgram(const std::vector<bpf_insn>& code)
{
    bpf_attr attributes{};
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attributes.insns = reinterpret_cast<uintptr_t>(code.data());
    attributes.insn_cnt = static_cast<uint32_t>(code.size());
    attributes.license = reinterpret_cast<uintptr_t>("GPL");
    int fd = bpf(BPF_PROG_LOAD, attributes);
    if (fd < 0)
        return failErrno("load the device rules into the kernel (bpf)");
    return UniqueFd(fd);
}

Result<std::vector<uint32_t>> attachedPrograms(int directory)
{
    std::array<uint32_t, 64> ids{};
    bpf_attr attributes{};
    attributes.query.target_fd = static_cast<uint32_t>(directory);
    attributes.query.attach_type = BPF_CGROUP_DEVICE;
    attributes.query.prog_ids = reinterpret_cast<uintptr_t>(ids.data());
    attributes.query.prog_cnt = ids.size();
    if (bpf(BPF_PROG_QUERY, attributes) < 0)
        return failErrno("ask for the device rules of the control group (bpf)");
    return std::vector<uint32_t>(ids.begin(), ids.begin() + attributes.query.prog_cnt);
}

Status detachProgram(int directory, uint32_t id)
{
    bpf_attr byId{};
    byId.prog_id = id;
    UniqueFd program(bpf(BPF_PROG_GET_FD_BY_ID, byId));
    if (!program)
        return failErrno("open the earlier device rules (bpf)");
    bpf_attr attributes{};
    attributes.target_fd = static_cast<uint32_t>(directory);
    attributes.attach_bpf_fd = static_cast<uint32_t>(program.get());
    attributes.attach_type = BPF_CGROUP_DEVICE;
    if (bpf(BPF_PROG_DETACH, attributes) < 0)
        return failErrno("take the earlier device rules off (bpf)");
    return {};
}

// A rule for everything makes all before it moot.
size_t firstThatCounts(const std::vector<Rule>& rules)
{
    for (size_t i = rules.size(); i-- > 0;) {
        const Rule& rule = rules[i];
        bool all = rule.access.find('r') != std::string::npos && rule.access.find('w') != std::string::npos &&
                   rule.access.find('m') != std::string::npos;
        if (rule.type == 'a' && !rule.major && !rule.minor && all)
            return i;
    }
    return 0;
}

Status checkRule(const Rule& rule)
{
    bool access = !rule.access.empty() && rule.access.find_first_not_of("rwm") == std::string::npos;
    if (!access || (rule.type != 'a' && rule.type != 'b' && rule.type != 'c'))
        return failField("linux.resources.devices", "a device rule needs a type of a, b, c and an access of r, w, m");
    for (const auto& number : {rule.major, rule.minor})
        if (number && (*number < 0 || *number > INT32_MAX))
            return failField("linux.resources.devices", fmt::format("{} is no device number", *number));
    return {};
}

} // namespace

Status applyDevicesV2(int directory, const std::vector<Rule>& rules)
{
    Program program;
    program.prologue();
    size_t first = firstThatCounts(rules);
    for (size_t i = rules.size(); i-- > first;) {
        TRY(checkRule(rules[i]));
        program.rule(rules[i]);
    }
    program.verdict(0);
    UniqueFd loaded = TRY(loadProgram(program.code()));
    auto earlier = TRY(attachedPrograms(directory));
    bpf_attr attributes{};
    attributes.target_fd = static_cast<uint32_t>(directory);
    attributes.attach_bpf_fd = static_cast<uint32_t>(loaded.get());
    attributes.attach_type = BPF_CGROUP_DEVICE;
    attributes.attach_flags = BPF_F_ALLOW_MULTI;
    if (bpf(BPF_PROG_ATTACH, attributes) < 0)
        return failErrno("attach the device rules to the control group (bpf)");
    // All programs must agree, so there is no moment with fewer walls between attaching the new and taking the old off.
    for (uint32_t id : earlier)
        TRY(detachProgram(directory, id));
    return {};
}

Status applyDevicesV1(int directory, const std::vector<Rule>& rules)
{
    auto text = [](const std::optional<int64_t>& n) { return n ? std::to_string(*n) : std::string("*"); };
    for (size_t i = firstThatCounts(rules); i < rules.size(); ++i) {
        const Rule& rule = rules[i];
        TRY(checkRule(rule));
        TRY(writeFileAt(directory, rule.allow ? "devices.allow" : "devices.deny",
                        fmt::format("{} {}:{} {}", rule.type, text(rule.major), text(rule.minor), rule.access)));
    }
    return {};
}

} // namespace diptych::cgroups
