// Shared by the terminal's screen, painting, input and selection.
//
// Lines are counted from the first one ever shown, so that a selection keeps its text while lines scroll off: the
// oldest kept line is firstLine, the screen's top row is firstLine + scrollback.size().
#pragma once

#include "widgets/terminal.h"

#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QTimer>

#include <deque>
#include <optional>
#include <string>
#include <vterm.h>

namespace diptych::widgets {

class TerminalSearch;

/// A cell as kept and painted; a fifth of VTermScreenCell, of which there would be too many in the scrollback.
struct TermCell
{
    char32_t character = 0; ///< 0: blank, or the right half of a wide one
    VTermColor foreground{};
    VTermColor background{};
    quint8 width = 1;
    bool bold : 1 = false;
    bool italic : 1 = false;
    bool underline : 1 = false;
    bool strike : 1 = false;
    bool reverse : 1 = false;
};

struct TermLine
{
    std::vector<TermCell> cells;                           ///< trailing blanks cut
    std::vector<std::pair<int, std::u32string>> combining; ///< column, what follows its character
};

struct TermPosition
{
    qint64 line = 0;
    int column = 0;
    auto operator<=>(const TermPosition&) const = default;
};

struct TerminalView::Private
{
    explicit Private(TerminalView* view) : q(view) {}

    TerminalView* q;
    VTerm* vt = nullptr;
    VTermScreen* screen = nullptr;
    int columns = 80, rows = 24;

    std::deque<TermLine> scrollback;
    qint64 firstLine = 0;
    QByteArray output; ///< what libvterm wants to send, until flushed as typed()

    std::deque<QByteArray> queue; ///< fed, not yet shown; in pieces, as cutting a large array would copy it
    qsizetype queueAt = 0;        ///< of the first piece: shown already
    qsizetype queued = 0;         ///< bytes that wait
    QTimer slice;
    QTimer frame;
    QElapsedTimer sinceFrame;
    bool allDirty = true;
    int dirtyTop = 0, dirtyBottom = -1;

    VTermPos cursor{0, 0};
    bool cursorVisible = true, cursorBlinks = true, blinkOn = true, alternate = false;
    int cursorShape = VTERM_PROP_CURSORSHAPE_BLOCK;
    int mouseMode = VTERM_PROP_MOUSE_NONE;
    QTimer blink;
    QString title, preedit, reason;
    QByteArray titleBytes;
    bool readOnly = false;
    bool titlePending = false, bellPending = false; ///< told after the parser has returned: a slot may reset us

    double fontScale = 1;
    QFont font;
    double cellWidth = 8, cellHeight = 16, ascent = 12;

    enum class Grain { Character, Word, Line };
    std::optional<TermPosition> anchor; ///< where the selection began
    TermPosition head;
    Grain grain = Grain::Character;
    bool selecting = false;
    QElapsedTimer sinceDoubleClick;
    QPointF lastMouse;
    QTimer autoScroll;

    TerminalSearch* search = nullptr;
    QTimer telling; ///< screen readers are told in gusts, not at every frame
    QString told;   ///< what they know
    qint64 toldTop = 0;

    // terminal_screen.cpp
    void create();
    void applyColors();
    void pump();
    void process(const char* bytes, qsizetype size);
    void flushOutput();
    void markDirty(int top, int bottom);
    void scheduleFrame();
    void showFrame();
    void syncScrollBar();
    void fit();
    [[nodiscard]] qint64 topLine() const; ///< of the view
    [[nodiscard]] qint64 screenTop() const { return firstLine + qint64(scrollback.size()); }
    [[nodiscard]] bool atBottom() const;
    int setProperty(VTermProp property, const VTermValue& value);

    // terminal_lines.cpp
    [[nodiscard]] TermLine screenLine(int row) const;
    [[nodiscard]] const TermLine& line(qint64 absolute, TermLine& buffer) const;
    [[nodiscard]] QString lineText(qint64 absolute, int from = 0, int to = -1) const;
    void pushLine(int count, const VTermScreenCell* cells);
    bool popLine(int count, VTermScreenCell* cells);

    // terminal_paint.cpp
    void updateFont();
    void paintLine(QPainter& painter, qint64 absolute, double y) const;
    void paintRun(QPainter& painter, const TermLine& line, int from, int to, double y, bool selected) const;
    void paintCursor(QPainter& painter) const;
    [[nodiscard]] QColor rgb(VTermColor color) const;
    [[nodiscard]] QRectF cursorRect() const;

    // terminal_selection.cpp
    [[nodiscard]] TermPosition positionAt(const QPointF& point) const;
    [[nodiscard]] std::optional<std::pair<TermPosition, TermPosition>> selection() const;
    [[nodiscard]] bool isSelected(qint64 line, int column,
                                  const std::optional<std::pair<TermPosition, TermPosition>>& range) const;
    [[nodiscard]] std::pair<int, int> wordAt(qint64 line, int column) const;
    void clearSelection();
    void extendSelection(const QPointF& point);
    void dropSelectionIn(int top, int bottom);
    void publishSelection() const;

    // terminal_keys.cpp, terminal_mouse.cpp
    void send(const QString& text);
    void pasteText(const QString& text);
    bool shortcut(QKeyEvent* event);
    bool sendKey(QKeyEvent* event);
    bool sendMouse(const QPointF& point, int button, bool pressed, Qt::KeyboardModifiers modifiers);
    void followCursor();

    // terminal_accessible.cpp
    [[nodiscard]] QString accessibleText() const; ///< the lines in sight
    [[nodiscard]] int columnOf(qint64 absolute, int characters) const;
    void tellAccessible();

    // terminal_search.cpp
    void reveal(qint64 line);

    static constexpr int margin = 8;
};

/// What was held down, in libvterm's words.
[[nodiscard]] inline VTermModifier modifiersOf(Qt::KeyboardModifiers modifiers)
{
    int result = VTERM_MOD_NONE;
    if (modifiers & Qt::ShiftModifier)
        result |= VTERM_MOD_SHIFT;
    if (modifiers & Qt::AltModifier)
        result |= VTERM_MOD_ALT;
    if (modifiers & Qt::ControlModifier)
        result |= VTERM_MOD_CTRL;
    return VTermModifier(result);
}

namespace terminal_colors {
inline const QColor background{0x0f141b};
inline const QColor foreground{0xd6dce4};
inline const QColor selection{0x2f4a78};
} // namespace terminal_colors

} // namespace diptych::widgets
