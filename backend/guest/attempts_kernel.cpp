// Attempts on the kernel itself: parts of it that programs in containers seldom need and that break-ins often came
// through. What is made is closed, or ends with the child that made it.
#include "base/fd.h"
#include "guest/attempts.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::guest {

namespace {

Outcome closing(const char* call, long fd, Reach reach = Reach::Kernel)
{
    Outcome outcome = outcomeOf(call, fd, reach);
    UniqueFd closed(static_cast<int>(fd));
    return outcome;
}

Outcome child(const char* call, const std::function<long()>& work)
{
    int error = inChild(work);
    errno = error;
    return outcomeOf(call, error == 0 ? 0 : -1, Reach::Kernel);
}

/// In the copy's own mount namespace, and away again at once.
long mountSomething()
{
    if (::mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k") < 0)
        return -1;
    (void)::umount2("/dev/shm", MNT_DETACH);
    return 0;
}

Outcome makeMap()
{
    bpf_attr map{};
    map.map_type = BPF_MAP_TYPE_ARRAY;
    map.key_size = map.value_size = sizeof(uint32_t);
    map.max_entries = 1;
    return closing("bpf(BPF_MAP_CREATE)", ::syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map));
}

/// Of this process alone, in user space alone.
Outcome countEvents()
{
    perf_event_attr event{};
    event.type = PERF_TYPE_SOFTWARE;
    event.size = sizeof event;
    event.config = PERF_COUNT_SW_TASK_CLOCK;
    event.disabled = event.exclude_kernel = event.exclude_hv = 1;
    return closing("perf_event_open()", ::syscall(SYS_perf_event_open, &event, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

Outcome makeRing()
{
    io_uring_params parameters{};
    return closing("io_uring_setup(1)", ::syscall(SYS_io_uring_setup, 1, &parameters));
}

/// Handles mean no file of any file system: whether we may ask comes first, ESTALE after it.
Outcome openByHandle()
{
    struct // as file_handle, whose array has no length
    {
        unsigned length = 8;
        int type = 1;
        unsigned char bytes[8]{};
    } handle;
    UniqueFd root(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    long fd = ::syscall(SYS_open_by_handle_at, root.get(), &handle, O_RDONLY);
    Outcome outcome = outcomeOf("open_by_handle_at()", fd, Reach::Host, {ESTALE, EINVAL, EOPNOTSUPP});
    UniqueFd closed(static_cast<int>(fd));
    return outcome;
}

} // namespace

void Attempts::kernel()
{
    add("mount", [] { return child("mount(tmpfs)", mountSomething); });
    add("makeUserNamespace",
        [] { return child("unshare(CLONE_NEWUSER)", [] { return long{::unshare(CLONE_NEWUSER)}; }); });
    // Only asks which one there is, makes none (the last 0). ENOKEY: there is none.
    add("useKeyrings", [] {
        return outcomeOf("keyctl(GET_KEYRING_ID)",
                         ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0), Reach::Kernel,
                         {ENOKEY});
    });
    add("loadBpf", makeMap);
    add("countEvents", countEvents);
    add("useIoUring", makeRing);
    add("handleFaults", [] {
        return closing("userfaultfd()", ::syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY));
    });
    add("openByHandle", openByHandle);
}

} // namespace diptych::guest
