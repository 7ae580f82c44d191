// Who may do what inside: seccomp's listener, flags and arguments, security labels, scheduling, personality, and
// containers of a user without root's rights.
#include "bundle.h"

#include <linux/seccomp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <thread>

class TestRuntimePrivileges : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void listener_data();
    void listener();
    void listenerWithoutQuestions();
    void listenerGone();
    void refusesNotify_data();
    void refusesNotify();
    void actions_data();
    void actions();
    void arguments_data();
    void arguments();
    void flags();
    void labels();
    void selinux();
    void scheduler();
    void ioPriority();
    void affinity();
    void personality();
    void rootless_data();
    void rootless();
    void rootlessRefuses();
};

// Answers each mkdir(2) that it is asked about with an error number of its own.
class Agent
{
public:
    explicit Agent(const QString& path) : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        QByteArray name = path.toLocal8Bit();
        std::copy(name.begin(), name.end(), address.sun_path);
        if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
            (void)::listen(m_socket, 4);
        m_thread = std::thread([this] { serve(); });
    }
    ~Agent()
    {
        m_thread.join();
        ::close(m_socket);
    }
    QJsonObject state; ///< after the thread has ended
    int asked = 0, error = ENOMEDIUM;

private:
    static int receive(int connection, QByteArray& text)
    {
        char data[8192];
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
        iovec part = {data, sizeof data};
        msghdr header = {};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        ssize_t n = ::recvmsg(connection, &header, MSG_CMSG_CLOEXEC);
        cmsghdr* item = n > 0 ? CMSG_FIRSTHDR(&header) : nullptr;
        if (!item)
            return -1;
        text = QByteArray(data, static_cast<qsizetype>(n));
        int fd = -1;
        memcpy(&fd, CMSG_DATA(item), sizeof fd);
        return fd;
    }
    void serve()
    {
        pollfd item = {m_socket, POLLIN, 0};
        if (::poll(&item, 1, 20000) <= 0)
            return;
        int connection = ::accept(m_socket, nullptr, nullptr);
        QByteArray text;
        int listener = receive(connection, text);
        ::close(connection);
        state = QJsonDocument::fromJson(text).object();
        for (pollfd wait = {listener, POLLIN, 0}; listener >= 0 && ::poll(&wait, 1, 20000) > 0;) {
            if (wait.revents & POLLHUP)
                break; // nobody is under the filter any more
            seccomp_notif request = {};
            if (::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request) < 0)
                break;
            ++asked;
            seccomp_notif_resp answer = {};
            answer.id = request.id;
            answer.error = -error;
            (void)::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
        }
        if (listener >= 0)
            ::close(listener);
    }
    int m_socket;
    std::thread m_thread;
};

void TestRuntimePrivileges::initTestCase()
{
    if (geteuid() != 0)
        QSKIP("needs root");
}

static QJsonObject notifyProfile(const QString& path)
{
    return {{"defaultAction", "SCMP_ACT_ALLOW"},
            {"listenerPath", path},
            {"listenerMetadata", "words for the agent"},
            {"syscalls",
             QJsonArray{QJsonObject{{"names", QJsonArray{"mkdir", "mkdirat"}}, {"action", "SCMP_ACT_NOTIFY"}}}}};
}

void TestRuntimePrivileges::listener_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("noNewPrivileges");
    for (const char* how : {"run", "start", "exec"})
        for (bool off : {true, false})
            QTest::addRow("%s %s", how, off ? "no_new_privs" : "plain") << how << off;
}

