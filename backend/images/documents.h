// The documents that we write ourselves: manifests and configurations of images made here.
#pragma once

#include "images/layout.h"

#include <string>
#include <vector>

namespace diptych::images {

/// A line of the history of an image.
struct HistoryLine
{
    std::string createdBy, comment;
    int64_t createdAt = 0; ///< Unix ms
};

/// bytes of a manifest (application/vnd.oci.image.manifest.v1+json)
std::string manifestOf(const Descriptor& config, const std::vector<Descriptor>& layers);
/// bytes of a configuration with one history line a layer. Architecture and os are this machine's, the time is that of
/// the last line.
std::string configDocument(const Config& config, const std::vector<std::string>& diffIds,
                           const std::vector<HistoryLine>& history);
/// What config.json of the image below says, with a layer and its history line added.
Result<std::string> extendedConfig(Json below, const std::string& diffId, const HistoryLine& line);

/// Unix ms as RFC 3339 in UTC, and back; 0 when the text is none.
std::string timeText(int64_t milliseconds);
int64_t timeFrom(const std::string& text);

} // namespace diptych::images
