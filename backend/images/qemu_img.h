// qemu-img: enclosed for what strangers wrote, as it is for what this host's own QEMU wrote.
#pragma once

#include "instances/driver.h"

#include <string>
#include <vector>

namespace diptych::images {

struct MachineDisk;

/// arguments: after "qemu-img", with paths relative to work, which is all that it sees. Its stdout.
Result<std::string> qemuImgEnclosed(const std::string& work, const std::vector<std::string>& arguments,
                                    Progress& progress);
/// gzip -d, enclosed in the same way: file, relative to work, ends in .gz and stays.
Status gunzipEnclosed(const std::string& work, const std::string& file, Progress& progress);
/// With -p among the arguments the progress is reported as step. room: a directory whose file system must keep 256 MiB.
Result<std::string> qemuImg(const std::vector<std::string>& arguments, const std::string& room, Progress& progress);
/// As qemu-img takes it, without the chain that a header names: the chain is what we say.
std::string sourceFor(const MachineDisk& disk);

} // namespace diptych::images
