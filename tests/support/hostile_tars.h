// Layers that mean harm, written byte by byte: what no program would write. For tests, and seeds of fuzz_layer.
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace diptych::test {

/// A tar header by hand, and the content padded to whole blocks.
inline std::string entry(const std::string& name, char type, const std::string& content = {},
                         const std::string& link = {}, unsigned mode = 0644, int64_t size = -1)
{
    std::string h(512, '\0');
    auto put = [&](size_t at, const std::string& text) { h.replace(at, text.size(), text); };
    put(0, name.substr(0, 100));
    put(100, fmt::format("{:07o}", mode));
    put(108, "0000000");
    put(116, "0000000");
    put(124, fmt::format("{:011o}", size < 0 ? content.size() : static_cast<size_t>(size)));
    put(136, "00000000000");
    put(148, "        ");
    h[156] = type;
    put(157, link.substr(0, 100));
    put(257, std::string("ustar\00000", 8));
    unsigned sum = 0;
    for (char c : h)
        sum += static_cast<unsigned char>(c);
    put(148, fmt::format("{:06o}", sum));
    h[154] = '\0';
    std::string body = content;
    body.resize((body.size() + 511) / 512 * 512, '\0');
    return h + body;
}

inline std::string paxRecord(const std::string& key, const std::string& value)
{
    std::string rest = " " + key + "=" + value + "\n";
    size_t length = rest.size() + 1;
    while (std::to_string(length).size() + rest.size() != length)
        length = std::to_string(length).size() + rest.size();
    return std::to_string(length) + rest;
}

inline std::string pax(const std::string& key, const std::string& value, char type = 'x')
{
    return entry("pax", type, paxRecord(key, value));
}

struct HostileTar
{
    const char* name;
    std::string tar; ///< without the blocks of zeros at its end
    bool accepted;   ///< false: the whole layer is refused
    bool end = true; ///< the end is to be added
};

inline std::vector<HostileTar> hostileTars()
{
    const std::string x = "harm";
    std::string deep, deepest;
    for (int i = 0; i < 100; ++i)
        deep += "d/";
    for (int i = 0; i < 200; ++i)
        deepest += "d/";
    return {
        // C4: paths
        {"parent", entry("../sentinel", '0', x), false},
        {"parent inside", entry("a/../../sentinel", '0', x), false},
        {"parent that stays", entry("a/../b", '0', x), false},
        {"absolute", entry("/sentinel", '0', x), true},
        {"empty name", entry("", '0', x), false},
        {"only slashes", entry("///", '0', x), false},
        {"through absolute link", entry("l", '2', {}, "/") + entry("l/sentinel", '0', x), true},
        {"through relative link", entry("l", '2', {}, "../..") + entry("l/sentinel", '0', x), true},
        {"through a chain of links",
         entry("a", '2', {}, "..") + entry("b", '2', {}, "a/..") + entry("b/sentinel", '0', x), true},
        {"dangling link as parent", entry("l", '2', {}, "/nowhere") + entry("l/x", '0', x), false},
        {"loop of links", entry("a", '2', {}, "b") + entry("b", '2', {}, "a") + entry("a/x", '0', x), false},
        {"file over link", entry("l", '2', {}, "../sentinel") + entry("l", '0', x), true},
        {"mode through a link", entry("l", '2', {}, "../sentinel") + entry("l", '5', {}, {}, 0777), true},
        {"root is a link", entry(".", '2', {}, "/etc"), false},
        {"root is a link, written /", entry("/", '2', {}, "/etc"), false},
        {"root is a file", entry(".", '0', x), false},
        {"root is a hard link", entry("f", '0', x) + entry(".", '1', {}, "f"), false},
        {"root attributes", entry("./", '5', {}, {}, 0755), true},
        {"proc as a link", entry("proc", '2', {}, "/proc") + entry("proc/self/environ", '0', x), false},
        {"nul in a name", pax("path", std::string("a\0b", 3)) + entry("x", '0', x), true},
        // C5: a later entry can't undo what an earlier one was checked for
        {"directory, then link, then through it",
         entry("d", '5') + entry("d", '2', {}, "..") + entry("d/sentinel", '0', x), true},
        {"file, link, file", entry("f", '0', x) + entry("f", '2', {}, "../sentinel") + entry("f", '0', x), true},
        {"full directory becomes a link", entry("d/x", '0', x) + entry("d", '2', {}, ".."), false},
        {"the same file a thousand times",
         [&] {
             std::string all;
             for (int i = 0; i < 1000; ++i)
                 all += entry("same", '0', x);
             return all;
         }(),
         true},
        // C6: hard links
        {"hard link out", entry("h", '1', {}, "../sentinel"), false},
        {"hard link absolute", entry("h", '1', {}, "/etc/passwd"), false},
        {"hard link through link", entry("l", '2', {}, "/etc") + entry("h", '1', {}, "l/passwd"), false},
        {"hard link through link out", entry("l", '2', {}, "..") + entry("h", '1', {}, "l/sentinel"), false},
        {"hard link to link", entry("l", '2', {}, "/etc/passwd") + entry("h", '1', {}, "l"), false},
        {"hard link to directory", entry("d", '5') + entry("h", '1', {}, "d"), false},
        {"hard link to the root", entry("h", '1', {}, "/"), false},
        {"hard link to fifo", entry("p", '6') + entry("h", '1', {}, "p"), false},
        {"hard link to whiteout", entry(".wh.w", '0') + entry("h", '1', {}, "w"), false},
        {"hard link to nothing", entry("h", '1', {}, "none"), false},
        {"hard link to itself", entry("f", '0', x) + entry("f", '1', {}, "f"), false},
        {"hard link with content", entry("f", '0', x) + entry("h", '1', "more", "f"), false},
        {"hard link inside", entry("f", '0', x) + entry("h", '1', {}, "f"), true},
        // C7: whiteouts
        {"empty whiteout", entry(".wh.", '0'), false},
        {"whiteout of dot", entry(".wh..", '0'), false},
        {"whiteout of dots", entry(".wh...", '0'), false},
        {"below a whiteout", entry(".wh.x/y", '0', x), false},
        {"whiteout through link", entry("l", '2', {}, "..") + entry("l/.wh.sentinel", '0'), true},
        {"opaque through link", entry("l", '2', {}, "..") + entry("l/.wh..wh..opq", '0'), true},
        {"whiteout of a file of this layer", entry("f", '0', x) + entry(".wh.f", '0'), true},
        {"whiteout of a full directory", entry("d/x", '0', x) + entry(".wh.d", '0'), true},
        {"whiteout, then its name as a link", entry(".wh.w", '0') + entry("w", '2', {}, "../sentinel"), true},
        {"whiteout as directory", entry(".wh.d", '5'), true},
        {"whiteout as hard link", entry("f", '0', x) + entry(".wh.f", '1', {}, "../sentinel"), true},
        {"opaque with content", entry(".wh..wh..opq", '0', x), true},
        {"aufs", entry(".wh..wh.plnk", '5'), true},
        {"char 0:0 by hand", entry("c", '3'), true},
        {"overlay xattr", pax("SCHILY.xattr.trusted.overlay.opaque", "y") + entry("d", '5'), true},
        {"overlay user xattr", pax("SCHILY.xattr.user.overlay.redirect", "/x") + entry("d", '5'), true},
        {"overlay metacopy", pax("SCHILY.xattr.trusted.overlay.metacopy", "") + entry("d", '0', x), true},
        {"security xattr", pax("SCHILY.xattr.security.selinux", "x") + entry("d", '5'), true},
        // C8: devices
        {"block device", entry("d", '4'), true},
        {"character device", entry("c", '3'), true},
        {"device over a link", entry("l", '2', {}, "../sentinel") + entry("l", '3'), true},
        {"fifo", entry("p", '6'), true},
        // C9: sizes
        {"deep", entry(deep + "f", '0', x).substr(0, 0) + pax("path", deep + "f") + entry("x", '0', x), true},
        {"too deep", pax("path", deepest + "f") + entry("x", '0', x), false},
        {"long path", pax("path", std::string(5000, 'a')) + entry("x", '0', x), false},
        {"long name", pax("path", std::string(300, 'a')) + entry("x", '0', x), false},
        {"long link", pax("linkpath", std::string(5000, 'a')) + entry("l", '2'), false},
        {"huge file that is not there", entry("x", '0', x, {}, 0644, int64_t{8} << 30), false},
        {"huge pax header", entry("pax", 'x', std::string(size_t{2} << 20, 'a')) + entry("x", '0', x), false},
        {"huge long name", entry("././@LongLink", 'L', std::string(size_t{2} << 20, 'a')) + entry("x", '0', x), false},
        // C10: headers that readers understand differently
        {"pax path out", pax("path", "../sentinel") + entry("x", '0', x), false},
        {"pax link out", pax("linkpath", "../sentinel") + entry("h", '1', {}, "x"), false},
        {"global pax path out", pax("path", "../sentinel", 'g') + entry("x", '0', x), true},
        {"pax record without length", entry("pax", 'x', "path=../x\n") + entry("x", '0', x), false},
        {"pax record too long", entry("pax", 'x', "99 path=x\n") + entry("x", '0', x), false},
        {"pax size not a number", pax("size", "no") + entry("x", '0', x), false},
        {"negative size", pax("size", "-1") + entry("x", '0', x), false},
        {"not a tar", std::string(2048, 'z'), false},
        {"damaged header", entry("x", '0', x).replace(0, 1, "y"), false},
        {"cut off", entry("x", '0', std::string(4096, 'a')).substr(0, 1024), false, false},
        // C11: other formats
        {"zip", "PK\x03\x04" + std::string(600, '\0'), false, false},
        {"cpio", "070701" + std::string(600, '0'), false, false},
        {"7z", std::string("7z\xbc\xaf\x27\x1c\0\x04", 8) + std::string(600, '\0'), false, false},
        {"ar", "!<arch>\n" + std::string(600, ' '), false, false},
        // It begins with zeros, as an empty tar does: nothing is taken from it.
        {"iso9660", std::string(32769, '\0') + "CD001" + std::string(4096, '\0'), true, false},
    };
}

} // namespace diptych::test