void TestRuntimePrivileges::listener()
{
    QFETCH(QString, how);
    QFETCH(bool, noNewPrivileges);
    Bundle b;
    QString path = b.path() + "/agent";
    b.setMember("process", "noNewPrivileges", noNewPrivileges);
    b.setMember("linux", "seccomp", notifyProfile(path));
    b.setScript(how == "exec" ? "exec sleep 1000" : "mkdir /tmp/x; readlink /proc/self/fd/*; exit 0");
    QByteArray out;
    int pid = 0;
    QJsonObject state;
    {
        Agent agent(path);
        if (how == "run") {
            RunResult r = b.run("n");
            out = r.out + r.err;
        } else {
            RunResult r = b.create("n");
            QVERIFY2(r.status == 0, r.err);
            pid = b.pid("n");
            QCOMPARE(b.call({"start", "n"}).status, 0);
            if (how == "start")
                QVERIFY(b.waitForStatus("n", "stopped"));
            out = readAll(b.path() + "/out") + readAll(b.path() + "/err");
        }
        if (how == "exec") {
            Agent second(path + "2");
            QFile::remove(path);
            QFile::link(path + "2", path);
            RunResult r = b.call({"exec", "n", "/bin/mkdir", "/tmp/y"});
            out = r.out + r.err;
            QCOMPARE(b.call({"kill", "n", "KILL"}).status, 0);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(out.contains("No medium found"), out, 1000);
        QVERIFY(!out.contains("seccomp notify")); // close-on-exec
        if (how != "run")
            (void)b.call({"delete", "--force", "n"});
        QThread::msleep(50);
        state = agent.state;
    }
    QVERIFY2(how == "exec" || state["metadata"].toString() == "words for the agent", QJsonDocument(state).toJson());
    QVERIFY(how == "exec" || state["fds"].toArray() == QJsonArray{"seccompFd"});
    QVERIFY(how != "start" || state["pid"].toInt() == pid);
    QVERIFY(how == "exec" || state["state"].toObject()["id"].toString() == "n");
}

// Whoever listens is told of each container, whether or not a rule has questions for it.
void TestRuntimePrivileges::listenerWithoutQuestions()
{
    Bundle b;
    QString path = b.path() + "/agent";
    QJsonObject profile = notifyProfile(path);
    profile.remove("syscalls");
    b.setMember("linux", "seccomp", profile);
    QJsonObject state;
    {
        Agent agent(path);
        QCOMPARE(b.create("n").status, 0);
        QCOMPARE(b.call({"start", "n"}).status, 0);
        QVERIFY(b.waitForStatus("n", "stopped"));
        QThread::msleep(50);
        state = agent.state;
    }
    QCOMPARE(state["state"].toObject()["id"].toString(), QString("n"));
    QCOMPARE(state["state"].toObject()["status"].toString(), QString("creating"));
}

void TestRuntimePrivileges::listenerGone()
{
    Bundle b;
    b.setMember("linux", "seccomp", notifyProfile(b.path() + "/nobody"));
    b.setScript("echo ran");
    RunResult r = b.run("n");
    QVERIFY2(r.status != 0 && !r.out.contains("ran"), r.out);
    if (Bundle::isOurs())
        QVERIFY2(r.err.contains("linux.seccomp.listenerPath"), r.err);
    QVERIFY(!QFile::exists(b.stateOf("n")) || !Bundle::isOurs());
}

void TestRuntimePrivileges::refusesNotify_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QString>("field");
    QTest::newRow("as default") << QJsonObject{{"defaultAction", "SCMP_ACT_NOTIFY"}} << "linux.seccomp.defaultAction";
    QTest::newRow("no path") << QJsonObject{{"listenerPath", QJsonValue()}} << "linux.seccomp.listenerPath";
    QTest::newRow("relative path") << QJsonObject{{"listenerPath", "x"}} << "linux.seccomp.listenerPath";
    QTest::newRow("write") << QJsonObject{{"syscalls", QJsonArray{QJsonObject{{"names", QJsonArray{"write"}},
                                                                              {"action", "SCMP_ACT_NOTIFY"}}}}}
                           << "linux.seccomp.syscalls[0].names";
}

void TestRuntimePrivileges::refusesNotify()
{
    if (!Bundle::isOurs())
        QSKIP("the words of diptych-run");
    QFETCH(QJsonObject, change);
    QFETCH(QString, field);
    Bundle b;
    QJsonObject profile = notifyProfile("/x");
    for (auto i = change.begin(); i != change.end(); ++i)
        profile[i.key()] = i.value();
    b.setMember("linux", "seccomp", profile);
    RunResult r = b.run("n");
    QVERIFY2(r.status == 1 && r.err.contains(field.toUtf8()), r.err);
}

