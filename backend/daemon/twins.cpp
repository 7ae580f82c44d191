#include "daemon/twins.h"

#include "base/log.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace diptych {

namespace {

/// One progress made of several: the mean of the fractions, the step of whoever spoke last. A half that failed cancels
/// the others.
class Shared final
{
public:
    Shared(Progress& target, size_t count) : m_target(target), m_fractions(count, 0.0) {}

    void report(size_t index, std::string_view step, double fraction, std::string_view detail)
    {
        std::lock_guard lock(m_mutex);
        if (fraction >= 0)
            m_fractions[index] = fraction;
        double sum = 0;
        for (double one : m_fractions)
            sum += one;
        m_target.report(step, sum / static_cast<double>(m_fractions.size()), detail);
    }
    [[nodiscard]] bool cancelled() const { return m_failed || m_target.cancelled(); }
    void failed() { m_failed = true; }

private:
    Progress& m_target;
    std::mutex m_mutex;
    std::vector<double> m_fractions;
    std::atomic<bool> m_failed{false};
};

class HalfProgress final : public Progress
{
public:
    HalfProgress(Shared& shared, size_t index) : m_shared(shared), m_index(index) {}
    void report(std::string_view step, double fraction, std::string_view detail) override
    {
        m_shared.report(m_index, step, fraction, detail);
    }
    [[nodiscard]] bool cancelled() const override { return m_shared.cancelled(); }

private:
    Shared& m_shared;
    size_t m_index;
};

/// Runs work(index, progress) for each index, the first on this thread, and gives the results in order.
template <typename T, typename Work>
std::vector<Result<T>> together(size_t count, Progress& progress, Work work)
{
    Shared shared(progress, count);
    std::vector<Result<T>> results(count);
    auto one = [&](size_t index) {
        HalfProgress half(shared, index);
        results[index] = work(index, half);
        if (!results[index])
            shared.failed();
    };
    std::vector<std::thread> threads;
    for (size_t i = 1; i < count; ++i)
        threads.emplace_back(one, i);
    one(0);
    for (std::thread& thread : threads)
        thread.join();
    return results;
}

/// The error that tells most: "cancelled" of one half is only the echo of the other's failure.
template <typename T>
Error worst(const std::vector<Result<T>>& results)
{
    const Error* error = nullptr;
    for (const auto& result : results) {
        if (!result && (!error || error->code == Code::Cancelled))
            error = &result.error();
    }
    return *error;
}

template <typename T>
bool allGood(const std::vector<Result<T>>& results)
{
    return std::all_of(results.begin(), results.end(), [](const auto& result) { return result.has_value(); });
}

void rollBack(const std::vector<Half>& halves, const std::vector<Result<Instance>>& results)
{
    for (size_t i = 0; i < halves.size(); ++i) {
        if (!results[i])
            continue;
        if (auto removed = halves[i].driver->remove(results[i]->id, true); !removed)
            logf(Level::Error, "removing \"{}\" again: {}", halves[i].spec.name, removed.error().message);
    }
}

} // namespace

std::vector<InstanceSpec> twinSpecs(const InstanceSpec& spec)
{
    InstanceSpec container = spec, machine = spec;
    container.kind = Kind::Container;
    machine.kind = Kind::Machine;
    machine.name = spec.name + "-vm";
    machine.ports.clear();
    machine.terminal = false;
    if (machine.network.mode != NetworkMode::Nat)
        machine.network = Network();
    return {container, machine};
}

Result<std::vector<Instance>> createAll(const std::vector<Half>& halves, Progress& progress)
{
    auto results = together<Instance>(halves.size(), progress, [&halves](size_t i, Progress& half) {
        return halves[i].driver->create(halves[i].id, halves[i].spec, half);
    });
    if (!allGood(results)) {
        rollBack(halves, results);
        return tl::unexpected<Error>(worst(results));
    }
    std::vector<Instance> made;
    made.reserve(results.size());
    for (auto& result : results)
        made.push_back(*result);
    if (made.size() != 2)
        return made;
    for (size_t i = 0; i < 2; ++i) {
        made[i].spec.twin = made[1 - i].id;
        if (auto linked = halves[i].driver->setTwin(made[i].id, made[1 - i].id); !linked) {
            rollBack(halves, results);
            return tl::unexpected<Error>(std::move(linked).error().context("linking the twins"));
        }
    }
    return made;
}

Status startAll(const std::vector<Half>& halves, const std::vector<Instance>& made, Progress& progress)
{
    struct Nothing
    {
    };
    auto results = together<Nothing>(halves.size(), progress, [&](size_t i, Progress& half) -> Result<Nothing> {
        TRYX(halves[i].driver->start(made[i].id, half),
             fmt::format("\"{}\" was made, but did not start", halves[i].spec.name));
        return Nothing();
    });
    if (!allGood(results))
        return tl::unexpected<Error>(worst(results));
    return {};
}

} // namespace diptych
