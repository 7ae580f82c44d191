#include "oci/config.h"

#include <limits>

namespace diptych::oci {

static Result<Hook> readHook(JsonReader reader)
{
    Hook hook;
    hook.path = TRY(reader.string("path"));
    if (hook.path.empty() || hook.path.front() != '/')
        return wrongField(reader.field("path"), "must be an absolute path");
    hook.args = TRY(reader.optionalStrings("args"));
    hook.env = TRY(reader.optionalStrings("env"));
    if (auto timeout = TRY(reader.optionalInteger("timeout"))) {
        if (*timeout <= 0 || *timeout > std::numeric_limits<int>::max() / 1000)
            return wrongField(reader.field("timeout"), "must be greater than zero");
        hook.timeoutSeconds = static_cast<int>(*timeout);
    }
    return hook;
}

Result<Hooks> hooksFrom(JsonReader reader)
{
    Hooks hooks;
    TRY(readEach(reader, "prestart", hooks.prestart, readHook));
    TRY(readEach(reader, "createRuntime", hooks.createRuntime, readHook));
    TRY(readEach(reader, "createContainer", hooks.createContainer, readHook));
    TRY(readEach(reader, "startContainer", hooks.startContainer, readHook));
    TRY(readEach(reader, "poststart", hooks.poststart, readHook));
    TRY(readEach(reader, "poststop", hooks.poststop, readHook));
    return hooks;
}

} // namespace diptych::oci
