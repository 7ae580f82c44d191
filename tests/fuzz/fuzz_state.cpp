// libFuzzer target: state.json, and the messages of a bus. What is taken as a state can only name places that are its
// own.
#include "runtime/container.h"
#include "runtime/dbus.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    using namespace diptych::runtime;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto record = parseRecord(text);
    if (record) {
        if (!Store::checkId(record->id))
            abort();
        for (auto& [controller, directory] : record->cgroupDirectories)
            if (directory.empty() || directory[0] != '/' || directory.find("/../") != std::string::npos)
                abort();
    }
    auto message = decode(text);
    if (message && (message->body.size() > size || messageLength(text) != size))
        abort();
    DBusReader reader(text);
    while (reader.good() && reader.at() < size)
        (void)reader.string();
    return 0;
}
