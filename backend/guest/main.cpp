// diptych-guest: PID 1 of a twin virtual machine, and the probe of both sides.
#include "base/fd.h"
#include "guest/attempts.h"
#include "guest/init.h"
#include "guest/probe.h"

#include <cstdio>
#include <unistd.h>

using namespace diptych;

static int tellAttempts(std::string_view text)
{
    auto host = guest::hostFactsFrom(text);
    if (!host) {
        (void)std::fputs((host.error().message + "\n").c_str(), stderr);
        return 2;
    }
    return writeAll(STDOUT_FILENO, dumpJson(guest::Attempts(std::move(*host)).run()) + "\n") ? 0 : 1;
}

int main(int argc, char** argv)
{
    if (::getpid() == 1 && argc < 2)
        guest::runInit();
    if (argc == 2 && std::string_view(argv[1]) == "probe")
        return writeAll(STDOUT_FILENO, dumpJson(guest::probe()) + "\n") ? 0 : 1;
    if (argc == 2 && std::string_view(argv[1]) == "idle")
        guest::idle();
    if (argc == 3 && std::string_view(argv[1]) == "attempts")
        return tellAttempts(argv[2]);
    (void)std::fputs(
        "usage: diptych-guest probe | idle | attempts HOST    (as PID 1 without arguments: init of a twin)\n", stderr);
    return 2;
}
