// Answers for installers, without libvirt: which there are for a medium, and that what a person typed stays a value in
// the files that the installers read.
#include "base/json.h"
#include "machines/autoinstall.h"
#include "machines/installation.h"
#include "machines/windows_answers.h"

#include <QProcess>
#include <QtTest>

#include <crypt.h>
#include <sstream>

using namespace diptych;
using namespace diptych::machines;

namespace {

constexpr const char* ubuntu = "http://ubuntu.com/ubuntu/22.04";

IsoLabel labelled(const std::string& volume)
{
    IsoLabel label;
    label.volume = volume;
    return label;
}

InstallAnswers answers()
{
    InstallAnswers result;
    result.profile = "server";
    result.hostname = "Web_1";
    result.user = "ada";
    result.password = "Lace-1815";
    result.language = "de_DE";
    result.timezone = "Europe/Berlin";
    return result;
}

const InstallProfile seed = autoinstallOffer(ubuntu, labelled("Ubuntu-Server 24.04"))->profiles.front();

/// The field that an answer is refused for.
std::string refused(const std::function<void(InstallAnswers&)>& change)
{
    InstallAnswers changed = answers();
    change(changed);
    Status checked = checkAnswers(changed, seed);
    return checked ? "" : checked.error().field;
}

std::string textOf(const InstallAnswers& wanted)
{
    auto files = autoinstallFiles(wanted, "de");
    return files ? files->files["user-data"] : files.error().message;
}

Json documentOf(const std::string& text)
{
    size_t line = text.find('\n');
    return Json::parse(text.substr(line + 1))["autoinstall"];
}

} // namespace

class TestInstallAnswers : public QObject
{
    Q_OBJECT

private slots:
    void tellsUbuntusMedia()
    {
        auto profile = [](const std::string& volume, const std::string& system = ubuntu) {
            auto offer = autoinstallOffer(system, labelled(volume));
            return offer ? offer->profiles.at(0).name : std::string();
        };
        for (const char* volume : {"Ubuntu-Server 20.04.1 LTS amd64", "Ubuntu-Server 22.04 LTS amd64",
                                   "Ubuntu-Server 24.04 LTS amd64", "Ubuntu-Server 25.10 amd64"})
            QCOMPARE(profile(volume), std::string("server"));
        QCOMPARE(profile("Ubuntu 23.04 amd64"), std::string("desktop"));
        QCOMPARE(profile("Ubuntu 24.04.2 LTS amd64"), std::string("desktop"));
        // Older ones have another installer; others are another's.
        for (const char* volume :
             {"Ubuntu-Server 18.04.1 LTS amd64", "Ubuntu 22.04 LTS amd64", "Ubuntu-Server", "Ubuntu-Server ",
              "Ubuntu-Server 2x.04", "Ubuntu-Studio 24.04", "Xubuntu 24.04 LTS amd64", "Debian 12.5.0 amd64 n", ""})
            QCOMPARE(profile(volume), std::string());
        QCOMPARE(profile("Ubuntu-Server 24.04 LTS amd64", "http://debian.org/debian/12"), std::string());
        auto offer = installOffer(ubuntu, labelled("Ubuntu-Server 24.04 LTS amd64"));
        QVERIFY(offer && offer->reason.empty() && offer->profiles.size() == 1);
        QCOMPARE(offer->kernels.at(0).first, std::string("casper/vmlinuz"));
    }

