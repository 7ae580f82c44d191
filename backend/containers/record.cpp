#include "containers/record.h"

#include "base/files.h"
#include "instances/json.h"

#include <algorithm>
#include <charconv>

namespace diptych::containers {

namespace {

struct Range
{
    uint64_t first, count;
};

// "user:100000:65536"
std::vector<Range> delegatedRanges(const std::string& file)
{
    std::vector<Range> ranges;
    std::string text = readFile(file).value_or("");
    for (std::string_view line : split(text, '\n')) {
        auto parts = split(line, ':');
        if (parts.size() != 3)
            continue;
        Range range{};
        bool first = std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), range.first).ec == std::errc();
        bool count = std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), range.count).ec == std::errc();
        if (first && count)
            ranges.push_back(range);
    }
    return ranges;
}

Json toJson(const Link& link)
{
    return {{"network", link.network}, {"mac", link.mac},       {"address", link.address},
            {"gateway", link.gateway}, {"bridge", link.bridge}, {"prefix", link.prefix}};
}

Json toJson(const images::Process& p)
{
    return {{"arguments", p.arguments},
            {"environment", p.environment},
            {"workingDirectory", p.workingDirectory},
            {"uid", p.uid},
            {"gid", p.gid},
            {"groups", p.groups},
            {"stopSignal", p.stopSignal}};
}

Result<Link> linkFrom(JsonReader reader)
{
    Link link;
    link.network = TRY(reader.string("network"));
    link.mac = TRY(reader.string("mac"));
    link.address = TRY(reader.string("address"));
    link.gateway = TRY(reader.string("gateway"));
    link.bridge = TRY(reader.string("bridge"));
    link.prefix = static_cast<unsigned>(TRY(reader.unsignedInteger("prefix")));
    return link;
}

Result<images::Process> processFrom(JsonReader reader)
{
    images::Process p;
    p.arguments = TRY(reader.strings("arguments"));
    p.environment = TRY(reader.strings("environment"));
    p.workingDirectory = TRY(reader.string("workingDirectory"));
    p.uid = static_cast<uint32_t>(TRY(reader.unsignedInteger("uid")));
    p.gid = static_cast<uint32_t>(TRY(reader.unsignedInteger("gid")));
    for (const Json& group : *TRY(reader.array("groups"))) {
        if (!group.is_number_unsigned())
            return failField(reader.field("groups"), "a group is not a number");
        p.groups.push_back(group.get<uint32_t>());
    }
    p.stopSignal = static_cast<int>(TRY(reader.integer("stopSignal")));
    return p;
}

} // namespace

Result<uint32_t> freeIdBase(const std::vector<uint32_t>& taken, const std::string& subuid, const std::string& subgid)
{
    std::vector<Range> delegated = delegatedRanges(subuid);
    for (const Range& range : delegatedRanges(subgid))
        delegated.push_back(range);
    for (uint64_t base = firstIdBase; base <= lastIdBase; base += idCount) {
        bool used = std::find(taken.begin(), taken.end(), base) != taken.end();
        for (const Range& r : delegated)
            used = used || (r.first < base + idCount && base < r.first + r.count);
        if (!used)
            return static_cast<uint32_t>(base);
    }
    return fail(Code::NoSpace, "no free range of user ids is left for another container: delete one");
}

Status saveRecord(const std::string& directory, const Record& r)
{
    Json json = {{"version", 1},
                 {"id", r.id},
                 {"context", diptych::toJson(r.spec)},
                 {"creating", r.creating},
                 {"createdAt", r.createdAt},
                 {"idBase", r.idBase},
                 {"process", toJson(r.process)},
                 {"lower", r.lower},
                 {"link", toJson(r.link)},
                 {"running", r.running},
                 {"startedAt", r.startedAt},
                 {"finishedAt", r.finishedAt},
                 {"startNanoseconds", r.startNanoseconds},
                 {"oomKilled", r.oomKilled},
                 {"problem", r.problem}};
    if (r.exitCode)
        json["exitCode"] = *r.exitCode;
    return writeFileAtomic(directory + "/instance.json", dumpJson(json, 1));
}

Result<Record> loadRecord(const std::string& directory)
{
    std::string path = directory + "/instance.json";
    Json json = TRYX(parseJson(TRY(readFile(path))), path);
    JsonReader reader(json, path);
    Record r;
    if (TRY(reader.integer("version")) != 1)
        return fail(Code::Failed, fmt::format("{} was written by a newer Diptych", path));
    r.id = TRY(reader.string("id"));
    r.spec = TRY(specFrom(TRY(reader.object("context"))));
    r.creating = TRY(reader.boolean("creating"));
    r.createdAt = TRY(reader.integer("createdAt"));
    r.idBase = static_cast<uint32_t>(TRY(reader.unsignedInteger("idBase")));
    r.process = TRY(processFrom(TRY(reader.object("process"))));
    r.lower = TRY(reader.strings("lower"));
    r.link = TRY(linkFrom(TRY(reader.object("link"))));
    r.running = TRY(reader.boolean("running"));
    r.startedAt = TRY(reader.integer("startedAt"));
    r.finishedAt = TRY(reader.integer("finishedAt"));
    r.startNanoseconds = TRY(reader.integer("startNanoseconds"));
    r.oomKilled = TRY(reader.boolean("oomKilled"));
    r.problem = TRY(reader.string("problem"));
    if (auto code = TRY(reader.optionalInteger("exitCode")))
        r.exitCode = static_cast<int>(*code);
    return r;
}

} // namespace diptych::containers
