// Which language the window speaks, and its texts.
#pragma once

#include <QString>

class QApplication;

namespace diptych::shell {

/// Installs the translators and the default locale. wanted: "zh_CN", "en", or empty for the desktop's. Before any
/// widget.
void speak(QApplication& application, const QString& wanted);

} // namespace diptych::shell
