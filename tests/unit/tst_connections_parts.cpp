// Added connections, the parts that need no libvirt: which URIs are refused, what a connection's process may say.
#include "base/files.h"
#include "connections/channel.h"
#include "connections/domains.h"
#include "connections/link.h"
#include "connections/remote_display.h"
#include "connections/uri.h"

#include <QTemporaryDir>
#include <QTest>
#include <qfloat16.h> // else a Json can not be compared

#include <fcntl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace diptych;
using namespace diptych::connections;

namespace {

Json row()
{
    return {{"id", "6695eb01-f6a4-8304-79aa-97f2502e193f"},
            {"name", "web"},
            {"state", "running"},
            {"cpus", 2.0},
            {"memory", 1073741824U},
            {"type", "kvm"},
            {"mac", "52:54:00:00:00:01"},
            {"network", "default"},
            {"address", "192.168.122.9"}};
}

/// In the place of diptychd: tells two lists, the second without one of the machines, and stays.
const char* const twoLists = R"(#!/bin/sh
say() { printf "\\$(printf %03o $((${#1} % 256)))\\$(printf %03o $((${#1} / 256)))\\0\\0\\0\\0\\0\\0%s" "$1" >&3; }
say '{"state":"connected"}'
say '{"list":"begin"}'
say '{"changed":[ONE]}'
say '{"changed":[TWO]}'
say '{"list":"end"}'
say '{"list":"begin"}'
say '{"changed":[TWO]}'
say '{"list":"end"}'
read -r nothing <&3
sleep 100
)";

/// What a Link told, in order; from its thread.
struct Told
{
    std::mutex mutex;
    std::vector<std::string> changed, gone;
    void take(const std::vector<Instance>& instances, const std::vector<std::string>& ids)
    {
        std::lock_guard lock(mutex);
        for (const Instance& one : instances)
            changed.push_back(one.spec.name);
        gone.insert(gone.end(), ids.begin(), ids.end());
    }
    size_t gones()
    {
        std::lock_guard lock(mutex);
        return gone.size();
    }
};

void replace(std::string& text, const std::string& what, const std::string& by)
{
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

} // namespace

