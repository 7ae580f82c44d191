// The words of the picture: a container's thin dashed wall, a machine's thick solid wall with a kernel inside, the
// state's dot, the pill. Paint functions serve delegates; the widgets wrap them.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

class QPainter;

namespace diptych::widgets {

[[nodiscard]] QString kindText(client::Kind kind);      ///< "container", "virtual machine"
[[nodiscard]] QString kindShortText(client::Kind kind); ///< "container", "VM"
[[nodiscard]] QString stateText(client::State state);

void paintKindIcon(QPainter& painter, const QRectF& rect, client::Kind kind, bool faint = false);
void paintStateDot(QPainter& painter, const QPointF& center, client::State state, double diameter = 7);
/// Returns the rectangle used; left-aligned and vertically centred in rect, elided to its width.
QRectF paintPill(QPainter& painter, const QRectF& rect, const QString& text, Tone tone);
[[nodiscard]] QSizeF pillSize(const QString& text);

class KindIcon final : public QWidget
{
    Q_OBJECT
public:
    explicit KindIcon(client::Kind kind, QWidget* parent = nullptr);
    void setKind(client::Kind kind);
    [[nodiscard]] QSize sizeHint() const override { return {20, 14}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    client::Kind m_kind;
};

/// Dot and word.
class StateDot final : public QWidget
{
    Q_OBJECT
public:
    explicit StateDot(QWidget* parent = nullptr);
    void setState(client::State state);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    client::State m_state = client::State::Stopped;
};

class Pill final : public QWidget
{
    Q_OBJECT
public:
    explicit Pill(const QString& text = {}, Tone tone = Tone::Host, QWidget* parent = nullptr);
    void setText(const QString& text);
    void setTone(Tone tone);
    void setOutlined(bool outlined); ///< border without ground
    void setDot(bool dot);           ///< a dot before the text
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    Tone m_tone;
    bool m_outlined = false;
    bool m_dot = false;
};

} // namespace diptych::widgets
