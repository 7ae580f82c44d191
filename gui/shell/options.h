// The command line of diptych.
#pragma once

#include "widgets/theme.h"

#include <QSize>
#include <QString>

#include <optional>

class QCoreApplication;

namespace diptych::shell {

struct Options
{
    QString address; ///< for client::Client::create
    QString page;    ///< empty: the one shown last
    std::optional<widgets::Scheme> scheme;
    QString language; ///< empty: as set, else the desktop's
    QString screenshot;
    QSize size;       ///< of the window; empty: as it was left
    int after = 1500; ///< ms from the first data to the screenshot

    /// Ends the program for --help, --version and what it can't understand.
    static Options parse(const QCoreApplication& application);
};

} // namespace diptych::shell
