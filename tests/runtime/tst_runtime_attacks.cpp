// What a hostile program or image tries on the way to the host: system calls behind the filter, terminals, files that
// look like configuration. Rows B7 and B17 to B19 and B24 of security.md.
#include "bundle.h"

#include <QRegularExpression>
#include <cerrno>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>

class TestRuntimeAttacks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void systemCalls();
    void inheritedTerminal();
    void ownTerminal();
    void hostileDevPts_data();
    void hostileDevPts();
    void filesThatLookLikeConfiguration();
};

void TestRuntimeAttacks::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
}

static void addProbe(const Bundle& b)
{
    QVERIFY(QFile::copy(DIPTYCH_BIN "/probe", b.rootfs() + "/bin/probe"));
}

struct Denied
{
    const char* name;
    int x86_64; ///< and x32, where that has no number of its own
    int i386;
};

// Without the filter most would answer EFAULT or EINVAL here, where all capabilities are had.
static const Denied denied[] = {
    {"ptrace", 101, 26},
    {"syslog", 103, 103},
    {"pivot_root", 155, 217},
    {"acct", 163, 51},
    {"settimeofday", 164, 79},
    {"mount", 165, 21},
    {"umount2", 166, 52},
    {"swapon", 167, 87},
    {"swapoff", 168, 115},
    {"reboot", 169, 88},
    {"iopl", 172, 110},
    {"ioperm", 173, 101},
    {"init_module", 175, 128},
    {"delete_module", 176, 129},
    {"quotactl", 179, 131},
    {"clock_settime", 227, 264},
    {"kexec_load", 246, 283},
    {"add_key", 248, 286},
    {"request_key", 249, 287},
    {"keyctl", 250, 288},
    {"unshare", 272, 310},
    {"move_pages", 279, 317},
    {"perf_event_open", 298, 336},
    {"fanotify_init", 300, 338},
    {"setns", 308, 346},
    {"open_by_handle_at", 304, 342},
    {"finit_module", 313, 350},
    {"kexec_file_load", 320, -1},
    {"bpf", 321, 357},
    {"userfaultfd", 323, 374},
    {"io_uring_setup", 425, 425},
    {"open_tree", 428, 428},
    {"move_mount", 429, 429},
    {"fsopen", 430, 430},
    {"fsmount", 432, 432},
    {"mount_setattr", 442, 442},
    {"quotactl_fd", 443, 443},
};

void TestRuntimeAttacks::systemCalls()
{
#ifndef __x86_64__
    QSKIP("the three ABIs are those of x86-64");
#endif
    Bundle b;
    addProbe(b);
    QJsonArray all;
    for (const char* name :
         {"CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_TIME", "CAP_SYSLOG",
          "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_DAC_READ_SEARCH", "CAP_SYS_NICE", "CAP_BPF", "CAP_PERFMON"})
        all.append(name);
    b.setMember("process", "capabilities", QJsonObject{{"bounding", all}, {"effective", all}, {"permitted", all}});
    b.setMember("linux", "seccomp",
                QJsonDocument::fromJson(readAll(DIPTYCH_SOURCE "/resources/seccomp/default.json")).object());
    b.setArgs({"/bin/probe", "syscalls"});
    b.write("c");
    // Two thousand processes: a while on an emulated processor.
    RunResult r = b.call({"run", "--bundle", b.path(), "c"}, {}, 280000);
    QVERIFY2(r.status == 0, r.err);
    QHash<QByteArray, int> answers;
    for (const QByteArray& line : r.out.split('\n'))
        if (QList<QByteArray> words = line.split(' '); words.size() == 3)
            answers[words[0] + ' ' + words[1]] = words[2].toInt();
    // A kernel without IA-32 emulation ends the child before any filter: nothing to look at then.
    const bool has386 = answers.contains("i386 3");
    if (!has386)
        qInfo("this kernel has no IA-32 system calls: two ABIs are tried");
    QVERIFY2(answers.size() > (has386 ? 1600 : 1100), r.out.right(1000));
    auto refuses = [&](const char* abi, int number, const QList<int>& with) {
        return with.contains(answers.value(QByteArray(abi) + ' ' + QByteArray::number(number), -1));
    };
    for (const Denied& d : denied) {
        QVERIFY2(refuses("x86_64", d.x86_64, {EPERM, ENOSYS}), d.name);
        QVERIFY2(refuses("x32", d.x86_64, {EPERM, ENOSYS}), d.name);
        QVERIFY2(!has386 || d.i386 < 0 || refuses("i386", d.i386, {EPERM, ENOSYS}), d.name);
    }
    // A C library tries clone3 first and goes by this answer; its flags can't be seen by a filter.
    QVERIFY(refuses("x86_64", 435, {ENOSYS}));
    QVERIFY(!has386 || refuses("i386", 435, {ENOSYS}));
    QVERIFY(refuses("x32", 521, {EPERM, ENOSYS})); // ptrace of x32
    QVERIFY(refuses("x32", 528, {EPERM, ENOSYS})); // kexec_load of x32
    for (int number = 548; number <= 600; ++number) {
        const QByteArray text = QByteArray::number(number);
        QVERIFY2(refuses("x86_64", number, {ENOSYS}), text);
        QVERIFY2(!has386 || refuses("i386", number, {ENOSYS}), text);
        QVERIFY2(refuses("x32", number, {EPERM, ENOSYS}), text);
    }
    // The filter is no wall around everything: what programs need comes back from the kernel.
    QVERIFY(refuses("x86_64", 1, {EBADF}));          // write
    QVERIFY(!has386 || refuses("i386", 3, {EBADF})); // read
    QVERIFY(refuses("x86_64", 35, {EFAULT}));        // nanosleep
}

