// Network wiring found among real namespaces that the test makes: cables, bridges, taps, and who is at the other end.
#include "base/process.h"
#include "isolation/wiring.h"

#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::isolation;

namespace {

/// A process in a network namespace of its own.
class Box
{
public:
    Box()
    {
        m_process.start("unshare", {"--net", "sleep", "7401"});
        m_process.waitForStarted();
        for (int i = 0; i < 200 && net() == namespaceLinks("self")["net"]; ++i)
            QTest::qWait(10);
    }
    ~Box()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] int pid() const { return int(m_process.processId()); }
    [[nodiscard]] std::string net() const { return namespaceLinks(std::to_string(pid()))["net"]; }
    bool ip(const QString& words) const
    {
        QStringList all{"-t", QString::number(pid()), "-n", "ip"};
        return QProcess::execute("nsenter", all + words.split(' ')) == 0;
    }

private:
    QProcess m_process;
};

bool ip(const QString& words)
{
    return QProcess::execute("ip", words.split(' ')) == 0;
}

Wiring wiring()
{
    return surveyWiring(surveyNamespaces(identifyHost()));
}

const Interface* find(const Wiring& all, const std::string& net, const std::string& name)
{
    for (const Interface& one : all.interfaces)
        if (one.netns == net && one.name == name)
            return &one;
    return nullptr;
}

const Route* routeOf(const Wiring& all, const std::string& net, const std::string& destination,
                     const std::string& gateway = {})
{
    for (const Route& one : all.routes)
        if (one.netns == net && one.destination == destination && (gateway.empty() || one.gateway == gateway))
            return &one;
    return nullptr;
}

} // namespace

