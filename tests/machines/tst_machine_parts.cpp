// What machines/ does without libvirt: XML out and in, the record and its timeline, access lists, acceleration.
#include "base/child.h"
#include "base/files.h"
#include "machines/acl.h"
#include "machines/connection.h"
#include "machines/domain_read.h"
#include "machines/domain_xml.h"
#include "machines/exits.h"
#include "machines/guest_channel.h"
#include "machines/host.h"
#include "machines/network.h"
#include "machines/record.h"
#include "machines/xml.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace diptych;
using namespace diptych::machines;

static DomainPlan examplePlan()
{
    DomainPlan plan;
    plan.id = "11111111-2222-4333-8444-555555abcdef";
    plan.spec.name = "web-vm";
    plan.spec.kind = Kind::Machine;
    plan.spec.image = "busybox:latest";
    plan.spec.command = {"/bin/httpd", "-f"};
    plan.spec.environment = {"PASSWORD=secret"};
    plan.spec.limits = {1.5, uint64_t{256} << 20, 100};
    plan.maximumCpus = 4;
    plan.kernel = "/s/vmlinuz";
    plan.initrd = "/s/initrd.img";
    plan.disk = "/s/disk.qcow2";
    plan.baseDisk = "/i/base.raw";
    plan.record = "/s/record.jsonl";
    plan.consoleLog = "/s/console.log";
    plan.mac = macFor(plan.id);
    plan.network = "default";
    plan.qemuLabel = "+64055:+108";
    return plan;
}

class TestMachineParts : public QObject
{
    Q_OBJECT

private slots:
    /// libvirt's fields as it gave them of a domain under KVM (virsh domstats --vcpu), and what is none of them.
    void readsExits()
    {
        Exits exits;
        const std::pair<const char*, uint64_t> fields[] = {{"vcpu.current", 2},
                                                           {"vcpu.maximum", 4},
                                                           {"vcpu.0.state", 1},
                                                           {"vcpu.0.time", 1000},
                                                           {"vcpu.1.time", 500},
                                                           {"vcpu.0.exits.sum", 70},
                                                           {"vcpu.1.exits.sum", 30},
                                                           {"vcpu.0.io_exits.sum", 12},
                                                           {"vcpu.0.halt_poll_success_ns.sum", 9},
                                                           {"vcpu.0.exits.cur", 11},
                                                           {"vcpu.", 5},
                                                           {"vcpu.x", 5},
                                                           {"balloon.0.exits.sum", 999},
                                                           {"", 1},
                                                           {"vcpu.0..sum", 3}};
        for (const auto& [field, value] : fields)
            takeField(field, value, exits);
        QCOMPARE(exits.time.size(), size_t(2));
        QCOMPARE(exits.time["0"], uint64_t(1000));
        QCOMPARE(exits.time["1"], uint64_t(500));
        QCOMPARE(exits.counters["exits"], uint64_t(100)); // over both
        QCOMPARE(exits.counters["io_exits"], uint64_t(12));
        QVERIFY(!exits.counters.contains("exits.cur"));
        QVERIFY(!exits.counters.contains("state"));
        QCOMPARE(exits.counters[""], uint64_t(3)); // shown to nobody: no name ends with _exits
    }

    void writesTheDomain()
    {
        auto golden = readFile(DIPTYCH_SOURCE "/tests/machines/domain.xml");
        QVERIFY(golden);
        QCOMPARE(QString::fromStdString(domainXml(examplePlan())), QString::fromStdString(*golden));
    }

    void readsWhatItWrites()
    {
        auto info = readDomain(domainXml(examplePlan()));
        QVERIFY(info);
        QVERIFY(info->spec);
        QCOMPARE(info->spec->command.size(), size_t{2});
        // Anyone may read a domain's XML.
        QVERIFY(info->spec->environment.empty());
        QVERIFY(domainXml(examplePlan()).find("secret") == std::string::npos);
        DomainPlan plan = examplePlan();
        QVERIFY(domainXml(plan).find("qemu:") == std::string::npos);
        plan.fewQuestions = true;
        QVERIFY(domainXml(plan).find("<qemu:del capability=\"cpu-unavailable-features\"") != std::string::npos);
        QCOMPARE(readDomain(domainXml(plan))->name, readDomain(domainXml(examplePlan()))->name);
        QCOMPARE(info->cpus, 2U);
        QCOMPARE(info->quota, int64_t{150000});
        QCOMPARE(info->memory, uint64_t{256} << 20);
        QCOMPARE(info->recordFile, std::string("/s/record.jsonl"));
        QCOMPARE(info->disks.at(0).backing, std::string("/i/base.raw"));
    }

