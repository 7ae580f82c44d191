#include "images/unpacker.h"

#include "base/child.h"
#include "base/files.h"
#include "base/log.h"

#include <climits>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace diptych::images {

namespace {
using Clock = std::chrono::steady_clock;
constexpr std::chrono::minutes kStandsStill{2};

size_t fieldsOf(char letter)
{
    switch (letter) {
    case kSaysRead:
    case kSaysOpaque:
    case kSaysDone:
        return 1;
    case kSaysLink:
    case kSaysFailed:
        return 2;
    case kSaysFile:
        return 3;
    default:
        return 0;
    }
}

class Listener final
{
public:
    explicit Listener(const UnpackJob& job) : m_job(job) {}

    void hear(std::string_view bytes)
    {
        m_last = Clock::now();
        m_pending.append(bytes);
        size_t from = 0;
        while (!m_nonsense && from < m_pending.size() && message(from)) {
        }
        m_pending.erase(0, from);
        // A name has an end.
        m_nonsense = m_nonsense || m_pending.size() > (size_t{1} << 20);
    }
    bool stop()
    {
        m_stuck = m_stuck || Clock::now() - m_last > kStandsStill;
        m_cancelled = m_cancelled || (m_job.progress && m_job.progress(m_read));
        return m_stuck || m_cancelled || m_nonsense;
    }
    Result<std::string> outcome(const Result<Outcome>& ran) const
    {
        if (m_cancelled)
            return fail(Code::Cancelled, "cancelled");
        if (m_stuck)
            return fail(Code::TimedOut, "reading it stands still");
        if (m_failed)
            return tl::unexpected<Error>(*m_failed);
        if (!ran)
            return tl::unexpected<Error>(ran.error());
        if (m_done && ran->status == 0 && !m_nonsense)
            return *m_done;
        if (ran->status > 128)
            return fail(Code::Failed, fmt::format("what reads it was ended by signal {}: the archive is damaged or "
                                                  "means harm",
                                                  ran->status - 128));
        return fail(Code::Failed, fmt::format("what reads it failed: {}", trim(ran->errors)));
    }

private:
    bool message(size_t& from)
    {
        const char letter = m_pending[from];
        Fields fields(fieldsOf(letter));
        m_nonsense = fields.empty();
        size_t at = from + 1;
        for (std::string& field : fields) {
            size_t end = m_pending.find('\0', at);
            if (end == std::string::npos)
                return false;
            field = m_pending.substr(at, end - at);
            at = end + 1;
        }
        from = at;
        if (letter == kSaysRead)
            m_read = std::strtoull(fields[0].c_str(), nullptr, 10);
        else if (letter == kSaysDone)
            m_done = fields[0];
        else if (letter == kSaysFailed)
            m_failed = Error{codeFrom(fields[0]), fields[1], {}, 0};
        else if (m_job.heard && !m_nonsense)
            m_job.heard(letter, fields);
        return true;
    }
    static Code codeFrom(const std::string& number)
    {
        const int code = std::atoi(number.c_str());
        return code >= 0 && code <= static_cast<int>(Code::NoSpace) ? static_cast<Code>(code) : Code::Failed;
    }

    const UnpackJob& m_job;
    std::string m_pending;
    std::optional<std::string> m_done;
    std::optional<Error> m_failed;
    Clock::time_point m_last = Clock::now();
    uint64_t m_read = 0;
    bool m_cancelled = false, m_stuck = false, m_nonsense = false;
};
} // namespace

std::string unpackerPath()
{
    char self[PATH_MAX];
    ssize_t n = ::readlink("/proc/self/exe", self, sizeof self);
    std::string directory(self, n > 0 ? static_cast<size_t>(n) : 0);
    std::string beside = directory.substr(0, directory.rfind('/') + 1) + "diptych-unpack";
    return exists(beside) ? beside : DIPTYCH_LIBEXEC "/diptych-unpack";
}

Result<std::string> unpackConfined(const UnpackJob& job)
{
    UniqueFd input = TRY(openFile(job.input, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    UniqueFd root = TRY(openFile(job.root, O_RDONLY | O_DIRECTORY));
    Listener listener(job);
    Command command;
    command.arguments = {unpackerPath(), job.mode, std::to_string(input.get()), std::to_string(root.get())};
    command.arguments.insert(command.arguments.end(), job.arguments.begin(), job.arguments.end());
    command.keepFds = {input.get(), root.get()};
    command.timeout = std::chrono::hours(24);
    command.outputLimit = size_t{64} << 10;
    command.onOutput = [&](std::string_view bytes) { listener.hear(bytes); };
    command.cancelled = [&] { return listener.stop(); };
    return listener.outcome(run(command));
}

} // namespace diptych::images
