// The images' roads in and out over the socket, with a store that pretends.
#include "support/helper_process.h"

#include "base/fd.h"

#include <sys/socket.h>

using namespace diptych;
using varlink::Client;

class TestImagesApi : public QObject
{
    Q_OBJECT

    std::unique_ptr<HelperProcess> m_helper;

    Json call(const std::string& method, const Json& parameters = Json::object())
    {
        return callOn(m_helper->socket(), "org.diptych." + method, parameters);
    }
    Json wait(const Json& begun)
    {
        return begun.contains("operation") ? call("Operations.Wait", {{"id", begun["operation"]}})["operation"] : begun;
    }
    std::string idOf(const std::string& name)
    {
        Json all = call("Instances.List");
        for (const Json& one : all["instances"])
            if (one["context"]["name"] == name)
                return one["id"].get<std::string>();
        return {};
    }
    /// Sends bytes as an archive that was announced with this size; how it ended.
    Json import(const std::string& bytes, size_t announced, Json more = Json::object())
    {
        more.update({{"reference", "sent:1"}, {"size", announced}, {"format", "auto"}});
        auto client = Client::connect(m_helper->socket());
        if (!client || !client->send("org.diptych.Images.Import", more, {{"upgrade", true}}))
            return {};
        auto reply = client->receive(std::chrono::seconds(5));
        if (!reply || !reply->error.empty())
            return reply ? Json{{"error", reply->error}, {"parameters", reply->parameters}} : Json();
        (void)writeAll(client->fd(), bytes);
        (void)::shutdown(client->fd(), SHUT_WR);
        return wait(reply->parameters);
    }

private slots:
    void initTestCase()
    {
        m_helper = std::make_unique<HelperProcess>();
        QVERIFY(m_helper->start());
    }
    void cleanupTestCase() { m_helper.reset(); }

    void pullsTellingBytes()
    {
        auto client = Client::connect(m_helper->socket());
        QVERIFY(client->send("org.diptych.Operations.Subscribe", Json::object(), {{"more", true}}));
        QVERIFY(client->receive(std::chrono::seconds(5)));
        Json begun = call("Images.Pull", {{"reference", "nginx:1.27"}});
        bool told = false;
        for (int i = 0; i < 50 && !told; ++i) {
            auto reply = client->receive(std::chrono::seconds(5));
            QVERIFY(reply);
            for (const Json& operation : reply->parameters["operations"])
                told = told || (operation.contains("parts") && operation["parts"].size() == 2 &&
                                operation["parts"][1]["done"].get<int64_t>() > 0);
        }
        QVERIFY(told);
        QCOMPARE(wait(begun)["result"]["reference"], Json("nginx:1.27"));
        QCOMPARE(call("Images.Pull", {{"reference", "UPPER"}})["parameters"]["field"], Json("reference"));
        Json second = call("Images.Pull", {{"reference", "nginx:1.28"}});
        QVERIFY(call("Operations.Cancel", {{"id", second["operation"]}}).empty());
        QCOMPARE(wait(second)["state"], Json("cancelled"));
    }

    void keepsPasswordsToItself()
    {
        Json login = {{"registry", "localhost:5000"}, {"username", "me"}, {"password", "wrong"}};
        QCOMPARE(call("Images.Login", login)["error"], Json("org.diptych.PermissionDenied"));
        login["password"] = "hunter2-is-secret";
        QVERIFY(call("Images.Login", login).empty());
        QCOMPARE(call("Images.ListRegistries")["registries"][0]["username"], Json("me"));
        login["username"] = "-x";
        QCOMPARE(call("Images.Login", login)["parameters"]["field"], Json("username"));
        QVERIFY(dumpJson(call("Activity.List")).find("hunter2") == std::string::npos);
        QVERIFY(call("Images.Logout", {{"registry", "localhost:5000"}}).empty());
        QVERIFY(call("Images.ListRegistries")["registries"].empty());
    }

