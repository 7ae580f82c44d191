// Ports of the host that lead into the instance, a line each.
#pragma once

#include "client/types.h"

#include <QWidget>

class QComboBox;
class QSpinBox;
class QVBoxLayout;

namespace diptych::pages {

class PortsEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit PortsEditor(QWidget* parent = nullptr);
    [[nodiscard]] QList<client::Port> ports() const;
    void setExposed(const QStringList& ports); ///< of the image, "80/tcp": what a new line begins with
    void addLine();

signals:
    void changed();

private:
    struct Line
    {
        QWidget* widget;
        QSpinBox* host;
        QSpinBox* inside;
        QComboBox* protocol;
    };
    void removeLine(QWidget* widget);
    [[nodiscard]] client::Port suggestion() const;

    QStringList m_exposed;
    QList<Line> m_lines;
    QVBoxLayout* m_layout;
};

} // namespace diptych::pages
