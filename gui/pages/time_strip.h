// Which stretch of time the charts below show: the last ten seconds to the last month, paused, or as it was at some
// moment.
#pragma once

#include <QWidget>

#include <array>

class QButtonGroup;
class QDateTimeEdit;
class QLabel;
class QToolButton;

namespace diptych::pages {

struct TimeView
{
    qint64 span = 60'000; ///< ms
    qint64 right = 0;     ///< Unix ms; 0: it follows the present
    bool moved = false;   ///< it stands where the user went, not where it was paused
    qint64 moment = 0;    ///< whose values are read; 0: none

    [[nodiscard]] bool follows() const { return right == 0; }
};

class TimeStrip final : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::array<qint64, 8> Spans{10'000,     60'000,     600'000,     3'600'000,
                                                 21'600'000, 86'400'000, 604'800'000, 2'592'000'000};

    explicit TimeStrip(QWidget* parent = nullptr);
    void setView(const TimeView& view);

signals:
    void spanChosen(qint64 span);
    void pauseWanted(bool paused);
    void nowWanted();
    void momentChosen(qint64 time); ///< Unix ms

private:
    void buildSpans();
    void buildMoment();

    QButtonGroup* m_spans;
    QToolButton* m_pause;
    QToolButton* m_back;
    QDateTimeEdit* m_moment;
    QLabel* m_range;
    TimeView m_view;
};

} // namespace diptych::pages
