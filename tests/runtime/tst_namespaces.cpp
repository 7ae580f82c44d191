// The machine's namespaces, found among real ones that the test makes: held by a task, a thread, an open file, a bind
// mount, a namespace below. Each statement is made true, and false again.
#include "base/process.h"
#include "isolation/namespaces.h"

#include <QtTest>
#include <condition_variable>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace diptych;
using namespace diptych::isolation;

namespace {

NamespaceSurvey survey()
{
    return surveyNamespaces(identifyHost());
}

/// A program that goes with the test.
class Started
{
public:
    explicit Started(const QString& program, const QStringList& arguments)
    {
        m_process.start(program, arguments);
        m_process.waitForStarted();
    }
    ~Started() { stop(); }
    void stop()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] int pid() const { return int(m_process.processId()); }

private:
    QProcess m_process;
};

std::string link(int pid, const char* kind)
{
    return namespaceLinks(std::to_string(pid))[kind];
}

int pidOf(const NamespaceSurvey& all, const std::string& command)
{
    for (const NamespaceMember& one : all.members)
        if (one.command == command)
            return one.pid;
    return 0;
}

const NamespaceMember* memberOf(const NamespaceSurvey& all, int pid)
{
    for (const NamespaceMember& one : all.members)
        if (one.pid == pid)
            return &one;
    return nullptr;
}

QStringList hows(const Namespace& one)
{
    QStringList all;
    for (const NamespaceHolder& holder : one.holders)
        all.append(QString::fromStdString(holder.how));
    return all;
}

QString statementOf(const Namespace& one, const char* resource)
{
    for (const Row& row : namespaceRows(one))
        if (row.resource == resource)
            return QString::fromStdString(row.statement);
    return {};
}

int openFiles()
{
    return int(QDir("/proc/self/fd").entryList(QDir::AllEntries | QDir::System).size());
}

int64_t processorMicroseconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1'000'000 + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

} // namespace

