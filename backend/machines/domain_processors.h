// What a guest sees of its processors, and which of the host's they run on. Pure.
#pragma once

#include "base/json.h"

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace diptych::machines {

/// Which of hostCpus a text like "0-3,^2,7" names. InvalidArgument on "cpus": no such text, or a processor that is not
/// there.
Result<std::vector<bool>> cpuSet(const std::string& text, unsigned hostCpus);

/// 0 in each: libvirt chooses. Otherwise their product has to be the maximum of vCPUs.
Status setTopology(pugi::xml_node domain, int64_t sockets, int64_t cores, int64_t threads);
/// "host-passthrough", "host-model", "maximum", a model's name, or empty: the hypervisor's own. Topology and NUMA stay.
void setCpuModel(pugi::xml_node domain, const std::string& model);
/// Those that domain capabilities say can be had, the modes first.
std::vector<std::string> cpuModels(pugi::xml_node capabilities);
/// vcpu -1: QEMU's own threads. cpus checked before; empty: no pin.
Status setPin(pugi::xml_node domain, int64_t vcpu, const std::string& cpus);
/// {"sockets", "cores", "threads", "cpuModel", "pins": [{"vcpu", "cpus"}], "emulatorPin"}
Json processorsOf(pugi::xml_node domain);

} // namespace diptych::machines
