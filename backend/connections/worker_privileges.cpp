#include "connections/worker_privileges.h"

#include "base/files.h"

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace diptych::connections {

namespace {

struct User
{
    std::string name, home;
    gid_t group = 0;
};

Result<User> findUser(uid_t uid)
{
    std::vector<char> buffer(65536);
    passwd entry{};
    passwd* found = nullptr;
    int error = getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
    if (error != 0 || !found)
        return fail(Code::NotFound, fmt::format("there is no user {} on this machine", uid));
    return User{entry.pw_name, entry.pw_dir, entry.pw_gid};
}

bool isOwners(const std::string& path, uid_t uid, mode_t kind)
{
    struct stat status
    {
    };
    return lstat(path.c_str(), &status) == 0 && status.st_uid == uid && (status.st_mode & S_IFMT) == kind;
}

void setEnvironment(const User& user, uid_t uid)
{
    clearenv();
    setenv("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("HOME", user.home.c_str(), 1);
    setenv("USER", user.name.c_str(), 1);
    setenv("LOGNAME", user.name.c_str(), 1);
    std::string runtime = fmt::format("/run/user/{}", uid);
    if (!isOwners(runtime, uid, S_IFDIR))
        return;
    setenv("XDG_RUNTIME_DIR", runtime.c_str(), 1);
    // The agent that a desktop's session has; a key with a passphrase needs it.
    for (const char* agent : {"keyring/ssh", "gcr/ssh", "ssh-agent.socket", "ssh-agent", "gnupg/S.gpg-agent.ssh"})
        if (std::string path = runtime + "/" + agent; isOwners(path, uid, S_IFSOCK)) {
            setenv("SSH_AUTH_SOCK", path.c_str(), 1);
            return;
        }
}

Status giveUpRoot(const User& user, uid_t uid)
{
    // Groups and gid first: afterwards nobody may change them any more.
    if (initgroups(user.name.c_str(), user.group) < 0 || setresgid(user.group, user.group, user.group) < 0 ||
        setresuid(uid, uid, uid) < 0)
        return failErrno(fmt::format("become user {}", user.name));
    uid_t real = 0, effective = 0, saved = 0;
    if (getresuid(&real, &effective, &saved) < 0 || real != uid || effective != uid || saved != uid ||
        setresuid(static_cast<uid_t>(-1), 0, static_cast<uid_t>(-1)) == 0)
        return fail(Code::PermissionDenied, fmt::format("user {} could become root again", user.name));
    return {};
}

} // namespace

Status becomeOwner(uid_t owner)
{
    User user = TRY(findUser(owner));
    // The helper's own protection from a lack of memory is not for what users add.
    (void)writeFile("/proc/self/oom_score_adj", "0");
    rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (geteuid() == 0 && owner != 0)
        TRY(giveUpRoot(user, owner));
    else if (geteuid() != owner)
        return fail(Code::PermissionDenied, "a helper that is not root opens connections of its own user only");
    // Nobody but root may look into it: it has the socket to the helper.
    prctl(PR_SET_DUMPABLE, 0);
    umask(0077);
    if (chdir("/") < 0)
        return failErrno("/");
    setEnvironment(user, owner);
    return {};
}

} // namespace diptych::connections
