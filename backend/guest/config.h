// What the host tells the guest: /diptych/config.json of the initramfs (README.md).
#pragma once

#include "base/json.h"
#include "guest/users.h"

#include <string>
#include <string_view>
#include <vector>

namespace diptych::guest {

struct Config
{
    bool readsDisk = false; ///< "task": "readDisk": only "modules" counts beside it
    std::string hostname;
    std::vector<std::string> modules; ///< empty: the initramfs's own list, /diptych/modules
    std::string rootDevice = "/dev/vda", rootType = "ext4";
    std::vector<std::string> arguments, environment;
    std::string workingDirectory = "/";
    User user;
    bool terminal = true; ///< the entry point owns the console; else whoever presses Enter there gets a shell
    int stopSignal = 15;
    bool dhcp = false;
    std::string address; ///< "192.168.122.9/24"
    std::string gateway;
    std::vector<std::string> nameservers;
    uint64_t pids = 0; ///< 0: no limit
};

Result<Config> parseConfig(std::string_view text);

} // namespace diptych::guest
