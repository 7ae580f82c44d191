// libvirt's calls that last until all is done, while libvirt counts: followed, and stopped when they are cancelled.
#pragma once

#include "instances/driver.h"
#include "machines/handles.h"

#include <functional>

namespace diptych::machines {

/// work, on a thread of its own, is the call that has the domain's job. step: as in Progress. Cancelled is told as
/// such.
Status followJob(virDomainPtr domain, std::string_view step, const std::string& name, Progress& progress,
                 const std::function<Status()>& work);

/// Until QEMU is through with what it copies between the files of this disk. Cancelled, they are as they were for who
/// reads.
Status followBlockJob(virDomainPtr domain, const std::string& target, Progress& progress);

} // namespace diptych::machines
