// What a storage pool is to be of: read from the call, looked at before libvirt is asked.
#pragma once

#include "machines/manager.h"
#include "machines/pool_xml.h"

namespace diptych::machines {

enum class Build { No, Make, Erase };

/// Of a client's "source"; the secret's name is set where there is a user.
Result<PoolSource> sourceFrom(const Json& given, const std::string& pool, Build build);
/// That the device is one, unused, and empty where nothing is to be erased; that the other host answers. Sets the
/// format of a partition table that is there. Only of a libvirt of this host.
Status lookAtSource(virConnectPtr connection, PoolSource& source, Build build);
/// "port" of a client's source; 0: there is none.
Result<int64_t> portFrom(const Json& given, const char* field);
/// Connects to a port of a host; errors name the field. Blocks for up to five seconds, and for as long as the name
/// takes.
Status checkAnswers(const std::string& host, int64_t port, const char* field);
/// The usual one of iscsi or netfs, where none was given.
int64_t portOf(const std::string& type, int64_t given);

} // namespace diptych::machines