void TestRuntimePrivileges::actions_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QJsonValue>("number");
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("errno") << "SCMP_ACT_ERRNO" << QJsonValue(123) << QByteArray("No medium found");
    QTest::newRow("errno by default") << "SCMP_ACT_ERRNO" << QJsonValue() << QByteArray("not permitted");
    QTest::newRow("kill") << "SCMP_ACT_KILL" << QJsonValue() << QByteArray("159");
    QTest::newRow("kill thread") << "SCMP_ACT_KILL_THREAD" << QJsonValue() << QByteArray("159");
    QTest::newRow("kill process") << "SCMP_ACT_KILL_PROCESS" << QJsonValue() << QByteArray("159");
    QTest::newRow("trap") << "SCMP_ACT_TRAP" << QJsonValue() << QByteArray("159");
    QTest::newRow("trace") << "SCMP_ACT_TRACE" << QJsonValue(5) << QByteArray("not implemented"); // nobody traces
    QTest::newRow("log") << "SCMP_ACT_LOG" << QJsonValue() << QByteArray("made 0");
    QTest::newRow("allow") << "SCMP_ACT_ALLOW" << QJsonValue() << QByteArray("made 0");
}

void TestRuntimePrivileges::actions()
{
    QFETCH(QString, action);
    QFETCH(QJsonValue, number);
    QFETCH(QByteArray, output);
    Bundle b;
    QJsonObject rule{{"names", QJsonArray{"mkdir", "mkdirat"}}, {"action", action}};
    if (number.isDouble())
        rule["errnoRet"] = number;
    b.setMember("linux", "seccomp", QJsonObject{{"defaultAction", "SCMP_ACT_ALLOW"}, {"syscalls", QJsonArray{rule}}});
    b.setScript("mkdir /tmp/x; echo made $?");
    RunResult r = b.run("s");
    QVERIFY2((r.out + r.err).contains(output), r.out + r.err);
}

void TestRuntimePrivileges::arguments_data()
{
    QTest::addColumn<QString>("op");
    QTest::addColumn<int>("value");
    QTest::addColumn<int>("valueTwo");
    QTest::addColumn<bool>("hit"); // kill(pid, 0) has 0, kill -CONT has 18 as argument 1
    QTest::newRow("eq") << "SCMP_CMP_EQ" << 18 << 0 << true;
    QTest::newRow("eq not") << "SCMP_CMP_EQ" << 17 << 0 << false;
    QTest::newRow("ne") << "SCMP_CMP_NE" << 17 << 0 << true;
    QTest::newRow("lt") << "SCMP_CMP_LT" << 19 << 0 << true;
    QTest::newRow("lt not") << "SCMP_CMP_LT" << 18 << 0 << false;
    QTest::newRow("le") << "SCMP_CMP_LE" << 18 << 0 << true;
    QTest::newRow("ge") << "SCMP_CMP_GE" << 18 << 0 << true;
    QTest::newRow("gt") << "SCMP_CMP_GT" << 17 << 0 << true;
    QTest::newRow("gt not") << "SCMP_CMP_GT" << 18 << 0 << false;
    QTest::newRow("masked") << "SCMP_CMP_MASKED_EQ" << 0x10 << 0x10 << true;
    QTest::newRow("masked not") << "SCMP_CMP_MASKED_EQ" << 0x1 << 0x1 << false;
}

void TestRuntimePrivileges::arguments()
{
    QFETCH(QString, op);
    QFETCH(int, value);
    QFETCH(int, valueTwo);
    QFETCH(bool, hit);
    Bundle b;
    QJsonObject rule{
        {"names", QJsonArray{"kill"}},
        {"action", "SCMP_ACT_ERRNO"},
        {"errnoRet", 123},
        {"args", QJsonArray{QJsonObject{{"index", 1}, {"value", value}, {"valueTwo", valueTwo}, {"op", op}}}}};
    b.setMember("linux", "seccomp", QJsonObject{{"defaultAction", "SCMP_ACT_ALLOW"}, {"syscalls", QJsonArray{rule}}});
    b.setScript("kill -CONT $$ || exit 3");
    RunResult r = b.run("s");
    QVERIFY2(r.status == (hit ? 3 : 0), r.out + r.err);
}

