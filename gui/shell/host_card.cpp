#include "shell/host_card.h"

#include "dialogs/connect_dialog.h"
#include "models/formatting.h"
#include "widgets/icons.h"

#include <QFocusEvent>
#include <QMenu>
#include <QPainter>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

bool isRemote(const QString& address)
{
    return address.startsWith(u"ssh:"_s);
}

/// "Debian GNU/Linux 12 (bookworm)" is too long for the card: its tool tip has it whole.
QString shortSystem(QString system)
{
    system.remove(u" GNU/Linux"_s);
    const qsizetype nickname = system.indexOf(u" ("_s);
    return nickname > 0 ? system.left(nickname) : system;
}

} // namespace

HostCard::HostCard(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleDescription(tr("Choose the host to look at"));
    connect(this, &QAbstractButton::clicked, this, &HostCard::offer);
}

void HostCard::showHost(const QString& address, const client::Host& host)
{
    m_address = address;
    m_name = host.hostname.isEmpty() ? (isRemote(address) ? address.mid(4) : tr("This machine")) : host.hostname;
    QStringList parts{isRemote(address) ? u"ssh"_s : tr("local")};
    if (!host.system.isEmpty())
        parts.append(shortSystem(host.system));
    if (!host.acceleration.isEmpty())
        parts.append(host.acceleration == u"none"_s ? tr("no VMs") : host.acceleration.toUpper());
    m_detail = parts.join(u" · "_s);
    QStringList lines{address, host.system, host.kernel.isEmpty() ? QString() : tr("kernel %1").arg(host.kernel),
                      host.cpuModel};
    if (!host.acceleration.isEmpty())
        lines.append(models::accelerationName(host.acceleration) +
                     (host.accelerationReason.isEmpty() ? QString() : u": "_s + host.accelerationReason));
    lines.removeAll(QString());
    setToolTip(lines.join(u'\n'));
    setAccessibleName(tr("Host %1, %2").arg(m_name, m_detail));
    update();
}

QSize HostCard::sizeHint() const
{
    const QFontMetrics large(widgets::scaledFont(1));
    const QFontMetrics small(widgets::scaledFont(11.0 / 13));
    return {180, large.height() + small.height() + 17};
}

void HostCard::focusInEvent(QFocusEvent* event)
{
    m_ringed = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QAbstractButton::focusInEvent(event);
}

void HostCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const widgets::Colors& c = widgets::colors();
    painter.setPen(hasFocus() && m_ringed ? QPen(c.selection, 1.5) : QPen(c.line, 1));
    painter.setBrush(c.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 8, 8);
    const QRect inner = rect().adjusted(11, 7, -28, -7);
    const QFont large = widgets::scaledFont(1, QFont::DemiBold);
    const QFont small = widgets::scaledFont(11.0 / 13);
    painter.setFont(large);
    painter.setPen(c.text);
    painter.drawText(inner, int(Qt::AlignLeading | Qt::AlignTop),
                     QFontMetrics(large).elidedText(m_name, Qt::ElideMiddle, inner.width()));
    painter.setFont(small);
    painter.setPen(c.muted);
    painter.drawText(inner, int(Qt::AlignLeading | Qt::AlignBottom),
                     QFontMetrics(small).elidedText(m_detail, Qt::ElideRight, inner.width()));
    widgets::paintIcon(painter, QRectF(width() - 24, height() / 2.0 - 7, 14, 14), u"chevron-down"_s, c.faint);
}

void HostCard::offer()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QStringList addresses{client::Client::defaultAddress()};
    for (const QString& host : dialogs::ConnectDialog::recentHosts())
        addresses.append(u"ssh:"_s + host);
    if (!addresses.contains(m_address))
        addresses.append(m_address);
    for (const QString& address : std::as_const(addresses)) {
        const bool local = address == addresses.first();
        QAction* action = menu->addAction(widgets::icon(u"host"_s), local ? tr("This machine") : address);
        action->setCheckable(true);
        action->setChecked(address == m_address);
        connect(action, &QAction::triggered, this, [this, address] { emit chosen(address); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Connect to another host…")), &QAction::triggered, this, &HostCard::dialogWanted);
    menu->popup(mapToGlobal(QPoint(0, height() + 4)));
}

} // namespace diptych::shell
