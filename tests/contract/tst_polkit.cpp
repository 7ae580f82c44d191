// Users who are neither root nor in the group are asked about at polkit: here at one of ours, on a bus of its own.
#include "support/helper_process.h"

#include <QStandardPaths>
#include <atomic>
#include <map>
#include <mutex>
#include <systemd/sd-bus.h>
#include <thread>

using namespace diptych;
using varlink::Client;

namespace {

enum class Answer { Yes, No, Challenge, Error, Never };

struct Question
{
    std::string action, subject, cancellation;
    uint32_t pid = 0, flags = 0;
    int32_t uid = -1;
    uint64_t startTime = 0;
    std::map<std::string, std::string> details;
};

/// org.freedesktop.PolicyKit1 as far as the helper uses it, on a thread.
class Authority
{
public:
    bool start(const std::string& address)
    {
        if (sd_bus_new(&m_bus) < 0 || sd_bus_set_address(m_bus, address.c_str()) < 0 ||
            sd_bus_set_bus_client(m_bus, 1) < 0 || sd_bus_start(m_bus) < 0 ||
            sd_bus_request_name(m_bus, "org.freedesktop.PolicyKit1", 0) < 0 ||
            sd_bus_add_filter(m_bus, nullptr, onMessage, this) < 0)
            return false;
        m_thread = std::thread([this] {
            while (!m_end) {
                if (sd_bus_process(m_bus, nullptr) == 0)
                    sd_bus_wait(m_bus, 50000);
            }
        });
        return true;
    }
    ~Authority()
    {
        m_end = true;
        if (m_thread.joinable())
            m_thread.join();
        sd_bus_flush_close_unref(m_bus);
    }
    Question last()
    {
        std::lock_guard lock(m_mutex);
        return m_last;
    }
    std::atomic<Answer> answer{Answer::No};
    std::atomic<int> asked{0}, cancelled{0};
    std::string denied; ///< this action, whatever the answer is; set while nobody asks

private:
    static int onMessage(sd_bus_message* message, void* data, sd_bus_error* /*error*/)
    {
        auto* self = static_cast<Authority*>(data);
        if (sd_bus_message_is_method_call(message, "org.freedesktop.PolicyKit1.Authority",
                                          "CancelCheckAuthorization")) {
            ++self->cancelled;
            return sd_bus_reply_method_return(message, "");
        }
        if (!sd_bus_message_is_method_call(message, "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization"))
            return 0;
        return self->check(message);
    }
    static void readSubject(sd_bus_message* message, Question& q)
    {
        const char* text = nullptr;
        sd_bus_message_enter_container(message, 'r', "sa{sv}");
        sd_bus_message_read(message, "s", &text);
        q.subject = text;
        sd_bus_message_enter_container(message, 'a', "{sv}");
        while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
            sd_bus_message_read(message, "s", &text);
            std::string key = text;
            if (key == "pid")
                sd_bus_message_read(message, "v", "u", &q.pid);
            else if (key == "uid")
                sd_bus_message_read(message, "v", "i", &q.uid);
            else
                sd_bus_message_read(message, "v", "t", &q.startTime);
            sd_bus_message_exit_container(message);
        }
        sd_bus_message_exit_container(message);
        sd_bus_message_exit_container(message);
    }
    int check(sd_bus_message* message)
    {
        Question q;
        const char *text = nullptr, *value = nullptr;
        readSubject(message, q);
        sd_bus_message_read(message, "s", &text);
        q.action = text;
        sd_bus_message_enter_container(message, 'a', "{ss}");
        while (sd_bus_message_read(message, "{ss}", &text, &value) > 0)
            q.details[text] = value;
        sd_bus_message_exit_container(message);
        sd_bus_message_read(message, "us", &q.flags, &text);
        q.cancellation = text;
        {
            std::lock_guard lock(m_mutex);
            m_last = q;
        }
        ++asked;
        if (answer == Answer::Never)
            return 1;
        if (answer == Answer::Error)
            return sd_bus_reply_method_errorf(message, "org.freedesktop.PolicyKit1.Error.Failed",
                                              "it was told to fail");
        return sd_bus_reply_method_return(message, "(bba{ss})", answer == Answer::Yes && q.action != denied,
                                          answer == Answer::Challenge, 0);
    }

