// MAC addresses that somebody chose for a new machine's cards: which are one, and who has them already.
#pragma once

#include "machines/handles.h"

#include <map>
#include <string>
#include <vector>

namespace diptych::machines {

/// Those of them that a card of a machine has, defined or as it runs, or that a network keeps an address for: address
/// -> whose, for people. Compared as libvirt writes them, in small letters.
Result<std::map<std::string, std::string>> usersOfAddresses(virConnectPtr connection,
                                                            const std::vector<std::string>& addresses);
/// Of these cards, empty where libvirt shall choose; each is of one card, nobody's, and of none before. Errors name
/// "spec.macs".
Status checkAddresses(virConnectPtr connection, const std::vector<std::string>& addresses, size_t cards);

} // namespace diptych::machines
