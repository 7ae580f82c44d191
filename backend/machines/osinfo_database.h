// libosinfo's database and the owners of its objects, for the files of this folder that ask it. Its objects are not
// made for several threads at once: whoever touches one holds the lock.
#pragma once

#include "machines/iso_files.h"

#include <memory>
#include <mutex>

// Its headers do not say that they are C; what they include must not be said so, for some of it is C++.
#include <gio/gio.h>
#include <glib-object.h>
extern "C" {
#include <osinfo/osinfo.h>
}

namespace diptych::machines {

struct Unref
{
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using GRef = std::unique_ptr<T, Unref>;

std::mutex& osinfoLock();
/// Under the lock. Read when it is first asked for, which takes a moment, and kept.
OsinfoDb* osinfoDatabase();

inline std::string textOrNone(const char* value)
{
    return value ? value : "";
}
/// Each of a list's elements, which stay the list's.
template <typename T, typename Each>
void eachOf(void* list, Each each)
{
    for (int i = 0; list && i < osinfo_list_get_length(OSINFO_LIST(list)); ++i)
        each(reinterpret_cast<T*>(osinfo_list_get_nth(OSINFO_LIST(list), i)));
}
/// Under the lock. With what the database knows of a medium with this label filled in; system null: none has it.
struct Identified
{
    GRef<OsinfoMedia> media;
    GRef<OsinfoOs> system;
};
Identified identify(const IsoLabel& label);
/// Under the lock. The newest release before the one that the label names, of the same makers; null: not known.
GRef<OsinfoOs> nearestRelease(const IsoLabel& label);

} // namespace diptych::machines
