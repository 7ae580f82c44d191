#include "images/layout.h"

#include <algorithm>

namespace diptych::images {

std::string hostArchitecture()
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#else
    return "unknown";
#endif
}

Result<Descriptor> manifestFor(const Layout& layout, std::vector<Descriptor> found)
{
    auto fits = [](const Descriptor& d) {
        return d.architecture.empty() || (d.os == "linux" && d.architecture == hostArchitecture());
    };
    for (int depth = 0; depth < 4; ++depth) {
        auto it = std::find_if(found.begin(), found.end(), fits);
        if (it == found.end())
            return fail(Code::NotSupported, fmt::format("there is no image for linux/{}", hostArchitecture()));
        Descriptor d = *it;
        Json json = TRY(layout.document(d));
        if (!json.contains("manifests"))
            return d;
        if (json.contains("layers"))
            return fail(Code::Failed, fmt::format("{} is an index and a manifest at once", d.digest));
        found.clear();
        const Json* list = TRY(JsonReader(json).array("manifests"));
        for (size_t i = 0; i < list->size(); ++i)
            found.push_back(TRY(descriptorFrom((*list)[i], fmt::format("manifests[{}]", i))));
    }
    return fail(Code::Failed, "indexes are nested too deeply");
}

} // namespace diptych::images