class TestNamespaces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (geteuid() != 0)
            QSKIP("needs root, and tests/support/sandbox");
    }

    void held_by_tasks()
    {
        Started plain("sleep", {"7301"});
        Started walled("unshare", {"--net", "--uts", "sleep", "7302"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7302") == walled.pid() &&
                    link(walled.pid(), "net") != link(plain.pid(), "net"));
        const auto all = survey();
        QVERIFY(memberOf(all, plain.pid())->namespaces.empty());
        const NamespaceMember* inside = memberOf(all, walled.pid());
        QCOMPARE(inside->namespaces.size(), size_t(2));
        const Namespace* net = all.find(link(walled.pid(), "net"));
        QVERIFY(net && !net->host);
        QCOMPARE(net->processes, size_t(1));
        QCOMPARE(hows(*net), QStringList("task"));
        QCOMPARE(net->owner, link(getpid(), "user"));
        QCOMPARE(statementOf(*net, "nsHeld"), "nsInUse");
        QCOMPARE(statementOf(*net, "nsOwner"), "nsOwned");
        const Namespace* host = all.find(identifyHost().namespaces["net"]);
        QVERIFY(host && host->host);
        QCOMPARE(statementOf(*host, "nsHeld"), "nsHost");
        const std::string gone = net->id;
        walled.stop();
        QVERIFY(!survey().find(gone));
    }

    void users_own_and_map()
    {
        Started outer("unshare", {"--user", "--map-root-user", "unshare", "--user", "--mount", "--map-root-user", "sh",
                                  "-c", "sleep 7303 & wait"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7303") > 0);
        const auto all = survey();
        const int inner = pidOf(all, "sleep 7303");
        const Namespace* user = all.find(link(inner, "user"));
        const Namespace* mounts = all.find(link(inner, "mnt"));
        QVERIFY(user && mounts);
        QCOMPARE(mounts->owner, user->id);
        QVERIFY(!user->parent.empty() && user->parent != link(getpid(), "user"));
        QCOMPARE(user->owner, user->parent);
        // Nobody is left in the one between: it is known by the one below alone.
        const Namespace* between = all.find(user->parent);
        QVERIFY(between);
        QCOMPARE(between->processes, size_t(0));
        QCOMPARE(hows(*between), QStringList("child"));
        QCOMPARE(between->parent, link(getpid(), "user"));
        QCOMPARE(statementOf(*between, "nsHeld"), "nsByChild");
        QCOMPARE(statementOf(*between, "nsMap"), "nsMapUnknown");
        QCOMPARE(user->creator.value_or(9), uint32_t(0));
        QCOMPARE(user->uidMap.size(), size_t(1));
        QCOMPARE(user->uidMap[0].inside, uint64_t(0));
        QCOMPARE(user->uidMap[0].count, uint64_t(1));
        QCOMPARE(statementOf(*user, "nsMap"), "nsMapped");
        QCOMPARE(statementOf(*user, "nsCreator"), "nsCreator");
        const Namespace* root = all.find(link(getpid(), "user"));
        QVERIFY(root->owner.empty());
        QCOMPARE(statementOf(*root, "nsOwner"), "nsRoot");
        Started unmapped("unshare", {"--user", "sleep", "7304"});
        QTRY_VERIFY(link(unmapped.pid(), "user") != link(getpid(), "user") && pidOf(survey(), "sleep 7304") > 0);
        QCOMPARE(statementOf(*survey().find(link(unmapped.pid(), "user")), "nsMap"), "nsMapNone");
    }

    void processes_have_parents()
    {
        Started walled("unshare", {"--pid", "--fork", "--kill-child", "unshare", "--pid", "--fork", "--kill-child",
                                   "sleep", "7305"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7305") > 0);
        auto all = survey();
        const Namespace* inner = all.find(link(pidOf(all, "sleep 7305"), "pid"));
        const Namespace* outer = all.find(inner->parent);
        QVERIFY(outer && outer != inner);
        QCOMPARE(outer->parent, link(getpid(), "pid"));
        QCOMPARE(statementOf(*inner, "nsParent"), "nsPidChild");
        QVERIFY(all.find(link(getpid(), "pid"))->parent.empty());
        // Made, but nobody was born into it: it is kept for children.
        Started childless("unshare", {"--pid", "sleep", "7306"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7306") > 0);
        all = survey();
        bool kept = false;
        for (const Namespace& one : all.namespaces)
            for (const NamespaceHolder& holder : one.holders)
                kept |= holder.how == "forChildren" && holder.pid == childless.pid() && one.processes == 0;
        // A kernel that has no link for it before the first child says so.
        if (!QFileInfo::exists(QString("/proc/%1/ns/pid_for_children").arg(childless.pid())) ||
            QFile::symLinkTarget(QString("/proc/%1/ns/pid_for_children").arg(childless.pid())).isEmpty())
            QSKIP("/proc/PID/ns/pid_for_children is empty until the first child");
        QVERIFY(kept);
    }

    void kept_by_an_open_file()
    {
        Started maker("unshare", {"--net", "sleep", "7307"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7307") > 0);
        const std::string id = link(maker.pid(), "net");
        Started keeper("sh", {"-c", QString("exec 9</proc/%1/ns/net; sleep 7308").arg(maker.pid())});
        QTRY_VERIFY(hows(*survey().find(id)).contains("fd"));
        maker.stop();
        auto all = survey();
        const Namespace* kept = all.find(id);
        QVERIFY(kept);
        QCOMPARE(kept->processes, size_t(0));
        QCOMPARE(kept->owner, link(getpid(), "user")); // it was opened once more
        QCOMPARE(statementOf(*kept, "nsHeld"), "nsByFile");
        keeper.stop();
        ::kill(pidOf(all, "sleep 7308"), SIGKILL);
        QTRY_VERIFY(!survey().find(id));
    }

    void kept_by_a_bind_mount()
    {
        QTemporaryDir directory;
        const QByteArray file = directory.filePath("kept net").toUtf8();
        QFile(file).open(QIODevice::WriteOnly);
        Started maker("unshare", {"--net", "sleep", "7309"});
        QTRY_VERIFY(pidOf(survey(), "sleep 7309") > 0);
        const std::string id = link(maker.pid(), "net"), path = "/proc/" + std::to_string(maker.pid()) + "/ns/net";
        QCOMPARE(::mount(path.c_str(), file.constData(), nullptr, MS_BIND, nullptr), 0);
        maker.stop();
        auto all = survey();
        const Namespace* kept = all.find(id);
        const bool found = kept && kept->processes == 0;
        const QString said = kept ? statementOf(*kept, "nsHeld") : QString();
        const std::string owner = kept ? kept->owner : "", where = kept ? kept->holders.front().path : "";
        QCOMPARE(::umount2(file.constData(), MNT_DETACH), 0);
        QVERIFY(found);
        QCOMPARE(said, "nsByMount");
        QCOMPARE(where, file.toStdString());
        QCOMPARE(owner, link(getpid(), "user"));
        QTRY_VERIFY(!survey().find(id));
    }

    void kept_by_a_thread()
    {
        std::mutex mutex;
        std::condition_variable changed;
        int step = 0;
        std::string id;
        std::thread apart([&] {
            bool good = unshare(CLONE_NEWUTS) == 0;
            id = good ? namespaceLinks("thread-self")["uts"] : "";
            std::unique_lock lock(mutex);
            step = 1;
            changed.notify_all();
            changed.wait(lock, [&] { return step == 2; });
        });
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return step == 1; });
        }
        auto all = survey();
        const Namespace* own = all.find(id);
        const QStringList how = own ? hows(*own) : QStringList();
        {
            std::lock_guard lock(mutex);
            step = 2;
        }
        changed.notify_all();
        apart.join();
        QCOMPARE(how, QStringList("thread"));
        QVERIFY(!survey().find(id));
    }

    /// A file that blocks whoever opens it, and one that has become another.
    void opens_nothing_but_namespaces()
    {
        QTemporaryDir directory;
        const QString pipe = directory.filePath("net:[4026531999]");
        QCOMPARE(QProcess::execute("mkfifo", {pipe}), 0);
        Started holder("sh", {"-c", QString("exec 8<>'%1'; cd '%2'; sleep 7310").arg(pipe, directory.path())});
        QTest::qWait(200);
        QElapsedTimer timer;
        timer.start();
        auto all = survey();
        QVERIFY(timer.elapsed() < 5000);
        const Namespace* fooled = all.find("net:[4026531999]");
        QVERIFY(!fooled || fooled->owner.empty());
        ::kill(pidOf(all, "sleep 7310"), SIGKILL);
    }

    void leaves_nothing_open()
    {
        survey();
        const int before = openFiles();
        for (int i = 0; i < 3; ++i)
            survey();
        QCOMPARE(openFiles(), before);
    }

    /// Told in the README: processor time of one look, with so many containers' worth of processes.
    void cost()
    {
        bool many = false;
        const int count = qEnvironmentVariableIntValue("DIPTYCH_NAMESPACES", &many);
        std::vector<std::unique_ptr<Started>> all;
        for (int i = 0; i < (many ? count : 20); ++i)
            all.push_back(
                std::make_unique<Started>("unshare", QStringList{"--user", "--map-root-user", "--mount", "--net",
                                                                 "--uts", "--ipc", "--cgroup", "sleep", "7399"}));
        QTRY_VERIFY_WITH_TIMEOUT(survey().namespaces.size() > all.size() * 5, 30000);
        const int64_t begin = processorMicroseconds();
        const auto seen = survey();
        const int64_t took = processorMicroseconds() - begin;
        qInfo("%zu namespaces, %zu processes: %.1f ms", seen.namespaces.size(), seen.members.size(),
              double(took) / 1000);
        QVERIFY(took < 10'000 + 400 * int64_t(seen.namespaces.size()));
    }
};

QTEST_GUILESS_MAIN(TestNamespaces)
#include "tst_namespaces.moc"
