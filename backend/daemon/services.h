// What the daemon is made of, given to it from outside: main() gives the real drivers, tests give others.
#pragma once

#include "images/images.h"
#include "instances/driver.h"

#include <functional>
#include <memory>
#include <vector>

namespace diptych {

struct Template
{
    std::string name, description;
    bool available = false;
    std::string reason; ///< what is missing
};

/// The image store as the API needs it. Every method may block; any thread.
class ImageSource
{
public:
    virtual ~ImageSource() = default;
    virtual Result<std::vector<images::Image>> list() = 0;
    virtual Result<images::Image> find(const std::string& reference) = 0;
    virtual std::vector<Template> templates() = 0;
    virtual Result<images::Image> build(const std::string& name, const std::string& reference, Progress& progress) = 0;
    virtual Status remove(const std::string& reference) = 0;
};

/// What machines run on, for GetHost.
struct Hypervisor
{
    std::string acceleration = "none"; ///< "kvm", "tcg", "none"
    std::string accelerationReason;
    std::string libvirtVersion, qemuVersion; ///< empty when libvirt can't be reached
    std::string problem;                     ///< why not
};

/// A feature this host lacks, and what to do about it.
struct Missing
{
    std::string feature, reason, mend;
};

struct Services
{
    std::vector<std::unique_ptr<Driver>> drivers; ///< containers first
    std::unique_ptr<ImageSource> images;          ///< may be null: then imagesProblem says why
    std::string imagesProblem;
    std::vector<Missing> missing; ///< what could not be made at start
    /// Rows of org.diptych.Isolation. probe is null when inside could not be asked. Blocks; any thread.
    std::function<Json(const Instance& instance, const Json* probe, const Json& hostFacts)> evidence;
    std::function<Hypervisor()> hypervisor; ///< blocks; any thread
};

} // namespace diptych