    /// A new title is told by libvirt, and shortened between characters where it is long.
    void followsNotes()
    {
        std::atomic<int> told = 0;
        Connection::Callbacks callbacks;
        callbacks.domain = [&](const std::string&, int event, int) { told += event == VIR_DOMAIN_EVENT_DEFINED; };
        Connection connection("test:///default", std::move(callbacks));
        auto opened = connection.get();
        QVERIFY(opened.has_value());
        DomainRef domain(virDomainLookupByName(opened->get(), "test"));
        QVERIFY(domain != nullptr);
        std::string title = std::string(254, 'a') + "\xE4\xB8\xAD";
        QCOMPARE(virDomainSetMetadata(domain.get(), VIR_DOMAIN_METADATA_TITLE, title.c_str(), nullptr, nullptr, 0), 0);
        QTRY_COMPARE(told.load(), 1);
        auto info = readDomain(*xmlOf(domain.get(), 0));
        QVERIFY(info.has_value());
        QCOMPARE(info->title, std::string(254, 'a'));
    }

    void escapesHostileTexts()
    {
        DomainPlan plan = examplePlan();
        plan.spec.command = {"\"><disk type='file'/>", "]]>", "&x;", "<!DOCTYPE a>", "\xE4\xB8\xAD"};
        auto info = readDomain(domainXml(plan));
        QVERIFY(info);
        QVERIFY(info->spec);
        QVERIFY(info->spec->command == plan.spec.command);
        QCOMPARE(info->disks.size(), size_t{1});
    }

    void refusesHostileDocuments()
    {
        pugi::xml_document document;
        QVERIFY(!parseXml("<!DOCTYPE a [<!ENTITY x 'y'>]><domain>&x;</domain>", document));
        std::string deep;
        for (int i = 0; i < 5000; ++i)
            deep += "<a>";
        QVERIFY(!parseXml(deep, document));
        QVERIFY(!parseXml(std::string(5 << 20, ' '), document));
        QVERIFY(!parseXml("<domain", document));
        QVERIFY(!checkXmlText(std::string("a\x01"), "x"));
        QVERIFY(!checkXmlText("\xEF\xBF\xBE", "x"));
        QVERIFY(checkXmlText("a\tb\n", "x").has_value());
    }

    void validatesAgainstTheSchema()
    {
        if (findProgram("virt-xml-validate").empty())
            QSKIP("virt-xml-validate (libvirt-clients) is not installed");
        QTemporaryDir directory;
        std::string path = directory.filePath("domain.xml").toStdString();
        QVERIFY(writeFileAtomic(path, domainXml(examplePlan())).has_value());
        Command command;
        command.arguments = {"virt-xml-validate", path, "domain"};
        auto outcome = run(command);
        QVERIFY(outcome);
        if (outcome->errors.find("xmllint") != std::string::npos && outcome->status != 0 &&
            findProgram("xmllint").empty())
            QSKIP("xmllint (libxml2-utils) is not installed");
        QVERIFY2(outcome->status == 0, (outcome->output + outcome->errors).c_str());
    }

    void turnsLimitsIntoLibvirts()
    {
        QCOMPARE(vcpusFor(0, 4), 4U);
        QCOMPARE(vcpusFor(0.01, 4), 1U);
        QCOMPARE(vcpusFor(1.01, 4), 2U);
        QCOMPARE(vcpusFor(64, 4), 4U);
        QCOMPARE(quotaFor(0), int64_t{-1});
        QCOMPARE(quotaFor(0.25), int64_t{25000});
        QCOMPARE(quotaFor(0.001), int64_t{1000});
        QCOMPARE(memoryFor({}), defaultMemory);
        QCOMPARE(memoryFor({0, 67108865, 0}), uint64_t{67108864});
    }

