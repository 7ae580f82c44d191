#include "pages/host_page.h"

#include "models/formatting.h"
#include "pages/host_charts.h"
#include "pages/parts.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace diptych::pages {

HostPage::HostPage(const Context& context, QWidget* parent)
    : Page(context, parent), m_header(new Header(title(), this)), m_charts(new HostCharts(context, this))
{
    QPushButton* back = linkButton(tr("Overview"), m_header, tr("Back to the picture of this machine"));
    connect(back, &QPushButton::clicked, this, [this] { emit navigator().showPage(QStringLiteral("overview")); });
    m_header->addStretch();
    m_header->add(back);
    auto* content = new QWidget(this);
    content->setAccessibleName(title());
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(22, 14, 22, 18);
    inner->addWidget(m_charts);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(scrolling(content, this), 1);
    connect(&store(), &models::InstanceStore::hostChanged, this, &HostPage::tellHost);
    tellHost();
}

void HostPage::tellHost()
{
    const client::Host& host = store().host();
    m_header->setSubtitle(
        store().hasHost()
            ? tr("%1 · %n core(s) · %2", nullptr, host.cpus).arg(host.hostname, models::bytes(host.memory))
            : QString());
}

void HostPage::shown()
{
    m_charts->start();
}

QByteArray HostPage::saveState() const
{
    return QByteArray::number(m_charts->view().span);
}

void HostPage::restoreState(const QByteArray& state)
{
    const qint64 span = state.toLongLong();
    if (std::find(TimeStrip::Spans.begin(), TimeStrip::Spans.end(), span) != TimeStrip::Spans.end())
        m_charts->setSpan(span);
}

} // namespace diptych::pages
