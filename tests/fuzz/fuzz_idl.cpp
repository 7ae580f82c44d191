// libFuzzer target: interface descriptions. What is taken is printed, taken again, and printed the same.
#include "varlink/idl.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    using namespace diptych::varlink;
    auto first = parseInterface({reinterpret_cast<const char*>(data), size});
    if (!first)
        return 0;
    std::string printed = print(*first);
    auto second = parseInterface(printed);
    if (!second || print(*second) != printed)
        abort();
    return 0;
}