void TestRuntimePrivileges::flags()
{
    Bundle b;
    QString path = b.path() + "/agent";
    for (const QStringList& flags : {QStringList{"SECCOMP_FILTER_FLAG_LOG"},
                                     {"SECCOMP_FILTER_FLAG_SPEC_ALLOW"},
                                     {"SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG"}}) {
        b.setMember("linux", "seccomp",
                    QJsonObject{{"defaultAction", "SCMP_ACT_ALLOW"},
                                {"flags", QJsonArray::fromStringList(flags)},
                                {"syscalls", QJsonArray{QJsonObject{{"names", QJsonArray{"mkdir"}},
                                                                    {"action", "SCMP_ACT_ERRNO"}}}}});
        b.setScript("grep Seccomp: /proc/self/status");
        RunResult r = b.run("f");
        QVERIFY2(r.out == "Seccomp:\t2\n", r.err);
    }
    if (!Bundle::isOurs())
        return;
    QJsonObject profile = notifyProfile(path);
    profile["flags"] = QJsonArray{"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"};
    b.setMember("linux", "seccomp", profile);
    b.setScript("mkdir /tmp/x");
    {
        Agent agent(path);
        RunResult r = b.run("f");
        QVERIFY2(r.err.contains("No medium found"), r.err);
    }
    profile["flags"] = QJsonArray{"SECCOMP_FILTER_FLAG_NEW"};
    b.setMember("linux", "seccomp", profile);
    RunResult r = b.run("f");
    QVERIFY2(r.status == 1 && r.err.contains("linux.seccomp.flags"), r.err);
}

// In a kernel with SELinux and a policy that knows containers (tests/system/in-vm --selinux).
void TestRuntimePrivileges::selinux()
{
    if (!QFile::exists("/sys/fs/selinux/enforce"))
        QSKIP("needs SELinux");
    // Debian's policy knows no containers: the domain of virtual machines will do.
    const QByteArray label = "system_u:system_r:svirt_t:s0:c1,c2";
    const QString files = "system_u:object_r:svirt_tmpfs_t:s0:c1,c2";
    Bundle b;
    b.setMember("process", "selinuxLabel", QString(label));
    b.setMember("linux", "mountLabel", files);
    b.setScript(
        "cat /proc/self/attr/current; grep -c 'context=.*svirt_tmpfs_t:s0:c1,c2' /proc/self/mountinfo; sleep 1000");
    RunResult made = b.create("l");
    QVERIFY2(made.status == 0, made.err);
    QCOMPARE(b.call({"start", "l"}).status, 0);
    QVERIFY(waitUntil([&] { return readAll(b.path() + "/out").count('\n') >= 1; }));
    QByteArray out = readAll(b.path() + "/out");
    out.replace('\0', "\n");
    QVERIFY2(out.startsWith(label), out);
    QVERIFY2(out.contains("\n3\n"), out); // /dev, pts, shm
    QByteArray queues(100, '\0');
    ::getxattr(qPrintable(QString("/proc/%1/root/dev/mqueue").arg(b.pid("l"))), "security.selinux", queues.data(), 99);
    QVERIFY2(queues.startsWith(files.toUtf8()), queues);
    QByteArray key;
    for (const QByteArray& line : readAll("/proc/keys").split('\n'))
        if (line.contains("_ses.l"))
            key = line;
    QVERIFY2(!key.isEmpty(), "the session keyring");
    QVERIFY(b.call({"exec", "l", "cat", "/proc/self/attr/current"}).out.startsWith(label));
    QVERIFY(
        b.call({"exec", "--process-label", "system_u:system_r:svirt_t:s0:c7", "l", "cat", "/proc/self/attr/current"})
            .out.startsWith("system_u:system_r:svirt_t:s0:c7"));
    b.setMember("process", "selinuxLabel", "no label at all");
    RunResult wrong = b.run("w");
    QVERIFY2(wrong.status != 0 && wrong.err.contains("process.selinuxLabel"), wrong.err);
}

