// What the tests on a real libvirtd share.
#pragma once

#include "base/child.h"
#include "base/clock.h"
#include "support/quiet.h"

#include <QTest>
#include <qfloat16.h> // else a Json can not be compared

#include <unistd.h>

namespace diptych::test {

inline std::string shell(const std::string& text)
{
    Command command;
    command.arguments = {"/bin/sh", "-c", text};
    auto outcome = run(command);
    return outcome ? outcome->output + outcome->errors : outcome.error().message;
}

template <typename Predicate>
bool eventually(int seconds, Predicate predicate)
{
    int64_t end = monotonicNanoseconds() + int64_t{seconds} * 1000000000;
    while (!predicate()) {
        if (monotonicNanoseconds() > end)
            return false;
        usleep(50000);
    }
    return true;
}

} // namespace diptych::test

#define OK(expression)                                                                                                 \
    do {                                                                                                               \
        auto&& okResult = (expression);                                                                                \
        QVERIFY2(okResult.has_value(), okResult ? "" : okResult.error().message.c_str());                              \
    } while (0)
