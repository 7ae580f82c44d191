// What libvirt says when a pool can't be had: a child process and its words. For a person it is one field and why.
#include "machines/pool_xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

struct Fault
{
    const char* field;
    const char* sentence; ///< with a place for what libvirt said
};

bool says(std::string_view words, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [words](std::string_view part) { return words.find(part) != std::string_view::npos; });
}

/// "internal error: Child process (/bin/mount …) unexpected exit status 32: mount.nfs: no": what follows is the reason.
std::string plain(const std::string& words)
{
    constexpr std::string_view mark = "unexpected exit status ";
    size_t at = words.find(mark);
    if (at != std::string::npos && (at = words.find(": ", at)) != std::string::npos)
        at += 2;
    std::string rest = at == std::string::npos ? words : words.substr(at);
    return rest.substr(0, rest.find('\n'));
}

Fault netfsFault(std::string_view words)
{
    if (says(words, {"access denied", "No such file", "not exported", "No such device"}))
        return {"source.source", "the host does not give this directory: {}"};
    return {"source.host", "the host gives nothing by NFS: {}"};
}

Fault iscsiFault(const PoolSource& source, std::string_view words)
{
    if (says(words, {"authorization failure", "authentication"}))
        return {"source.user", source.user.empty() ? "the target asks for a name and a password: {}"
                                                   : "the target does not take this name and password: {}"};
    if (says(words, {"connection failure", "cannot make connection", "resolve", "timed out"}))
        return {"source.host", "the host does not answer as an iSCSI target does: {}"};
    return {"source.source", "nobody is let in at a target of this name: {}"};
}

Fault faultOf(const PoolSource& source, bool building, std::string_view words)
{
    const std::string& type = source.type;
    if (says(words, {"mount point", "cannot create path", "failed to create directory"}))
        return {"path", "it can't be mounted there: {}"};
    if (type == "netfs")
        return netfsFault(words);
    if (type == "iscsi")
        return iscsiFault(source, words);
    if (type == "logical" && (!building || says(words, {"already exists", "name is invalid"})))
        return {"source.source",
                building ? "no group can be made of this name: {}" : "there is no such volume group: {}"};
    if (building)
        return {"source.device", "it can't be made on this device: {}"};
    return type == "disk" ? Fault{"source.device", "there is no partition table of this kind on it: {}"}
                          : Fault{"source.device", "there is no file system on it that can be mounted: {}"};
}

} // namespace

Error poolFault(const PoolSource& source, bool building, const std::string& words)
{
    Fault fault = faultOf(source, building, words);
    return Error{Code::InvalidArgument, fmt::format(fmt::runtime(fault.sentence), plain(words)), fault.field, 0};
}

} // namespace diptych::machines
