// The other side of diptych-unpack: starts it for one archive and hears what it says.
//
// It says letters, each with its fields, which end with a zero byte: any name can be told, no number of them is too
// many.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace diptych::images {

constexpr char kSaysRead = 'r';   ///< bytes of the input
constexpr char kSaysOpaque = 'o'; ///< a directory
constexpr char kSaysFile = 'f';   ///< name, digest, size
constexpr char kSaysLink = 'l';   ///< name, target
constexpr char kSaysDone = 'd';   ///< the result
constexpr char kSaysFailed = 'e'; ///< a Code as number, the reason

using Fields = std::vector<std::string>;

struct UnpackJob
{
    std::string mode;
    std::string input; ///< path of the archive
    std::string root;  ///< directory: all that it can see
    Fields arguments = {};
    std::function<void(char, const Fields&)> heard = {};
    /// Bytes read so far; true stops it. Also asked when nothing new was said.
    std::function<bool(uint64_t)> progress = {};
};
/// What it said at its end. Blocks. A process that dies, stands still for two minutes or says nonsense is an error.
Result<std::string> unpackConfined(const UnpackJob& job);

/// The path of diptych-unpack: beside this program in a build tree, else where it is installed.
std::string unpackerPath();

} // namespace diptych::images
