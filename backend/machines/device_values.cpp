// Reading, checking and writing the fields of a device.
#include "machines/device_fields.h"
#include "machines/xml.h"

#include <algorithm>

namespace diptych::machines {

namespace {

bool isMac(const std::string& text)
{
    if (text.size() != 17)
        return false;
    for (size_t i = 0; i < text.size(); ++i)
        if (i % 3 == 2 ? text[i] != ':' : !isxdigit(static_cast<unsigned char>(text[i])))
            return false;
    return true;
}

/// Up to 10^15: what libvirt takes without running over.
bool isNumber(const std::string& text)
{
    return !text.empty() && text.size() <= 15 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return isdigit(c); });
}

/// Names of networks, serial numbers: no path, no list, no control characters.
Status checkName(const std::string& field, const std::string& value)
{
    bool good = value.size() <= 64 && std::all_of(value.begin(), value.end(), [](unsigned char c) {
                    return isalnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '+';
                });
    if (!good)
        return failField(field, "letters, digits and _-.:+ only, at most 64");
    return {};
}

Status checkValue(const Field& field, const std::string& value)
{
    std::string path = fmt::format("properties.{}", field.name);
    if (value.empty())
        return {};
    if (*field.unit != 0)
        return isNumber(value) ? Status()
                               : failField(path, fmt::format("{} is a number of {}", field.name, field.unit));
    if (std::string_view(field.name) == "mac")
        return isMac(value) ? Status() : failField(path, "a MAC address is 52:54:00:12:34:56");
    if (field.words.empty())
        return checkName(path, value);
    for (const char* word : field.words)
        if (value == word)
            return {};
    return failField(path, fmt::format("{} is one of {}", field.name, fmt::join(field.words, ", ")));
}

/// The element of this path; null where it is not there, unless it shall be made.
pugi::xml_node below(pugi::xml_node node, std::string_view path, bool make)
{
    while (!path.empty() && node) {
        std::string name(path.substr(0, path.find('/')));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        pugi::xml_node child = node.child(name.c_str());
        node = child || !make ? child : node.append_child(name.c_str());
    }
    return node;
}

/// It, where nothing is left of it, and what is above it and only held it.
void dropEmpty(pugi::xml_node node, pugi::xml_node device)
{
    while (node != device && !node.first_attribute() && !node.first_child()) {
        pugi::xml_node parent = node.parent();
        parent.remove_child(node);
        node = parent;
    }
}

void erase(pugi::xml_node device, const Field& field)
{
    pugi::xml_node node = below(device, field.child, false);
    if (!node)
        return;
    if (field.place == Field::Place::Attribute) {
        node.remove_attribute(field.attribute);
        dropEmpty(node, device);
    } else if (node != device) {
        pugi::xml_node parent = node.parent();
        parent.remove_child(node);
        dropEmpty(parent, device);
    }
}

void write(pugi::xml_node device, const Field& field, const std::string& value)
{
    if (value.empty() || (*field.unit != 0 && value.find_first_not_of('0') == std::string::npos)) {
        erase(device, field);
        return;
    }
    pugi::xml_node node = below(device, field.child, true);
    if (field.place == Field::Place::Attribute) {
        pugi::xml_attribute attribute = node.attribute(field.attribute);
        (attribute ? attribute : node.append_attribute(field.attribute)).set_value(value.c_str());
    } else if (field.place == Field::Place::Text) {
        node.text().set(value.c_str());
    }
}

/// Either one limit for both ways or one for each: libvirt refuses both.
Status checkThrottle(pugi::xml_node disk)
{
    pugi::xml_node tune = disk.child("iotune");
    for (const char* what : {"bytes", "iops"}) {
        auto has = [&](const char* way) { return bool(tune.child(fmt::format("{}_{}_sec", way, what).c_str())); };
        if (has("total") && (has("read") || has("write")))
            return failField(fmt::format("properties.total{}", *what == 'b' ? "Bytes" : "Operations"),
                             "a limit for both together, or one for each: not both");
    }
    return {};
}

/// The kernel's token bucket needs its average before it can have a peak or a burst.
Status checkBandwidth(pugi::xml_node interface)
{
    for (const char* way : {"inbound", "outbound"}) {
        pugi::xml_node limit = interface.child("bandwidth").child(way);
        if ((limit.attribute("peak") || limit.attribute("burst")) && !limit.attribute("average"))
            return failField(fmt::format("properties.{}Average", way), "a peak and a burst need an average");
    }
    return {};
}

Status checkController(pugi::xml_node controller)
{
    std::string_view kind = controller.attribute("type").value(), model = controller.attribute("model").value();
    bool scsi = model == "virtio-scsi" || model == "lsilogic";
    if ((kind == "scsi" && !scsi) || (kind == "usb" && scsi))
        return failField("properties.model", fmt::format("{} is no controller of {}", model, kind));
    return {};
}

Status checkSerial(pugi::xml_node serial)
{
    if (std::string_view(serial.attribute("type").value()) != "tcp")
        return {};
    std::string port = serial.child("source").attribute("service").value();
    if (!isNumber(port) || port.size() > 5 || std::stoi(port) < 1024 || std::stoi(port) > 65535)
        return failField("properties.port", "a port from 1024 to 65535");
    return {};
}

} // namespace

std::string readField(pugi::xml_node device, const Field& field)
{
    pugi::xml_node node = below(device, field.child, false);
    switch (field.place) {
    case Field::Place::Attribute:
        return node.attribute(field.attribute).value();
    case Field::Place::Text:
        return node.text().get();
    case Field::Place::Presence:
        break;
    }
    return node ? "yes" : "";
}

Status writeField(pugi::xml_node device, const std::string& type, const std::string& name, const std::string& value,
                  bool adding)
{
    std::string path = "properties." + name;
    const std::vector<Field>& fields = fieldsOf(type);
    auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return name == one.name; });
    if (found == fields.end())
        return failField(path, fmt::format("a {} has no {}", type, name));
    if (found->fixed && !adding)
        return failField(path, fmt::format("{} can't be changed: remove the device and add it anew", name));
    if (type == "serial" && name == "path")
        return failField(path, "where it is on the host is not chosen here");
    TRY(checkValue(*found, value));
    write(device, *found, value);
    return {};
}

Status checkWhole(pugi::xml_node device)
{
    std::string_view type = device.name(), kind = device.attribute("type").value();
    if (type == "interface" && kind == "network" && !*device.child("source").attribute("network").value())
        return failField("properties.network", "which network?");
    if (type == "disk")
        return checkThrottle(device);
    if (type == "controller")
        return checkController(device);
    if (type == "serial")
        return checkSerial(device);
    return type == "interface" ? checkBandwidth(device) : Status();
}

} // namespace diptych::machines
