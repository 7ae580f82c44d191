#include "pages/advice.h"

namespace diptych::pages {

Advice Adviser::advise(const Needs& needs)
{
    const bool hard = needs.untrusted || needs.tenants || needs.ownKernel;
    const bool light = needs.startFast || needs.memoryShort;
    if (needs.seeDifference) {
        QString text = tr("Twins, because you want to see the difference.");
        if (hard)
            text += QLatin1Char(' ') + tr("For real use of this kind: a virtual machine.");
        else if (light)
            text += QLatin1Char(' ') + tr("For real use of this kind: a container.");
        return {Wall::Twins, text};
    }
    if (needs.ownKernel)
        return {Wall::Machine, tr("A virtual machine: a container can only use the host's kernel.")};
    if (hard && light)
        return {Wall::Machine,
                tr("A virtual machine: its wall holds when the kernel has a bug. It starts later and costs more "
                   "memory; no tick above can make a shared kernel safer.")};
    if (hard)
        return {Wall::Machine, tr("A virtual machine: a bug in the kernel inside stays inside, where a container's "
                                  "would reach the host.")};
    if (light)
        return {Wall::Container, tr("A container: it starts no kernel and keeps none in memory.")};
    return {};
}

} // namespace diptych::pages
