// Saves the window as a picture once it shows data, and ends the program: 0 with data, 3 without.
#pragma once

#include "shell/main_window.h"

namespace diptych::shell {

/// after: ms from the first data on; without data the picture is taken after 30 s.
void takeScreenshot(MainWindow& window, const QString& file, int after);

} // namespace diptych::shell
