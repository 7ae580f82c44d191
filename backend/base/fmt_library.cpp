// fmt, compiled once. Distributions ship only the shared library, which our static programs can't link, and its
// header-only mode compiles the formatter anew in every file that uses it (8 s each). These are the instances that
// fmt's headers promise to find elsewhere. Nobody here formats by a locale ("{:L}"), and std::locale is half a megabyte
// of a static program that sets itself up before main().
#define FMT_STATIC_THOUSANDS_SEPARATOR ','
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {
template auto dragonbox::to_decimal(float value) noexcept -> dragonbox::decimal_fp<float>;
template auto dragonbox::to_decimal(double value) noexcept -> dragonbox::decimal_fp<double>;
template auto thousands_sep_impl(locale_ref locale) -> thousands_sep_result<char>;
template auto decimal_point_impl(locale_ref locale) -> char;
template void buffer<char>::append(const char* begin, const char* end);
template void vformat_to(buffer<char>& out, string_view format, basic_format_args<format_context> arguments,
                         locale_ref locale);
} // namespace detail
FMT_END_NAMESPACE