    void answersUbuntu()
    {
        std::string text = textOf(answers());
        QVERIFY2(text.starts_with("#cloud-config\n"), text.c_str());
        Json document = documentOf(text);
        QCOMPARE(document["version"], Json(1));
        QCOMPARE(document["locale"], Json("de_DE.UTF-8"));
        QCOMPARE(document["keyboard"]["layout"], Json("de"));
        QCOMPARE(document["timezone"], Json("Europe/Berlin"));
        QCOMPARE(document["identity"]["hostname"], Json("web-1"));
        QCOMPARE(document["identity"]["username"], Json("ada"));
        QCOMPARE(document["identity"]["realname"], Json("ada"));
        QCOMPARE(document["storage"]["layout"]["match"]["path"], Json("/dev/vda"));
        QCOMPARE(document["ssh"]["install-server"], Json(true));
        QVERIFY(!document.contains("packages"));
        QVERIFY(text.find("Lace-1815") == std::string::npos);
        std::string hash = document["identity"]["password"];
        QVERIFY(hash.starts_with("$6$"));
        crypt_data data{};
        QCOMPARE(std::string(crypt_r("Lace-1815", hash.c_str(), &data)), hash);
        InstallAnswers desktop = answers();
        desktop.profile = "desktop";
        desktop.virtio = false;
        document = documentOf(textOf(desktop));
        QVERIFY(!document.contains("ssh"));
        QCOMPARE(document["storage"]["layout"]["match"]["path"], Json("/dev/sda"));
    }