    sd_bus* m_bus = nullptr;
    std::thread m_thread;
    std::atomic<bool> m_end{false};
    std::mutex m_mutex;
    Question m_last;
};

} // namespace

class TestPolkit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asksAboutTheRightOne();
    void answers_data();
    void answers();
    void lookingAsksNoPassword();
    void lostClient();
    void rootIsNotAsked();
    void othersConnections();
    void busGoes();

private:
    /// What nobody gets for starting an instance: 0 operations, 1 denied, more something else.
    int start(int milliseconds = 10000)
    {
        return asNobody([this, milliseconds] {
            auto client = Client::connect(m_helper.socket());
            if (!client || !client->send("org.diptych.Instances.Start", {{"ids", {"x\ny"}}}))
                return 2;
            auto reply = client->receive(std::chrono::milliseconds(milliseconds));
            if (!reply)
                return 3;
            return reply->error.empty() ? 0 : reply->error == "org.diptych.PermissionDenied" ? 1 : 4;
        });
    }
    QTemporaryDir m_directory;
    QProcess m_bus;
    std::unique_ptr<Authority> m_authority;
    HelperProcess m_helper;
};

void TestPolkit::initTestCase()
{
    signal(SIGPIPE, SIG_IGN);
    if (geteuid() != 0)
        QSKIP("needs root, to become nobody");
    if (QStandardPaths::findExecutable("dbus-daemon").isEmpty())
        QSKIP("dbus-daemon is not installed");
    QString address = "unix:path=" + m_directory.filePath("bus");
    m_bus.start("dbus-daemon", {"--session", "--nofork", "--nopidfile", "--address=" + address});
    QVERIFY(m_bus.waitForStarted());
    QTRY_VERIFY(QFile::exists(m_directory.filePath("bus")));
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toUtf8());
    m_authority = std::make_unique<Authority>();
    QVERIFY(m_authority->start(address.toStdString()));
    QVERIFY(m_helper.start());
}

void TestPolkit::asksAboutTheRightOne()
{
    m_authority->answer = Answer::Yes;
    QCOMPARE(start(), 0);
    Question q = m_authority->last();
    QCOMPARE(q.action, std::string("org.diptych.lifecycle"));
    QCOMPARE(q.subject, std::string("unix-process"));
    QCOMPARE(q.uid, 65534);
    QVERIFY(q.pid > 1 && q.startTime > 0);
    QCOMPARE(q.flags, 1U);
    QCOMPARE(q.details["verb"], std::string("Start"));
    QVERIFY2(q.details["object"].find('\n') == std::string::npos, "a line break reached the prompt");
}

void TestPolkit::answers_data()
{
    QTest::addColumn<int>("answer");
    QTest::addColumn<int>("gets");
    QTest::newRow("yes") << int(Answer::Yes) << 0;
    QTest::newRow("no") << int(Answer::No) << 1;
    QTest::newRow("challenge") << int(Answer::Challenge) << 1;
    QTest::newRow("error") << int(Answer::Error) << 1;
}

void TestPolkit::answers()
{
    QFETCH(int, answer);
    QFETCH(int, gets);
    m_authority->answer = Answer(answer);
    QCOMPARE(start(), gets);
}

void TestPolkit::lookingAsksNoPassword()
{
    m_authority->answer = Answer::Yes;
    int status = asNobody(
        [this] { return callOn(m_helper.socket(), "org.diptych.Instances.List").contains("instances") ? 0 : 1; });
    QCOMPARE(status, 0);
    QCOMPARE(m_authority->last().action, std::string("org.diptych.observe"));
    QCOMPARE(m_authority->last().flags, 0U);
}

