// bench-images ARCHIVE DIRECTORY: imports the archive into a new store below DIRECTORY, as Images.Import does once it
// has the bytes, and prints milliseconds and the peak of resident memory in KiB.
#include "base/clock.h"
#include "base/files.h"
#include "images/images.h"

#include <cstdio>
#include <sys/resource.h>

using namespace diptych;

namespace {
struct Quiet : Progress
{
    void report(std::string_view, double, std::string_view) override {}
    [[nodiscard]] bool cancelled() const override { return false; }
};

Status import(const std::string& archive, const std::string& directory)
{
    Paths paths;
    paths.state = directory;
    auto store = TRY(images::Store::open(paths));
    Quiet quiet;
    int64_t begin = monotonicNanoseconds();
    TRY(store->importArchive(archive, "bench:latest", quiet));
    int64_t end = monotonicNanoseconds();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%.0f %ld\n", double(end - begin) / 1e6, usage.ru_maxrss);
    return {};
}
} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench-images ARCHIVE DIRECTORY\n");
        return 2;
    }
    if (Status done = import(argv[1], argv[2]); !done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return 1;
    }
    return 0;
}
