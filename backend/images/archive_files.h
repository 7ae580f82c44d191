// The files of an archive that holds images (docker save, podman save, skopeo): taken out flat, each under the digest
// of its content, so that no name of the archive ever becomes a path here.
#pragma once

#include "base/result.h"
#include "images/layout.h"

#include <functional>
#include <map>
#include <string>

namespace diptych::images {

struct ArchiveFile
{
    std::string digest;
    uint64_t size = 0;
};

class ArchiveFiles final
{
public:
    /// True when the archive begins like one that holds images; false: then it is somebody's files.
    static Result<bool> recognize(const std::string& archive);
    /// Copies every regular file to layout's blobs. progress: bytes of the archive read; true cancels.
    static Result<ArchiveFiles> extract(const std::string& archive, const Layout& layout,
                                        const std::function<bool(uint64_t)>& progress);
    // The same in this process, see confine.h.
    static Result<bool> recognizeHere(int archive);
    static Result<ArchiveFiles> extractHere(int archive, const Layout& layout,
                                            const std::function<bool(uint64_t)>& progress);

    /// By the name in the archive, links followed; NotFound names it.
    [[nodiscard]] Result<ArchiveFile> find(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& name) const { return find(name).has_value(); }
    [[nodiscard]] const std::map<std::string, ArchiveFile>& files() const { return m_files; }
    [[nodiscard]] const std::map<std::string, std::string>& links() const { return m_links; }

private:
    std::map<std::string, ArchiveFile> m_files;
    std::map<std::string, std::string> m_links;
};

} // namespace diptych::images
