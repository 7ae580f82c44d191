// Calls on the real helper and instances of busybox, for tests that need no window.
#pragma once

#include "support/helper_process.h"
#include "system/real_helper.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

/// Datagrams to a port that nobody listens on: each is received, and answered where somebody's kernel answers.
inline void sendTo(const std::string& address, int count, size_t size, useconds_t pause)
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(9);
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    const std::string bytes(size, 'x');
    for (int i = 0; i < count; ++i) {
        const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        (void)::sendto(fd, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        ::close(fd);
        if (pause > 0)
            ::usleep(pause);
    }
}

/// A base of the test beside QObject.
class HelperCalls
{
protected:
    using Json = diptych::Json;

    /// The helper runs and has busybox:latest. False: this test was skipped, or failed.
    bool prepare()
    {
        const auto skip = [](const char* reason) {
            QTest::qSkip(reason, __FILE__, __LINE__);
            return false;
        };
        if (::geteuid() != 0 || qEnvironmentVariable("DIPTYCH_SANDBOX") != "1")
            return skip("needs root and tests/support/sandbox");
        if (!QTest::qVerify(m_helper.start(), "m_helper.start()", "", __FILE__, __LINE__))
            return false;
        const Json built =
            wait(call("Images.BuildTemplate", {{"template", "busybox"}, {"reference", "busybox:latest"}}));
        return built["state"] == "done" || skip("needs busybox-static");
    }
    Json call(const std::string& method, const Json& parameters = Json::object())
    {
        return callOn(m_helper.socket().toStdString(), "org.diptych." + method, parameters);
    }
    Json wait(const Json& begun) { return call("Operations.Wait", {{"id", begun["operation"]}})["operation"]; }
    /// Of the first one it began.
    Json waitFirst(const Json& begun) { return wait({{"operation", begun["operations"][0]}}); }

    /// The id of a container that runs script, or "" with a warning; more: what else its spec says.
    std::string make(const std::string& name, const std::string& script, const Json& limits,
                     const Json& more = Json::object())
    {
        Json spec{{"name", name},
                  {"kind", "container"},
                  {"image", "busybox:latest"},
                  {"command", {"/bin/sh", "-c", script}},
                  {"environment", Json::array()},
                  {"user", ""},
                  {"workingDirectory", ""},
                  {"terminal", false},
                  {"limits", limits},
                  {"network", {{"mode", "none"}, {"name", ""}}},
                  {"ports", Json::array()},
                  {"twin", ""}};
        spec.update(more);
        const Json made = wait(call("Instances.Create", {{"spec", spec}, {"twins", false}, {"start", true}}));
        if (made["state"] == "done")
            return made["result"]["ids"][0];
        qWarning("%s", diptych::dumpJson(made).c_str());
        return {};
    }
    Json instance(const std::string& id)
    {
        const Json listed = call("Instances.List");
        for (const Json& one : listed["instances"])
            if (one["id"] == id)
                return one;
        return {};
    }
    /// Where the kernel counts what it does.
    QString group(const std::string& id)
    {
        return QString::fromStdString(instance(id)["runtime"]["cgroup"].get<std::string>());
    }
    void remove(const std::string& id)
    {
        waitFirst(call("Instances.Delete", {{"ids", {id}}, {"force", true}, {"disks", true}}));
    }

    RealHelper m_helper;
};
