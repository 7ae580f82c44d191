#include "support/fake_daemon/fake_driver.h"

#include <atomic>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace diptych::fake {

/// Enter gives a new line and prompt, "size" the size, Control-D ends; anything else is echoed.
static void serve(UniqueFd fd, const std::string& name, const std::shared_ptr<std::atomic<int>>& size)
{
    std::string prompt = fmt::format("\x1b[32m{}\x1b[0m:/# ", name), line;
    (void)writeAll(fd.get(), "Welcome to \x1b[1m" + name + "\x1b[0m (pretended).\r\n" + prompt);
    char byte = 0;
    while (read(fd.get(), &byte, 1) == 1 && byte != 4) {
        if (byte != '\r' && byte != '\n') {
            line += byte;
            if (!writeAll(fd.get(), std::string(1, byte)))
                return;
            continue;
        }
        int s = *size;
        std::string answer = line == "size" ? fmt::format("{} {}\r\n", s >> 16, s & 0xffff)
                             : line.empty() ? ""
                                            : line + "\r\n";
        if (!writeAll(fd.get(), "\r\n" + answer + prompt))
            return;
        line.clear();
    }
}

Result<Terminal> echoTerminal(const std::string& session, const std::string& name)
{
    SocketPair pair = TRY(socketPair(SOCK_STREAM));
    auto size = std::make_shared<std::atomic<int>>(80 << 16 | 24);
    std::thread([fd = std::move(pair.theirs), name, size]() mutable { serve(std::move(fd), name, size); }).detach();
    Terminal terminal;
    terminal.session = session;
    terminal.fd = std::move(pair.ours);
    terminal.resize = [size](int columns, int rows) {
        *size = columns << 16 | rows;
        return Status();
    };
    return terminal;
}

} // namespace diptych::fake
