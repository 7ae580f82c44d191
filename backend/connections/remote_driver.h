// All domains of all added connections as instances. Lists, descriptions and samples come from what each connection
// told last; verbs go to its process and wait there. Methods may be called after a connection went: NotFound.
#pragma once

#include "connections/link.h"

namespace diptych::connections {

/// Finds the connection of an instance.
using Links = std::function<std::vector<std::shared_ptr<Link>>()>;

class RemoteDriver final : public Driver
{
public:
    explicit RemoteDriver(Links links) : m_links(std::move(links)) {}

    [[nodiscard]] Kind kind() const override { return Kind::Machine; }
    void setListener(Listener listener) override;
    void setTeller(Teller teller) override;
    /// What a connection's process told.
    void changed(std::vector<Instance> instances, const std::vector<std::string>& gone);
    void changedAll();

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

private:
    struct Target
    {
        std::shared_ptr<Link> link;
        Instance instance;
        std::string domain; ///< libvirt's id
    };
    Result<Target> find(const std::string& id) const;
    Result<Message> ask(const std::string& id, const char* verb, Json parameters, Progress* progress = nullptr) const;
    Status act(const std::string& id, const char* verb, Json parameters = Json::object(),
               Progress* progress = nullptr) const;
    tl::unexpected<Error> elsewhere(const std::string& id, const char* what) const;

    Links m_links;
    std::mutex m_mutex;
    Listener m_listener;
    Teller m_teller;
};

} // namespace diptych::connections
