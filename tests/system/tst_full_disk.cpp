// The state on a file system that fills up while instances run: every refusal says so, nothing is lost or half made,
// what runs goes on and can be ended and deleted, and a restarted helper finds it all again.
#include "base/files.h"
#include "system/real_helper.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;
using diptych::UniqueFd;
using diptych::writeAll;

namespace {

const QString state = u"/var/lib/diptych"_s;

const QString pool = u"/var/lib/libvirt/images"_s; ///< of disks that are imported

struct Answer
{
    QJsonObject json;
    QString error;
};

Answer call(const QString& method, const QJsonObject& parameters = {})
{
    QProcess process;
    process.start(RealHelper::program(u"diptychd"_s),
                  {u"call"_s, u"org.diptych."_s + method,
                   QString::fromUtf8(QJsonDocument(parameters).toJson(QJsonDocument::Compact))});
    if (!process.waitForFinished(120000))
        return {{}, u"no answer"_s};
    return {QJsonDocument::fromJson(process.readAllStandardOutput()).object(),
            QString::fromUtf8(process.readAllStandardError())};
}

/// What became of it: "" or the error.
QString outcome(const Answer& answer)
{
    QString id = answer.json["operation"].toString();
    if (id.isEmpty() && !answer.json["operations"].toArray().isEmpty())
        id = answer.json["operations"].toArray().first().toString();
    if (id.isEmpty())
        return answer.error;
    const QJsonObject operation = call(u"Operations.Wait"_s, {{"id", id}}).json["operation"].toObject();
    if (operation["state"].toString() == u"done"_s)
        return {};
    return operation["error"].toString() + u' ' + operation["errorParameters"].toObject()["message"].toString();
}

QString create(const QString& name, bool twins)
{
    const QJsonObject limits{{"cpus", 1}, {"memory", 134217728}, {"pids", 64}};
    const QJsonObject spec{{"name", name},
                           {"kind", "container"},
                           {"image", "busybox:latest"},
                           {"command", QJsonArray{"sleep", "100000"}},
                           {"environment", QJsonArray()},
                           {"user", ""},
                           {"workingDirectory", ""},
                           {"terminal", false},
                           {"limits", limits},
                           {"network", QJsonObject{{"mode", "nat"}, {"name", "default"}}},
                           {"ports", QJsonArray()},
                           {"twin", ""}};
    return outcome(call(u"Instances.Create"_s, {{"spec", spec}, {"twins", twins}, {"start", true}}));
}

QMap<QString, QJsonObject> instances()
{
    QMap<QString, QJsonObject> found;
    const QJsonArray list = call(u"Instances.List"_s).json["instances"].toArray();
    for (const QJsonValue value : list)
        found[value["context"]["name"].toString()] = value.toObject();
    return found;
}

QString idOf(const QString& name)
{
    return instances()[name]["id"].toString();
}

void fill()
{
    QFile file(state + u"/filler"_s);
    QVERIFY(file.open(QIODevice::Append | QIODevice::Unbuffered));
    const QByteArray zeros(4096, '\0');
    while (file.write(zeros) > 0) {
    }
}

/// ImportAppliance with this archive, or with none of so many bytes: the operation or the error.
Answer sendAppliance(const QJsonObject& spec, const QString& archive, qint64 size)
{
    QFile file(archive);
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    strcpy(at.sun_path, "/run/diptych/diptych.sock");
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&at), sizeof at) < 0)
        return {{}, QString::fromLocal8Bit(strerror(errno))};
    if (!archive.isEmpty() && file.open(QIODevice::ReadOnly))
        size = file.size();
    const QJsonObject call{{"method", "org.diptych.Machines.ImportAppliance"},
                           {"upgrade", true},
                           {"parameters", QJsonObject{{"spec", spec}, {"size", size}}}};
    const QByteArray text = QJsonDocument(call).toJson(QJsonDocument::Compact);
    (void)writeAll(fd.get(), {text.constData(), size_t(text.size()) + 1}); // with its NUL
    QByteArray answer;
    for (char c = 1; ::read(fd.get(), &c, 1) == 1 && c != 0;)
        answer += c;
    const QJsonObject json = QJsonDocument::fromJson(answer).object();
    if (json.contains("error"))
        return {json["parameters"].toObject(),
                json["error"].toString() + u' ' + json["parameters"]["message"].toString()};
    while (file.isOpen() && !file.atEnd()) {
        const QByteArray part = file.read(1 << 20);
        if (!writeAll(fd.get(), {part.constData(), size_t(part.size())}))
            break;
    }
    ::shutdown(fd.get(), SHUT_WR);
    return {json["parameters"].toObject(), {}};
}

