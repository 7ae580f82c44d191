// The types of storage pools that the dialog offers: which fields each has, and its words.
#pragma once

#include <QList>
#include <QString>

namespace diptych::dialogs {

struct PoolKind
{
    QString type; ///< as libvirt has it
    QString name;
    bool device = false; ///< is on one
    bool host = false;
    QString source = {};      ///< what NewPool::source is of it; empty: nothing
    QString placeholder = {}; ///< of that
    QString hint = {};
    QString path = {};        ///< suggested; empty: libvirt says it
    QString make = {};        ///< what can be made there; empty: nothing
    QStringList formats = {}; ///< of what is made
};

/// In the language of now.
QList<PoolKind> poolKinds();

} // namespace diptych::dialogs
