// diptych-unpack: reads one archive that a stranger wrote and writes what is in it beneath one directory, confined.
//
//   diptych-unpack layer     INPUT ROOT DIGEST SIZE DIFFID BYTES RATIO ENTRIES RESERVE
//   diptych-unpack archive   INPUT ROOT     every file becomes a blob of the layout at ROOT
//   diptych-unpack recognize INPUT ROOT     "1": it begins like an archive of images
//   diptych-unpack plain     INPUT ROOT TO  the digest of what is inside; TO: a name at ROOT for it, or empty
//   diptych-unpack enclose   WORK  ROOT PROGRAM ARGUMENT...   becomes a program that sees WORK only, see enclose.h
//
// INPUT and ROOT are numbers of descriptors; of enclose, WORK and ROOT are paths of directories. It answers on
// stdout, see unpacker.h.
#include "base/files.h"
#include "images/archive.h"
#include "images/archive_files.h"
#include "images/confine.h"
#include "images/digest.h"
#include "images/enclose.h"
#include "images/layer.h"
#include "images/layout.h"
#include "images/unpacker.h"

#include <clocale>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::images;

// In a sanitized build: where there is no /proc leaks can't be looked for, and the attempt is a failed end.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options()
{
    return "detect_leaks=0";
}

namespace {
void say(char what, std::initializer_list<std::string> fields)
{
    std::string message(1, what);
    for (const std::string& field : fields)
        message.append(field).push_back('\0');
    (void)writeAll(STDOUT_FILENO, message);
}

/// Not at every block: who listens has other things to do.
class Meter final
{
public:
    bool operator()(uint64_t bytes)
    {
        if (bytes >= m_next) {
            m_next = bytes + (uint64_t{1} << 20);
            say(kSaysRead, {std::to_string(bytes)});
        }
        return false;
    }

private:
    uint64_t m_next = 0;
};

struct Arguments
{
    int input, root;
    std::vector<std::string> rest;
    [[nodiscard]] uint64_t number(size_t index) const { return std::strtoull(rest.at(index).c_str(), nullptr, 10); }
};

Status layer(const Arguments& a)
{
    LayerSource source{"", a.rest.at(0), a.number(1), a.rest.at(2)};
    LayerLimits limits{a.number(3), a.number(4), a.number(5), a.number(6)};
    ::umask(0); // files are made with their modes
    TRY(confine({a.root, true, limits.bytes}));
    for (const std::string& path : TRY(unpackLayerHere(a.input, a.root, source, limits, Meter())))
        say(kSaysOpaque, {path});
    say(kSaysDone, {""});
    return {};
}

Status archive(const Arguments& a)
{
    TRY(confine({a.root, false, LayerLimits().bytes}));
    ArchiveFiles found = TRY(ArchiveFiles::extractHere(a.input, Layout(""), Meter()));
    for (const auto& [name, file] : found.files())
        say(kSaysFile, {name, file.digest, std::to_string(file.size)});
    for (const auto& [name, target] : found.links())
        say(kSaysLink, {name, target});
    say(kSaysDone, {""});
    return {};
}

Status recognize(const Arguments& a)
{
    TRY(confine({a.root, false, 1}));
    say(kSaysDone, {TRY(ArchiveFiles::recognizeHere(a.input)) ? "1" : ""});
    return {};
}

Status plain(const Arguments& a)
{
    TRY(confine({a.root, false, LayerLimits().bytes}));
    say(kSaysDone, {TRY(decompressHere(a.input, a.rest.at(0), Meter()))});
    return {};
}

Status obey(int argc, char** argv)
{
    if (argc > 4 && std::string_view(argv[1]) == "enclose")
        return encloseAndBecome(argv[2], argv[3], {argv + 4, argv + argc});
    if (argc < 4)
        return fail(Code::InvalidArgument, "diptych-unpack is started by diptychd");
    // What is read from files once, while they can be reached: character classes, the library of digests.
    ::setlocale(LC_CTYPE, "C.UTF-8");
    (void)digestOf("");
    Arguments a{std::atoi(argv[2]), std::atoi(argv[3]), {argv + 4, argv + argc}};
    const std::string mode = argv[1];
    const std::pair<const char*, Status (*)(const Arguments&)> modes[] = {
        {"layer", layer}, {"archive", archive}, {"recognize", recognize}, {"plain", plain}};
    for (const auto& [name, work] : modes)
        if (mode == name && a.rest.size() == (mode == "layer" ? 7 : mode == "plain" ? 1 : 0))
            return work(a);
    return fail(Code::InvalidArgument, "diptych-unpack is started by diptychd");
}
} // namespace

int main(int argc, char** argv)
{
    Status done = obey(argc, argv);
    // Of a program that could not be begun: where that one would have said it.
    if (!done && argc > 1 && std::string_view(argv[1]) == "enclose")
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
    else if (!done)
        say(kSaysFailed, {std::to_string(static_cast<int>(done.error().code)), done.error().message});
    return done ? 0 : 1;
}
