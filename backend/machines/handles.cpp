#include "machines/handles.h"

namespace diptych::machines {

static Code codeOfLibvirt(int code, int domain)
{
    switch (code) {
    case VIR_ERR_NO_DOMAIN:
    case VIR_ERR_NO_NETWORK:
    case VIR_ERR_NO_STORAGE_POOL:
    case VIR_ERR_NO_STORAGE_VOL:
    case VIR_ERR_NO_DOMAIN_SNAPSHOT:
        return Code::NotFound;
    case VIR_ERR_DOM_EXIST:
    case VIR_ERR_NETWORK_EXIST:
    case VIR_ERR_STORAGE_VOL_EXIST:
    case VIR_ERR_STORAGE_POOL_BUILT:
        return Code::Exists;
    case VIR_ERR_OPERATION_INVALID:
        return Code::WrongState;
    case VIR_ERR_OPERATION_TIMEOUT:
        return Code::TimedOut;
    case VIR_ERR_OPERATION_DENIED:
    case VIR_ERR_AUTH_FAILED:
    case VIR_ERR_AUTH_UNAVAILABLE:
    case VIR_ERR_ACCESS_DENIED:
        return Code::PermissionDenied;
    case VIR_ERR_NO_SUPPORT:
    case VIR_ERR_NO_CONNECT:
    case VIR_ERR_INVALID_CONN:
    case VIR_ERR_CONFIG_UNSUPPORTED:
    case VIR_ERR_OPERATION_UNSUPPORTED:
    case VIR_ERR_ARGUMENT_UNSUPPORTED:
        return Code::NotSupported;
    default:
        // A connection that breaks under a call: the daemon went.
        return domain == VIR_FROM_RPC ? Code::NotSupported : Code::Failed;
    }
}

namespace {

struct FreeError
{
    void operator()(virErrorPtr error) const { virFreeError(error); }
};
using ErrorRef = std::unique_ptr<virError, FreeError>;

/// What nameOf() would have made libvirt forget.
ErrorRef& keptError()
{
    thread_local ErrorRef kept;
    return kept;
}

} // namespace

Error libvirtError(std::string_view what)
{
    ErrorRef kept = std::move(keptError());
    virErrorPtr last = virGetLastError();
    if (!last || last->code == VIR_ERR_OK)
        last = kept.get();
    if (!last || !last->message)
        return Error{Code::Failed, fmt::format("{}: libvirt gave no reason", what), {}, 0};
    return Error{codeOfLibvirt(last->code, last->domain), fmt::format("{}: {}", what, last->message), {}, 0};
}

std::string idOf(virDomainPtr domain)
{
    char text[VIR_UUID_STRING_BUFLEN] = {};
    virDomainGetUUIDString(domain, text);
    return text;
}

std::string nameOf(virDomainPtr domain)
{
    // Called where an error is told: every call of libvirt, this one too, forgets the last one.
    keptError().reset(virGetLastError() ? virSaveLastError() : nullptr);
    const char* name = virDomainGetName(domain);
    return name ? name : "";
}

Result<std::string> xmlOf(virDomainPtr domain, unsigned int flags)
{
    CString text(virDomainGetXMLDesc(domain, flags));
    if (!text)
        return failLibvirt("read the domain's XML");
    return std::string(text.get());
}

} // namespace diptych::machines
