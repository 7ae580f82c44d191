#include "runtime/trace.h"

#include "base/files.h"
#include "base/json.h"
#include "runtime/channel.h"

#include <fcntl.h>
#include <unistd.h>

namespace diptych::runtime {

// With room for a long line in a message of 64 KiB.
static constexpr size_t mostGathered = 32768;

Result<Trace> Trace::toFile(const std::string& path)
{
    Trace trace;
    trace.m_file = TRYX(openFile(path, O_WRONLY | O_APPEND | O_CREAT, 0600), "--trace");
    return trace;
}

Trace Trace::toChannel(int channel)
{
    Trace trace;
    trace.m_channel = channel;
    return trace;
}

void Trace::step(int64_t begin, std::string_view name, std::string_view spec, std::string_view call, int result,
                 std::string_view detail) const
{
    if (!on())
        return;
    // By hand: all but the detail are words of ours, and a document for each step would be most of the step's cost.
    std::string text = fmt::format(R"({{"time":{},"begin":{},"step":"{}","spec":"{}","call":"{}","result":{})",
                                   monotonicNanoseconds(), begin, name, spec, call, result);
    if (!detail.empty())
        text += R"(,"detail":)" + dumpJson(Json(detail));
    text += '}';
    lines(text);
}

void Trace::lines(std::string_view text) const
{
    if (text.empty())
        return;
    if (m_file) {
        std::string whole(text);
        whole += '\n';
        // A trace that can't be written must not stop a container.
        (void)!::write(m_file.get(), whole.data(), whole.size());
    } else if (m_channel >= 0) {
        if (m_gathered.size() + text.size() > mostGathered)
            flush();
        if (!m_gathered.empty())
            m_gathered += '\n';
        m_gathered += text;
    }
}

void Trace::flush() const
{
    if (m_channel >= 0 && !m_gathered.empty())
        writeMessage(m_channel, Message::Trace, take());
}

} // namespace diptych::runtime