namespace {
struct Pty
{
    Pty() { QVERIFY(::openpty(&ours, &theirs, nullptr, nullptr, nullptr) == 0); }
    ~Pty()
    {
        ::close(ours);
        ::close(theirs);
    }
    int ours = -1, theirs = -1;
};
} // namespace

// CVE-2017-5226: a caller's terminal that a container has as its input must not take input from it.
void TestRuntimeAttacks::inheritedTerminal()
{
    Bundle b;
    addProbe(b);
    b.setScript("/bin/probe tiocsti; cat /proc/self/stat");
    b.write("c");
    Pty pty;
    termios mode{};
    QVERIFY(::tcgetattr(pty.theirs, &mode) == 0);
    ::cfmakeraw(&mode);
    QVERIFY(::tcsetattr(pty.theirs, TCSANOW, &mode) == 0);
    QProcess process;
    int terminal = pty.theirs;
    // The caller's session, whose terminal it is, as in a shell.
    process.setChildProcessModifier([terminal] {
        ::setsid();
        ::ioctl(terminal, TIOCSCTTY, 0);
        ::dup2(terminal, STDIN_FILENO);
    });
    process.start(Bundle::runtime(), {"--root", b.stateRoot(), "run", "--bundle", b.path(), "c"});
    QVERIFY(process.waitForFinished(60000));
    const QByteArray out = process.readAllStandardOutput();
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    QVERIFY2(!out.contains("typed"), out);
    const QList<QByteArray> stat = out.mid(out.indexOf(") ")).split(' ');
    QVERIFY2(stat.size() > 5, out);
    QCOMPARE(stat[5], QByteArray("0")); // tty_nr: none
    int waiting = -1;
    QVERIFY(::ioctl(pty.theirs, FIONREAD, &waiting) == 0);
    QCOMPARE(waiting, 0);
}

// With a terminal of its own a container reaches that one only.
void TestRuntimeAttacks::ownTerminal()
{
    Bundle b;
    addProbe(b);
    b.setMember("process", "terminal", true);
    b.setScript("cat /proc/self/stat; readlink /proc/self/fd/0; tty");
    b.write("c");
    RunResult r = b.callOnTerminal({"run", "--bundle", b.path(), "c"});
    QVERIFY2(r.status == 0, r.out);
    const QList<QByteArray> stat = r.out.mid(r.out.indexOf(") ")).split(' ');
    QVERIFY2(stat.size() > 5, r.out);
    QVERIFY(stat[5].toInt() != 0);
    QVERIFY2(r.out.contains("/dev/pts/0") || r.out.contains("/dev/console"), r.out);
}

// CVE-2025-52565: what lies where the terminal's device is expected.
void TestRuntimeAttacks::hostileDevPts_data()
{
    QTest::addColumn<QString>("where");
    QTest::newRow("console is a link") << "console";
    QTest::newRow("pts is a directory of links") << "pts";
    QTest::newRow("ptmx is a link") << "ptmx";
}

