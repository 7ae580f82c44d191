#include "runtime/prefault.h"

#include <cstddef>
#include <cstdint>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t heapSize = size_t{112} << 10, stackSize = size_t{32} << 10;

static void populate(uintptr_t begin, uintptr_t end, int advice)
{
    auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    begin &= ~(page - 1);
    (void)::madvise(reinterpret_cast<void*>(begin), end - begin, advice);
}

void prefault()
{
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    populate(here - stackSize, here, MADV_POPULATE_WRITE);
    // The heap grows once to what a start needs, and is not given back in between.
    (void)::mallopt(M_TOP_PAD, heapSize);
    (void)::mallopt(M_TRIM_THRESHOLD, 4 * heapSize);
    void* block = ::malloc(heapSize / 2);
    auto end = reinterpret_cast<uintptr_t>(::sbrk(0));
    populate(reinterpret_cast<uintptr_t>(block), end, MADV_POPULATE_WRITE);
    ::free(block);
}

} // namespace diptych::runtime
