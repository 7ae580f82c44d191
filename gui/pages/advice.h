// Which wall somebody needs, from what they say. Pure; no widgets.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace diptych::pages {

enum class Wall { Container, Machine, Twins };

struct Needs
{
    bool untrusted = false;   ///< the code inside may attack
    bool tenants = false;     ///< people who don't trust each other share the host
    bool ownKernel = false;   ///< modules, another version, another system
    bool startFast = false;   ///< milliseconds, not seconds
    bool memoryShort = false; ///< no room for a kernel per instance
    bool seeDifference = false;
};

struct Advice
{
    Wall wall = Wall::Twins;
    QString text; ///< a sentence or two, translated; empty while nothing is ticked
};

class Adviser final
{
    Q_DECLARE_TR_FUNCTIONS(Adviser)
public:
    static Advice advise(const Needs& needs);
};

} // namespace diptych::pages
