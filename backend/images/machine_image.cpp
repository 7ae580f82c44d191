// What a virtual machine keeps on its disk, as an image.
#include "images/images.h"

#include "base/files.h"
#include "base/names.h"
#include "images/disk_reader.h"
#include "images/disks.h"
#include "images/qemu_img.h"

#include <unistd.h>

namespace diptych::images {

Result<Image> Store::commitDisk(const MachineDisk& disk, const Config& config, const std::string& reference,
                                const std::string& comment, Progress& progress)
{
    TRY(checkImageReference(reference, "reference"));
    const std::string work = TRY(stage());
    auto made = [&]() -> Result<Image> {
        // A copy of its own: QEMU below sees one file, whatever chain of overlays it is, and may write into it.
        TRY(qemuImg({"convert", "-p", "-O", "raw", sourceFor(disk), work + "/disk.raw"}, work, progress));
        TRY(readDisk(m_paths, work, progress));
        (void)::unlink((work + "/disk.raw").c_str());
        return importRootfs(work + "/rootfs.tar", reference, config, "diptych commit of a machine's disk", progress,
                            comment);
    }();
    (void)removeTree(work);
    return made;
}

} // namespace diptych::images