// Where the kernel has them they are set, elsewhere the error names the field.
void TestRuntimePrivileges::labels()
{
    if (!Bundle::isOurs())
        QSKIP("the words of diptych-run");
    Bundle b;
    b.setScript("cat /proc/self/attr/current; sleep 1000");
    b.setMember("process", "selinuxLabel", "system_u:system_r:container_t:s0");
    if (!QFile::exists("/sys/fs/selinux/enforce")) {
        RunResult r = b.run("l");
        QVERIFY2(r.status == 1 && r.err.contains("process.selinuxLabel"), r.err);
    }
    b.edit("process", [](QJsonObject& p) { p.remove("selinuxLabel"); });
    b.setMember("process", "apparmorProfile", "unconfined");
    b.setScript("true");
    QCOMPARE(b.run("l").status, 0);
    b.setMember("process", "apparmorProfile", "diptych-test");
    if (!readAll("/sys/module/apparmor/parameters/enabled").startsWith('Y')) {
        RunResult r = b.run("l");
        QVERIFY2(r.status == 1 && r.err.contains("process.apparmorProfile"), r.err);
        return;
    }
    RunResult r = b.run("l");
    QVERIFY2(r.status != 0 && r.err.contains("process.apparmorProfile"), r.err); // no such profile
    QProcess parser;
    parser.start("apparmor_parser", {"-r"});
    if (!parser.waitForStarted())
        QSKIP("needs apparmor_parser");
    parser.write(
        "profile diptych-test flags=(attach_disconnected,mediate_deleted) { file, capability, signal, deny /tmp/** "
        "w, }\n");
    parser.closeWriteChannel();
    QVERIFY(parser.waitForFinished());
    QCOMPARE(parser.exitCode(), 0);
    b.setScript("cat /proc/self/attr/current; echo x >/tmp/x || echo denied; exec sleep 1000");
    QCOMPARE(b.create("m").status, 0);
    r = b.call({"start", "m"});
    QVERIFY2(r.status == 0, r.err);
    QTRY_VERIFY(readAll(b.path() + "/out").contains("denied"));
    QVERIFY2(readAll(b.path() + "/out").startsWith("diptych-test (enforce)"), readAll(b.path() + "/out"));
    r = b.call({"exec", "m", "cat", "/proc/self/attr/current"});
    QVERIFY2(r.out.startsWith("diptych-test (enforce)"), r.out + r.err);
    r = b.call({"exec", "--apparmor", "unconfined", "m", "cat", "/proc/self/attr/current"});
    QVERIFY2(r.out.startsWith("unconfined"), r.out + r.err);
}

static QByteArray field(const QByteArray& stat, int number)
{
    QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.value(number - 3);
}

void TestRuntimePrivileges::scheduler()
{
    if (!Bundle::isOurs())
        QSKIP("1.8 and 1.1 know none");
    Bundle b;
    b.setArgs({"cat", "/proc/self/stat"});
    b.setMember("process", "scheduler", QJsonObject{{"policy", "SCHED_BATCH"}, {"nice", 5}});
    QByteArray stat = b.run("s").out;
    QCOMPARE(field(stat, 41), QByteArray("3"));
    QCOMPARE(field(stat, 19), QByteArray("5"));
    b.setMember("process", "scheduler", QJsonObject{{"policy", "SCHED_IDLE"}});
    QCOMPARE(field(b.run("s").out, 41), QByteArray("5"));
    b.setMember("process", "scheduler", QJsonObject{{"policy", "SCHED_FIFO"}, {"priority", 10}});
    RunResult r = b.run("s");
    // Real time may be forbidden by the kernel's groups; then it is an error, not silence.
    QVERIFY2(field(r.out, 41) == "1" || r.err.contains("process.scheduler"), r.out + r.err);
    b.setMember("process", "scheduler", QJsonObject{{"policy", "SCHED_OTHER"}, {"nice", 40}});
    r = b.run("s");
    QVERIFY2(r.status == 1 && r.err.contains("process.scheduler.nice"), r.err);
}

