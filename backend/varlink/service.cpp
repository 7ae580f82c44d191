// org.varlink.service, as varlink.org/Service describes it: what every service answers about itself.
#include "varlink/server.h"

namespace diptych::varlink {

static constexpr std::string_view description = R"(# What every Varlink service answers about itself.
interface org.varlink.service

method GetInfo() -> (vendor: string, product: string, version: string, url: string, interfaces: []string)

method GetInterfaceDescription(interface: string) -> (description: string)

error InterfaceNotFound (interface: string)

error MethodNotFound (method: string)

# The method is described, and this service has no code for it.
error MethodNotImplemented (method: string)

# One of the parameters has the wrong type, is missing or not known.
error InvalidParameter (parameter: string)

error PermissionDenied ()

# The method is a stream: the call needs "more".
error ExpectedMore ()
)";

Status addService(Server& server)
{
    TRY(server.addInterface(description));
    TRY(server.handle("org.varlink.service.GetInfo", Mode::Plain, [&server](const CallPointer& call) {
        std::vector<std::string> names;
        for (const auto& [name, interface] : server.interfaces())
            names.push_back(name);
        const Product& product = server.product();
        call->reply({{"vendor", product.vendor},
                     {"product", product.name},
                     {"version", product.version},
                     {"url", product.url},
                     {"interfaces", names}});
    }));
    return server.handle("org.varlink.service.GetInterfaceDescription", Mode::Plain,
                         [&server](const CallPointer& call) {
                             auto name = call->parameters()["interface"].get<std::string>();
                             if (!server.interfaces().count(name)) {
                                 call->error("org.varlink.service.InterfaceNotFound", {{"interface", name}});
                                 return;
                             }
                             call->reply({{"description", server.text(name)}});
                         });
}

} // namespace diptych::varlink