/// A machine whose disk is small as it comes, and large as it is.
bool makeAppliance(const QString& directory)
{
    const QString script =
        u"set -e; cd %1; yes 'the same again' | head -c 300M >disk.raw; "
        "qemu-img convert -O vmdk -o subformat=streamOptimized -f raw disk.raw disk.vmdk; rm disk.raw; "
        "tar --format=ustar -cf full.ova full.ovf disk.vmdk"_s.arg(directory);
    QFile ovf(directory + u"/full.ovf"_s);
    if (!ovf.open(QIODevice::WriteOnly))
        return false;
    ovf.write(R"(<Envelope xmlns:ovf="o" xmlns:rasd="r"><References><File ovf:id="f" ovf:href="disk.vmdk"/></References>
<DiskSection><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="314572800"/></DiskSection>
<VirtualSystem ovf:id="full"><VirtualHardwareSection><Item><rasd:InstanceID>1</rasd:InstanceID>
<rasd:HostResource>ovf:/disk/d</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
</VirtualHardwareSection></VirtualSystem></Envelope>)");
    ovf.close();
    return QProcess::execute(u"sh"_s, {u"-c"_s, script}) == 0;
}

} // namespace

class TestFullDisk final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refusesToCreate();
    void renamesNothing();
    void restarts();
    void endsAndDeletes();
    void goesOnWithRoom();
    void importsNoMachine();
    void cleanupTestCase();

private:
    RealHelper m_helper;
};

void TestFullDisk::initTestCase()
{
    if (geteuid() != 0 || !qEnvironmentVariableIsSet("DIPTYCH_SANDBOX"))
        QSKIP("needs root, in tests/support/sandbox");
    QVERIFY2(mount("full", qPrintable(state), "tmpfs", 0, "mode=0700,size=600m") == 0, strerror(errno));
    QVERIFY(QDir().mkpath(pool));
    QVERIFY2(mount("full", qPrintable(pool), "tmpfs", 0, "mode=0711,size=420m") == 0, strerror(errno));
    QVERIFY(QFile::link(RealHelper::kernels(), state + u"/kernels"_s));
    QVERIFY(m_helper.start());
    QCOMPARE(outcome(call(u"Images.BuildTemplate"_s, {{"template", "busybox"}, {"reference", "busybox:latest"}})),
             QString());
    QCOMPARE(create(u"a"_s, true), QString());
    QCOMPARE(call(u"Activity.List"_s).json["entries"].toArray().size(), 3);
    fill();
}

