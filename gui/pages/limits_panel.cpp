#include "pages/limits_panel.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "widgets/banner.h"
#include "widgets/limitslider.h"

#include <QSlider>
#include <QVBoxLayout>

namespace diptych::pages {

using widgets::LimitSlider;
using widgets::Tone;

namespace {
constexpr double mebibyte = 1024.0 * 1024.0;
constexpr double smallestCpu = 0.05;
constexpr double smallestMemory = 16 * mebibyte;
constexpr double mostPids = 32768;
} // namespace

LimitsPanel::LimitsPanel(QWidget* parent) : QWidget(parent)
{
    build();
}

LimitsPanel::LimitsPanel(client::Client& client, models::InstanceStore& store, QWidget* parent)
    : QWidget(parent), m_client(&client), m_store(&store)
{
    build();
    setHost(store.host());
    connect(&store, &models::InstanceStore::hostChanged, this, [this] { setHost(m_store->host()); });
    connect(&store, &models::InstanceStore::changed, this, &LimitsPanel::follow);
    connect(&store, &models::InstanceStore::liveChanged, this, &LimitsPanel::follow);
    connect(&store, &models::InstanceStore::swept, this, &LimitsPanel::showNotes);
}

void LimitsPanel::build()
{
    m_cpu = new LimitSlider(tr("CPU"), LimitSlider::Unit::Cores, smallestCpu, 2, this);
    m_memory = new LimitSlider(tr("Memory"), LimitSlider::Unit::Bytes, smallestMemory, 4096 * mebibyte, this);
    m_pids = new LimitSlider(tr("Processes"), LimitSlider::Unit::Count, 8, mostPids, this);
    m_cpu->setObjectName(QStringLiteral("cpu"));
    m_memory->setObjectName(QStringLiteral("memory"));
    m_pids->setObjectName(QStringLiteral("pids"));
    m_banner = new widgets::Banner(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* part : std::initializer_list<QWidget*>{m_cpu, m_memory, m_pids, m_banner})
        layout->addWidget(part);
    const int widest = std::max({m_cpu->labelWidth(), m_memory->labelWidth(), m_pids->labelWidth()});
    for (LimitSlider* slider : {m_cpu, m_memory, m_pids}) {
        slider->setLabelWidth(widest);
        connect(slider, &LimitSlider::valueCommitted, this, [this] {
            emit limitsChanged(limits());
            send();
        });
    }
}

void LimitsPanel::setHost(const client::Host& host)
{
    if (host.cpus > 0)
        m_cpu->setRange(smallestCpu, host.cpus);
    if (host.memory > 0)
        m_memory->setRange(smallestMemory, double(host.memory));
}

void LimitsPanel::setIds(const QStringList& ids)
{
    if (m_ids != ids)
        m_banner->dismiss();
    m_ids = ids;
    follow();
    showNotes();
}

void LimitsPanel::setLimits(const client::Limits& limits)
{
    m_cpu->setValue(limits.cpus);
    m_memory->setValue(double(limits.memory));
    m_pids->setValue(double(limits.pids));
}

client::Limits LimitsPanel::limits() const
{
    return {m_cpu->value(), qint64(m_memory->value()), qint64(m_pids->value())};
}

QString LimitsPanel::reason() const
{
    for (const QString& id : m_ids) {
        const models::Availability can = models::availability(models::Action::SetLimits, *m_store, {id});
        if (!can.allowed)
            return can.reason;
    }
    return m_ids.isEmpty() ? tr("Nothing is selected.") : QString();
}

void LimitsPanel::follow()
{
    const QString why = reason();
    for (LimitSlider* slider : {m_cpu, m_memory, m_pids})
        slider->setReason(why);
    const client::Instance* first = m_ids.isEmpty() ? nullptr : m_store->find(m_ids.first());
    const auto held = [](const LimitSlider* slider) {
        const auto* inner = slider->findChild<QSlider*>();
        return inner && inner->isSliderDown();
    };
    // While one's own change is on its way, what the store still says is old.
    if (first && m_sending == 0 && !held(m_cpu) && !held(m_memory) && !held(m_pids) &&
        limits() != first->context.limits)
        setLimits(first->context.limits);
}

void LimitsPanel::showNotes()
{
    if (!m_store)
        return;
    QStringList cpu;
    QStringList memory;
    QStringList pids;
    double throttled = 0;
    for (const QString& id : std::as_const(m_ids)) {
        const client::Point* point = m_store->point(id);
        if (!point)
            continue;
        throttled = qMax(throttled, point->throttled);
        cpu.append(models::percent(point->cpu));
        memory.append(models::bytes(point->memory));
        pids.append(models::count(point->pids));
    }
    const QString between = QStringLiteral(" · ");
    const auto note = [&between](const QStringList& values) {
        return values.isEmpty() ? QString() : tr("%1 now").arg(values.join(between));
    };
    QString used = note(cpu);
    if (throttled >= 0.01)
        used = tr("%1, held back %2").arg(used, models::percent(throttled));
    m_cpu->setNote(used, throttled > 0.2 ? Tone::Warn : Tone::Muted);
    m_memory->setNote(note(memory));
    m_pids->setNote(note(pids));
}

void LimitsPanel::send()
{
    if (!m_client || m_ids.isEmpty())
        return;
    if (m_sending > 0) {
        m_again = true;
        return;
    }
    m_banner->dismiss();
    const client::Limits wanted = limits();
    m_sending = int(m_ids.size());
    for (const QString& id : std::as_const(m_ids)) {
        m_client->setLimits(id, wanted, this, [this, id](const client::Answer<client::Nothing>& answer) {
            --m_sending;
            if (!answer)
                m_banner->showMessage(widgets::Banner::Level::Error,
                                      tr("The limits of %1 did not change").arg(m_store->nameOf(id)),
                                      models::errorText(answer.error()));
            if (m_sending > 0)
                return;
            if (std::exchange(m_again, false))
                send();
            else if (!answer)
                follow();
        });
    }
}

} // namespace diptych::pages
