// The names that other engines gave their containers: in the control group's path stands only an id.
#pragma once

#include <string>

namespace diptych::isolation {

/// Of the container whose group this is: Docker's and nerdctl's name, "namespace/pod/container" of Kubernetes
/// (containerd or CRI-O). Read from what these engines keep of it, which only root writes; empty where nobody tells.
/// root: in front of every path. Sources: Docker's config.v2.json, the annotations in the OCI config.json of
/// containerd's and CRI-O's tasks.
std::string engineName(const std::string& group, const std::string& root = {});

} // namespace diptych::isolation
