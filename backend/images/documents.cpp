#include "images/documents.h"

#include <time.h>

namespace diptych::images {

std::string timeText(int64_t milliseconds)
{
    time_t seconds = milliseconds / 1000;
    tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    size_t n = ::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, n};
}

int64_t timeFrom(const std::string& text)
{
    tm parts{};
    return ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) ? int64_t{::timegm(&parts)} * 1000 : 0;
}

std::string manifestOf(const Descriptor& config, const std::vector<Descriptor>& layers)
{
    Json list = Json::array();
    for (const Descriptor& layer : layers)
        list.push_back(toJson(layer));
    return dumpJson(
        {{"schemaVersion", 2}, {"mediaType", kManifestType}, {"config", toJson(config)}, {"layers", std::move(list)}});
}

static Json toJson(const HistoryLine& line)
{
    Json json{{"created", timeText(line.createdAt)}, {"created_by", line.createdBy}};
    if (!line.comment.empty())
        json["comment"] = line.comment;
    return json;
}

std::string configDocument(const Config& config, const std::vector<std::string>& diffIds,
                           const std::vector<HistoryLine>& history)
{
    Json inner = Json::object(), lines = Json::array(), ports = Json::object();
    auto set = [&](const char* key, const auto& value) {
        if (!value.empty())
            inner[key] = value;
    };
    set("Entrypoint", config.entrypoint);
    set("Cmd", config.command);
    set("Env", config.environment);
    set("User", config.user);
    set("WorkingDir", config.workingDirectory);
    set("StopSignal", config.stopSignal);
    for (const std::string& port : config.exposedPorts)
        ports[port] = Json::object();
    set("ExposedPorts", ports);
    for (const HistoryLine& line : history)
        lines.push_back(toJson(line));
    return dumpJson({{"created", timeText(history.empty() ? 0 : history.back().createdAt)},
                     {"architecture", hostArchitecture()},
                     {"os", "linux"},
                     {"config", std::move(inner)},
                     {"rootfs", {{"type", "layers"}, {"diff_ids", diffIds}}},
                     {"history", std::move(lines)}});
}

Result<std::string> extendedConfig(Json below, const std::string& diffId, const HistoryLine& line)
{
    TRY(parseConfigFile(below));
    below["created"] = timeText(line.createdAt);
    below["rootfs"]["diff_ids"].push_back(diffId);
    if (!below.contains("history") || !below["history"].is_array())
        below["history"] = Json::array();
    below["history"].push_back(toJson(line));
    return dumpJson(below);
}

} // namespace diptych::images
