#include "oci/config.h"

#include <algorithm>

namespace diptych::oci {

static constexpr std::string_view actions[] = {"SCMP_ACT_KILL",  "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD",
                                               "SCMP_ACT_TRAP",  "SCMP_ACT_ERRNO",        "SCMP_ACT_TRACE",
                                               "SCMP_ACT_ALLOW", "SCMP_ACT_LOG",          "SCMP_ACT_NOTIFY"};
static constexpr std::string_view operators[] = {"SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE",       "SCMP_CMP_EQ",
                                                 "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"};

template <size_t N>
static Result<std::string> word(JsonReader& reader, const char* key, const std::string_view (&words)[N])
{
    std::string text = TRY(reader.string(key));
    if (std::find(std::begin(words), std::end(words), text) == std::end(words))
        return wrongField(reader.field(key), fmt::format("unknown word \"{}\"", text));
    return text;
}

static Result<std::optional<uint32_t>> errnoOf(JsonReader& reader, const char* key)
{
    auto value = TRY(reader.optionalUnsigned(key));
    if (!value)
        return std::optional<uint32_t>{};
    if (*value > 4095)
        return wrongField(reader.field(key), "is no error number");
    return std::optional<uint32_t>(static_cast<uint32_t>(*value));
}

static Result<SeccompArgument> readArgument(JsonReader reader)
{
    SeccompArgument argument;
    uint64_t index = TRY(reader.unsignedInteger("index"));
    if (index > 5)
        return wrongField(reader.field("index"), "a system call has the arguments 0 to 5");
    argument.index = static_cast<uint32_t>(index);
    argument.value = TRY(reader.unsignedInteger("value"));
    argument.valueTwo = TRY(reader.optionalUnsigned("valueTwo")).value_or(0);
    argument.op = TRY(word(reader, "op", operators));
    return argument;
}

static Result<SeccompRule> readSeccompRule(JsonReader reader)
{
    SeccompRule rule;
    rule.names = TRY(reader.strings("names"));
    if (rule.names.empty())
        return wrongField(reader.field("names"), "must not be empty");
    rule.action = TRY(word(reader, "action", actions));
    rule.errnoRet = TRY(errnoOf(reader, "errnoRet"));
    TRY(readEach(reader, "args", rule.args, readArgument));
    return rule;
}

// The listener is told of by a write(2) of the process under the filter, and has to be outside by then.
static Status checkNotify(JsonReader& reader, Seccomp& out)
{
    if (out.defaultAction == "SCMP_ACT_NOTIFY")
        return wrongField(reader.field("defaultAction"), "SCMP_ACT_NOTIFY can't be the default");
    for (size_t i = 0; i < out.rules.size(); ++i) {
        const SeccompRule& rule = out.rules[i];
        if (rule.action != "SCMP_ACT_NOTIFY")
            continue;
        out.notifies = true;
        if (std::find(rule.names.begin(), rule.names.end(), "write") != rule.names.end())
            return wrongField(fmt::format("{}[{}].names", reader.field("syscalls"), i),
                              "SCMP_ACT_NOTIFY is not possible for write");
    }
    if (out.notifies && out.listenerPath.empty())
        return wrongField(reader.field("listenerPath"), "SCMP_ACT_NOTIFY needs it");
    if (!out.listenerPath.empty() && out.listenerPath.front() != '/')
        return wrongField(reader.field("listenerPath"), "must be an absolute path");
    // Whoever waits there is told of the container, whether or not a rule asks it anything.
    out.notifies = out.notifies || !out.listenerPath.empty();
    if (out.listenerPath.empty() && !out.listenerMetadata.empty())
        return wrongField(reader.field("listenerMetadata"), "needs listenerPath");
    return {};
}

Result<Seccomp> seccompFrom(JsonReader reader)
{
    Seccomp out;
    out.defaultAction = TRY(word(reader, "defaultAction", actions));
    out.defaultErrnoRet = TRY(errnoOf(reader, "defaultErrnoRet"));
    out.architectures = TRY(reader.optionalStrings("architectures"));
    out.flags = TRY(reader.optionalStrings("flags"));
    out.listenerPath = TRY(reader.optionalString("listenerPath")).value_or("");
    out.listenerMetadata = TRY(reader.optionalString("listenerMetadata")).value_or("");
    TRY(readEach(reader, "syscalls", out.rules, readSeccompRule));
    TRY(checkNotify(reader, out));
    return out;
}

Result<Seccomp> parseSeccomp(std::string_view text)
{
    // Two levels less than a whole configuration may have: it stands in two objects there.
    Json json = TRYX(parseJson(text, {size_t{8} << 20, 62}), "linux.seccomp");
    if (!json.is_object())
        return wrongField("linux.seccomp", "must be an object");
    return seccompFrom(JsonReader(json, "linux.seccomp"));
}

} // namespace diptych::oci
