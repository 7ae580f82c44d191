// The last N of something, without allocating once it is full.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace diptych::metrics {

template <typename T>
class Ring final
{
public:
    explicit Ring(size_t capacity) : m_capacity(capacity) {}

    void push(T value)
    {
        if (m_items.size() < m_capacity) {
            m_items.push_back(std::move(value));
        } else {
            m_items[m_next] = std::move(value);
            m_next = (m_next + 1) % m_capacity;
        }
    }
    /// Oldest first.
    [[nodiscard]] std::vector<T> values() const
    {
        std::vector<T> out;
        out.reserve(m_items.size());
        for (size_t i = 0; i < m_items.size(); ++i)
            out.push_back(m_items[(m_next + i) % m_items.size()]);
        return out;
    }
    [[nodiscard]] const T* newest() const
    {
        if (m_items.empty())
            return nullptr;
        return &m_items[(m_next + m_items.size() - 1) % m_items.size()];
    }

private:
    size_t m_capacity, m_next = 0; ///< where the oldest is, once full
    std::vector<T> m_items;
};

} // namespace diptych::metrics
