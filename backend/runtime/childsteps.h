// The steps of the process that becomes the program, as one object over three files: child.cpp goes from step to step
// and joins, childroot.cpp makes the root file system, childprogram.cpp is the end.
#pragma once

#include "runtime/mounts.h"
#include "runtime/plan.h"
#include "runtime/trace.h"

namespace diptych::runtime {

enum class Message : uint32_t;
struct Envelope;

class Child final
{
public:
    Child(Plan& plan, UniqueFd channel)
        : m_plan(plan),
          m_channel(std::move(channel)),
          m_trace(plan.traced ? Trace::toChannel(m_channel.get()) : Trace())
    {
    }
    Status prepare();
    Status secondClone(uint64_t flags);
    Status run();
    /// Says why, and is gone.
    [[noreturn]] void giveUp(const Error& error);

private:
    Status expect(Message kind, Envelope* out = nullptr);
    Status becomeRootInside();
    Status takeMaps();
    Result<GroupTrees> awaitGroup();
    Status joinNamespaces();
    Status enterContainer();
    Status execTerminal();
    Status setNames();
    Result<UniqueFd> placeForRoot();
    Status attachOwnRoot(int root);
    Status buildRoot();
    Status populate(int root, int nullDevice);
    Status makeTerminal(int root, bool console);
    Status createHooks();
    Status pivot(int root);
    Status newKeyring();
    Status awaitStart();
    Status awaitConnection();
    Status becomeProgram();
    void takeStdio();
    Status closeOthers();
    Status handOverListener(UniqueFd listener);

    Plan& m_plan;
    UniqueFd m_channel;
    Trace m_trace;
    GroupTrees m_group;
    bool m_grouped = false;
    UniqueFd m_label; ///< for the security label of the program
};

/// Dies with its parent until the state is on disk: a killed runtime leaves no process that nobody knows. Changing ids
/// clears this (prctl(2)), so it is said again then.
Status dieWithParent(bool on);

} // namespace diptych::runtime
