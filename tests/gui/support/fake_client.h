// A client without a connection: a test emits the streams and answers the calls that it looks at.
#pragma once

#include "client/client.h"

namespace diptych::test {

namespace c = diptych::client;

inline c::Instance instance(const QString& id, const QString& name, c::Kind kind = c::Kind::Container,
                            c::State state = c::State::Running)
{
    c::Instance one;
    one.id = id;
    one.context.name = name;
    one.context.kind = kind;
    one.context.image = QStringLiteral("localhost/busybox:1");
    one.runtime.state = state;
    one.runtime.startedAt = state == c::State::Running ? 1'700'000'000'000 : 0;
    return one;
}

class FakeClient final : public c::Client
{
public:
    void setState(c::ConnectionState state)
    {
        m_state = state;
        emit stateChanged(state);
    }
    QStringList calls;                      ///< names, in order
    QList<c::Point> historyAnswer;          ///< of every instance
    QList<c::ActivityEntry> activityAnswer; ///< of every page
    c::Host hostAnswer;

    FakeClient()
    {
        hostAnswer.hostname = QStringLiteral("machine");
        hostAnswer.cpus = 4;
        hostAnswer.memory = 8LL << 30;
    }

    void open() override {}
    QString address() const override { return QStringLiteral("unix:/fake"); }
    c::ConnectionState state() const override { return m_state; }
    QString problem() const override { return {}; }
    void host(QObject*, c::Callback<c::Host> done) override { note("host", done, hostAnswer); }
    void images(QObject*, c::Callback<QList<c::Image>> done) override { note("images", done); }
    void imageTemplates(QObject*, c::Callback<QList<c::ImageTemplate>> done) override { note("imageTemplates", done); }
    void buildTemplate(const QString&, const QString&, QObject*, c::Callback<QString> done) override
    {
        note("build", done);
    }
    c::ImageCalls& imageCalls() override { qFatal("no test asks this client about images"); }
    c::MachineCalls& machineCallsOn(const QString&) override { qFatal("no test asks this client about machines"); }
    void addConnection(const QString&, const QString&, QObject*, c::Callback<QString>) override {}
    void removeConnection(const QString&, QObject*, c::Callback<c::Nothing>) override {}
    void openConnection(const QString&, bool, QObject*, c::Callback<c::Nothing>) override {}
    c::WallCalls& wallCalls() override { qFatal("no test asks this client about walls"); }
    c::GroupCalls& groupCalls() override { qFatal("no test asks this client about control groups"); }
    void createInstance(const c::Context&, bool, bool, QObject*, c::Callback<QString> done) override
    {
        note("create", done);
    }
    void preview(const c::Context&, QObject*, c::Callback<QString> done) override { note("preview", done); }
    void act(c::Verb, const QStringList&, QObject*, c::Callback<QStringList> done, std::optional<int>) override
    {
        note("act", done);
    }
    void rename(const QString&, const QString&, QObject*, c::Callback<c::Nothing> done) override
    {
        note("rename", done);
    }
    void removalPlan(const QString&, QObject*, c::Callback<RemovalPlan> done) override { note("plan", done); }
    void remove(const QStringList&, bool, bool, QObject*, c::Callback<QStringList> done) override
    {
        note("remove", done);
    }
    void setLimits(const QString&, const c::Limits&, QObject*, c::Callback<c::Nothing> done) override
    {
        note("limits", done);
    }
    void timeline(const QString&, QObject*, c::Callback<c::Timeline> done) override { note("timeline", done); }
    void processes(const QString&, QObject*, c::Callback<QList<c::Process>> done) override { note("processes", done); }
    void configuration(const QString&, QObject*, c::Callback<QString> done) override { note("configuration", done); }
    void log(const QString&, QObject*, c::Callback<QString> done) override { note("log", done); }
    void evidence(const QString&, QObject*, c::Callback<c::IsolationReport> done) override { note("evidence", done); }
    void costs(const QString&, QObject*, c::Callback<c::Costs> done) override { note("costs", done); }
    void history(const QString&, QObject*, c::Callback<QList<c::Point>> done) override
    {
        note("history", done, historyAnswer);
    }
    void hostHistory(QObject*, c::Callback<QList<c::HostPoint>> done) override { note("hostHistory", done); }
    void range(const QString&, qint64, qint64, int, QObject*, c::Callback<c::Range> done) override
    {
        note("range", done);
    }
    void activityOf(const QString&, qint64, qint64, QObject*, c::Callback<QList<c::ActivityEntry>> done) override
    {
        note("activityOf", done);
    }
    void activity(int, qint64, QObject*, c::Callback<QList<c::ActivityEntry>> done) override
    {
        note("activity", done, activityAnswer);
    }
    void cancelOperation(const QString&, QObject*, c::Callback<c::Nothing> done) override { note("cancel", done); }
    void terminals(const QString&, QObject*, c::Callback<QList<c::TerminalSession>> done) override
    {
        note("terminals", done);
    }
    std::unique_ptr<c::TerminalStream> terminal(const QString&, const QString&, int, int) override { return {}; }

private:
    template <typename T>
    void note(const char* call, const c::Callback<T>& done, T answer = {})
    {
        calls.append(QString::fromLatin1(call));
        if (done)
            done(c::Answer<T>(std::move(answer)));
    }

    c::ConnectionState m_state = c::ConnectionState::Disconnected;
};

} // namespace diptych::test
