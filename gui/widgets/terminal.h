// A terminal (libvterm) for containers' ptys and machines' serial consoles. Bytes in by feed(), out by typed(); it
// knows no connection. Feeding is sliced: however much arrives, the GUI thread is free again after a few milliseconds.
#pragma once

#include <QAbstractScrollArea>

#include <memory>

namespace diptych::widgets {

class TerminalView final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    static constexpr int scrollbackLimit = 10'000; ///< lines

    explicit TerminalView(QWidget* parent = nullptr);
    ~TerminalView() override;

    void feed(const QByteArray& bytes);
    void reset(); ///< as a new terminal: screen, scrollback, modes
    [[nodiscard]] int columns() const;
    [[nodiscard]] int rows() const;
    [[nodiscard]] QString title() const;
    /// Bytes that wait to be shown. The caller may stop reading while it is large.
    [[nodiscard]] qsizetype backlog() const;
    [[nodiscard]] int scrollbackLines() const;
    [[nodiscard]] QString screenText() const; ///< the visible lines, trailing blanks cut
    [[nodiscard]] QString selectedText() const;
    /// Nothing is typed; keys go unheard. The reason shows as a faint line at the bottom: "stopped", "detached".
    void setReadOnly(bool readOnly, const QString& reason = {});
    enum class Search { Here, Older, Newer };
    /// Marks the next place of words, whatever their case, from what is marked; once around. False: nowhere.
    bool find(const QString& words, Search direction);
    [[nodiscard]] QSize sizeHint() const override;

public slots:
    void copy();
    void paste();
    void pastePrimary();
    void selectAll();
    void clear(); ///< scrollback and all but the cursor's line
    void zoomIn();
    void zoomOut();
    void zoomReset();
    void openSearch();

signals:
    void typed(const QByteArray& bytes);
    void resized(int columns, int rows);
    void titleChanged(const QString& title);
    void bell();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    friend class TerminalAccessible;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::widgets