class TestWiring : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (geteuid() != 0)
            QSKIP("needs root, and tests/support/sandbox");
    }

    void cables_and_bridges()
    {
        Box left, right;
        const std::string here = namespaceLinks("self")["net"];
        QVERIFY(ip("link add wbr0 type bridge"));
        QVERIFY(ip("addr add 10.77.0.1/24 dev wbr0"));
        QVERIFY(ip("link set wbr0 up"));
        // Both inner ends have the same number in their namespaces: only the namespace tells them apart.
        for (const auto& [box, name] : {std::pair<Box*, QString>{&left, "wl"}, {&right, "wr"}}) {
            QVERIFY(ip(QString("link add %1 type veth peer name eth0 netns %2").arg(name).arg(box->pid())));
            QVERIFY(ip(QString("link set %1 master wbr0 up").arg(name)));
        }
        QVERIFY(left.ip("addr add 10.77.0.2/24 dev eth0"));
        QVERIFY(left.ip("link set eth0 up"));
        const Wiring all = wiring();
        const Interface* bridge = find(all, here, "wbr0");
        const Interface* outer = find(all, here, "wl");
        const Interface* inner = find(all, left.net(), "eth0");
        const Interface* other = find(all, right.net(), "eth0");
        QVERIFY(bridge && outer && inner && other);
        QCOMPARE(bridge->kind, std::string("bridge"));
        QCOMPARE(std::count(bridge->addresses.begin(), bridge->addresses.end(), "10.77.0.1/24"), 1);
        QCOMPARE(outer->master, bridge->index);
        QCOMPARE(outer->peerNamespace, left.net());
        QCOMPARE(outer->link, inner->index);
        QCOMPARE(inner->peerNamespace, here);
        QCOMPARE(inner->link, outer->index);
        QCOMPARE(find(all, here, "wr")->peerNamespace, right.net());
        QVERIFY(std::find(inner->addresses.begin(), inner->addresses.end(), "10.77.0.2/24") != inner->addresses.end());
        QVERIFY(inner->up && inner->carrier);
        QVERIFY(!other->up);
        QCOMPARE(find(all, left.net(), "lo")->kind, std::string("loopback"));
        QVERIFY(!inner->mac.empty());
        // This process is where it was.
        QCOMPARE(namespaceLinks("self")["net"], here);
        QCOMPARE(namespaceLinks("thread-self")["net"], here);
        // Counters as ip tells them.
        QVERIFY(left.ip("link set lo up"));
        QProcess told;
        told.start("ip", {"-s", "-j", "link", "show", "dev", "wl"});
        QVERIFY(told.waitForFinished());
        const auto json = QJsonDocument::fromJson(told.readAllStandardOutput()).array().at(0).toObject();
        const auto rx = json["stats64"].toObject()["rx"].toObject()["bytes"].toInteger();
        QVERIFY(qAbs(qint64(find(wiring(), here, "wl")->receivedBytes) - rx) < 4096);
        // Unplugged: gone on both sides.
        QVERIFY(ip("link del wl"));
        const Wiring after = wiring();
        QVERIFY(!find(after, here, "wl") && !find(after, left.net(), "eth0"));
        QVERIFY(ip("link del wbr0"));
    }

    /// As ip route tells them, of both families, and none of what only this machine has.
    void routes()
    {
        Box box;
        QVERIFY(!routeOf(wiring(), box.net(), "default"));
        QVERIFY(ip(QString("link add wr0 type veth peer name eth0 netns %1").arg(box.pid())));
        QVERIFY(ip("link set wr0 up"));
        for (const char* words : {"addr add 10.78.0.2/24 dev eth0", "link set eth0 up", "link set lo up",
                                  "route add default via 10.78.0.1 metric 77", "route add blackhole 10.99.0.0/16",
                                  "route add 10.98.0.0/16 dev eth0 src 10.78.0.2", "addr add fd78::2/64 dev eth0 nodad",
                                  "-6 route add default via fd78::1 dev eth0"})
            QVERIFY2(box.ip(words), words);
        Wiring all = wiring();
        const std::string net = box.net();
        const int index = find(all, net, "eth0")->index;
        const Route* out = routeOf(all, net, "default");
        QVERIFY(out);
        QCOMPARE(out->gateway, std::string("10.78.0.1"));
        QCOMPARE(out->index, index);
        QCOMPARE(out->metric, 77U);
        QCOMPARE(out->kind, std::string("unicast"));
        const Route* six = routeOf(all, net, "default", "fd78::1");
        QVERIFY(six && six->index == index);
        QCOMPARE(routeOf(all, net, "10.99.0.0/16")->kind, std::string("blackhole"));
        QCOMPARE(routeOf(all, net, "10.99.0.0/16")->index, 0);
        QCOMPARE(routeOf(all, net, "10.98.0.0/16")->source, std::string("10.78.0.2"));
        QVERIFY(routeOf(all, net, "10.78.0.0/24")->gateway.empty());
        // Those of the table local are nobody's way out.
        QVERIFY(!routeOf(all, net, "10.78.0.2") && !routeOf(all, net, "127.0.0.0/8"));
        QProcess told;
        told.start("nsenter", {"-t", QString::number(box.pid()), "-n", "ip", "-j", "route", "show", "table", "main"});
        QVERIFY(told.waitForFinished());
        const auto counted = std::count_if(all.routes.begin(), all.routes.end(), [&](const Route& one) {
            return one.netns == net && (one.destination + one.gateway).find(':') == std::string::npos;
        });
        QCOMPARE(qsizetype(counted), QJsonDocument::fromJson(told.readAllStandardOutput()).array().size());
        QVERIFY(box.ip("route del default via 10.78.0.1 metric 77"));
        all = wiring();
        QVERIFY(!routeOf(all, net, "default", "10.78.0.1") && routeOf(all, net, "default", "fd78::1"));
        QVERIFY(ip("link del wr0"));
    }

    /// Two ways at once are told as two; of more than can be told it is said that there are more.
    void many_routes()
    {
        Box box;
        for (const char* words : {"link add d0 type bridge", "addr add 10.79.0.2/24 dev d0", "link set d0 up",
                                  "route add 10.97.0.0/16 nexthop via 10.79.0.3 dev d0 nexthop via 10.79.0.4 dev d0"})
            QVERIFY2(box.ip(words), words);
        const auto moreOf = [&box](const Wiring& all) {
            for (const NetworkNamespace& one : all.namespaces)
                if (one.id == box.net())
                    return one.moreRoutes;
            return false;
        };
        Wiring all = wiring();
        QVERIFY(routeOf(all, box.net(), "10.97.0.0/16", "10.79.0.3"));
        QVERIFY(routeOf(all, box.net(), "10.97.0.0/16", "10.79.0.4"));
        QVERIFY(!moreOf(all));
        QTemporaryFile batch;
        QVERIFY(batch.open());
        for (int i = 0; i < 300; ++i)
            batch.write(QString("route add 10.96.%1.%2 dev d0\n").arg(i / 200).arg(i % 200).toLatin1());
        batch.flush();
        QVERIFY(box.ip("-batch " + batch.fileName()));
        all = wiring();
        QVERIFY(moreOf(all));
        const auto told = std::count_if(all.routes.begin(), all.routes.end(),
                                        [&](const Route& one) { return one.netns == box.net(); });
        QVERIFY2(told >= 100 && told < 130, qPrintable(QString::number(told)));
        QVERIFY(find(all, box.net(), "d0")); // what was not read of one disturbs no other
    }

    /// Nobody is in it: ip netns keeps it by a bind mount, its wiring is told all the same.
    void nobody_inside()
    {
        if (QProcess::execute("ip", {"netns", "add", "wlab"}) != 0)
            QSKIP("no namespace can be kept in /run/netns here");
        QVERIFY(ip("link add wn0 type veth peer name inner netns wlab"));
        QVERIFY(ip("-n wlab addr add 10.76.0.2/24 dev inner"));
        QVERIFY(ip("-n wlab link set inner up"));
        QVERIFY(ip("-n wlab route add default via 10.76.0.1"));
        const NamespaceSurvey survey = surveyNamespaces(identifyHost());
        const Wiring all = surveyWiring(survey);
        const Interface* outer = find(all, namespaceLinks("self")["net"], "wn0");
        QVERIFY(ip("netns del wlab"));
        QVERIFY(outer && !outer->peerNamespace.empty());
        const Namespace* kept = survey.find(outer->peerNamespace);
        QVERIFY(kept);
        QCOMPARE(kept->processes, size_t(0));
        QCOMPARE(kept->holders.front().how, std::string("mount"));
        QCOMPARE(kept->holders.front().path, std::string("/run/netns/wlab"));
        QVERIFY(find(all, kept->id, "inner"));
        QCOMPARE(routeOf(all, kept->id, "default")->gateway, std::string("10.76.0.1"));
        const std::string gone = kept->id;
        QTRY_VERIFY(!surveyNamespaces(identifyHost()).find(gone));
    }

    /// Nobody is in it, and an open file of one who is elsewhere keeps it: entered by that file.
    void kept_by_an_open_file()
    {
        QProcess keeper;
        std::string net;
        {
            Box box;
            net = box.net();
            QVERIFY(box.ip("link add kept0 type bridge"));
            keeper.start("sh", {"-c", QString("exec 9</proc/%1/ns/net; echo; exec sleep 7402").arg(box.pid())});
            QVERIFY(keeper.waitForReadyRead());
        }
        const Wiring all = wiring();
        const bool found = find(all, net, "kept0") != nullptr;
        std::string path;
        for (const NetworkNamespace& one : all.namespaces)
            if (one.id == net)
                path = one.path;
        const std::string wanted = "/proc/" + std::to_string(keeper.processId()) + "/fd/9";
        keeper.kill();
        keeper.waitForFinished();
        QVERIFY(found);
        QCOMPARE(path, wanted);
        QTRY_VERIFY(!surveyNamespaces(identifyHost()).find(net));
    }

    void between_two_boxes()
    {
        Box left, right;
        QVERIFY(left.ip(QString("link add a0 type veth peer name b0 netns %1").arg(right.pid())));
        const Wiring all = wiring();
        QCOMPARE(find(all, left.net(), "a0")->peerNamespace, right.net());
        QCOMPARE(find(all, right.net(), "b0")->peerNamespace, left.net());
    }

    void who_has_a_tap()
    {
        if (!QFile::exists("/dev/net/tun"))
            QSKIP("this machine has no /dev/net/tun");
        // As QEMU does: opened, and kept.
        Started_sleep holder;
        const Wiring all = wiring();
        const std::string here = namespaceLinks("self")["net"];
        const Interface* tap = find(all, here, "wtap0");
        QVERIFY(tap);
        QCOMPARE(tap->kind, std::string("tun"));
        QCOMPARE(tap->holders, std::vector<int>{holder.pid});
        holder.stop();
        QVERIFY(!find(wiring(), here, "wtap0"));
    }

    void cost()
    {
        const int count = qEnvironmentVariableIntValue("DIPTYCH_NAMESPACES");
        std::vector<std::unique_ptr<Box>> boxes;
        QVERIFY(ip("link add wbr1 type bridge"));
        for (int i = 0; i < (count > 0 ? count : 10); ++i) {
            boxes.push_back(std::make_unique<Box>());
            QVERIFY(ip(QString("link add wc%1 master wbr1 type veth peer name eth0 netns %2")
                           .arg(i)
                           .arg(boxes.back()->pid())));
        }
        const auto survey = surveyNamespaces(identifyHost());
        timespec before{}, after{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        const Wiring all = surveyWiring(survey);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        const double ms = double(after.tv_sec - before.tv_sec) * 1e3 + double(after.tv_nsec - before.tv_nsec) / 1e6;
        qInfo("%zu network namespaces, %zu interfaces: %.1f ms", all.namespaces.size(), all.interfaces.size(), ms);
        size_t found = 0;
        for (const Interface& one : all.interfaces)
            found += one.kind == "veth" && !one.peerNamespace.empty();
        QCOMPARE(found, 2 * boxes.size());
        QVERIFY(ip("link del wbr1"));
    }

private:
    struct Started_sleep
    {
        int pid = 0;
        Started_sleep()
        {
            pid = fork();
            if (pid == 0) {
                int fd = open("/dev/net/tun", O_RDWR);
                ifreq request{};
                request.ifr_flags = IFF_TAP | IFF_NO_PI;
                strncpy(request.ifr_name, "wtap0", IFNAMSIZ - 1);
                ioctl(fd, TUNSETIFF, &request);
                pause();
                _exit(0);
            }
            for (int i = 0; i < 200 && if_nametoindex("wtap0") == 0; ++i)
                QTest::qWait(10);
        }
        void stop()
        {
            if (pid > 0) {
                kill(pid, SIGKILL);
                waitpid(pid, nullptr, 0);
            }
            pid = 0;
        }
        ~Started_sleep() { stop(); }
    };
};

QTEST_GUILESS_MAIN(TestWiring)
#include "tst_wiring.moc"
