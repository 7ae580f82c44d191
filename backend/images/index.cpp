#include "images/layout.h"

#include <algorithm>

namespace diptych::images {

Result<Descriptor> manifestFor(const Layout& layout, std::vector<Descriptor> found)
{
    auto good = [](const Descriptor& d) {
        return d.platform.architecture.empty() || fits(d.platform, {"linux", hostArchitecture(), ""});
    };
    for (int depth = 0; depth < 4; ++depth) {
        auto it = std::find_if(found.begin(), found.end(), good);
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
