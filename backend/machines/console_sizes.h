// Tells guests the size of their console, on a thread of its own: a window that is dragged has many sizes, and a guest
// that still boots, or hangs, must not hold up who asks.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace diptych::machines {

struct ConsoleSize
{
    int columns = 0, rows = 0;
    bool operator==(const ConsoleSize&) const = default;
};

class ConsoleSizes final
{
public:
    /// True when the guest has taken it. Called on the thread, may block.
    using Tell = std::function<bool(const std::string& id, ConsoleSize)>;
    explicit ConsoleSizes(Tell tell);
    ~ConsoleSizes();
    ConsoleSizes(const ConsoleSizes&) = delete;
    ConsoleSizes& operator=(const ConsoleSizes&) = delete;

    /// The newest of a machine counts. One that its guest does not take is kept for listens().
    void want(const std::string& id, ConsoleSize size);
    /// The guest of this machine answers from now on.
    void listens(const std::string& id);
    void forget(const std::string& id);

private:
    struct Wanted
    {
        ConsoleSize size;
        bool due = true;
    };
    void run();
    Tell m_tell;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<std::string, Wanted> m_wanted;
    bool m_quit = false;
    std::thread m_thread;
};

} // namespace diptych::machines
