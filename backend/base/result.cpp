#include "base/result.h"

namespace diptych {

Code codeOf(int number)
{
    switch (number) {
    case ENOENT:
    case ESRCH:
        return Code::NotFound;
    case EEXIST:
        return Code::Exists;
    case EPERM:
    case EACCES:
        return Code::PermissionDenied;
    case ENOSPC:
    case EDQUOT:
        return Code::NoSpace;
    case EBUSY:
        return Code::Busy;
    case ENOSYS:
    case EOPNOTSUPP:
        return Code::NotSupported;
    case ETIMEDOUT:
        return Code::TimedOut;
    case EINVAL:
        return Code::InvalidArgument;
    default:
        return Code::Failed;
    }
}

Error systemError(int number, std::string_view what)
{
    char buffer[128];
    // GNU strerror_r: may answer with a constant instead of the buffer.
    const char* text = strerror_r(number, buffer, sizeof buffer);
    return Error{codeOf(number), fmt::format("{}: {}", what, text), {}, number};
}

std::string_view errorName(Code code)
{
    switch (code) {
    case Code::Failed:
        return "org.diptych.Failed";
    case Code::InvalidArgument:
        return "org.diptych.InvalidArgument";
    case Code::NotFound:
        return "org.diptych.NotFound";
    case Code::Exists:
        return "org.diptych.Exists";
    case Code::WrongState:
        return "org.diptych.WrongState";
    case Code::Busy:
        return "org.diptych.Busy";
    case Code::NotSupported:
        return "org.diptych.NotSupported";
    case Code::PermissionDenied:
        return "org.diptych.PermissionDenied";
    case Code::TimedOut:
        return "org.diptych.TimedOut";
    case Code::Cancelled:
        return "org.diptych.Cancelled";
    case Code::NoSpace:
        return "org.diptych.NoSpace";
    }
    return "org.diptych.Failed";
}

} // namespace diptych
