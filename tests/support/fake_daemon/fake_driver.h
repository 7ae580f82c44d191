// A Driver that pretends: instances in memory, figures that move, latency and failures as the test wants them.
// What it answers has the shapes of the real ones, so that the window can be developed and tested without root.
#pragma once

#include "instances/driver.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>

namespace diptych::fake {

struct Behaviour
{
    std::chrono::milliseconds latency{150}; ///< of each changing call, in ten reported steps
    std::string failCreate;                 ///< instances of this name can't be created: Failed
    std::string stuck;                      ///< calls about the instance of this name never return until released
    bool sampleImages = false;              ///< a store as a busy machine has it
};

class FakeDriver final : public Driver
{
public:
    explicit FakeDriver(Kind kind, Behaviour behaviour = {});
    ~FakeDriver() override;

    /// Without latency; for the start. Names are made unique by the caller.
    std::string add(const std::string& name, State state, const std::string& image = "busybox:latest");
    /// A domain that somebody else made.
    std::string addForeign(const std::string& name);
    void link(const std::string& id, const std::string& twin);
    /// As if its entry point had ended by itself.
    void exitByItself(const std::string& id, int code, bool oom = false);
    /// Ends every stuck call.
    void release();
    Behaviour behaviour; ///< before it is used only
    std::atomic<int> calls{0};

    [[nodiscard]] Kind kind() const override { return m_kind; }
    void setListener(Listener listener) override;
    Result<std::vector<Instance>> list() override;
    Result<Instance> describe(const std::string& id) override;
    Result<Instance> create(const std::string& id, const InstanceSpec& spec, Progress& progress) override;
    Status start(const std::string& id, Progress& progress) override;
    Status stop(const std::string& id, std::chrono::milliseconds timeout, Progress& progress) override;
    Status kill(const std::string& id, int signal) override;
    Status pause(const std::string& id) override;
    Status resume(const std::string& id) override;
    Status rename(const std::string& id, const std::string& name) override;
    Status remove(const std::string& id, bool deleteDisk) override;
    Result<WritableLayer> writableLayer(const std::string& id) override;
    Result<std::pair<std::vector<std::string>, std::vector<std::string>>> removalPlan(const std::string& id) override;
    Status setLimits(const std::string& id, const Limits& limits) override;
    Status setTwin(const std::string& id, const std::string& twin) override;
    Result<Terminal> openTerminal(const std::string& id, const TerminalRequest& request) override;
    Result<std::vector<TerminalSession>> terminals(const std::string& id) override;
    Result<std::string> log(const std::string& id, size_t bytes) override;
    Result<Timeline> timeline(const std::string& id) override;
    Result<std::vector<Process>> processes(const std::string& id) override;
    Result<std::string> configuration(const std::string& id) override;
    Result<std::string> preview(const InstanceSpec& spec) override;
    Result<Json> probe(const std::string& id) override;
    Result<Json> hostFacts(const std::string& id) override;
    Result<std::vector<WallChoice>> walls(const std::string& id) override;
    Result<Json> takeDown(const std::string& id, const std::string& copy, const std::vector<std::string>& walls,
                          Progress& progress) override;
    Result<uint64_t> diskBytes(const std::string& id) override;
    std::vector<std::pair<std::string, Sample>> sample() override;
    Result<Sample> sampleOne(const std::string& id) override;

private:
    struct Fake
    {
        Instance instance;
        Timeline timeline;
        Sample sample;
        double phase = 0;
    };
    Result<Fake*> find(const std::string& id, std::unique_lock<std::mutex>& lock);
    Result<State> stateOf(const std::string& id);
    Status work(Progress& progress, const std::vector<std::string>& steps);
    Status change(const std::string& id, const std::function<Status(Fake&)>& work);
    void tell(const std::string& id);
    void setRunning(Fake& fake) const;
    void setEnded(Fake& fake, int code) const;
    void advance(Fake& fake, double seconds) const;

    const Kind m_kind;
    std::mutex m_mutex;
    std::condition_variable m_released;
    bool m_free = false;
    std::map<std::string, Fake> m_all;
    Listener m_listener;
};

/// A pty-like pair: whoever writes into the returned descriptor sees it again, after a prompt.
Result<Terminal> echoTerminal(const std::string& session, const std::string& name);

} // namespace diptych::fake
