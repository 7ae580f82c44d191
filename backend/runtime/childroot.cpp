#include "base/files.h"
#include "oci/state.h"
#include "runtime/channel.h"
#include "runtime/childsteps.h"
#include "runtime/devices.h"
#include "runtime/hooks.h"
#include "runtime/rootpath.h"
#include "runtime/sharedroot.h"
#include "runtime/terminal.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace diptych::runtime {

static uint64_t propagationFlag(const std::string& word)
{
    if (word == "shared" || word == "rshared")
        return MS_SHARED;
    if (word == "slave" || word == "rslave")
        return MS_SLAVE;
    if (word == "unbindable" || word == "runbindable")
        return MS_UNBINDABLE;
    return MS_PRIVATE;
}

Status Child::createHooks()
{
    const oci::Hooks& hooks = m_plan.config.hooks;
    if (!hooks.prestart.empty() || !hooks.createRuntime.empty()) {
        // Where no mount has waited for the group yet, that message is still on its way, and comes before the answer.
        (void)TRY(awaitGroup());
        TRY(sendMessage(m_channel.get(), Message::HooksNow));
        TRY(expect(Message::HooksDone));
    }
    return runHooks(hooks.createContainer, "createContainer",
                    {m_plan.id, "creating", ::getpid(), m_plan.bundle, m_plan.config.annotations});
}

Status Child::makeTerminal(int root, bool console)
{
    if (!m_plan.process.terminal)
        return {};
    Pty pty = TRY(openPty(root, m_plan.process));
    TRY(becomeTerminal(pty.slave.get()));
    if (console)
        TRY(bindConsole(root, pty.slave.get()));
    return sendMessage(m_channel.get(), Message::Console, {}, {pty.master.get()});
}

Status Child::populate(int root, int nullDevice)
{
    TRY(attachMounts(m_plan, root, m_trace, [this] { return awaitGroup(); }));
    int64_t begin = m_trace.begin();
    TRY(makeDevices(m_plan, root));
    m_trace.step(begin, "devices", "linux.devices", m_plan.userNamespace() ? "open_tree, move_mount" : "mknodat");
    TRY(makeTerminal(root, !bindsDev(m_plan.config)));
    TRY(finishMounts(m_plan, root));
    (void)ensureDirectory(root, m_plan.process.cwd); // if it can't be made, chdir says so
    TRY(createHooks());
    begin = m_trace.begin();
    TRY(hidePaths(m_plan, root, nullDevice));
    m_trace.step(begin, "masks", "linux.maskedPaths", "move_mount");
    return {};
}

// On top of the host's root: a place every user namespace can reach, whatever the modes of the directories above the
// bundle. Hooks of the container look for its mounts where root.path says, so with them it is there, if it can be.
Result<UniqueFd> Child::placeForRoot()
{
    if (!m_plan.config.hooks.createContainer.empty() && !m_plan.noPivot)
        if (auto place = openFile(m_plan.rootfs, O_PATH | O_DIRECTORY))
            return place;
    return openFile("/", O_PATH | O_DIRECTORY);
}

Status Child::attachOwnRoot(int root)
{
    // Nothing that is mounted from here on reaches the host.
    const std::string& propagation = m_plan.config.linux_.rootfsPropagation;
    bool slave = propagationFlag(propagation) == MS_SLAVE || propagationFlag(propagation) == MS_SHARED;
    if (::mount(nullptr, "/", nullptr, MS_REC | (slave ? MS_SLAVE : MS_PRIVATE), nullptr) < 0)
        return failErrno("make the host's mounts private");
    UniqueFd top = TRY(placeForRoot());
    return attachTree(root, top.get(), "/");
}

Status Child::buildRoot()
{
    UniqueFd root = std::move(m_plan.rootTree);
    UniqueFd nullDevice = TRY(openNullDevice());
    TRY(m_plan.config.creates(oci::NamespaceKind::Mount) ? attachOwnRoot(root.get())
                                                         : attachSharedRoot(m_plan, root.get()));
    TRY(populate(root.get(), nullDevice.get()));
    nullDevice.reset();
    if (m_plan.config.rootReadonly) {
        MountAttributes readonly;
        readonly.set = MOUNT_ATTR_RDONLY;
        TRY(setAttributes(root.get(), readonly, "root.readonly"));
    }
    return pivot(root.get());
}

Status Child::pivot(int root)
{
    int64_t begin = m_trace.begin();
    if (::fchdir(root) < 0)
        return failErrno("enter the root file system");
    const bool stays = m_plan.noPivot || !m_plan.config.creates(oci::NamespaceKind::Mount);
    if (stays) {
        if (::chroot(".") < 0)
            return failErrno("chroot");
    } else {
        // Both arguments the same place: the old root ends up on top of the new one, and is taken away from there; no
        // directory for it has to exist in the image.
        if (::syscall(SYS_pivot_root, ".", ".") < 0)
            return failErrno("pivot_root");
        if (::umount2(".", MNT_DETACH) < 0)
            return failErrno("detach the host's root");
    }
    if (::chdir("/") < 0)
        return failErrno("chdir");
    const std::string& propagation = m_plan.config.linux_.rootfsPropagation;
    uint64_t flag = propagationFlag(propagation);
    if (!propagation.empty() && flag != MS_PRIVATE &&
        ::mount(nullptr, "/", nullptr, flag | (propagation[0] == 'r' ? MS_REC : 0), nullptr) < 0)
        return failErrno("linux.rootfsPropagation");
    m_trace.step(begin, "pivot_root", "root", stays ? "chroot" : "pivot_root");
    return {};
}

} // namespace diptych::runtime