void TestRuntimePrivileges::ioPriority()
{
    if (!Bundle::isOurs() || !QFile::exists("/usr/bin/ionice"))
        QSKIP("1.8 and 1.1 know none, or no ionice");
    Bundle b;
    b.setArgs({"sleep", "1000"});
    b.setMember("process", "ioPriority", QJsonObject{{"class", "IOPRIO_CLASS_BE"}, {"priority", 6}});
    QCOMPARE(b.create("i").status, 0);
    QCOMPARE(b.call({"start", "i"}).status, 0);
    QProcess ionice;
    ionice.start("ionice", {"-p", QString::number(b.pid("i"))});
    QVERIFY(ionice.waitForFinished());
    QCOMPARE(ionice.readAllStandardOutput().trimmed(), QByteArray("best-effort: prio 6"));
}

void TestRuntimePrivileges::affinity()
{
    if (!Bundle::isOurs() || sysconf(_SC_NPROCESSORS_ONLN) < 2)
        QSKIP("1.8 and 1.1 know none, or one processor");
    Bundle b;
    b.setArgs({"sleep", "1000"});
    b.setMember("process", "execCPUAffinity", QJsonObject{{"initial", "0"}, {"final", "1"}});
    QCOMPARE(b.create("a").status, 0);
    QCOMPARE(b.call({"start", "a"}).status, 0);
    RunResult r = b.call({"exec", "a", "grep", "Cpus_allowed_list", "/proc/self/status"});
    QVERIFY2(r.out == "Cpus_allowed_list:\t1\n", r.out + r.err);
    b.setMember("process", "execCPUAffinity", QJsonObject{{"initial", "9-x"}});
    r = b.run("b");
    QVERIFY2(r.status == 1 && r.err.contains("process.execCPUAffinity.initial"), r.err);
}

void TestRuntimePrivileges::personality()
{
    Bundle b;
    b.setArgs({"/bin/uname", "-m"});
    QFile::link("busybox", b.rootfs() + "/bin/uname");
    QByteArray plain = b.run("p").out;
    b.setMember("linux", "personality", QJsonObject{{"domain", "LINUX32"}});
    RunResult r = b.run("p");
    if (plain != "x86_64\n")
        QSKIP("another processor");
    QVERIFY2(r.out == "i686\n", r.out + r.err);
    if (!Bundle::isOurs())
        return;
    b.setMember("linux", "personality", QJsonObject{{"domain", "BSD"}});
    r = b.run("p");
    QVERIFY2(r.status == 1 && r.err.contains("linux.personality.domain"), r.err);
}

