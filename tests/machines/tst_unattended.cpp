// Installations without questions on a real libvirtd under TCG, inside the sandbox: the whole course with an installer
// of three lines, and Debian's own, which must get as far as its mirror without having asked anybody.
#include "base/files.h"
#include "images/modules.h"
#include "machines/machines.h"
#include "twin_store.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>

using namespace diptych;
using namespace diptych::test;

namespace {

constexpr const char* poolPath = "/var/lib/libvirt/images/";

/// Hears what is asked for at the address of the network "default", and has nothing.
class Mirror
{
public:
    Mirror() : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(80);
        inet_pton(AF_INET, "192.168.122.1", &at.sin_addr);
        m_listens =
            bind(m_socket.get(), reinterpret_cast<sockaddr*>(&at), sizeof at) == 0 && listen(m_socket.get(), 8) == 0;
        m_thread = std::thread([this] { serve(); });
    }
    ~Mirror()
    {
        shutdown(m_socket.get(), SHUT_RDWR);
        m_thread.join();
    }
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;
    [[nodiscard]] bool listens() const { return m_listens; }
    std::string asked()
    {
        std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    void serve()
    {
        for (int fd; m_listens && (fd = accept(m_socket.get(), nullptr, nullptr)) >= 0;) {
            UniqueFd client(fd);
            char buffer[4096];
            ssize_t n = recv(fd, buffer, sizeof buffer, 0);
            {
                std::lock_guard lock(m_mutex);
                m_asked.append(buffer, static_cast<size_t>(std::max<ssize_t>(n, 0)));
            }
            (void)writeAll(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }
    UniqueFd m_socket;
    bool m_listens = false;
    std::mutex m_mutex;
    std::string m_asked;
    std::thread m_thread;
};

} // namespace

class TestUnattended : public QObject
{
    Q_OBJECT

    Paths m_paths;
    std::unique_ptr<images::Store> m_store;
    std::unique_ptr<Driver> m_driver;
    std::unique_ptr<Virtualization> m_virtualization;
    Quiet m_quiet;

    Result<Json> call(const std::string& method, const Json& parameters = Json::object())
    {
        return m_virtualization->call("org.diptych.Machines." + method, parameters, m_quiet);
    }
    void newDriver()
    {
        m_driver.reset();
        m_driver = std::move(*machines::makeMachineDriver(m_paths, *m_store));
    }
    Instance now(const std::string& id)
    {
        auto instance = m_driver->describe(id);
        return instance ? *instance : Instance{};
    }
    static Json spec(const std::string& name)
    {
        return {{"name", name},
                {"vcpus", 1},
                {"memory", 1073741824},
                {"firmware", "bios"},
                {"tpm", false},
                {"virtio", true},
                {"disk", {{"kind", "new"}, {"pool", "images"}, {"capacity", 4294967296}}},
                {"medium", {{"pool", "images"}, {"volume", "tiny.iso"}}},
                {"network", "default"},
                {"start", true},
                {"system", "http://debian.org/debian/11"},
                {"unattended",
                 {{"profile", "jeos"},
                  {"user", "ada"},
                  {"password", "Lace-1815"},
                  {"language", "de_DE"},
                  {"timezone", "Europe/Berlin"}}}};
    }
    Result<std::string> create(const Json& wanted)
    {
        Json made = TRY(call("Create", {{"spec", wanted}}));
        return made["ids"][0].get<std::string>();
    }
    /// What its serial line says until this text.
    std::string hear(const std::string& id, const std::string& end, UniqueFd& console)
    {
        auto terminal = m_driver->openTerminal(id, {});
        if (!terminal)
            return terminal.error().message;
        console = std::move(terminal->fd);
        std::string heard;
        for (int i = 0; i < 240 && heard.find(end) == std::string::npos; ++i) {
            pollfd waiting{console.get(), POLLIN, 0};
            if (poll(&waiting, 1, 500) == 0 && write(console.get(), "?\n", 2) < 0)
                break;
            char buffer[4096];
            if (ssize_t n = waiting.revents ? ::read(console.get(), buffer, sizeof buffer) : 0; n > 0)
                heard.append(buffer, static_cast<size_t>(n));
        }
        return heard;
    }
    static Json ubuntu(const std::string& name)
    {
        Json wanted = spec(name);
        wanted["system"] = "http://ubuntu.com/ubuntu/22.10";
        wanted["medium"]["volume"] = "server.iso";
        wanted["network"] = "";
        wanted["unattended"]["profile"] = "server";
        wanted["unattended"]["password"] = "two 'words': # \"quoted\"";
        return wanted;
    }
    static std::string files(const std::string& name)
    {
        return shell("ls " + std::string(poolPath) + " | grep " + name);
    }

private slots:
    void initTestCase()
    {
        auto lacking = openTwinStore(m_paths, m_store, m_quiet);
        OK(lacking);
        if (!lacking->empty())
            QSKIP(lacking->c_str());
        if (!exists("/usr/share/osinfo/install-script/debian.org"))
            QSKIP("libosinfo has no installation scripts here (osinfo-db)");
        newDriver();
        m_virtualization = machines::makeVirtualization(m_paths);
        OK(m_virtualization->call("org.diptych.Storage.CreatePool",
                                  {{"name", "images"}, {"path", "/var/lib/libvirt/images"}}, m_quiet));
        auto kernel = images::findKernel(m_paths);
        OK(kernel);
        shell(DIPTYCH_SOURCE "/tests/support/tiny-installer " + kernel->image + " " + poolPath +
              "tiny.iso; virsh -q pool-refresh images");
        QVERIFY(!files("tiny.iso").empty());
        auto modules = images::modulesFor(kernel->modules, {"virtio_pci", "virtio_scsi", "sr_mod", "isofs"});
        OK(modules);
        std::string command = DIPTYCH_SOURCE "/tests/support/tiny-installer " + kernel->image + " " + poolPath;
        command += "server.iso";
        for (const std::string& module : *modules)
            command += " " + module;
        shell(command + "; virsh -q pool-refresh images");
        QVERIFY(!files("server.iso").empty());
    }

    void offersWhatTheMediumAllows()
    {
        auto offer = call("ListUnattended",
                          {{"pool", "images"}, {"volume", "tiny.iso"}, {"system", "http://debian.org/debian/11"}});
        OK(offer);
        QCOMPARE((*offer)["profiles"].size(), size_t{2});
        QCOMPARE((*offer)["profiles"][0]["name"], Json("jeos"));
        QCOMPARE((*offer)["profiles"][0]["needsInternet"], Json(true));
        QCOMPARE((*offer)["profiles"][0]["firmwares"], (Json{"bios", "uefi"}));
        auto none = call("ListUnattended",
                         {{"pool", "images"}, {"volume", "tiny.iso"}, {"system", "http://microsoft.com/win/2k19"}});
        OK(none);
        QVERIFY((*none)["profiles"].empty() && !(*none)["reason"].get<std::string>().empty());
        auto windows = call("ListUnattended",
                            {{"pool", "images"}, {"volume", "tiny.iso"}, {"system", "http://microsoft.com/win/11"}});
        OK(windows);
        QCOMPARE((*windows)["profiles"][0]["firmwares"], (Json{"uefi", "secureUefi"}));
        shell(
            "mkdir -p /tmp/bare && echo x > /tmp/bare/x && xorriso -as mkisofs -quiet -V 'Debian 11.5.0 amd64 n' -o " +
            std::string(poolPath) + "bare.iso /tmp/bare; virsh -q pool-refresh images");
        auto bare = call("ListUnattended",
                         {{"pool", "images"}, {"volume", "bare.iso"}, {"system", "http://debian.org/debian/11"}});
        OK(bare);
        QVERIFY((*bare)["profiles"].empty());
        QVERIFY((*bare)["reason"].get<std::string>().find("kernel") != std::string::npos);
        auto recognised = call("Recognise", {{"pool", "images"}, {"volume", "tiny.iso"}});
        OK(recognised);
        // This database ends before Debian 12, or it does not.
        QVERIFY((*recognised)["system"]["id"].get<std::string>().starts_with("http://debian.org/debian/1"));
    }

    void offersUbuntusOwnInstaller()
    {
        auto recognised = call("Recognise", {{"pool", "images"}, {"volume", "server.iso"}});
        OK(recognised);
        std::string system = (*recognised)["system"]["id"];
        QVERIFY2(system.starts_with("http://ubuntu.com/ubuntu/2"), system.c_str());
        auto offer = call("ListUnattended", {{"pool", "images"}, {"volume", "server.iso"}, {"system", system}});
        OK(offer);
        QCOMPARE((*offer)["profiles"].size(), size_t{1});
        const Json profile = (*offer)["profiles"][0];
        QCOMPARE(profile["name"], Json("server"));
        QCOMPARE(profile["needsInternet"], Json(false));
        QCOMPARE(profile["secondMedium"], Json(false));
        QCOMPARE(profile["firmwares"], (Json{"bios", "uefi"}));
        // The label of such a medium, and nothing of it.
        shell("mkdir -p /tmp/bare && echo x > /tmp/bare/x && xorriso -as mkisofs -quiet -V 'Ubuntu-Server 24.04 LTS "
              "amd64' -o " +
              std::string(poolPath) + "bare.iso /tmp/bare; virsh -q pool-refresh images");
        auto bare = call("ListUnattended", {{"pool", "images"}, {"volume", "bare.iso"}, {"system", system}});
        OK(bare);
        QVERIFY((*bare)["profiles"].empty());
        QVERIFY((*bare)["reason"].get<std::string>().find("kernel") != std::string::npos);
    }

    void refusesWhatCanNotWork()
    {
        auto refused = [this](const std::string& field, const std::function<void(Json&)>& change) {
            Json wanted = spec("no");
            change(wanted);
            auto made = create(wanted);
            return !made && made.error().field == field;
        };
        QVERIFY(refused("spec.network", [](Json& s) { s["network"] = ""; }));
        QVERIFY(refused("spec.firmware", [](Json& s) { s["firmware"] = "secureUefi"; }));
        QVERIFY(refused("spec.system", [](Json& s) { s["system"] = ""; }));
        QVERIFY(refused("spec.medium", [](Json& s) { s.erase("medium"); }));
        for (const auto& [field, bad] : std::map<std::string, std::string>{{"profile", "nosuch"},
                                                                           {"user", "root"},
                                                                           {"password", "two words"},
                                                                           {"language", "de\nd-i x"},
                                                                           {"timezone", "Europe/Berlin; reboot"}})
            QVERIFY2(refused("unattended." + field, [&](Json& s) { s["unattended"][field] = bad; }), field.c_str());
        auto refusedByUbuntu = [this](const std::string& field, const std::function<void(Json&)>& change) {
            Json wanted = ubuntu("no");
            change(wanted);
            auto made = create(wanted);
            return !made && made.error().field == field;
        };
        QVERIFY(refusedByUbuntu("spec.firmware", [](Json& s) { s["firmware"] = "secureUefi"; }));
        QVERIFY(refusedByUbuntu("unattended.user", [](Json& s) { s["unattended"]["user"] = "backup"; }));
        QVERIFY(refusedByUbuntu("unattended.password", [](Json& s) { s["unattended"]["password"] = "a\nb"; }));
        QCOMPARE(files("'^no'"), std::string());
    }

    void installs()
    {
        auto id = create(spec("tiny"));
        OK(id);
        QVERIFY(now(*id).installing);
        UniqueFd console;
        std::string heard = hear(*id, "ANSWERS-END", console);
        QVERIFY2(heard.find("passwd/username string ada") != std::string::npos, heard.c_str());
        QVERIFY(heard.find("time/zone select Europe/Berlin") != std::string::npos);
        QVERIFY(shell("virsh dumpxml --inactive tiny").find("<kernel>") == std::string::npos);
        // Forced off before its end: the next start begins anew.
        OK(m_driver->stop(*id, std::chrono::seconds(60), m_quiet));
        QVERIFY(now(*id).installing && now(*id).state == State::Stopped);
        OK(m_driver->start(*id, m_quiet));
        heard = hear(*id, "ANSWERS-END", console);
        QVERIFY2(heard.find("passwd/username string ada") != std::string::npos, heard.c_str());
        QVERIFY(files("tiny-installer").find("initrd") != std::string::npos);
        QVERIFY(write(console.get(), "go\n", 3) == 3);
        QVERIFY(eventually(60, [&] { return !now(*id).installing; }));
        QVERIFY(now(*id).state == State::Running);
        std::string xml = shell("virsh dumpxml tiny") + shell("virsh dumpxml --inactive tiny");
        QVERIFY(xml.find("<kernel>") == std::string::npos && xml.find("installation") == std::string::npos);
        QCOMPARE(files("tiny-installer"), std::string());
        OK(m_driver->kill(*id, 9));
        OK(m_driver->remove(*id, true));
    }

    /// Of another course only in how the answers come.
    void installsUbuntu()
    {
        auto id = create(ubuntu("noble"));
        OK(id);
        UniqueFd console;
        std::string heard = hear(*id, "ANSWERS-END", console);
        for (const char* line :
             {"#cloud-config", "\"username\": \"ada\"", "\"timezone\": \"Europe/Berlin\"", "\"path\": \"/dev/vda\""})
            QVERIFY2(heard.find(line) != std::string::npos, heard.c_str());
        QVERIFY2(heard.find("yes|no") == std::string::npos, heard.c_str());
        std::string seed = files("noble-installer-answers");
        QCOMPARE(shell("virsh dumpxml noble | grep -c noble-installer-answers.*iso"), std::string("2\n"));
        std::string content = shell("strings " + std::string(poolPath) + "noble-installer-answers*");
        QVERIFY(content.find("$6$") != std::string::npos && content.find("quoted") == std::string::npos);
        // In the note alone: what it is defined as has no such drive.
        QCOMPARE(shell("virsh dumpxml --inactive noble | grep noble-installer-answers | grep -c '<source'"),
                 std::string("0\n"));
        OK(m_driver->stop(*id, std::chrono::seconds(60), m_quiet));
        QVERIFY(now(*id).installing && now(*id).state == State::Stopped);
        OK(m_driver->start(*id, m_quiet));
        QVERIFY(hear(*id, "ANSWERS-END", console).find("ada") != std::string::npos);
        QVERIFY(write(console.get(), "go\n", 3) == 3);
        QVERIFY(eventually(60, [&] { return !now(*id).installing; }));
        QVERIFY(now(*id).state == State::Running);
        std::string xml = shell("virsh dumpxml noble") + shell("virsh dumpxml --inactive noble");
        QVERIFY(xml.find("<kernel>") == std::string::npos && xml.find("noble-installer") == std::string::npos);
        QCOMPARE(files("noble-installer"), std::string());
        OK(m_driver->kill(*id, 9));
        OK(m_driver->remove(*id, true));
        QCOMPARE(files("noble"), std::string());
    }

    /// Nobody was there when it ended.
    void takesUpWhatEndedMeanwhile()
    {
        auto id = create(spec("later"));
        OK(id);
        UniqueFd console;
        QVERIFY(hear(*id, "ANSWERS-END", console).find("ada") != std::string::npos);
        m_driver.reset();
        QVERIFY(write(console.get(), "go\n", 3) == 3);
        QVERIFY(eventually(60, [] { return shell("virsh domstate later").find("shut off") != std::string::npos; }));
        newDriver();
        QVERIFY(eventually(60, [&] { return now(*id).state == State::Running && !now(*id).installing; }));
        QCOMPARE(files("later-installer"), std::string());
        OK(m_driver->kill(*id, 9));
        OK(m_driver->remove(*id, true));
    }

    void takesTheInstallerAlong()
    {
        Json wanted = spec("gone");
        wanted["start"] = false;
        auto id = create(wanted);
        OK(id);
        QVERIFY(!files("gone-installer").empty());
        auto clone = call("Clone", {{"id", *id}, {"name", "twice"}, {"linked", false}});
        OK(clone);
        QVERIFY(shell("virsh dumpxml twice").find("installation") == std::string::npos); // its files are the original's
        OK(m_driver->remove((*clone)["ids"][0].get<std::string>(), true));
        OK(m_driver->remove(*id, true));
        QCOMPARE(files("gone"), std::string());
        wanted = ubuntu("gone");
        wanted["start"] = false;
        id = create(wanted);
        OK(id);
        QVERIFY(files("gone-installer").find("answers") != std::string::npos);
        OK(m_driver->remove(*id, true));
        QCOMPARE(files("gone"), std::string());
    }

    void answersWindowsOnASecondMedium()
    {
        Json wanted = spec("win");
        wanted["start"] = false;
        wanted["virtio"] = false;
        wanted["system"] = "http://microsoft.com/win/10";
        wanted["unattended"]["productKey"] = "AAAA";
        auto refused = create(wanted);
        QVERIFY(!refused && refused.error().field == "unattended.productKey");
        wanted["unattended"]["productKey"] = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
        auto id = create(wanted);
        OK(id);
        QVERIFY(!now(*id).installing); // it looks there by itself, in each of its starts
        std::string iso = std::string(poolPath) + "win-answers.iso";
        std::string answers = shell("xorriso -osirrox on -indev " + iso +
                                    " -extract / /tmp/win >/dev/null 2>&1; cat /tmp/win/autounattend.xml");
        QVERIFY2(answers.find("EEEEE") != std::string::npos && answers.find("amd64") != std::string::npos,
                 answers.c_str());
        QVERIFY(shell("virsh dumpxml win").find(iso) != std::string::npos);
        OK(m_driver->remove(*id, true));
        shell("rm -f " + iso);
    }

    /// From its first line to the mirror: language, keyboard, network, host name and mirror are answered.
    void debianAsksNothing()
    {
        std::string at = shell("ls -d /usr/lib/debian-installer/images/*/amd64/text/debian-installer/amd64 2>/dev/null "
                               "| tail -1 | tr -d '\\n'");
        if (at.empty())
            QSKIP("no Debian installer (debian-installer-12-netboot-amd64)");
        shell("mkdir -p /tmp/medium/install.amd && cp " + at + "/linux /tmp/medium/install.amd/vmlinuz && cp " + at +
              "/initrd.gz /tmp/medium/install.amd/ && xorriso -as mkisofs -quiet -R -V 'Debian 12.5.0 amd64 n' -o " +
              poolPath + "debian.iso /tmp/medium; rm -r /tmp/medium; virsh -q pool-refresh images");
        Mirror mirror;
        QVERIFY(mirror.listens());
        shell("virsh -q net-update default add dns-host \"<host ip='192.168.122.1'><hostname>deb.debian.org</hostname>"
              "</host>\" --live");
        Json wanted = spec("debian");
        wanted["medium"]["volume"] = "debian.iso";
        auto id = create(wanted);
        OK(id);
        QVERIFY(eventually(600, [&] { return mirror.asked().find("GET /debian/dists/") != std::string::npos; }));
        OK(m_driver->stop(*id, std::chrono::seconds(10), m_quiet));
        OK(m_driver->remove(*id, true));
        shell("rm -f " + std::string(poolPath) + "*.iso");
    }
};

// Qt's event loop would hold the one that libvirt's events come by.
QTEST_APPLESS_MAIN(TestUnattended)
#include "tst_unattended.moc"