void TestRuntimeAttacks::hostileDevPts()
{
    QFETCH(QString, where);
    Bundle b;
    const QString sentinel = b.path() + "/sentinel";
    QFile file(sentinel);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("untouched");
    file.close();
    QFile::setPermissions(sentinel, QFile::ReadOwner);
    const QString outward = QString("../").repeated(16) + sentinel;
    const QString dev = b.path() + "/dev";
    QDir().mkpath(dev);
    if (where == "pts") {
        QDir().mkpath(dev + "/pts");
        for (int i = 0; i < 40; ++i)
            QFile::link(outward, dev + "/pts/" + QString::number(i));
        QFile::link(outward, dev + "/pts/ptmx");
    } else {
        QFile::link(outward, dev + "/" + where);
    }
    // The hostile tree in place of the tmpfs, and no devpts of the container's own over it.
    QJsonArray mounts;
    for (const QJsonValue mount : b.config["mounts"].toArray())
        if (!mount["destination"].toString().startsWith("/dev"))
            mounts.append(mount);
    mounts.append(
        QJsonObject{{"destination", "/dev"}, {"type", "bind"}, {"source", dev}, {"options", QJsonArray{"rbind"}}});
    b.config["mounts"] = mounts;
    b.setMember("process", "terminal", true);
    b.setScript("echo written > /dev/console; echo written > /dev/ptmx; chmod 777 /dev/console; exit 0");
    b.write("c");
    RunResult r = b.callOnTerminal({"run", "--bundle", b.path(), "c"});
    QVERIFY(r.status >= 0); // it may fail
    QCOMPARE(readAll(sentinel), QByteArray("untouched"));
    QCOMPARE(QFile::permissions(sentinel) & (QFile::WriteOther | QFile::ExeOwner), QFile::Permissions());
}

// CVE-2026-40226 and hooks: configuration is what the caller gave, nothing in or beside the image.
void TestRuntimeAttacks::filesThatLookLikeConfiguration()
{
    Bundle b;
    const QString sentinel = b.path() + "/hooked";
    QJsonObject hook{{"path", "/bin/sh"}, {"args", QJsonArray{"sh", "-c", "touch " + sentinel}}};
    QJsonObject hooks;
    for (const char* stage :
         {"prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"})
        hooks[stage] = QJsonArray{hook};
    QJsonObject evil = b.config;
    evil["hooks"] = hooks;
    QJsonObject process = evil["process"].toObject();
    process["args"] = QJsonArray{"/bin/touch", "/evil"};
    evil["process"] = process;
    const QByteArray text = QJsonDocument(evil).toJson();
    const QByteArray hookFile = QJsonDocument(QJsonObject{{"version", "1.0.0"},
                                                          {"hook", hook},
                                                          {"when", QJsonObject{{"always", true}}},
                                                          {"stages", QJsonArray{"prestart", "createRuntime"}}})
                                    .toJson();
    const QByteArray nspawn = "[Exec]\nBoot=no\nCapability=all\n[Files]\nBind=/\n";
    auto put = [](const QString& path, const QByteArray& content) {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    };
    for (const char* name : {"config.json", "runtime.json", ".config.json", "etc/oci/config.json", "run/.containerenv"})
        put(b.rootfs() + "/" + name, text);
    for (const char* name : {"etc/containers/oci/hooks.d/evil.json", "usr/share/containers/oci/hooks.d/evil.json"})
        put(b.rootfs() + "/" + name, hookFile);
    for (const char* name : {"rootfs.nspawn", "c.nspawn", "rootfs/.nspawn", "rootfs/etc/systemd/nspawn/c.nspawn"})
        put(b.path() + "/" + name, nspawn);
    put(b.path() + "/rootfs.json", text);
    put(b.path() + "/config.v2.json", text);
    b.setScript("grep CapEff /proc/self/status; [ -e /evil ] && echo EVIL; exit 0");
    RunResult r = b.run("c");
    QVERIFY2(r.status == 0, r.err);
    Bundle plain;
    plain.setScript("grep CapEff /proc/self/status");
    QCOMPARE(r.out, plain.run("p").out);
    QVERIFY(!QFile::exists(sentinel));
    QVERIFY(!QFile::exists(b.rootfs() + "/evil"));
}

QTEST_GUILESS_MAIN(TestRuntimeAttacks)
#include "tst_runtime_attacks.moc"
