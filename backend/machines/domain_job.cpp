#include "machines/domain_job.h"

#include <thread>

namespace diptych::machines {

namespace {

constexpr std::chrono::milliseconds lookEach{100}, stopEach{5};

void tell(virDomainPtr domain, std::string_view step, const std::string& name, Progress& progress)
{
    int type = VIR_DOMAIN_JOB_NONE, count = 0;
    virTypedParameterPtr parameters = nullptr;
    if (virDomainGetJobStats(domain, &type, &parameters, &count, 0) < 0)
        return;
    unsigned long long done = 0, left = 0;
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DATA_PROCESSED, &done);
    virTypedParamsGetULLong(parameters, count, VIR_DOMAIN_JOB_DATA_REMAINING, &left);
    virTypedParamsFree(parameters, count);
    if (type == VIR_DOMAIN_JOB_NONE || done + left == 0)
        return;
    // Pages that the guest writes meanwhile go again: the total grows.
    progress.amounts({{name, done, done + left}});
    progress.report(step, double(done) / double(done + left), name);
}

} // namespace

Status followJob(virDomainPtr domain, std::string_view step, const std::string& name, Progress& progress,
                 const std::function<Status()>& work)
{
    std::atomic<bool> over{false};
    Status outcome;
    std::thread worker([&] {
        outcome = work();
        over = true;
    });
    while (!over) {
        if (progress.cancelled())
            virDomainAbortJob(domain); // refused when there is nothing to stop yet, or any more: again
        else
            tell(domain, step, name, progress);
        std::this_thread::sleep_for(progress.cancelled() ? stopEach : lookEach);
    }
    worker.join();
    if (!outcome && progress.cancelled())
        return fail(Code::Cancelled, fmt::format("{}: cancelled, it is as it was", name));
    return outcome;
}

Status followBlockJob(virDomainPtr domain, const std::string& target, Progress& progress)
{
    for (;; std::this_thread::sleep_for(lookEach)) {
        virDomainBlockJobInfo info{};
        int there = virDomainGetBlockJobInfo(domain, target.c_str(), &info, 0);
        if (there < 0)
            return failLibvirt(fmt::format("disk {}", target));
        if (there == 0)
            return {};
        if (info.end > 0) {
            progress.amounts({{target, info.cur, info.end}});
            progress.report("mergeDisk", double(info.cur) / double(info.end), target);
        }
        if (!progress.cancelled())
            continue;
        virDomainBlockJobAbort(domain, target.c_str(), 0);
        return fail(Code::Cancelled, fmt::format("disk {}: cancelled, it is as it was", target));
    }
}

} // namespace diptych::machines
