#include "base/files.h"
#include "base/log.h"
#include "base/names.h"
#include "connections/make.h"
#include "connections/moves.h"
#include "connections/remote_calls.h"
#include "connections/remote_driver.h"
#include "connections/uri.h"

namespace diptych::connections {

namespace {

constexpr size_t most = 32, mostOfOne = 16;

class AllConnections final : public Connections
{
    using LinkRef = std::shared_ptr<Link>;

public:
    AllConnections(const std::string& state, std::string program, std::string own, Patience patience);
    ~AllConnections() override
    {
        // Their threads call back until they have ended.
        std::unique_lock lock(m_mutex);
        std::vector<LinkRef> ending = std::exchange(m_links, {});
        lock.unlock(); // which their callbacks want
        ending.clear();
    }

    [[nodiscard]] std::vector<ConnectionInfo> list() const override;
    [[nodiscard]] std::optional<ConnectionInfo> find(const std::string& id) const override;
    Result<std::string> add(const std::string& name, const std::string& uri, uid_t owner) override;
    Status remove(const std::string& id) override;
    Status setActive(const std::string& id, bool active) override;
    void setListener(std::function<void()> listener) override;
    void setPlaceListener(std::function<void(const std::string& id)> listener) override;
    Driver& driver() override { return m_driver; }
    Virtualization& of(const std::string& id) override;
    Result<Json> move(const std::string& method, const Json& parameters, Progress& progress) override
    {
        return moveMachine(links(), m_own, method, parameters, progress);
    }

private:
    LinkRef open(Stored stored);
    [[nodiscard]] std::vector<LinkRef> links() const;
    [[nodiscard]] LinkRef linkOf(const std::string& id) const;
    Status allowed(const std::string& name, const std::string& uri, uid_t owner) const;
    void load();
    Status save(const std::vector<Stored>& all) const;
    [[nodiscard]] std::vector<Stored> stored() const;
    void tell();

