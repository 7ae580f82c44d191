// What the helper is asked for again and again while somebody looks: the content, or what stands there as long as
// nothing is known: not connected, why it can't be told, still reading.
#pragma once

#include "pages/context.h"

#include <QElapsedTimer>
#include <QStackedWidget>
#include <QTimer>

namespace diptych::widgets {
class EmptyState;
}

namespace diptych::pages {

class Watch final : public QStackedWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString failed; ///< the title above the reason
        QString reading;
    };
    /// Steady: at each interval. Stretching: longer where an answer takes long.
    enum class Pace { Steady, Stretching };
    /// interval: ms between two questions.
    Watch(const Context& context, int interval, Pace pace, Words words, QWidget* parent = nullptr);
    void setContent(QWidget* content);
    /// Now, as wanted(), unless an answer is on its way or nobody can give one.
    void ask();
    /// First of all with each answer to wanted().
    template <typename T>
    void answered(const client::Answer<T>& answer)
    {
        setProblem(answer ? nullptr : &answer.error());
    }
    void showState(bool there); ///< there: something is known, if only of before

signals:
    void wanted();

private:
    void setProblem(const client::Error* error);

    Context m_context;
    int m_interval;
    Pace m_pace;
    Words m_words;
    widgets::EmptyState* m_empty;
    QTimer m_timer;
    QElapsedTimer m_asked;
    QString m_problem;
    bool m_asking = false;
    bool m_there = false;
};

} // namespace diptych::pages
