// A machine that is to be installed without questions, as its XML says it. The definition is the one that it has
// afterwards, with a note (metadata) of what the installer is started with; the first start takes a changed one, as a
// domain's own state, so that nothing of it stays when the installer has ended. README.md: the course of it. Pure.
#pragma once

#include "base/result.h"

#include <optional>
#include <pugixml.hpp>
#include <string>

namespace diptych::machines {

inline constexpr const char* installationUri = "https://diptych.example/xmlns/installation/1";
inline constexpr const char* installationPrefix = "diptych";

struct Installation
{
    std::string kernel, initrd; ///< paths of volumes that are nobody else's, and go afterwards
    std::string seed;           ///< the same, a CD-ROM that the installer reads its answers from; empty: none
    std::string commandLine;
    bool done = false; ///< over: the note is about to go
};
/// The note alone, for virDomainSetMetadata().
std::string installationXml(const Installation& installation);
/// The same into a new domain's metadata.
void appendInstallation(pugi::xml_node metadata, const Installation& installation);
/// Of a domain; null: it has no such note.
std::optional<Installation> installationOf(pugi::xml_node domain);
std::optional<Installation> installationOf(const std::string& domainXml);
/// The domain that is started: boots the installer's kernel, and ends where it would start again, for that would be the
/// installer once more.
Result<std::string> installerXml(const std::string& domainXml);

} // namespace diptych::machines
