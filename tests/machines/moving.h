// What the tests share that move a machine between two real libvirtds: the second one, and calls on both.
#pragma once

#include "base/files.h"
#include "connections/make.h"
#include "machines/sandboxed.h"

#include <QTemporaryDir>

namespace diptych::test {

/// Of the machine "vm".
inline const std::string id = "0a1b2c3d-0000-4000-8000-00000000d12a";
inline const std::string second = "qemu+unix:///system?socket=/run/second/run/libvirt-sock";

/// Stops it once something was moved.
struct Watching final : Progress
{
    void report(std::string_view step, double, std::string_view) override { steps.emplace_back(step); }
    void amounts(const std::vector<Part>& parts) override
    {
        for (const Part& part : parts)
            most = std::max(most, part.done);
    }
    [[nodiscard]] bool cancelled() const override { return stopAfter > 0 && most >= stopAfter; }
    uint64_t most = 0, stopAfter = 0;
    std::vector<std::string> steps;
};

/// virsh of the second.
inline std::string there(const std::string& command)
{
    return shell("virsh -q -c '" + second + "' " + command);
}

/// A base of the test beside QObject.
class Moving
{
protected:
    /// copies: what is asked when nothing is said of copyStorage.
    explicit Moving(bool copies) : m_copies(copies) {}

    /// Starts the second by that program and connects to both; the helper is diptychd of that directory.
    void connectBoth(const std::string& program, const std::string& directory)
    {
        std::string said = shell("DIPTYCH_SANDBOX=1 " + program + " /run/second");
        QVERIFY2(there("uri").find("qemu") == 0, said.c_str());
        m_connections =
            connections::makeConnections(m_state.path().toStdString(), directory + "/diptychd", "qemu:///system");
        m_to = add("second", second, 60);
        QVERIFY(!m_to.empty() && m_connections->find(m_to)->state == "connected");
    }
    /// The new connection's id, "" when it was refused; it has that long to be connected.
    std::string add(const std::string& name, const std::string& uri, int seconds = 20)
    {
        auto made = m_connections->add(name, uri, geteuid());
        if (made)
            (void)eventually(seconds, [&] { return m_connections->find(*made)->state == "connected"; });
        return made.value_or("");
    }
    Result<Json> move(const std::string& method, const Json& parameters, Progress& progress)
    {
        Json all{{"id", id}, {"to", m_to}, {"copyStorage", m_copies}};
        if (method == "Migrate")
            all.update(Json{{"undefineSource", true}, {"address", "127.0.0.1"}});
        all.update(parameters);
        return m_connections->move("org.diptych.Machines." + method, all, progress);
    }
    /// The connection tells of the machine: a moment after it has moved.
    bool hasArrived()
    {
        return eventually(
            20, [&] { return m_connections->driver().describe(connections::combinedId(id, m_to)).has_value(); });
    }
    /// What stands against it, by field.
    std::string problem(const std::string& field, const Json& parameters = Json::object())
    {
        auto checked = move("CheckMigration", parameters, m_quiet);
        if (!checked)
            return "!" + checked.error().message;
        for (const Json& one : (*checked)["problems"])
            if (one["field"] == field)
                return one["message"];
        return "none of " + dumpJson((*checked)["problems"]);
    }

    QTemporaryDir m_state;
    std::unique_ptr<Connections> m_connections;
    std::string m_to; ///< of the second
    Quiet m_quiet;

private:
    bool m_copies;
};

} // namespace diptych::test
