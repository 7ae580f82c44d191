// A line edit with a glass; Escape clears; textSettled comes a moment after typing stops.
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace diptych::widgets {

class SearchField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

signals:
    void textSettled(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QTimer m_settle;
};

} // namespace diptych::widgets
