// Values of org.diptych.Machines.
#pragma once

#include "client/types.h"

namespace diptych::client {

/// What libvirt has of a domain, as text.
struct DomainXml
{
    QString live; ///< empty while it is off
    QString next; ///< empty for a domain that is gone once it is off
};

} // namespace diptych::client
