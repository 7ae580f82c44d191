#include "daemon/hypervisor.h"

#include "base/files.h"
#include "machines/host.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <mutex>

namespace diptych {

namespace {

std::string versionText(unsigned long number)
{
    return fmt::format("{}.{}.{}", number / 1000000, number / 1000 % 1000, number % 1000);
}

std::string reason(const std::string& acceleration)
{
    const char* forced = getenv("DIPTYCH_ACCELERATION");
    if (forced && *forced)
        return fmt::format("DIPTYCH_ACCELERATION={} says so", forced);
    if (acceleration == "kvm")
        return "the processor has virtualisation and /dev/kvm opens";
    if (!exists("/dev/kvm"))
        return "there is no /dev/kvm";
    return "/dev/kvm is there, but the processor's flags show neither vmx nor svm, or it can't be opened";
}

Hypervisor look(const std::string& uri)
{
    Hypervisor result;
    result.acceleration = machines::acceleration();
    result.accelerationReason = reason(result.acceleration);
    virConnectPtr connection = virConnectOpenReadOnly(uri.c_str());
    if (!connection) {
        const virError* error = virGetLastError();
        result.problem = error && error->message ? error->message : "libvirt can't be reached";
        return result;
    }
    unsigned long number = 0;
    if (virConnectGetLibVersion(connection, &number) == 0)
        result.libvirtVersion = versionText(number);
    if (virConnectGetVersion(connection, &number) == 0)
        result.qemuVersion = versionText(number);
    virConnectClose(connection);
    return result;
}

struct Cache
{
    std::mutex mutex;
    Hypervisor last;
    std::chrono::steady_clock::time_point at{};
    bool asking = false;
};

} // namespace

std::function<Hypervisor()> hypervisorOf(const std::string& libvirtUri)
{
    auto cache = std::make_shared<Cache>();
    return [cache, libvirtUri] {
        std::unique_lock lock(cache->mutex);
        bool known = cache->at != std::chrono::steady_clock::time_point{};
        if (known && (cache->asking || std::chrono::steady_clock::now() - cache->at < std::chrono::seconds(10)))
            return cache->last;
        cache->asking = true;
        lock.unlock();
        Hypervisor now = look(libvirtUri);
        lock.lock();
        cache->asking = false;
        cache->last = now;
        cache->at = std::chrono::steady_clock::now();
        return now;
    };
}

} // namespace diptych