    void choosesAcceleration()
    {
        std::string able = "processor\t: 0\nflags\t\t: fpu vmx sse\n", unable = "processor\t: 0\nflags\t\t: fpu sse\n";
        QCOMPARE(accelerationFrom(able, true, nullptr), std::string("kvm"));
        QCOMPARE(accelerationFrom(able, false, nullptr), std::string("tcg"));
        // A /dev/kvm without the flag can't boot a stock kernel.
        QCOMPARE(accelerationFrom(unable, true, nullptr), std::string("tcg"));
        QCOMPARE(accelerationFrom(unable, true, "kvm"), std::string("kvm"));
        QCOMPARE(accelerationFrom(able, true, "tcg"), std::string("tcg"));
        QCOMPARE(accelerationFrom(able, true, "nonsense"), std::string("kvm"));
    }

    void findsTheUserOfQemu()
    {
        auto user =
            qemuUserFrom("<capabilities><host><secmodel><model>none</model></secmodel><secmodel><model>dac</model>"
                         "<baselabel type='kvm'>+64055:+108</baselabel></secmodel></host></capabilities>");
        QVERIFY(user);
        QCOMPARE(user->uid, uid_t{64055});
        QCOMPARE(user->label(), std::string("+64055:+108"));
        QVERIFY(!qemuUserFrom("<capabilities/>"));
    }

    void makesTheTimeline()
    {
        size_t consumed = 0;
        std::string text = "{\"event\": \"init\", \"uptime\": 1000}\nnonsense\n[]\n{\"event\": 3}\n"
                           "{\"event\": \"root\", \"uptime\": 1500}\n{\"event\": \"entrypoint\", \"uptime\": 1700}\n"
                           "{\"event\": \"exit\", \"exitCode\": 3, \"uptime\": 9000}\n{\"event\": \"ha";
        auto events = parseRecord(text, consumed);
        QCOMPARE(events.size(), size_t{4});
        QCOMPARE(events.back().exitCode.value_or(-1), 3);
        QCOMPARE(text.substr(consumed), std::string("{\"event\": \"ha"));

        StartTimes times;
        times.click = 10000;
        times.createBegin = 10100;
        times.createEnd = 10600;
        for (const RecordEvent& event : events)
            times.arrivals.push_back({event, 11000 + event.uptime});
        Timeline timeline = timelineOf(times);
        QVERIFY(timeline.complete);
        QCOMPARE(timeline.total, int64_t{2700});
        QCOMPARE(timeline.steps.size(), size_t{5});
        QCOMPARE(timeline.steps[1].name, std::string("firmware"));
        QCOMPARE(timeline.steps[1].end, int64_t{1000}); // the kernel began at 11000
        for (size_t i = 1; i < timeline.steps.size(); ++i)
            QCOMPARE(timeline.steps[i].begin, timeline.steps[i - 1].end);
    }

    void opensAWayForOneUser()
    {
        if (geteuid() != 0)
            QSKIP("needs root to become another user");
        QTemporaryDir directory;
        std::string path = directory.path().toStdString(), file = path + "/file";
        QVERIFY(writeFileAtomic(file, "x", 0600).has_value());
        QVERIFY(chmod(path.c_str(), 0700) == 0);
        if (auto allowed = allowUser(path, 12345, 1); !allowed)
            QSKIP(allowed.error().message.c_str());
        QVERIFY(allowUser(file, 12345, 4).has_value());
        QVERIFY(allowUser(file, 12345, 4).has_value()); // again changes nothing
        auto reads = [&](uid_t user) {
            pid_t pid = fork();
            if (pid == 0) {
                if (setgid(user) != 0 || setuid(user) != 0)
                    _exit(9);
                _exit(access(file.c_str(), R_OK) == 0 && access(file.c_str(), W_OK) != 0 &&
                              access(path.c_str(), R_OK) != 0
                          ? 0
                          : 1);
            }
            int status = 0;
            waitpid(pid, &status, 0);
            return status == 0;
        };
        QVERIFY(reads(12345));
        QVERIFY(!reads(12346));
    }
};

QTEST_GUILESS_MAIN(TestMachineParts)
#include "tst_machine_parts.moc"
