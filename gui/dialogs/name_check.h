// The helper's rule for names, checked while typing so that a mistake is seen before it is sent.
#pragma once

#include "models/instance_store.h"

#include <QCoreApplication>

namespace diptych::dialogs {

class NameCheck final
{
    Q_DECLARE_TR_FUNCTIONS(NameCheck)
public:
    /// Why name can't be used, empty when it can. except: the id that may have it already.
    static QString problem(const QString& name, const models::InstanceStore& store, const QString& except = {});
    /// The first of base, base-2, base-3 ... that is free; with twins also as "<name>-vm".
    static QString freeName(const QString& base, const models::InstanceStore& store, bool twins);
    /// What a name is made of: "localhost/diptych/busybox:1.36" gives "busybox".
    static QString baseOf(const QString& imageReference);
};

} // namespace diptych::dialogs
