#include "runtime/trace.h"

#include "base/files.h"
#include "base/json.h"
#include "runtime/channel.h"

#include <fcntl.h>
#include <unistd.h>

namespace diptych::runtime {

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
    int64_t end = monotonicNanoseconds();
    Json json = {{"time", end}, {"begin", begin}, {"step", name}, {"spec", spec}, {"call", call}, {"result", result}};
    if (!detail.empty())
        json["detail"] = detail;
    line(dumpJson(json));
}

void Trace::line(std::string_view text) const
{
    if (m_channel >= 0) {
        (void)sendMessage(m_channel, Message::Trace, text);
    } else if (m_file) {
        std::string whole(text);
        whole += '\n';
        // A trace that can't be written must not stop a container.
        (void)!::write(m_file.get(), whole.data(), whole.size());
    }
}

} // namespace diptych::runtime
