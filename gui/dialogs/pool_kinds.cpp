#include "dialogs/pool_kinds.h"

#include <QCoreApplication>

namespace diptych::dialogs {

using namespace Qt::StringLiterals;

QList<PoolKind> poolKinds()
{
    PoolKind dir{u"dir"_s, QCoreApplication::translate("PoolKinds", "A directory")};
    dir.hint = QCoreApplication::translate("PoolKinds", "On the helper's machine. It is made when it is not there.");
    dir.path = u"/var/lib/libvirt/images"_s;
    PoolKind fs{u"fs"_s, QCoreApplication::translate("PoolKinds", "A file system on a disk"), true};
    fs.hint =
        QCoreApplication::translate("PoolKinds", "It is mounted on the helper's machine; volumes are files in it.");
    fs.path = u"/var/lib/libvirt/disk"_s;
    fs.make = QCoreApplication::translate("PoolKinds", "Make a new file system on the device");
    fs.formats = {u"ext4"_s, u"xfs"_s};
    PoolKind netfs{u"netfs"_s, QCoreApplication::translate("PoolKinds", "A directory of another host (NFS)"), false,
                   true};
    netfs.source = QCoreApplication::translate("PoolKinds", "Directory there");
    netfs.placeholder = u"/export/machines"_s;
    netfs.hint =
        QCoreApplication::translate("PoolKinds", "It is mounted on the helper's machine; volumes are files in it.");
    netfs.path = u"/var/lib/libvirt/nfs"_s;
    PoolKind logical{u"logical"_s, QCoreApplication::translate("PoolKinds", "An LVM volume group")};
    logical.source = QCoreApplication::translate("PoolKinds", "Volume group");
    logical.placeholder = u"vg0"_s;
    logical.hint = QCoreApplication::translate("PoolKinds", "Volumes are logical volumes: raw block devices.");
    logical.make = QCoreApplication::translate("PoolKinds", "Make a new volume group on a device");
    PoolKind iscsi{u"iscsi"_s, QCoreApplication::translate("PoolKinds", "An iSCSI target"), false, true};
    iscsi.source = QCoreApplication::translate("PoolKinds", "Target (IQN)");
    iscsi.placeholder = u"iqn.2004-04.example:disks"_s;
    iscsi.hint =
        QCoreApplication::translate("PoolKinds", "Volumes are the disks that the target offers; none can be made.");
    iscsi.path = u"/dev/disk/by-path"_s;
    PoolKind disk{u"disk"_s, QCoreApplication::translate("PoolKinds", "A disk with partitions"), true};
    disk.hint = QCoreApplication::translate("PoolKinds", "Volumes are its partitions: raw block devices.");
    disk.make = QCoreApplication::translate("PoolKinds", "Make a new partition table on the device");
    disk.formats = {u"gpt"_s, u"dos"_s};
    return {dir, fs, netfs, logical, iscsi, disk};
}

} // namespace diptych::dialogs
