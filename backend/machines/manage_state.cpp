// Autostart, reset, managed save.
#include "machines/manager.h"

#include <thread>

namespace diptych::machines {

Result<Json> setAutostart(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    if (virDomainSetAutostart(domain.get(), parameters["autostart"].get<bool>() ? 1 : 0) < 0)
        return failLibvirt(fmt::format("autostart of {}", nameOf(domain.get())));
    return Json::object();
}

Result<Json> reset(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    if (virDomainReset(domain.get(), 0) < 0)
        return failLibvirt(fmt::format("reset {}", nameOf(domain.get())));
    return Json::object();
}

Result<Json> save(Host& host, const Json& parameters, Progress& progress)
{
    DomainRef domain = TRY(host.domain(parameters));
    progress.report("saveState", -1, nameOf(domain.get()));
    // The job runs in libvirt; its figures come from another call.
    std::atomic<bool> over{false};
    std::thread watch([&] {
        while (!over) {
            virDomainJobInfo job{};
            if (virDomainGetJobInfo(domain.get(), &job) == 0 && job.type != VIR_DOMAIN_JOB_NONE && job.dataTotal > 0)
                progress.report("saveState", double(job.dataProcessed) / double(job.dataTotal), nameOf(domain.get()));
            if (progress.cancelled())
                virDomainAbortJob(domain.get());
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    });
    int saved = virDomainManagedSave(domain.get(), 0);
    Error error = saved < 0 ? libvirtError(fmt::format("save {}", nameOf(domain.get()))) : Error{};
    over = true;
    watch.join();
    if (saved < 0 && progress.cancelled())
        return fail(Code::Cancelled, fmt::format("saving {} was cancelled: it runs on", nameOf(domain.get())));
    if (saved < 0)
        return tl::unexpected<Error>(std::move(error));
    return Json();
}

Result<Json> dropSaved(Host& host, const Json& parameters, Progress& /*progress*/)
{
    DomainRef domain = TRY(host.domain(parameters));
    if (virDomainManagedSaveRemove(domain.get(), 0) < 0)
        return failLibvirt(fmt::format("saved state of {}", nameOf(domain.get())));
    return Json::object();
}

} // namespace diptych::machines
