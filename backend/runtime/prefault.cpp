#include "runtime/prefault.h"

#include <cstddef>
#include <cstdint>
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace diptych::runtime {

static constexpr size_t heapSize = size_t{160} << 10, stackSize = size_t{48} << 10;

static void populate(uintptr_t begin, uintptr_t end, int advice)
{
    auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
    begin &= ~(page - 1);
    (void)::madvise(reinterpret_cast<void*>(begin), end - begin, advice);
}

static int populateSegment(dl_phdr_info* info, size_t, void*)
{
    for (size_t i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        uintptr_t begin = info->dlpi_addr + segment.p_vaddr, end = begin + segment.p_memsz;
        // What was relocated and then made read-only stands first in the written part, and has been touched.
        for (size_t j = 0; j < info->dlpi_phnum; ++j)
            if (info->dlpi_phdr[j].p_type == PT_GNU_RELRO && info->dlpi_phdr[j].p_vaddr == segment.p_vaddr)
                begin += info->dlpi_phdr[j].p_memsz;
        // Constants and unwind tables are mostly not looked at: they would only count as memory used.
        if (segment.p_type == PT_LOAD && begin < end && (segment.p_flags & (PF_X | PF_W)))
            populate(begin, end, segment.p_flags & PF_W ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);
    }
    return 1; // the program itself comes first; there is nothing else in a static one
}

void prefault()
{
    ::dl_iterate_phdr(populateSegment, nullptr);
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
