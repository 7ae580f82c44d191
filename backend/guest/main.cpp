// diptych-guest: PID 1 of a twin virtual machine, and the probe of both sides.
#include "base/fd.h"
#include "guest/init.h"
#include "guest/probe.h"

#include <cstdio>
#include <unistd.h>

using namespace diptych;

int main(int argc, char** argv)
{
    if (::getpid() == 1 && argc < 2)
        guest::runInit();
    if (argc == 2 && std::string_view(argv[1]) == "probe")
        return writeAll(STDOUT_FILENO, dumpJson(guest::probe()) + "\n") ? 0 : 1;
    (void)std::fputs("usage: diptych-guest probe    (as PID 1 without arguments: init of a twin)\n", stderr);
    return 2;
}
