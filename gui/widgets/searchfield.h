// A line edit with a glass; Escape clears; textSettled comes a moment after typing stops.
#pragma once

#include <QLineEdit>
#include <QTimer>

class QPlainTextEdit;

namespace diptych::widgets {

class SearchField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);
    /// Goes to what is typed, from the beginning on; Return to the next one, and round.
    void searchIn(QPlainTextEdit* text);

signals:
    void textSettled(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QTimer m_settle;
};

} // namespace diptych::widgets
