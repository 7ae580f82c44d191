// What was made on the way goes again, in reverse, unless all of it succeeded.
#pragma once

#include <functional>
#include <vector>

namespace diptych::machines {

class Undo final
{
public:
    Undo() = default;
    ~Undo()
    {
        for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step)
            (*step)();
    }
    Undo(const Undo&) = delete;
    Undo& operator=(const Undo&) = delete;
    /// What step needs it must own.
    void add(std::function<void()> step) { m_steps.push_back(std::move(step)); }
    void keep() { m_steps.clear(); }

private:
    std::vector<std::function<void()>> m_steps;
};

} // namespace diptych::machines
