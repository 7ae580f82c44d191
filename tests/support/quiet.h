// A Progress for whoever wants none. Header only.
#pragma once

#include "instances/driver.h"

#include <atomic>

namespace diptych::test {

struct Quiet : Progress
{
    void report(std::string_view, double, std::string_view) override {}
    [[nodiscard]] bool cancelled() const override { return stop; }
    std::atomic<bool> stop{false}; ///< set by any thread
};

} // namespace diptych::test
