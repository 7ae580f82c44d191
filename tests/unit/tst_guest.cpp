// The parts of diptych-guest that read what others wrote, and the program's probe on this machine.
#include "guest/config.h"
#include "guest/filesystems.h"
#include "guest/init.h"
#include "guest/port.h"
#include "guest/probe.h"
#include "guest/tar.h"

#include <QtTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::guest;

namespace {
const char* kPasswd =
    "root:x:0:0:root:/root:/bin/sh\nweb:x:33:34::/www:/bin/sh\n0x1:x:77:77::/:\n5:x:9:9::/:\nbad:x:no:1::/:\n";
const char* kGroup = "root:x:0:\nweb:x:34:\nmail:x:8:web,other\ndisk:x:6:root\n";
const uint8_t kMac[6] = {0x52, 0x54, 0, 1, 2, 3};

std::string offer(const std::string& options)
{
    std::string m = makeDhcp(1, 42, kMac, "", "").substr(0, 240);
    m[0] = 2;
    m.replace(16, 4, std::string("\xc0\xa8\x7a\x09", 4));
    return m + options;
}
} // namespace

class TestGuest : public QObject
{
    Q_OBJECT

private slots:
    void knowsFileSystems()
    {
        std::string head(kDeviceHead, '\0');
        QCOMPARE(filesystemIn(head), std::string());
        QCOMPARE(filesystemIn(""), std::string());
        auto with = [&](size_t at, const std::string& bytes) {
            std::string copy = head;
            return filesystemIn(copy.replace(at, bytes.size(), bytes));
        };
        QCOMPARE(with(0x438, "\x53\xef"), std::string("ext4"));
        QCOMPARE(with(0x10040, "_BHRfS_M"), std::string("btrfs"));
        QCOMPARE(with(3, "NTFS    "), std::string("NTFS"));
        QCOMPARE(filesystemIn("XFSB"), std::string("XFS"));
    }

    void knowsWhatIsElsewhere()
    {
        const std::vector<std::string> found{"/usr", "/home"};
        QCOMPARE(elsewhere("# /dev/sda9 /opt ext4\nUUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw\n"
                           "  /dev/sda2\t/usr\text4 ro\nLABEL=h /home xfs # mine\nUUID=9 /boot/efi vfat\n"
                           "tmpfs /var/tmp tmpfs\nserver:/x /srv nfs\n/dev/sr0 /media/cdrom auto\n/dev/sdb\n"),
                 found);
        QVERIFY(elsewhere("").empty());
    }

    void headersAreWhatTarReads()
    {
        TarEntry entry;
        entry.path = "etc/passwd";
        entry.status.st_mode = S_IFREG | 0640;
        entry.size = 5;
        QCOMPARE(tarHeader(entry).size(), size_t{512});
        entry.status.st_mode = S_IFCHR;
        QVERIFY(tarHeader(entry).empty());
        // Nine digits of octal are not enough for these; lengths of records that grow by a digit when they count it.
        entry.status.st_mode = S_IFREG;
        for (size_t length : {85, 86, 87, 88, 89, 90, 985, 986, 987, 988, 989, 990}) {
            entry.records = {{"user", std::string(length, 'x')}};
            entry.status.st_uid = 4000000000U;
            const std::string header = tarHeader(entry), records = header.substr(512, header.size() - 1024);
            const size_t space = records.find(' ', records.find("\n") + 1), from = records.find("\n") + 1;
            const size_t said = std::stoul(records.substr(from, space - from));
            QCOMPARE(records.substr(from + said - 1, 1), std::string("\n"));
            QVERIFY(records.starts_with("18 uid=4000000000\n"));
        }
    }

