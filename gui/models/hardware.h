// A machine's devices as a person reads them: both documents as one list, and what each is. Pure.
#pragma once

#include "client/machine_types.h"

namespace diptych::models {

struct HardwareRow
{
    client::Device device; ///< as it will be, or as it is until it is off
    enum class When { Both, NextOnly, LiveOnly, Differs } when = When::Both;
};

/// What will be comes first, in its order.
QList<HardwareRow> hardwareRows(const client::Hardware& hardware);
QString whenText(HardwareRow::When when);           ///< empty for Both
QString deviceName(const client::Device& device);   ///< "Disk vda", "Network interface"
QString deviceDetail(const client::Device& device); ///< "debian.qcow2, virtio, 10 GiB"
QString deviceTypeName(const QString& type);        ///< "Disk"
QString propertyName(const QString& property);      ///< "Cache"
/// A word of the offer as a person reads it: "Bridge of the host"; mostly libvirt's own.
QString valueName(const client::DeviceOffer& offer, const QString& value);
QString unitName(const QString& unit);              ///< of an offer, as it is shown: "MiB/s"
QString mountCommand(const client::Device& device); ///< what a guest says to see a share; empty for all else
bool sameValue(const QString& a, const QString& b); ///< of a property: none and 0 are the same
/// What a change came to, in a sentence: at once, or at the next start and why.
QString appliedText(const client::Applied& applied);
/// Properties that the person may change, with what they may be.
QList<client::DeviceOffer> changeable(const client::Hardware& hardware, const QString& type, bool adding);

} // namespace diptych::models
