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
    void setText(const QString& text, const QString& note);
    [[nodiscard]] QString text() const;

private:
    QLabel* m_note;
    QPlainTextEdit* m_text;
};

} // namespace diptych::pages
