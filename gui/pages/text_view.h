// Read-only text that can be searched and copied, with a line of explanation above.
#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace diptych::pages {

class TextView final : public QWidget
{
    Q_OBJECT
public:
    TextView(const QString& accessibleName, QWidget* parent);
    bool setText(const QString& text, const QString& note); ///< true: it is another text
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPlainTextEdit* editor() const { return m_text; }

private:
    QLabel* m_note;
    QPlainTextEdit* m_text;
};

} // namespace diptych::pages
