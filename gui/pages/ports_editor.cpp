#include "pages/ports_editor.h"

#include "pages/parts.h"
#include "widgets/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace diptych::pages {

namespace {
constexpr int firstFreePort = 8080;
constexpr int lastPort = 65535;

QSpinBox* portBox(QWidget* parent, int value, const QString& name)
{
    auto* box = new QSpinBox(parent);
    box->setRange(1, lastPort);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}
} // namespace

PortsEditor::PortsEditor(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    QPushButton* add = linkButton(tr("Add a port"), this, tr("Make a port of this machine lead into the instance"));
    connect(add, &QPushButton::clicked, this, &PortsEditor::addLine);
    m_layout->addWidget(add, 0, Qt::AlignLeft);
}

QList<client::Port> PortsEditor::ports() const
{
    QList<client::Port> ports;
    for (const Line& line : m_lines)
        ports.append({line.protocol->currentText(), line.host->value(), line.inside->value()});
    return ports;
}

void PortsEditor::setExposed(const QStringList& ports)
{
    m_exposed = ports;
}

client::Port PortsEditor::suggestion() const
{
    client::Port port{QStringLiteral("tcp"), firstFreePort, 80};
    for (const QString& exposed : m_exposed) {
        const int inside = exposed.section(QLatin1Char('/'), 0, 0).toInt();
        const bool taken = std::any_of(m_lines.begin(), m_lines.end(),
                                       [&](const Line& line) { return line.inside->value() == inside; });
        if (inside > 0 && !taken) {
            port.port = inside;
            port.protocol = exposed.endsWith(QLatin1String("/udp")) ? QStringLiteral("udp") : QStringLiteral("tcp");
            break;
        }
    }
    for (const Line& line : m_lines)
        port.hostPort = qMax(port.hostPort, line.host->value() + 1);
    port.hostPort = qMin(port.hostPort, lastPort);
    return port;
}

void PortsEditor::addLine()
{
    const client::Port port = suggestion();
    Line line{new QWidget(this), nullptr, nullptr, nullptr};
    line.host = portBox(line.widget, port.hostPort, tr("Port on this machine"));
    line.inside = portBox(line.widget, port.port, tr("Port inside"));
    line.protocol = new QComboBox(line.widget);
    line.protocol->setAccessibleName(tr("Protocol"));
    line.protocol->setAccessibleDescription(line.protocol->accessibleName()); // the name told is the text shown
    line.protocol->addItems({QStringLiteral("tcp"), QStringLiteral("udp")});
    line.protocol->setCurrentText(port.protocol);
    auto* remove = new QToolButton(line.widget);
    remove->setIcon(widgets::icon(QStringLiteral("close"), widgets::Tone::Muted));
    remove->setAccessibleName(tr("Remove this port"));
    remove->setToolTip(tr("Remove this port"));
    auto* layout = new QHBoxLayout(line.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(line.host);
    layout->addWidget(new ToneLabel(tr("on this machine →"), widgets::Tone::Muted, line.widget));
    layout->addWidget(line.inside);
    layout->addWidget(new ToneLabel(tr("inside"), widgets::Tone::Muted, line.widget));
    layout->addWidget(line.protocol);
    layout->addWidget(remove);
    layout->addStretch(1);
    for (QSpinBox* box : {line.host, line.inside})
        connect(box, &QSpinBox::valueChanged, this, &PortsEditor::changed);
    connect(line.protocol, &QComboBox::currentIndexChanged, this, &PortsEditor::changed);
    connect(remove, &QToolButton::clicked, this, [this, widget = line.widget] { removeLine(widget); });
    m_layout->insertWidget(int(m_lines.size()), line.widget);
    m_lines.append(line);
    emit changed();
}

void PortsEditor::removeLine(QWidget* widget)
{
    m_lines.removeIf([widget](const Line& line) { return line.widget == widget; });
    widget->hide();
    widget->deleteLater();
    emit changed();
}

} // namespace diptych::pages