    void answersOnThePort()
    {
        auto pair = socketPair(SOCK_STREAM);
        QVERIFY(pair && setNonBlocking(pair->ours.get()) && setNonBlocking(pair->theirs.get()));
        int done = 0;
        GuestPort port([&](JsonReader request) -> Result<Json> {
            ++done;
            if (TRY(request.string("method")) == "No")
                return fail(Code::Failed, "not here");
            return Json{{"done", done}};
        });
        port.open(std::move(pair->theirs));
        auto ask = [&](const std::string& text) {
            (void)writeAll(pair->ours.get(), text);
            port.turn(POLLIN);
            char buffer[512];
            ssize_t n = ::read(pair->ours.get(), buffer, sizeof buffer);
            return QByteArray(buffer, std::max<ssize_t>(n, 0)).replace('\0', '|');
        };
        using namespace std::string_literals;
        QCOMPARE(ask(R"({"method":"Ping","id":7})"), QByteArray()); // no end yet
        QCOMPARE(ask("\0"s), QByteArray(R"({"id":7,"result":{"done":1}}|)"));
        // The same once more is answered, and not done.
        QCOMPARE(ask("{\"method\":\"Ping\",\"id\":7}\0"s), QByteArray(R"({"id":7,"result":{"done":1}}|)"));
        QCOMPARE(done, 1);
        QCOMPARE(ask("{\"method\":\"No\",\"id\":8}\0"s), QByteArray(R"({"error":"not here","id":8}|)"));
        QCOMPARE(ask("{\"method\":\"Ping\"}\0{\"method\":\"Ping\"}\0"s),
                 QByteArray(R"({"result":{"done":3}}|{"result":{"done":4}}|)"));
        QVERIFY(ask("nonsense\0"s).startsWith(R"({"error":)"));
        QVERIFY(ask("[]\0"s).startsWith(R"({"error":)"));
        QCOMPARE(done, 5);
    }
    void keepsAnAnswerForWhoReadsLate()
    {
        auto pair = socketPair(SOCK_STREAM);
        QVERIFY(pair && setNonBlocking(pair->ours.get()) && setNonBlocking(pair->theirs.get()));
        GuestPort port([&](const JsonReader&) -> Result<Json> { return Json(std::string(1 << 20, 'x')); });
        port.open(std::move(pair->theirs));
        (void)writeAll(pair->ours.get(), std::string_view("{}\0", 3));
        port.turn(POLLIN);
        QVERIFY(port.interest().events & POLLOUT); // it did not fit
        QVERIFY(port.patience() < 1000);
        size_t got = 0;
        char buffer[65536];
        for (int i = 0; i < 1000 && got < (1 << 20) + 14; ++i) {
            if (ssize_t n = ::read(pair->ours.get(), buffer, sizeof buffer); n > 0)
                got += static_cast<size_t>(n);
            port.turn(POLLOUT);
        }
        QCOMPARE(got, size_t{(1 << 20) + 14});
        QVERIFY(!(port.interest().events & POLLOUT));
    }
    void hearsOfProcessors()
    {
        using namespace std::string_literals;
        QVERIFY(announcesProcessor("add@/devices/system/cpu/cpu1\0ACTION=add\0SUBSYSTEM=cpu\0"s));
        QVERIFY(!announcesProcessor("remove@/devices/system/cpu/cpu1\0ACTION=remove\0SUBSYSTEM=cpu\0"s));
        QVERIFY(!announcesProcessor("add@/devices/x\0ACTION=add\0SUBSYSTEM=cpuid\0"s));
        QVERIFY(!announcesProcessor(""));
    }
    void users_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("uid"); // -1: refused
        QTest::addColumn<qint64>("gid");
        QTest::newRow("name") << "web" << qint64(33) << qint64(34);
        QTest::newRow("number with an entry") << "33" << qint64(33) << qint64(34);
        QTest::newRow("number without") << "1234" << qint64(1234) << qint64(0);
        QTest::newRow("both numbers") << "1:2" << qint64(1) << qint64(2);
        QTest::newRow("named group") << "web:mail" << qint64(33) << qint64(8);
        QTest::newRow("2^31") << "2147483648" << qint64(2147483648) << qint64(0);
        QTest::newRow("number that is also a name") << "5" << qint64(5) << qint64(0);
        for (const char* bad :
             {"-1", "+1", "0x0", "4294967296", "4294967295", "1 ", " 1", "nobody", "", "1:", "web:none", "bad", "1:-1"})
            QTest::newRow(bad) << bad << qint64(-1) << qint64(0);
    }
    void users()
    {
        QFETCH(QString, name);
        QFETCH(qint64, uid);
        QFETCH(qint64, gid);
        auto user = lookUpUser(name.toStdString(), kPasswd, kGroup);
        QCOMPARE(user.has_value(), uid >= 0);
        if (!user)
            return;
        QCOMPARE(qint64(user->uid), uid);
        QCOMPARE(qint64(user->gid), gid);
    }
    void groupsOfAUser()
    {
        QCOMPARE(lookUpUser("web", kPasswd, kGroup)->groups, std::vector<uint32_t>{8});
        QVERIFY(lookUpUser("web:root", kPasswd, kGroup)->groups.empty());
        QCOMPARE(lookUpUser("web", kPasswd, kGroup)->home, std::string("/www"));
    }

    void config()
    {
        auto c = parseConfig(R"({"version": 1, "hostname": "h", "process": {"args": ["/bin/x", "y"], "env": ["A=b"],
            "user": {"uid": 33, "gid": 33, "additionalGids": [1, 2]}, "terminal": false}, "stopSignal": 3,
            "network": {"address": "10.0.0.2/24", "nameservers": ["10.0.0.1"]}, "limits": {"pids": 9}})");
        QVERIFY(c.has_value());
        QCOMPARE(c->arguments.size(), size_t{2});
        QCOMPARE(c->user.groups, (std::vector<uint32_t>{1, 2}));
        QVERIFY(!c->terminal && !c->dhcp && c->pids == 9 && c->stopSignal == 3);
    }
    void badConfig_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("version") << QByteArray(R"({"version": 2, "process": {"args": ["x"]}})");
        QTest::newRow("no program") << QByteArray(R"({"version": 1, "process": {"args": []}})");
        QTest::newRow("signal") << QByteArray(R"({"version": 1, "process": {"args": ["x"]}, "stopSignal": 99})");
    }
    void badConfig()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseConfig(text.toStdString()));
    }

    void dhcp()
    {
        auto answer =
            parseDhcp(offer(std::string("\x35\x01\x02\x01\x04\xff\xff\xf0\x00\x03\x04\xc0\xa8\x7a\x01"
                                        "\x06\x04\xc0\xa8\x7a\x01\x33\x04\x00\x00\x0e\x10\x36\x04\xc0\xa8\x7a\x01\xff",
                                        34)),
                      42);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->type, uint8_t{2});
        QCOMPARE(answer->lease.address, std::string("192.168.122.9/20"));
        QCOMPARE(answer->lease.gateway, std::string("192.168.122.1"));
        QCOMPARE(answer->lease.nameservers, std::vector<std::string>{"192.168.122.1"});
        QCOMPARE(answer->lease.seconds, 3600U);
    }
    void hostileDhcp()
    {
        QVERIFY(!parseDhcp("", 42));
        QVERIFY(!parseDhcp(offer(""), 43));                                // another's
        QVERIFY(!parseDhcp(makeDhcp(1, 42, kMac, "", ""), 42));            // a request, not an answer
        QVERIFY(!parseDhcp(offer(std::string("\x06\xff\x01", 3)), 42));    // over the end
        QVERIFY(parseDhcp(offer(std::string("\x03\x01\x01\xff", 4)), 42)); // too short to mean anything
        std::string whole = offer(std::string("\x35\x01\x05\x06\x08\1\2\3\4\5\6\7\x08\xff", 14));
        for (size_t n = 0; n < whole.size(); ++n)
            (void)parseDhcp(whole.substr(0, n), 42);
    }

    void mountinfo()
    {
        auto mounts = parseMountinfo(
            "36 35 98:0 /r /with\\040space rw,noatime master:1 - ext3 /dev/root rw,errors=continue\nbroken\n"
            "1 2 0:1 / /x rw - tmpfs tmpfs rw\n");
        QCOMPARE(mounts.size(), size_t{2});
        QCOMPARE(mounts[0].target, std::string("/with space"));
        QCOMPARE(mounts[0].type, std::string("ext3"));
        QCOMPARE(mounts[0].root, std::string("/r"));
    }
    void capabilities()
    {
        QCOMPARE(capabilityNames(0x200001), (std::vector<std::string>{"CAP_CHOWN", "CAP_SYS_ADMIN"}));
        QCOMPARE(capabilityNames(uint64_t{1} << 63), std::vector<std::string>{"CAP_63"});
        QCOMPARE(capabilityNames(uint64_t{1} << 40), std::vector<std::string>{"CAP_CHECKPOINT_RESTORE"});
    }

    void probeOfThisMachine()
    {
        Json p = probe();
        QCOMPARE(p["version"], Json(1));
        QCOMPARE(p["kernel"]["bootId"].get<std::string>().size(), size_t{36});
        for (const char* kind : {"pid", "mnt", "net", "uts", "ipc", "user"})
            QVERIFY(p["namespaces"].contains(kind));
        QVERIFY(!p["ids"]["uidMap"].empty() && !p["mounts"].empty() && !p["processes"].empty() &&
                !p["interfaces"].empty());
        QVERIFY(p["limits"]["cpus"].get<int>() > 0);
    }

    void program()
    {
        QProcess guest;
        guest.start(DIPTYCH_BIN "/diptych-guest", {"probe"});
        if (!guest.waitForFinished(30000))
            QSKIP("bin/diptych-guest is not built");
        QCOMPARE(guest.exitCode(), 0);
        QVERIFY(parseJson(guest.readAllStandardOutput().trimmed().toStdString()).has_value());
        guest.start(DIPTYCH_BIN "/diptych-guest", QStringList());
        QVERIFY(guest.waitForFinished(30000));
        QCOMPARE(guest.exitCode(), 2); // only as PID 1 it becomes init
    }
};

QTEST_GUILESS_MAIN(TestGuest)
#include "tst_guest.moc"
