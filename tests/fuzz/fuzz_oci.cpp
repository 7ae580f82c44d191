// libFuzzer target: config.json, the process and resources documents, lists of processors. Cut out or not, a document's
// linux.seccomp must make the same documents good and bad.
#include "oci/config.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    using namespace diptych;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto whole = oci::parseConfig(text);
    auto cut = oci::parseConfig(text, oci::SeccompAs::Text);
    bool good = cut && (cut->linux_.seccompText.empty() || oci::parseSeccomp(cut->linux_.seccompText));
    if (whole.has_value() != good)
        abort();
    (void)oci::parseProcess(text);
    (void)oci::parseResources(text);
    (void)oci::userFrom(text);
    auto cpus = oci::cpuListFrom(text);
    if (cpus && !cpus->empty() && cpus->front() >= 8192)
        abort();
    return 0;
}
