// Layers into directories, several at once: none needs another, only the overlay that is made of them has an order.
#include "images/images.h"

#include "base/files.h"
#include "base/names.h"
#include "images/layer.h"
#include "images/layout.h"

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace diptych::images {

namespace {
Status syncDirectory(const std::string& path)
{
    UniqueFd fd = TRY(openFile(path, O_RDONLY | O_DIRECTORY));
    return ::fsync(fd.get()) < 0 ? Status(failErrno(path)) : Status{};
}

/// What all threads of one image know together.
class Amounts final
{
public:
    Amounts(const std::vector<Layer>& layers, Progress& progress) : m_progress(progress)
    {
        for (const Layer& layer : layers) {
            m_parts.push_back({layer.digest, 0, layer.size});
            m_total += layer.size;
        }
    }

    void set(size_t index, uint64_t bytes)
    {
        std::lock_guard guard(m_mutex);
        m_done += bytes - m_parts[index].done;
        m_parts[index].done = bytes;
        m_progress.amounts(m_parts);
        m_progress.report("unpackLayers", m_total ? double(m_done) / double(m_total) : -1, "");
    }

private:
    Progress& m_progress;
    std::mutex m_mutex;
    std::vector<Progress::Part> m_parts;
    uint64_t m_done = 0, m_total = 0;
};
} // namespace

Status Store::unpackOne(const Layer& layer, const std::function<bool(uint64_t)>& report)
{
    const std::string target = layerPath(layer.diffId);
    auto lock = lockFor(target);
    std::lock_guard guard(*lock);
    if (exists(target))
        return {};
    const std::string staging = TRY(stage());
    LayerSource source{Layout(m_paths.images()).blobPath(layer.digest), layer.digest, layer.size, layer.diffId};
    (void)::chmod(staging.c_str(), 0755);
    Status unpacked = unpackLayer(source, staging, {}, report);
    if (unpacked && ::rename(staging.c_str(), target.c_str()) < 0)
        unpacked = failErrno(target);
    if (!unpacked) {
        (void)removeTree(staging);
        return unpacked;
    }
    return syncDirectory(m_paths.images() + "/layers");
}

Result<std::vector<std::string>> Store::unpack(const Image& image, Progress& progress)
{
    std::vector<std::string> directories;
    for (const Layer& layer : image.layers) {
        TRY(checkDigest(layer.diffId));
        directories.insert(directories.begin(), layerPath(layer.diffId));
    }
    Amounts amounts(image.layers, progress);
    std::atomic<size_t> next{0};
    std::atomic<bool> failed{false};
    std::mutex mutex;
    Status outcome;
    auto work = [&] {
        for (size_t i = next++; i < image.layers.size() && !failed; i = next++) {
            Status one = unpackOne(image.layers[i], [&](uint64_t read) {
                amounts.set(i, read);
                return failed || progress.cancelled();
            });
            std::lock_guard guard(mutex);
            // The first error is the reason; the others are only its consequence.
            if (!one && !failed.exchange(true))
                outcome = std::move(one);
        }
    };
    std::vector<std::jthread> threads;
    size_t missing = static_cast<size_t>(
        std::count_if(directories.begin(), directories.end(), [](const std::string& path) { return !exists(path); }));
    for (size_t n = std::min<size_t>(missing, std::thread::hardware_concurrency()); n > 1; --n)
        threads.emplace_back(work);
    work();
    threads.clear();
    if (!outcome)
        return tl::unexpected<Error>(std::move(outcome).error().context(image.reference));
    return directories;
}

} // namespace diptych::images
