// libFuzzer target: what a client sends, as far as the handler. The first byte says how many bytes come at a time, so
// that every border of a frame is met.
#include "base/json.h"
#include "daemon/daemon.h"
#include "instances/json.h"
#include "varlink/frame.h"
#include "varlink/idl.h"
#include "varlink/validate.h"

#include <cstdlib>

using namespace diptych;
using namespace diptych::varlink;

static const std::map<std::string, Interface>& interfaces()
{
    static const std::map<std::string, Interface> all = [] {
        std::map<std::string, Interface> result;
        for (std::string_view text : embeddedInterfaces()) {
            auto interface = parseInterface(text);
            if (!interface)
                abort();
            result[interface->name] = std::move(*interface);
        }
        return result;
    }();
    return all;
}

/// What passes the types must never be anything but a value or an error for the decoders behind.
static void decode(const Json& parameters)
{
    if (parameters.contains("spec")) {
        auto spec = specFrom(JsonReader(parameters["spec"], "spec"));
        if (spec && checkSpec(*spec) && toJson(*specFrom(JsonReader(toJson(*spec)))) != toJson(*spec))
            abort();
    }
    if (parameters.contains("limits"))
        (void)limitsFrom(JsonReader(parameters["limits"], "limits"));
}

static void message(const std::string& text)
{
    auto json = parseJson(text);
    if (!json || !json->is_object() || !json->contains("method") || !(*json)["method"].is_string())
        return;
    if (parseJson(dumpJson(*json)).value_or(Json()) != *json) // what was read and what is written again are one
        abort();
    auto [interface, method] = splitMethod((*json)["method"].get<std::string>());
    auto it = interfaces().find(interface);
    const Method* definition = it == interfaces().end() ? nullptr : it->second.method(method);
    if (!definition)
        return;
    Json parameters = json->value("parameters", Json::object());
    if (validate(it->second, definition->in, parameters))
        decode(parameters);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < 1)
        return 0;
    size_t step = data[0] + size_t{1};
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    FrameReader reader(size_t{64} << 10);
    while (!rest.empty()) {
        if (!reader.append(rest.substr(0, step)))
            return 0;
        rest.remove_prefix(std::min(step, rest.size()));
        while (auto text = reader.next())
            message(*text);
    }
    return 0;
}