// As user 1234, in a mount namespace whose /etc/passwd, subuid and subgid know that user.
class User
{
public:
    explicit User(Bundle& b) : m_bundle(b)
    {
        m_home = b.path() + "/user";
        QDir().mkpath(m_home);
        QFile::copy(Bundle::runtime(), m_home + "/program");
        write("passwd", "root:x:0:0::/root:/bin/sh\ndiptych-test:x:1234:1234::/:/bin/sh\n");
        write("subuid", "diptych-test:700000:65536\n");
        write("subgid", "diptych-test:700000:65536\n");
        QProcess::execute("chown", {"-R", "1234:1234", m_home, b.rootfs()});
    }
    RunResult call(const QStringList& arguments) const
    {
        QProcess process;
        QStringList words{"-m", "sh", "-c",
                          "for f in passwd subuid subgid; do mount --bind \"$0/$f\" /etc/$f; done; export "
                          "XDG_RUNTIME_DIR=$0; "
                          "exec setpriv --reuid 1234 --regid 1234 --clear-groups \"$0/program\" \"$@\"",
                          m_home};
        process.setStandardInputFile("/dev/null");
        QString out = m_bundle.path() + "/uout", err = m_bundle.path() + "/uerr";
        process.setStandardOutputFile(out);
        process.setStandardErrorFile(err);
        process.start("unshare", words + arguments);
        if (!process.waitForFinished(30000))
            process.kill();
        return {process.exitCode(), readAll(out), readAll(err)};
    }

private:
    void write(const QString& name, const QByteArray& text) const
    {
        QFile file(m_home + "/" + name);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    Bundle& m_bundle;
    QString m_home;
};

static QJsonArray map(std::initializer_list<std::array<int, 3>> entries)
{
    QJsonArray all;
    for (auto& entry : entries)
        all.append(QJsonObject{{"containerID", entry[0]}, {"hostID", entry[1]}, {"size", entry[2]}});
    return all;
}

static void makeRootless(Bundle& b, const QJsonArray& ids)
{
    b.setNamespaces({"pid", "ipc", "uts", "mount", "cgroup", "user"});
    b.setMember("linux", "uidMappings", ids);
    b.setMember("linux", "gidMappings", ids);
    b.setCgroupsPath("");
}

void TestRuntimePrivileges::rootless_data()
{
    QTest::addColumn<QJsonArray>("ids");
    QTest::newRow("alone") << map({{0, 1234, 1}});
    QTest::newRow("with newuidmap") << map({{0, 1234, 1}, {1, 700000, 65536}});
}

void TestRuntimePrivileges::rootless()
{
    if (!Bundle::isOurs())
        QSKIP("about diptych-run");
    QFETCH(QJsonArray, ids);
    bool many = ids.size() > 1;
    if (many && !QFile::exists("/usr/bin/newuidmap"))
        QSKIP("needs uidmap");
    Bundle b;
    User user(b);
    makeRootless(b, ids);
    b.setScript("id -u; cat /proc/self/uid_map; touch /tmp/made; echo $$; hostname; echo x >/dev/null && echo null; "
                "chown 5 /tmp/made && echo given; exit 7");
    b.write("r");
    RunResult r = user.call({"run", "--bundle", b.path(), "r"});
    QVERIFY2(r.status == 7, r.err + r.out);
    QVERIFY2(r.out.startsWith("0\n") && r.out.simplified().contains("0 1234 1"), r.out);
    QVERIFY2(r.out.contains("\n1\ninside\nnull\n"), r.out);
    QCOMPARE(r.out.contains("given"), many);
    struct stat info = {};
    QVERIFY(::stat(qPrintable(b.rootfs() + "/tmp/made"), &info) == 0);
    QCOMPARE(info.st_uid, many ? 700004u : 1234u);
    b.setScript("exec sleep 1000");
    b.write("r");
    r = user.call({"create", "--bundle", b.path(), "r"});
    QVERIFY2(r.status == 0, r.err);
    r = user.call({"start", "r"});
    QVERIFY2(r.status == 0, r.err);
    r = user.call({"exec", "r", "/bin/sh", "-c", "id -u; hostname; exit 9"});
    QVERIFY2(r.status == 9 && r.out == "0\ninside\n", r.out + r.err);
    r = user.call({"state", "r"});
    QCOMPARE(QJsonDocument::fromJson(r.out).object()["status"].toString(), QString("running"));
    QCOMPARE(user.call({"kill", "r", "KILL"}).status, 0);
    QVERIFY(waitUntil([&] { return user.call({"delete", "r"}).status == 0; }));
    QCOMPARE(user.call({"list", "-q"}).out, QByteArray());
}

void TestRuntimePrivileges::rootlessRefuses()
{
    if (!Bundle::isOurs())
        QSKIP("about diptych-run");
    Bundle b;
    User user(b);
    auto refuses = [&](const char* field) {
        b.write("r");
        RunResult r = user.call({"run", "--bundle", b.path(), "r"});
        QVERIFY2(r.status == 1 && r.err.contains(field), r.err);
        QCOMPARE(user.call({"list", "-q"}).out, QByteArray());
    };
    makeRootless(b, map({{0, 1234, 1}}));
    b.setNamespaces({"pid", "mount", "uts"});
    b.edit("linux", [](QJsonObject& l) {
        l.remove("uidMappings");
        l.remove("gidMappings");
    });
    refuses("linux.namespaces");
    makeRootless(b, map({{0, 0, 1}}));
    refuses("linux.uidMappings");
    makeRootless(b, map({{0, 1234, 1}, {1, 900000, 10}})); // not in /etc/subuid
    refuses("linux.uidMappings");
    makeRootless(b, map({{0, 1234, 1}}));
    b.setMember("linux", "resources", QJsonObject{{"memory", QJsonObject{{"limit", 64 << 20}}}});
    refuses("linux.cgroupsPath");
}

QTEST_GUILESS_MAIN(TestRuntimePrivileges)
#include "tst_runtime_privileges.moc"
