// Two instances on one machine, seen from the side. Whether a panel stands on a kernel of its own comes from the boot
// id inside, not from its kind.
#pragma once

#include "widgets/tone.h"

#include <QWidget>

namespace diptych::widgets {

struct PictureProcess
{
    QString command;
    int insidePid = 0; ///< 0: not known
    int hostPid = 0;   ///< 0: none on the host
    QString memory;    ///< formatted, may be empty
};

struct PicturePanel
{
    QString name; ///< empty: nothing chosen; the panel then shows note alone
    client::Kind kind = client::Kind::Container;
    client::State state = client::State::Running;
    QString caption;    ///< "8 namespaces + cgroup", "QEMU, PID 48390 on host"
    QString bootId;     ///< inside; empty: not measured, then the kind's wall is drawn with "not measured"
    QString kernel;     ///< release inside
    QString kernelNote; ///< "virtio · 1 vCPU · 512 MiB"
    QList<PictureProcess> processes;
    int processCount = 0; ///< all of them; past what fits: "+9 more"
    QString note;         ///< instead of processes: "stopped", "starting ..."
};

struct PictureHost
{
    QString bootId;
    QString kernel;
    QString kernelNote;   ///< "KVM · namespaces · cgroup v2"
    QString hardwareNote; ///< "8 cores · 32 GiB · VT-x on", "TCG: processors emulated in software"
};

class DiptychPicture final : public QWidget
{
    Q_OBJECT
public:
    explicit DiptychPicture(QWidget* parent = nullptr);
    void setPanels(const PicturePanel& left, const PicturePanel& right);
    void setHost(const PictureHost& host);
    [[nodiscard]] bool hasOwnKernel(const PicturePanel& panel) const;
    [[nodiscard]] QString pictureText() const; ///< what it shows, in sentences
    [[nodiscard]] QSize sizeHint() const override { return {756, 244}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {420, 236}; }

signals:
    void openInstance(bool right);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void updateAccessible();
    PicturePanel m_left, m_right;
    PictureHost m_host;
};

} // namespace diptych::widgets
