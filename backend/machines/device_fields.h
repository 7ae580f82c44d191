// Which properties a device has, where they stand in its element, and what they may be.
#pragma once

#include "machines/domain_devices.h"

namespace diptych::machines {

struct Field
{
    enum class Place { Attribute, Text, Presence };
    const char* name;
    const char* child; ///< element below the device, "" itself, "a/b" deeper
    const char* attribute;
    Place place = Place::Attribute;
    std::vector<const char*> words; ///< what it may be; empty: a name, checked as such
    bool fixed = false;             ///< only when it is added
    const char* unit = "";          ///< not empty: a number of these, 0 and none are the same
};

const std::vector<Field>& fieldsOf(const std::string& type);
/// Empty when it is not there.
std::string readField(pugi::xml_node device, const Field& field);
/// adding: those that can't be changed later too. Empty value: taken away.
Status writeField(pugi::xml_node device, const std::string& type, const std::string& name, const std::string& value,
                  bool adding);
/// One of a disk's limits of bytes and operations per second.
bool isThrottle(std::string_view property);
bool canAdd(const std::string& type);
const std::vector<std::string>& addable();
/// In an order that makes sense, with what a new device needs and was not said.
std::vector<std::pair<std::string, std::string>> withDefaults(const std::string& type, Properties properties);
/// Nothing essential is missing.
Status checkWhole(pugi::xml_node device);

} // namespace diptych::machines
