#include "runtime/verbs.h"

#include <seccomp.h>

namespace diptych::runtime {

static Json capabilities()
{
    Json names = Json::array();
    for (int i = 0; i <= oci::lastCapability(); ++i)
        names.push_back(oci::capabilityName(i));
    return names;
}

// features.md and features-linux.md of the runtime-spec.
Result<int> features(const Global&, const Arguments&)
{
    const scmp_version* seccomp = seccomp_version();
    Json json = {{"ociVersionMin", "1.0.0"},
                 {"ociVersionMax", oci::specVersion},
                 {"hooks", {"prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"}},
                 {"mountOptions", mountOptionWords()},
                 {"linux",
                  {{"namespaces", {"cgroup", "ipc", "mount", "network", "pid", "time", "user", "uts"}},
                   {"capabilities", capabilities()},
                   {"cgroup", {{"v1", true}, {"v2", true}, {"systemd", true}, {"systemdUser", true}, {"rdma", true}}},
                   {"seccomp",
                    {{"enabled", true},
                     {"archs",
                      {"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM", "SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64",
                       "SCMP_ARCH_MIPS64N32", "SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64N32",
                       "SCMP_ARCH_PPC", "SCMP_ARCH_PPC64", "SCMP_ARCH_PPC64LE", "SCMP_ARCH_RISCV64", "SCMP_ARCH_S390",
                       "SCMP_ARCH_S390X", "SCMP_ARCH_X32", "SCMP_ARCH_X86", "SCMP_ARCH_X86_64"}},
                     {"actions",
                      {"SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS",
                       "SCMP_ACT_KILL_THREAD", "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP"}},
                     {"operators",
                      {"SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_LE", "SCMP_CMP_LT", "SCMP_CMP_MASKED_EQ",
                       "SCMP_CMP_NE"}},
                     {"supportedFlags",
                      {"SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_TSYNC",
                       "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}}}},
                   {"apparmor", {{"enabled", true}}},
                   {"selinux", {{"enabled", true}}},
                   {"intelRdt", {{"enabled", false}}},
                   {"mountExtensions", {{"idmap", {{"enabled", true}}}}}}},
                 {"annotations",
                  {{"org.diptych.run.version", "0.1.0"},
                   {"io.github.seccomp.libseccomp.version",
                    fmt::format("{}.{}.{}", seccomp->major, seccomp->minor, seccomp->micro)}}}};
    TRY(print(dumpJson(json, 2) + "\n"));
    return 0;
}

} // namespace diptych::runtime
