// Errors as values. A function that can fail returns Result<T>; whoever knows more adds context on the way up; the
// top (a program's main, an API method) logs it once. Texts are lower case, without a full stop, and name the object.
#pragma once

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace diptych {

/// The closed list of what can go wrong. Each is one declared Varlink error, see api/org.diptych.*.varlink.
enum class Code {
    Failed,           ///< anything else: the message says what
    InvalidArgument,  ///< Error::field names the parameter
    NotFound,         ///< no such object
    Exists,           ///< the name is taken
    WrongState,       ///< not possible in the state the object is in
    Busy,             ///< another operation holds the object
    NotSupported,     ///< this machine lacks something: the message says what and how to mend it
    PermissionDenied, ///< the caller may not
    TimedOut,         ///< no answer in time
    Cancelled,        ///< the user asked to stop
    NoSpace,          ///< ENOSPC, EDQUOT
};

struct Error
{
    Code code = Code::Failed;
    std::string message;
    std::string field;   ///< for InvalidArgument: path of the parameter, "limits.memory"
    int systemError = 0; ///< errno, 0 when none

    /// "context: message", keeping code, field and errno.
    Error&& context(std::string_view what) &&
    {
        message = fmt::format("{}: {}", what, message);
        return std::move(*this);
    }
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(Code code, std::string message)
{
    return tl::unexpected<Error>(Error{code, std::move(message), {}, 0});
}

inline tl::unexpected<Error> failField(std::string field, std::string message)
{
    return tl::unexpected<Error>(Error{Code::InvalidArgument, std::move(message), std::move(field), 0});
}

/// Turns an errno into an Error: "what: No such file or directory". Reads errno before anything else can change it.
Error systemError(int number, std::string_view what);
inline tl::unexpected<Error> failErrno(std::string_view what)
{
    int number = errno;
    return tl::unexpected<Error>(systemError(number, what));
}

/// The Varlink error name of a code, "org.diptych.NotFound".
std::string_view errorName(Code code);
/// What errno means among our codes.
Code codeOf(int number);

} // namespace diptych

// TRY(expression): the value, or return the error from the enclosing function.
// TRYX(expression, context): the same, with context put in front of the message.
#define DIPTYCH_CONCAT_(a, b) a##b
#define DIPTYCH_CONCAT(a, b) DIPTYCH_CONCAT_(a, b)
#define TRY(expression) DIPTYCH_TRY_(expression, DIPTYCH_CONCAT(tryResult, __COUNTER__))
#define TRYX(expression, what) DIPTYCH_TRYX_(expression, what, DIPTYCH_CONCAT(tryResult, __COUNTER__))
#define DIPTYCH_TRY_(expression, result)                                                                               \
    __extension__({                                                                                                    \
        auto&& result = (expression);                                                                                  \
        if (!result) [[unlikely]]                                                                                      \
            return tl::unexpected<::diptych::Error>(std::move(result).error());                                        \
        ::diptych::detail::take(std::move(result));                                                                    \
    })
#define DIPTYCH_TRYX_(expression, what, result)                                                                        \
    __extension__({                                                                                                    \
        auto&& result = (expression);                                                                                  \
        if (!result) [[unlikely]]                                                                                      \
            return tl::unexpected<::diptych::Error>(std::move(result).error().context(what));                          \
        ::diptych::detail::take(std::move(result));                                                                    \
    })

namespace diptych::detail {
template <typename T>
T take(tl::expected<T, Error>&& result)
{
    return std::move(*result);
}
inline void take(tl::expected<void, Error>&& /*result*/) {}
} // namespace diptych::detail