    void takesArchives()
    {
        Json done = import(std::string(3000000, 'a'), 3000000);
        QCOMPARE(done["state"], Json("done"));
        QCOMPARE(done["result"]["references"], Json({"sent:1"}));
        QCOMPARE(import("only a part", 3000000)["state"], Json("failed"));
        QCOMPARE(import("garbage", 7)["state"], Json("failed"));
        QCOMPARE(import("", 0)["parameters"]["field"], Json("size"));
        QCOMPARE(import("a", 1, {{"environment", {"no equals"}}})["parameters"]["field"], Json("environment"));
        QCOMPARE(import("a", 1, {{"workingDirectory", "here"}})["parameters"]["field"], Json("workingDirectory"));
        // More than there is room for is refused before a byte is taken.
        QCOMPARE(import("a", size_t{1} << 60)["error"], Json("org.diptych.NoSpace"));
    }

    void givesArchivesOnce()
    {
        Json ready = wait(call("Images.Export", {{"reference", "busybox:latest"}, {"format", "ociArchive"}}))["result"];
        QCOMPARE(ready["name"], Json("busybox-latest.oci.tar"));
        auto client = Client::connect(m_helper->socket());
        QVERIFY(client->send("org.diptych.Images.Download", {{"download", ready["download"]}}, {{"upgrade", true}}));
        auto reply = client->receive(std::chrono::seconds(5));
        QVERIFY(reply && reply->error.empty());
        QCOMPARE(reply->parameters["size"], ready["size"]);
        std::string have = client->takeRest();
        char bytes[256];
        for (ssize_t n = 0; (n = ::read(client->fd(), bytes, sizeof bytes)) > 0;)
            have.append(bytes, static_cast<size_t>(n));
        QCOMPARE(have, std::string("oci-archive of busybox:latest"));
        auto second = Client::connect(m_helper->socket());
        QVERIFY(second->send("org.diptych.Images.Download", {{"download", ready["download"]}}, {{"upgrade", true}}));
        QCOMPARE(second->receive(std::chrono::seconds(5))->error, std::string("org.diptych.NotFound"));
        QCOMPARE(wait(call("Images.Export", {{"reference", "none"}, {"format", "ociArchive"}}))["state"],
                 Json("failed"));
    }

    void commitsBothKinds()
    {
        Json done = wait(call("Images.Commit", {{"instance", idOf("web")}, {"reference", "mine:2"}}));
        QCOMPARE(done["result"]["reference"], Json("mine:2"));
        QCOMPARE(call("Images.Commit", {{"instance", "x"}, {"reference", "mine:2"}})["error"],
                 Json("org.diptych.NotFound"));
        QVERIFY(call("Instances.ListChanges", {{"id", idOf("web")}})["changes"].size() == 3);
        for (const Json& one : call("Instances.List")["instances"])
            if (one["context"]["kind"] == "machine")
                QCOMPARE(call("Instances.ListChanges", {{"id", one["id"]}})["error"], Json("org.diptych.NotSupported"));
        const std::string machine = idOf("web-vm");
        auto commit = [&] { return wait(call("Images.Commit", {{"instance", machine}, {"reference", "mine:3"}})); };
        QCOMPARE(commit()["error"], Json("org.diptych.WrongState"));
        Json stop = call("Instances.Stop", {{"ids", {machine}}});
        wait({{"operation", stop["operations"][0]}});
        QCOMPARE(commit()["result"]["reference"], Json("mine:3"));
    }

    void prunesWhatNobodyUses()
    {
        Json plan = call("Images.Prune", {{"dryRun", true}});
        QVERIFY(!plan["images"].empty());
        QVERIFY(dumpJson(plan["kept"]).find("busybox:latest") != std::string::npos);
        size_t before = call("Images.List")["images"].size();
        QCOMPARE(call("Images.Prune", {{"dryRun", false}})["images"], plan["images"]);
        QCOMPARE(call("Images.List")["images"].size(), before - plan["images"].size());
    }
};

QTEST_GUILESS_MAIN(TestImagesApi)
#include "tst_images_api.moc"