void TestFullDisk::refusesToCreate()
{
    for (bool twins : {false, true}) {
        const QString why = create(u"b"_s, twins);
        QVERIFY2(why.startsWith(u"org.diptych.NoSpace"_s), qPrintable(why));
    }
    const QString why =
        outcome(call(u"Images.BuildTemplate"_s, {{"template", "busybox"}, {"reference", "two:latest"}}));
    QVERIFY2(why.startsWith(u"org.diptych.NoSpace"_s), qPrintable(why));
    QCOMPARE(instances().keys(), (QStringList{u"a"_s, u"a-vm"_s}));
    QCOMPARE(QDir(state + u"/instances"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 2);
    QVERIFY(QDir(state + u"/trash"_s).isEmpty());
    QCOMPARE(call(u"Images.List"_s).json["images"].toArray().size(), 1);
}

/// What is known to find no room is not even sent; what turns out to find none leaves nothing.
void TestFullDisk::importsNoMachine()
{
    const QJsonObject disk{{"kind", "existing"}, {"pool", "diptych"}};
    const QJsonObject spec{{"name", "full"},     {"vcpus", 1},     {"memory", 134217728},
                           {"firmware", "bios"}, {"tpm", false},   {"virtio", true},
                           {"network", ""},      {"start", false}, {"disk", disk}};
    const Answer refused = sendAppliance(spec, {}, 100 << 20);
    QVERIFY2(refused.error.startsWith(u"org.diptych.NoSpace"_s), qPrintable(refused.error));
    QVERIFY2(refused.error.contains(u"456 MiB are needed"_s), qPrintable(refused.error)); // twice, and the reserve
    QTemporaryDir directory;
    QVERIFY(makeAppliance(directory.path()));
    const QString archive = directory.filePath(u"full.ova"_s);
    QVERIFY(QFileInfo(archive).size() < 50 << 20);
    const Answer taken = sendAppliance(spec, archive, 0);
    QCOMPARE(taken.error, QString());
    const QString why = outcome(taken);
    QVERIFY2(why.startsWith(u"org.diptych.NoSpace"_s), qPrintable(why));
    for (const QString& name : {u"diptych"_s, u"diptych.staging"_s, u"diptych.staging.making"_s})
        QVERIFY2(QDir(pool + u'/' + name).isEmpty(), qPrintable(name));
    QVERIFY(QProcess::execute(u"virsh"_s, {u"-q"_s, u"dominfo"_s, u"full"_s}) != 0);
    QVERIFY(!instances().contains(u"full"_s));
}

void TestFullDisk::renamesNothing()
{
    QCOMPARE(outcome(call(u"Instances.Kill"_s, {{"ids", QJsonArray{idOf(u"a-vm"_s)}}})), QString());
    QTRY_COMPARE_WITH_TIMEOUT(instances()[u"a-vm"_s]["runtime"].toObject()["state"].toString(), u"stopped"_s, 20000);
    for (const QString& name : {u"a"_s, u"a-vm"_s}) {
        const Answer answer = call(u"Instances.Rename"_s, {{"id", idOf(name)}, {"name", "z"}});
        QVERIFY2(answer.error.contains(u"org.diptych.NoSpace"_s), qPrintable(answer.error));
    }
    QCOMPARE(instances().keys(), (QStringList{u"a"_s, u"a-vm"_s}));
}

void TestFullDisk::restarts()
{
    m_helper.kill();
    QVERIFY(m_helper.start());
    QTRY_COMPARE_WITH_TIMEOUT(instances().keys(), (QStringList{u"a"_s, u"a-vm"_s}),
                              20000); // the old socket is still there
    QCOMPARE(instances()[u"a"_s]["runtime"].toObject()["state"].toString(), u"running"_s);
    QCOMPARE(instances()[u"a-vm"_s]["runtime"].toObject()["state"].toString(), u"stopped"_s);
    // A full disk is no damage: the history stays where it is.
    QVERIFY(QDir(state).entryList({u"activity.sqlite.damaged-*"_s}).isEmpty());
}

void TestFullDisk::endsAndDeletes()
{
    QCOMPARE(outcome(call(u"Instances.Kill"_s, {{"ids", QJsonArray{idOf(u"a"_s)}}})), QString());
    QTRY_COMPARE_WITH_TIMEOUT(instances()[u"a"_s]["runtime"].toObject()["state"].toString(), u"stopped"_s, 20000);
    QCOMPARE(
        outcome(call(u"Instances.Delete"_s, {{"ids", QJsonArray{idOf(u"a-vm"_s)}}, {"force", false}, {"disks", true}})),
        QString());
    QCOMPARE(instances().keys(), QStringList{u"a"_s});
}

void TestFullDisk::goesOnWithRoom()
{
    QVERIFY(QFile::remove(state + u"/filler"_s));
    m_helper.stop();
    QVERIFY(m_helper.start());
    QVERIFY(call(u"Activity.List"_s).json["entries"].toArray().size() >= 3);
    QCOMPARE(create(u"b"_s, true), QString());
    QCOMPARE(outcome(call(
                 u"Instances.Delete"_s,
                 {{"ids", QJsonArray{idOf(u"a"_s), idOf(u"b"_s), idOf(u"b-vm"_s)}}, {"force", true}, {"disks", true}})),
             QString());
    QTRY_VERIFY_WITH_TIMEOUT(instances().isEmpty(), 20000);
}

void TestFullDisk::cleanupTestCase()
{
    m_helper.stop();
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
