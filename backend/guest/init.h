// PID 1 of a twin. Its parts in the order in which they run; each is called once.
#pragma once

#include "base/fd.h"
#include "guest/config.h"

#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace diptych::guest {

/// Boots, runs the entry point, powers off. A return of PID 1 would be a kernel panic: there is none.
[[noreturn]] void runInit();

/// Says it on the console.
void say(std::string_view text);
/// Flushes the disk and powers off; the last thing that happens.
[[noreturn]] void powerOff();

/// JSON lines for the host. What is recorded before the port's driver is there waits for it.
class Record final
{
public:
    void event(const char* name);
    void exited(int exitCode);
    /// One line; "uptime" is added.
    void put(Json line);
    void connect();

private:
    void send(const std::string& line);
    std::string m_waiting;
    UniqueFd m_port;
};

/// The port of virtio-serial with that name; there is no udev here that would make links in /dev/virtio-ports.
Result<UniqueFd> openPort(std::string_view name);

// boot.cpp
Status mountKernelFilesystems();
void loadModules(const std::vector<std::string>& names);
/// A device's node, at most 10 s.
bool waitForNode(const std::string& path);
/// Waits for the disk, mounts it and makes it "/".
Status switchRoot(const Config& config);
/// Moves all later children of entry into it: "" when the kernel has no cgroup2.
std::string makeControlGroup(uint64_t pids);
Status setPidsLimit(uint64_t pids);
constexpr const char* kControlGroup = "/sys/fs/cgroup/entrypoint";
void writeEtc(const Config& config);

// disk_reader.cpp
/// The disk's root file system as a tar, to the port org.diptych.tar.0; before it, the event "found".
Status readDisk(Record& record);

// network.cpp, dhcp.cpp
struct Lease
{
    std::string address; ///< with prefix: "192.168.122.9/24"
    std::string gateway;
    std::vector<std::string> nameservers;
    uint32_t seconds = 0;
};
/// Brings up the loopback and the first other interface. Fills address and name servers in config from the lease.
Result<Lease> configureNetwork(Config& config);
/// Asks on the interface, for wanted if it is not empty; at most about 4 s.
Result<Lease> askDhcp(const std::string& interface, const std::string& wanted);
std::string firstInterface();
/// The DHCP message without UDP header; parseDhcp checks everything it reads: the answer comes from the network.
std::string makeDhcp(uint8_t type, uint32_t transaction, const uint8_t (&mac)[6], std::string_view wanted,
                     std::string_view server);
struct DhcpAnswer
{
    uint8_t type = 0;
    std::string server;
    Lease lease;
};
Result<DhcpAnswer> parseDhcp(std::string_view message, uint32_t transaction);

// entrypoint.cpp
/// Starts the program on the console. Its failure to start is told on the console; the exit code is then 127.
Result<pid_t> startEntrypoint(const Config& config);
/// Waits for Enter on the console, then becomes a shell there.
Result<pid_t> offerShell(const Config& config);
std::string consolePath();
void becomeUser(const User& user);

// processors.cpp
/// Switches on the first ones of those that are plugged in, and off the others.
void useProcessors(size_t count);
constexpr size_t kAllProcessors = 4096;
/// What the kernel announces of devices; invalid when it announces nothing.
UniqueFd listenForDevices();
/// Reads it empty. True: a processor was plugged in.
bool processorCame(int fd);
/// Whether one such announcement, lines that end with NUL, is that of a processor.
bool announcesProcessor(std::string_view message);

// service.cpp
/// Serves the guest port until the entry point has ended and gives its exit code.
int serve(const Config& config, pid_t entry, const Lease& lease);

} // namespace diptych::guest
