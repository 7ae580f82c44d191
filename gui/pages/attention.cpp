#include "pages/attention.h"

#include "models/statements.h"

#include <algorithm>
#include <cmath>

namespace diptych::pages {

using client::Kind;
using client::State;

namespace {
constexpr double throttledTooMuch = 0.2;
constexpr double memoryTooMuch = 0.9;

int percent(double share)
{
    return static_cast<int>(std::lround(share * 100));
}
} // namespace

void Attention::ofInstance(const client::Instance& i, const client::Point* point, double throttled, bool hostHasKvm,
                           QList<Finding>* out)
{
    const auto add = [&](int weight, const QString& text, const QString& detail, Mend mend, const QString& mendText) {
        out->append({weight, i.id, i.context.name, i.context.kind, text, detail, mend, mendText});
    };
    const client::Runtime& r = i.runtime;
    if (r.state == State::Broken)
        add(100, tr("is broken"), r.problem, Mend::Show, tr("Show"));
    else if (r.oomKilled && r.state == State::Stopped)
        add(90, tr("ran out of memory and was killed"), tr("The kernel killed it at its memory limit."),
            Mend::RaiseMemory, tr("Raise memory limit"));
    else if (r.state == State::Stopped && !r.problem.isEmpty())
        add(80, tr("did not start: %1").arg(r.problem), r.problem, Mend::Show, tr("Show"));
    if (r.state != State::Running)
        return;
    const bool nearLimit =
        point && i.context.limits.memory > 0 &&
        static_cast<double>(point->memory) > memoryTooMuch * static_cast<double>(i.context.limits.memory);
    // A machine's whole memory is charged once its kernel has touched it: no sign of need.
    if (r.oomKilled)
        add(70, tr("a process ran out of memory and was killed"), tr("The kernel killed it at the memory limit."),
            Mend::RaiseMemory, tr("Raise memory limit"));
    else if (nearLimit && i.context.kind == Kind::Container)
        add(60,
            tr("uses %1 % of its memory limit")
                .arg(percent(static_cast<double>(point->memory) / static_cast<double>(i.context.limits.memory))),
            tr("At the limit the kernel takes back its page cache, then kills a process."), Mend::RaiseMemory,
            tr("Raise memory limit"));
    if (throttled > throttledTooMuch)
        add(50, tr("held back by its CPU limit for %1 % of the last minute").arg(percent(throttled)),
            tr("It wanted to run and its limit forbade it."), Mend::RaiseCpu, tr("Raise CPU limit"));
    if (i.context.kind == Kind::Container && !r.hostNamespaces.isEmpty())
        add(40, tr("shares with the host: %1").arg(r.hostNamespaces.join(QStringLiteral(", "))),
            tr("These namespaces are the host's own; the wall has a gap there."), Mend::OpenIsolation,
            tr("Show isolation"));
    // Where the host has no KVM the host says so itself, once.
    if (i.context.kind == Kind::Machine && r.acceleration == QLatin1String("tcg") && hostHasKvm)
        add(10, tr("its processor is emulated (TCG)"),
            tr("Every guest instruction is translated by QEMU: correct, and many times slower than KVM."),
            Mend::OpenIsolation, tr("Show isolation"));
}

void Attention::ofHost(const client::Host& host, QList<Finding>* out)
{
    for (const client::Missing& missing : host.missing)
        out->append({5,
                     {},
                     host.hostname,
                     Kind::Container,
                     models::missingTitle(missing),
                     models::missingText(missing),
                     Mend::None,
                     models::missingText(missing)});
}

QList<Finding> Attention::find(const QList<client::Instance>& instances, const QHash<QString, client::Point>& latest,
                               const QHash<QString, double>& throttled, const client::Host& host)
{
    QList<Finding> found;
    for (const client::Instance& instance : instances) {
        const auto point = latest.constFind(instance.id);
        ofInstance(instance, point == latest.constEnd() ? nullptr : &*point, throttled.value(instance.id),
                   host.acceleration == QLatin1String("kvm"), &found);
    }
    ofHost(host, &found);
    std::stable_sort(found.begin(), found.end(),
                     [](const Finding& a, const Finding& b) { return a.weight > b.weight; });
    return found;
}

client::Limits Attention::raised(const client::Limits& limits, Mend mend)
{
    client::Limits more = limits;
    if (mend == Mend::RaiseCpu && limits.cpus > 0)
        more.cpus = std::max(limits.cpus * 1.5, limits.cpus + 0.25);
    if (mend == Mend::RaiseMemory && limits.memory > 0)
        more.memory = limits.memory * 2;
    return more;
}

} // namespace diptych::pages
