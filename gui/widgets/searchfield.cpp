#include "widgets/searchfield.h"

#include "widgets/icons.h"

#include <QKeyEvent>
#include <QPlainTextEdit>

namespace diptych::widgets {

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    addAction(icon(QStringLiteral("search"), Tone::Muted), QLineEdit::LeadingPosition);
    m_settle.setSingleShot(true);
    m_settle.setInterval(120);
    connect(&m_settle, &QTimer::timeout, this, [this] { emit textSettled(text()); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString& now) {
        if (now.isEmpty()) {
            m_settle.stop();
            emit textSettled(now);
        } else {
            m_settle.start();
        }
    });
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::searchIn(QPlainTextEdit* text)
{
    const auto find = [text](const QString& wanted, bool again) {
        if (wanted.isEmpty())
            return;
        if (!again)
            text->moveCursor(QTextCursor::Start);
        if (!text->find(wanted)) {
            text->moveCursor(QTextCursor::Start);
            text->find(wanted);
        }
    };
    connect(this, &SearchField::textSettled, text, [find](const QString& wanted) { find(wanted, false); });
    connect(this, &QLineEdit::returnPressed, text, [this, find] { find(this->text(), true); });
}

} // namespace diptych::widgets
