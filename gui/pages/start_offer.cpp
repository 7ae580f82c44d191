#include "pages/start_offer.h"

#include "models/actions.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "widgets/emptystate.h"

#include <QCoreApplication>

namespace diptych::pages {

using client::State;
using models::Action;
using widgets::EmptyState;

namespace {

struct StartOffer
{
    Q_DECLARE_TR_FUNCTIONS(StartOffer)
};

QString stoppedTitle(const client::Instance& one)
{
    const QString& name = one.context.name;
    switch (one.runtime.state) {
    case State::Starting:
        return StartOffer::tr("%1 is starting").arg(name);
    case State::Stopped:
        return one.context.kind == client::Kind::Machine ? StartOffer::tr("%1 is off").arg(name)
                                                         : StartOffer::tr("%1 is stopped").arg(name);
    case State::Broken:
        return StartOffer::tr("%1 is broken").arg(name);
    default:
        return StartOffer::tr("%1 is %2").arg(name, models::stateName(one.runtime.state));
    }
}

/// Why it does not run, as far as anybody knows.
QString stoppedWhy(const client::Runtime& runtime)
{
    QStringList why;
    if (!runtime.problem.isEmpty())
        why.append(runtime.problem);
    if (runtime.state != State::Stopped)
        return why.join(u'\n');
    if (runtime.finishedAt > 0)
        why.append(runtime.exitCode
                       ? StartOffer::tr("It ended at %1 and %2.")
                             .arg(models::dateTime(runtime.finishedAt), models::exitText(*runtime.exitCode))
                       : StartOffer::tr("It ended at %1.").arg(models::dateTime(runtime.finishedAt)));
    else if (runtime.startedAt == 0 && why.isEmpty())
        why.append(StartOffer::tr("It was not started yet, or nobody saw it end."));
    if (runtime.oomKilled)
        why.append(StartOffer::tr("Its memory ran out; the kernel killed a process."));
    return why.join(u'\n');
}

Action offered(const client::Instance& one)
{
    return one.runtime.state == State::Paused ? Action::Resume : Action::Start;
}

} // namespace

Stopped offerStart(EmptyState& empty, const Context& context, const QString& id, const QString& icon)
{
    const client::Instance* one = context.store->find(id);
    if (!one)
        return {};
    if (one->runtime.state == State::Starting) {
        empty.setContent(EmptyState::Look::Loading, stoppedTitle(*one));
        return {};
    }
    const models::Availability can = models::availability(offered(*one), *context.store, {id});
    QStringList text{stoppedWhy(one->runtime)};
    if (!can.allowed && context.store->isBusy(id))
        text.append(can.reason);
    text.removeAll({});
    const QString action = can.allowed ? models::actionText(offered(*one)) : QString();
    empty.setContent(one->runtime.state == State::Broken ? EmptyState::Look::Error : EmptyState::Look::Empty,
                     stoppedTitle(*one), text.join(u'\n'), action, icon);
    return {text.join(u' '), action};
}

void takeStartOffer(const Context& context, const QString& id, QObject* guard)
{
    const client::Instance* one = context.store->find(id);
    const std::optional<client::Verb> verb = one ? models::verbOf(offered(*one)) : std::nullopt;
    if (!verb)
        return;
    context.client->act(*verb, {id}, guard, [navigator = context.navigator](const client::Answer<QStringList>& answer) {
        if (!answer)
            emit navigator->notify(Notice::Error, models::errorText(answer.error()), answer.error().name);
    });
}

} // namespace diptych::pages
