// A page about the instances: a head line, and below it the content, or what stands where there is none: loading,
// disconnected, or nothing made yet, with the next step.
#pragma once

#include "pages/context.h"

class QStackedWidget;

namespace diptych::widgets {
class EmptyState;
}

namespace diptych::pages {

class Header;

class StatedPage : public Page
{
    Q_OBJECT
public:
    [[nodiscard]] QString title() const override { return m_name; }

protected:
    struct Words
    {
        QString loading;
        QString empty;
        QString emptyText;
    };
    StatedPage(const Context& context, const QString& title, Words words, QWidget* parent);
    [[nodiscard]] Header& header() const { return *m_header; }
    void setContent(QWidget* content); ///< scrolls
    /// Puts the content or its stand-in in sight; true: the content.
    bool showState();

private:
    QString m_name;
    Words m_words;
    Header* m_header;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
};

} // namespace diptych::pages
