#include "oci/state.h"

#include "oci/config.h"

namespace diptych::oci {

Json toJson(const State& state)
{
    Json json = {{"ociVersion", specVersion},
                 {"id", state.id},
                 {"status", state.status},
                 {"pid", state.pid},
                 {"bundle", state.bundle}};
    if (!state.annotations.empty())
        json["annotations"] = state.annotations;
    return json;
}

} // namespace diptych::oci
