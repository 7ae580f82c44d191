// The machine as one picture: hardware below, the host's kernel on it, every instance standing on that. Width is memory
// or CPU; tiles that would be narrower than a name gather into "+12 more". The still parts are cached as a picture, so
// a frame costs the same with 10 and 1,000 instances.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace diptych::widgets {

struct MapTile
{
    QString id;
    QString name;
    QString caption; ///< the image, or what runs in it
    client::Kind kind = client::Kind::Container;
    client::State state = client::State::Running;
    double memory = 0;     ///< bytes, width by memory and share of the memory strip
    double cpu = 0;        ///< cores, width by CPU
    QString value;         ///< "55 %", right of the name where it fits
    QString footer;        ///< container: "11 processes"; machine: its kernel, "kernel 6.1.0"
    QString problem;       ///< not empty: a warning mark, and in the tool tip
    QList<double> history; ///< 0..1, oldest first
    bool operator==(const MapTile&) const = default;
};

struct MapHost
{
    QString kernel;  ///< "6.12.48"
    QString caption; ///< "up 12 days · every container's system calls land here"
    std::optional<double> cpuPressure, memoryPressure, ioPressure; ///< percent; empty: the kernel doesn't say
    QList<double> cpus;                                            ///< 0..1 each
    double memoryUsed = 0, memoryTotal = 0;                        ///< bytes
    QString memoryText;                                            ///< under the strip
    QString diskText;
    QString networkText;
    QList<double> network; ///< bytes/s, oldest first
};

class MachineMap final : public QWidget
{
    Q_OBJECT
public:
    enum class WidthBy { Memory, Cpu };

    explicit MachineMap(QWidget* parent = nullptr);
    ~MachineMap() override;

    void setTiles(const QList<MapTile>& tiles); ///< in the order shown; containers first
    void setHost(const MapHost& host);
    void setWidthBy(WidthBy by);
    [[nodiscard]] QString current() const; ///< id of the instance under the keyboard, or empty
    void setCurrent(const QString& id);
    [[nodiscard]] QString tilesText() const; ///< a line each, for screen readers
    [[nodiscard]] QSize sizeHint() const override { return {900, 420}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {520, 330}; }

signals:
    void openInstance(const QString& id);
    /// "+12 more" was clicked.
    void openGroup(diptych::client::Kind kind, const QStringList& ids);
    void openHardware(); ///< the strip at the bottom; by keys: Down, Enter
    void contextMenuRequested(const QString& id, const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    friend class MapAccessible;
    friend class TileAccessible;
    void activate(int place);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace diptych::widgets