    void keepsHostileTextsAsValues()
    {
        InstallAnswers hostile = answers();
        hostile.fullName = "Ada \"Countess\" 'L' # {x} [y] & *z ! | > % @ ` - ? é 🦀 \\n";
        hostile.password = "a: b # \"c\" 'd' {e} \\ - ? é 🦀 $6$";
        Status checked = checkAnswers(hostile, seed);
        QVERIFY2(checked.has_value(), checked ? "" : checked.error().message.c_str());
        std::string text = textOf(hostile);
        Json document = documentOf(text);
        QCOMPARE(document["identity"]["realname"], Json(hostile.fullName));
        std::string hash = document["identity"]["password"];
        crypt_data data{};
        QCOMPARE(std::string(crypt_r(hostile.password.c_str(), hash.c_str(), &data)), hash);
        // The same by the parser that cloud-init has.
        QProcess python;
        python.start("python3", {"-c", "import sys, yaml; d = yaml.safe_load(sys.stdin.buffer); "
                                       "print(d['autoinstall']['identity']['realname'], end='')"});
        QVERIFY(python.waitForStarted());
        python.write(text.data(), static_cast<qint64>(text.size()));
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished());
        if (python.exitCode() != 0 && python.readAllStandardError().contains("No module named"))
            QSKIP("no YAML for Python (python3-yaml)");
        QCOMPARE(python.readAllStandardOutput(), QByteArray(hostile.fullName.c_str()));
    }

    void refusesWhatNoLineIs()
    {
        for (const char* bad :
             {"", "a\nb", "a\rb", "a\tb", "a\x7f", "a\xc2\x85", "a\xe2\x80\xa8", "a\xff", "a\xef\xbf\xbf"})
            QCOMPARE(refused([&](InstallAnswers& a) { a.password = bad; }), std::string("unattended.password"));
        for (const char* bad : {"a:b", "a,b", "a\nb", "a\xe2\x80\xae"})
            QCOMPARE(refused([&](InstallAnswers& a) { a.fullName = bad; }), std::string("unattended.fullName"));
        for (const char* bad : {"root", "admin", "www-data", "Ada", "a b", "1a", ""})
            QCOMPARE(refused([&](InstallAnswers& a) { a.user = bad; }), std::string("unattended.user"));
        QCOMPARE(refused([](InstallAnswers& a) { a.language = "de_DE\nx"; }), std::string("unattended.language"));
        QCOMPARE(refused([](InstallAnswers&) {}), std::string());
    }

    /// What libosinfo has for Windows, and what is made of it where the machine starts by UEFI.
    void dividesADiskForUefi()
    {
        const IsoLabel label = labelled("anything");
        for (const std::string version : {"10", "11"}) {
            const std::string system = "http://microsoft.com/win/" + version;
            auto offer = installOffer(system, label);
            QVERIFY(offer.has_value());
            if (offer->profiles.empty())
                QSKIP("libosinfo has no answers for Windows here (osinfo-db)");
            const InstallProfile& profile = offer->profiles.front();
            QCOMPARE(profile.firmwares.front(), std::string(version == "11" ? "uefi" : "bios"));
            InstallAnswers wanted = answers();
            wanted.profile = profile.name;
            wanted.virtio = false;
            wanted.productKey = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
            auto bios = installFiles(system, label, profile, wanted);
            wanted.uefi = true;
            auto uefi = installFiles(system, label, profile, wanted);
            QVERIFY2(bios && uefi, bios ? "" : bios.error().message.c_str());
            pugi::xml_document before, after;
            QVERIFY(before.load_string(bios->files["autounattend.xml"].c_str()));
            QVERIFY(after.load_string(uefi->files["autounattend.xml"].c_str()));
            QCOMPARE(before.select_nodes("//CreatePartition").size(), size_t{1});
            QCOMPARE(before.select_node("//InstallTo/PartitionID").node().child_value(), "1");
            std::string types;
            for (const auto& one : after.select_nodes("//CreatePartitions/CreatePartition"))
                types += std::string(one.node().child_value("Order")) + one.node().child_value("Type") + " ";
            QCOMPARE(types, std::string("1EFI 2MSR 3Primary "));
            QCOMPARE(after.select_nodes("//CreatePartition[Extend='true']").size(), size_t{1});
            QCOMPARE(after.select_nodes("//ModifyPartition[PartitionID='1' and Format='FAT32']").size(), size_t{1});
            QCOMPARE(after.select_nodes("//ModifyPartition[PartitionID='3' and Format='NTFS' and Letter='C']").size(),
                     size_t{1});
            QVERIFY(after.select_nodes("//ModifyPartition[Active]").empty()); // an MBR's flag
            QCOMPARE(after.select_node("//InstallTo/PartitionID").node().child_value(), "3");
            QCOMPARE(after.select_node("//Disk/WillWipeDisk").node().child_value(), "true");
            // Nothing else is another.
            for (pugi::xml_document* one : {&before, &after}) {
                pugi::xml_node disk = one->select_node("//DiskConfiguration/Disk").node();
                disk.remove_child("CreatePartitions");
                disk.remove_child("ModifyPartitions");
                one->select_node("//InstallTo/PartitionID").node().text().set("x");
            }
            std::ostringstream first, second;
            before.document_element().print(first);
            after.document_element().print(second);
            QCOMPARE(first.str(), second.str());
        }
        QVERIFY(!answersForUefi("<unattend/>").has_value());
        QVERIFY(!answersForUefi("no xml").has_value());
        auto seven = installOffer("http://microsoft.com/win/7", label);
        QVERIFY(seven && seven->profiles.front().firmwares == std::vector<std::string>{"bios"});
    }

    /// The seed is in the note, and a drive only of what is started.
    void putsTheSeedIntoTheInstaller()
    {
        for (const char* bus : {"virtio", "sata"}) {
            pugi::xml_document document;
            pugi::xml_node domain = document.append_child("domain");
            appendInstallation(domain.append_child("metadata"),
                               {"/p/kernel", "/p/initrd", "/p/seed & co.iso", "autoinstall", false});
            domain.append_child("os");
            pugi::xml_node target = domain.append_child("devices").append_child("disk").append_child("target");
            target.append_attribute("dev").set_value(std::string_view(bus) == "virtio" ? "vda" : "sda");
            target.append_attribute("bus").set_value(bus);
            std::ostringstream text;
            domain.print(text);
            auto xml = installerXml(text.str());
            QVERIFY(xml.has_value());
            pugi::xml_document started;
            QVERIFY(started.load_string(xml->c_str()));
            pugi::xml_node drive = started.child("domain").child("devices").find_child_by_attribute("device", "cdrom");
            QCOMPARE(std::string(drive.child("source").attribute("file").value()), std::string("/p/seed & co.iso"));
            QCOMPARE(std::string(drive.child("target").attribute("dev").value()),
                     std::string(std::string_view(bus) == "virtio" ? "sda" : "sdb"));
            QVERIFY(drive.child("readonly"));
            QCOMPARE(bool(started.child("domain").child("devices").child("controller")),
                     std::string_view(bus) == "virtio");
            QVERIFY(xml->find("<cmdline>autoinstall</cmdline>") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestInstallAnswers)
#include "tst_install_answers.moc"