    const std::string m_file, m_program, m_own;
    const Patience m_patience;
    std::mutex m_changing; ///< held by who adds or removes; before m_mutex
    mutable std::mutex m_mutex;
    std::vector<LinkRef> m_links;
    std::map<std::string, std::unique_ptr<RemoteCalls>> m_calls; ///< never taken away: jobs hold references
    std::mutex m_telling;
    std::function<void()> m_listener;
    std::function<void(const std::string& id)> m_placeListener;
    RemoteDriver m_driver;
};

Result<Stored> storedFrom(const Json& json)
{
    JsonReader reader(json);
    Stored one;
    one.id = TRY(reader.string("id"));
    TRY(checkId(one.id));
    one.name = TRY(reader.string("name"));
    one.uri = TRY(reader.string("uri"));
    TRY(checkUri(one.uri)); // the rules of today, whenever it was added
    one.owner = static_cast<uid_t>(TRY(reader.unsignedInteger("owner")));
    one.active = TRY(reader.boolean("active"));
    return one;
}

AllConnections::AllConnections(const std::string& state, std::string program, std::string own, Patience patience)
    : m_file(state + "/connections.json"),
      m_program(std::move(program)),
      m_own(std::move(own)),
      m_patience(patience),
      m_driver([this] { return links(); })
{
    load();
}

void AllConnections::load()
{
    if (!exists(m_file))
        return;
    auto text = readFile(m_file, size_t{1} << 20);
    auto json = text ? parseJson(*text) : Result<Json>(tl::unexpected<Error>(text.error()));
    if (!json || !json->is_array()) {
        // Kept beside: somebody may want to know what was in it.
        logf(Level::Error, "{} is damaged and renamed to connections.json.damaged", m_file);
        rename(m_file.c_str(), (m_file + ".damaged").c_str());
        return;
    }
    for (const Json& one : *json) {
        auto read = storedFrom(one);
        if (read)
            m_links.push_back(open(std::move(*read)));
        else
            logf(Level::Error, "a connection in {} is left out: {}", m_file, read.error().message);
    }
}

AllConnections::LinkRef AllConnections::open(Stored stored)
{
    Link::Callbacks callbacks;
    callbacks.rows = [this](std::vector<Instance> changed, const std::vector<std::string>& gone) {
        m_driver.changed(std::move(changed), gone);
    };
    callbacks.list = [this] { m_driver.changedAll(); };
    callbacks.info = [this] { tell(); };
    callbacks.place = [this, id = stored.id] {
        std::lock_guard lock(m_telling);
        if (m_placeListener)
            m_placeListener(id);
    };
    return std::make_shared<Link>(std::move(stored), m_program, m_patience, std::move(callbacks));
}

std::vector<AllConnections::LinkRef> AllConnections::links() const
{
    std::lock_guard lock(m_mutex);
    return m_links;
}

AllConnections::LinkRef AllConnections::linkOf(const std::string& id) const
{
    for (LinkRef& link : links())
        if (link->stored().id == id)
            return link;
    return nullptr;
}

std::vector<Stored> AllConnections::stored() const
{
    std::vector<Stored> all;
    for (const LinkRef& link : links())
        all.push_back(link->stored());
    return all;
}

Status AllConnections::save(const std::vector<Stored>& all) const
{
    Json array = Json::array();
    for (const Stored& one : all)
        array.push_back(
            {{"id", one.id}, {"name", one.name}, {"uri", one.uri}, {"owner", one.owner}, {"active", one.active}});
    return writeFileAtomic(m_file, dumpJson(array, 2));
}

void AllConnections::setListener(std::function<void()> listener)
{
    std::lock_guard lock(m_telling);
    m_listener = std::move(listener);
}

void AllConnections::setPlaceListener(std::function<void(const std::string& id)> listener)
{
    std::lock_guard lock(m_telling);
    m_placeListener = std::move(listener);
}

void AllConnections::tell()
{
    std::lock_guard lock(m_telling);
    if (m_listener)
        m_listener();
}

std::vector<ConnectionInfo> AllConnections::list() const
{
    std::vector<ConnectionInfo> all;
    for (const LinkRef& link : links())
        all.push_back(link->info());
    return all;
}

std::optional<ConnectionInfo> AllConnections::find(const std::string& id) const
{
    LinkRef link = linkOf(id);
    return link ? std::optional(link->info()) : std::nullopt;
}

Status AllConnections::allowed(const std::string& name, const std::string& uri, uid_t owner) const
{
    size_t own = 0, all = 0;
    for (const Stored& one : stored()) {
        ++all;
        own += one.owner == owner ? 1 : 0;
        if (one.name == name)
            return tl::unexpected<Error>(
                Error{Code::Exists, fmt::format("there is a connection \"{}\" already", name), "name", 0});
        if (one.uri == uri && one.owner == owner)
            return tl::unexpected<Error>(
                Error{Code::Exists, fmt::format("{} is there already, as \"{}\"", uri, one.name), "uri", 0});
    }
    if (all >= most || own >= mostOfOne)
        return fail(Code::Failed, fmt::format("{} connections are the most, {} of one user", most, mostOfOne));
    return {};
}

Result<std::string> AllConnections::add(const std::string& name, const std::string& uri, uid_t owner)
{
    TRY(checkConnectionName(name));
    std::string checked = TRY(checkUri(uri));
    // Root has no session daemon: libvirt takes it to the system's.
    bool rootsSession = owner == 0 && checked == "qemu:///session" && m_own == "qemu:///system";
    if (checked == m_own || rootsSession)
        return failField(
            "uri", fmt::format("{} is what the helper serves by itself: its machines are there already", checked));
    std::lock_guard changing(m_changing);
    TRY(allowed(name, checked, owner));
    Stored one{newId(), name, checked, owner, true};
    std::vector<Stored> all = stored();
    all.push_back(one);
    TRY(save(all));
    LinkRef link = open(one);
    {
        std::lock_guard lock(m_mutex);
        m_links.push_back(std::move(link));
    }
    tell();
    return one.id;
}

Status AllConnections::remove(const std::string& id)
{
    std::lock_guard changing(m_changing);
    LinkRef gone = linkOf(id);
    if (!gone)
        return fail(Code::NotFound, fmt::format("there is no connection {}", id));
    std::vector<Stored> all = stored();
    std::erase_if(all, [&id](const Stored& one) { return one.id == id; });
    TRY(save(all));
    {
        std::lock_guard lock(m_mutex);
        std::erase(m_links, gone);
    }
    gone.reset(); // its process ends, unless a call still holds it
    m_driver.changedAll();
    tell();
    return {};
}

Status AllConnections::setActive(const std::string& id, bool active)
{
    std::lock_guard changing(m_changing);
    LinkRef link = linkOf(id);
    if (!link)
        return fail(Code::NotFound, fmt::format("there is no connection {}", id));
    std::vector<Stored> all = stored();
    for (Stored& one : all)
        if (one.id == id)
            one.active = active;
    TRY(save(all));
    link->setActive(active);
    return {};
}

Virtualization& AllConnections::of(const std::string& id)
{
    std::lock_guard lock(m_mutex);
    auto& made = m_calls[id];
    if (!made)
        made = std::make_unique<RemoteCalls>(id, [this, id] { return linkOf(id); });
    return *made;
}

} // namespace

std::unique_ptr<Connections> makeConnections(const std::string& state, const std::string& program,
                                             const std::string& own, Patience patience)
{
    return std::make_unique<AllConnections>(state, program, own, patience);
}

} // namespace diptych::connections
