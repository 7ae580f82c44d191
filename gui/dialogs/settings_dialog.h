// Theme and language. The theme changes at once; the language with the next start.
#pragma once

#include <QDialog>

class QComboBox;
class QLabel;

namespace diptych::dialogs {

class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(QWidget* parent = nullptr);

    // Where QSettings keeps them: "theme" is "system", "light" or "dark"; "language" is "" (the desktop's), "en",
    // "zh_CN".
    static constexpr const char* themeKey = "theme";
    static constexpr const char* languageKey = "language";

private:
    void setTheme();
    void setLanguage();

    QComboBox* m_theme;
    QComboBox* m_language;
    QLabel* m_note;
};

} // namespace diptych::dialogs