class TestConnectionsParts final : public QObject
{
    Q_OBJECT

private slots:
    void takesUris_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("opened");
        auto add = [](const char* uri, const char* opened = nullptr) {
            QTest::newRow(uri) << QString(uri) << QString(opened ? opened : uri);
        };
        add("qemu:///session");
        add("test:///default");
        add("test:///home/anna/lab.xml");
        add("xen:///system");
        add("vbox:///session");
        add("esx://esx.example.org/");
        add("qemu+unix:///session?socket=/run/user/1000/libvirt/libvirt-sock");
        add("qemu+tls://host.example.org/system");
        add("qemu+ssh://anna@host/system", "qemu+ssh://anna@host/system?no_tty=1");
        add("qemu+ssh://anna@host:2222/system?keyfile=/home/anna/.ssh/lab",
            "qemu+ssh://anna@host:2222/system?keyfile=/home/anna/.ssh/lab&no_tty=1");
        add("qemu+ssh://[fe80::1]/system?no_tty=1");
    }
    void takesUris()
    {
        QFETCH(QString, uri);
        QFETCH(QString, opened);
        auto checked = checkUri(uri.toStdString());
        QVERIFY2(checked.has_value(), checked ? "" : checked.error().message.c_str());
        QCOMPARE(QString::fromStdString(*checked), opened);
    }

    void refusesUris_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("why");
        auto add = [](const char* uri, const char* why) { QTest::newRow(uri) << QString(uri) << QString(why); };
        // Programs that would be started.
        add("qemu+ext:///system?command=/tmp/x", "starts a program");
        add("qemu+ext:///system", "starts a program");
        add("qemu:///system?command=/tmp/x", "command is not allowed");
        add("qemu+ssh://host/system?command=/tmp/x", "command is not allowed");
        add("qemu+ssh://host/system?netcat=/tmp/x", "netcat is not allowed");
        add("qemu+ssh://host/system?proxy=netcat", "proxy is not allowed");
        add("qemu+ssh://host/system?mode=direct&netcat=x", "netcat is not allowed");
        // What ssh takes for an option.
        add("qemu+ssh://-oProxyCommand=x/system", "taken for an option");
        add("qemu+ssh://-lroot@host/system", "taken for an option");
        add("qemu+ssh://host/system?keyfile=-x", "taken for an option");
        // The other side unchecked, or a secret for everybody to see.
        add("qemu+tls://host/system?no_verify=1", "pretend");
        add("qemu+libssh2://host/system?known_hosts_verify=ignore", "pretend");
        add("esx://root:secret@host/", "password");
        add("qemu+ssh://host/system?authfile=/etc/shadow", "auth.conf");
        // Not what it seems.
        add("qemu+ssh://host/system?new_parameter=1", "new_parameter is not allowed");
        add("qemu+ssh://host/system?key%66ile=x", "could not be checked");
        add("qemu+ssh://host/system#x", "could not be checked");
        add("qemu+ssh:///system", "which host");
        add("qemu+ssh://ho$(id)st/system", "characters");
        add("qemu+ssh://host/sys;tem", "characters");
        add("qemu+ssh://host/system?keyfile=`id`", "characters");
        add("qemu+ssh://host /system", "no spaces");
        add("qemu+ssh://hößt/system", "no spaces");
        add("qemu+smoke://host/system", "no transport");
        add("docker:///system", "no hypervisor");
        add("file:///etc/passwd", "no hypervisor");
        add("remote:///system", "no hypervisor");
        add("/etc/passwd", "looks like");
        add("", "1 to 512");
    }
    void refusesUris()
    {
        QFETCH(QString, uri);
        QFETCH(QString, why);
        auto checked = checkUri(uri.toStdString());
        QVERIFY(!checked);
        QCOMPARE(QString::fromStdString(checked.error().field), QStringLiteral("uri"));
        QVERIFY2(checked.error().message.find(why.toStdString()) != std::string::npos, checked.error().message.c_str());
    }

    void checksNames()
    {
        QVERIFY(checkConnectionName("Lab 2").has_value());
        for (const std::string& bad : {std::string(), std::string("a\nb"), std::string(" a"), std::string(65, 'a')})
            QVERIFY(!checkConnectionName(bad));
    }

    void combinesIds()
    {
        const std::string domain = "6695eb01-f6a4-8304-79aa-97f2502e193f";
        const std::string one = "cf8021a7-2c15-41ce-a767-64f7ec139b9d", two = "ea96883d-2471-4f07-a61c-db39e9a44ef5";
        QVERIFY(combinedId(domain, one) != combinedId(domain, two));
        QVERIFY(combinedId(domain, one) != domain);
        QCOMPARE(combinedId(combinedId(domain, one), one), domain);
        QCOMPARE(combinedId("not an id", one).size(), size_t(9)); // checked elsewhere; nothing breaks
    }

    void trustsNoProcess()
    {
        auto good = instanceFrom(row());
        QVERIFY(good.has_value());
        QCOMPARE(good->acceleration, std::string("kvm"));
        QVERIFY(!good->managed && good->pid == 0 && good->cgroup.empty());
        auto broken = [](const char* key, Json value) {
            Json json = row();
            json[key] = std::move(value);
            return !instanceFrom(json);
        };
        QVERIFY(broken("id", "../../etc"));
        QVERIFY(broken("id", 4));
        QVERIFY(broken("name", ""));
        QVERIFY(broken("name", std::string("a\x1b[2Jb")));
        QVERIFY(broken("name", std::string(300, 'a')));
        QVERIFY(broken("state", "broken"));
        QVERIFY(broken("memory", -1));
        QVERIFY(broken("address", "1\n2"));
        QVERIFY(!instanceFrom(Json::array()));
    }

    void passesMessagesAndDescriptors()
    {
        auto pair = socketPair(SOCK_STREAM);
        QVERIFY(pair.has_value());
        Channel here(std::move(pair->ours)), there(std::move(pair->theirs));
        int ends[2];
        QVERIFY(pipe2(ends, O_CLOEXEC) == 0);
        UniqueFd read(ends[0]), write(ends[1]);
        QVERIFY(here.send({{"a", 1}}).has_value());
        QVERIFY(here.send({{"b", 2}}, write.get()).has_value());
        auto first = there.receive();
        QVERIFY(first && first->json == Json({{"a", 1}}) && !first->fd);
        auto second = there.receive();
        QVERIFY(second && second->json == Json({{"b", 2}}) && second->fd);
        QCOMPARE(::write(second->fd.get(), "x", 1), ssize_t(1));
        char byte = 0;
        QCOMPARE(::read(read.get(), &byte, 1), ssize_t(1));
        here.shutDown();
        QVERIFY(!there.receive());
    }

    /// What a later list leaves out has gone; what it tells again is no change.
    void takesListsInParts()
    {
        QTemporaryDir place;
        Json one = row(), two = row();
        two["id"] = "6695eb01-f6a4-8304-79aa-97f2502e1940";
        two["name"] = "mail";
        std::string script = twoLists, program = place.path().toStdString() + "/process";
        replace(script, "ONE", dumpJson(one));
        replace(script, "TWO", dumpJson(two));
        QVERIFY(writeFileAtomic(program, script, 0700).has_value());
        Told told;
        const std::string connection = "00000000-0000-4000-8000-000000000001";
        Link::Callbacks callbacks;
        callbacks.rows = [&told](const std::vector<Instance>& changed, const std::vector<std::string>& gone) {
            told.take(changed, gone);
        };
        callbacks.list = callbacks.info = [] {};
        Link link({connection, "lab", "test:///default", geteuid(), true}, program, {}, std::move(callbacks));
        QTRY_COMPARE(told.gones(), size_t(1));
        QCOMPARE(told.gone[0], combinedId(one["id"], connection));
        QCOMPARE(told.changed, (std::vector<std::string>{"web", "mail"}));
        QCOMPARE(link.instances().size(), size_t(1));
        QCOMPARE(link.instances()[0].spec.name, std::string("mail"));
        QCOMPARE(link.info().domains, size_t(1));
    }

    void refusesWhatIsTooLong()
    {
        auto pair = socketPair(SOCK_STREAM);
        QVERIFY(pair.has_value());
        Channel there(std::move(pair->theirs));
        const uint32_t header[2] = {0xffffffffU, 0};
        QVERIFY(writeAll(pair->ours.get(), {reinterpret_cast<const char*>(header), sizeof header}).has_value());
        QVERIFY(!there.receive());
    }

    void goesToDisplaysBySsh()
    {
        QVERIFY(!sshTarget("qemu:///system") && !sshTarget("qemu+tls://host/system") && !sshTarget("nonsense"));
        auto target = sshTarget("qemu+ssh://ada@[::1]:2222/system?keyfile=/home/ada/key&no_tty=1");
        QVERIFY(target);
        QCOMPARE(target->user, std::string("ada"));
        QCOMPARE(target->host, std::string("::1"));
        QCOMPARE(target->port, std::string("2222"));
        QCOMPARE(target->keyfile, std::string("/home/ada/key"));
        auto xml = [](const std::string& graphics) {
            return "<domain><name>x</name><devices>" + graphics + "</devices></domain>";
        };
        auto vnc = vncAddress(xml("<graphics type='spice' port='1'/><graphics type='vnc' port='5901' listen='0.0.0.0'>"
                                  "<listen type='address' address='0.0.0.0'/></graphics>"));
        QVERIFY(vnc.has_value());
        using Words = std::vector<std::string>;
        QCOMPARE(sshCommand(*target, *vnc),
                 (Words{"ssh", "-T", "-o", "BatchMode=yes", "-e", "none", "-p", "2222", "-l", "ada", "-i",
                        "/home/ada/key", "-W", "[127.0.0.1]:5901", "--", "::1"}));
        vnc = vncAddress(xml("<graphics type='vnc'><listen type='socket' socket='/run/x/vnc.sock'/></graphics>"));
        QVERIFY(vnc.has_value());
        QCOMPARE(sshCommand(*sshTarget("qemu+ssh://far/system"), *vnc),
                 (Words{"ssh", "-T", "-o", "BatchMode=yes", "-e", "none", "--", "far", "nc -U /run/x/vnc.sock"}));
        for (const char* none :
             {"", "<graphics type='vnc'><listen type='none'/></graphics>",
              "<graphics type='vnc' port='5901' listen='a b'/>", "<graphics type='vnc' port='-1' listen='127.0.0.1'/>",
              "<graphics type='vnc'><listen type='socket' socket='/run/$(reboot)'/></graphics>"})
            QCOMPARE(vncAddress(xml(none)).error().code, Code::NotSupported);
    }

    void keepsLibvirtsWords()
    {
        Error lacks{Code::NotSupported,
                    "pause machine x: this function is not supported by the connection driver: virDomainSuspend", "",
                    0};
        QCOMPARE(featureLacking("pause", lacks), std::string("pause"));
        QCOMPARE(featureLacking("org.diptych.Machines.Save", lacks), std::string("save"));
        QCOMPARE(featureLacking("pause", Error{Code::Failed, "the guest is busy", "", 0}), std::string());
    }
};

QTEST_GUILESS_MAIN(TestConnectionsParts)
#include "tst_connections_parts.moc"
