// The NoCloud seed: an ISO named CIDATA with what cloud-init does at the first start.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace diptych::machines {

struct CloudInit
{
    std::string hostname, user, password; ///< password empty: none can log in by one
    std::vector<std::string> keys, packages;
};

/// SHA-512 crypt(3), with a salt of its own.
Result<std::string> cryptPassword(const std::string& password);
/// The document "#cloud-config"; passwords only as SHA-512 crypt(3).
Result<std::string> userData(const CloudInit& wanted);
/// The ISO's bytes. instance: what tells cloud-init that this is another machine.
Result<std::string> makeSeed(const CloudInit& wanted, const std::string& instance);

} // namespace diptych::machines