/// The dialog is open, and who asked goes: nothing is done, the dialog is taken away.
void TestPolkit::lostClient()
{
    m_authority->answer = Answer::Never;
    for (int i = 0; i < 20; ++i) {
        int asked = m_authority->asked, cancelled = m_authority->cancelled;
        QCOMPARE(start(50), 3);
        QTRY_VERIFY(m_authority->cancelled > cancelled || m_authority->asked == asked);
    }
    QVERIFY(m_authority->cancelled > 0);
    m_authority->answer = Answer::Yes;
    QCOMPARE(start(), 0); // none is counted as pending any more
    QCOMPARE(m_authority->last().flags, 1U);
}

void TestPolkit::rootIsNotAsked()
{
    int asked = m_authority->asked;
    QVERIFY(callOn(m_helper.socket(), "org.diptych.Instances.Start", {{"ids", {"x"}}}).contains("operations"));
    QCOMPARE(int(m_authority->asked), asked);
}

/// A connection's process acts with its owner's rights: who is not the owner needs one more.
void TestPolkit::othersConnections()
{
    auto add = [this](const char* name) {
        return callOn(m_helper.socket(), "org.diptych.Connections.Add", {{"name", name}, {"uri", "test:///default"}});
    };
    m_authority->answer = Answer::Yes;
    Json roots = add("roots");
    if (!roots.contains("id"))
        QSKIP(("no connections here: " + roots.dump()).c_str());
    auto pools = [this](const std::string& connection) {
        Json answer = callOn(m_helper.socket(), "org.diptych.Storage.ListPools", {{"connection", connection}});
        return answer.contains("pools") ? 0 : answer.value("error", "") == "org.diptych.PermissionDenied" ? 1 : 2;
    };
    auto connected = [this](const std::string& id) {
        Json answer = callOn(m_helper.socket(), "org.diptych.Connections.List");
        for (const Json& one : answer["connections"])
            if (one["id"] == id)
                return one["state"] == "connected";
        return false;
    };
    std::string of = roots["id"];
    QTRY_VERIFY(connected(of));
    QCOMPARE(pools(of), 0); // root's own
    QCOMPARE(asNobody([&] { return pools(of); }), 0);
    QCOMPARE(m_authority->last().action, std::string("org.diptych.lifecycle.other"));
    m_authority->denied = "org.diptych.lifecycle.other";
    QCOMPARE(asNobody([&] { return pools(of); }), 1);
    // Moving a machine there is acting there too.
    QCOMPARE(asNobody([&] {
                 return callOn(m_helper.socket(), "org.diptych.Machines.CheckMigration",
                               {{"id", "x"}, {"to", of}, {"copyStorage", false}})
                                    .value("error", "") == "org.diptych.PermissionDenied"
                            ? 1
                            : 0;
             }),
             1);
    // One's own needs nothing more.
    QCOMPARE(asNobody([&] {
                 Json mine = add("mine");
                 for (int i = 0; i < 200 && mine.contains("id") && !connected(mine["id"]); ++i)
                     QThread::msleep(50);
                 return mine.contains("id") ? pools(mine["id"]) : 3;
             }),
             0);
    m_authority->denied.clear();
}

void TestPolkit::busGoes()
{
    m_authority->answer = Answer::Never;
    std::thread later([this] {
        QThread::msleep(500);
        kill(pid_t(m_bus.processId()), SIGTERM);
    });
    int gets = start();
    later.join();
    m_bus.waitForFinished(5000);
    QCOMPARE(gets, 1);    // asked, never answered, the bus went
    QCOMPARE(start(), 1); // no bus at all
    QVERIFY(callOn(m_helper.socket(), "org.diptych.Ping").contains("version"));
}

QTEST_GUILESS_MAIN(TestPolkit)
#include "tst_polkit.moc"
