#include "pages/workloads.h"

#include "client/wall_calls.h"
#include "models/statements.h"

namespace diptych::pages {

void askWorkloads(const Context& context, QObject* guard, std::function<void(const QString& problem)> done)
{
    context.client->wallCalls().workloads(
        guard, [store = context.store, done = std::move(done)](const client::Answer<QList<client::Workload>>& answer) {
            if (answer)
                store->setOthers(answer.value());
            if (done)
                done(answer ? QString() : models::errorText(answer.error()));
        });
}

void openOwner(const Context& context, QObject* guard, const QString& id)
{
    if (context.store->contains(id)) {
        emit context.navigator->openInstance(id);
        return;
    }
    askWorkloads(context, guard, [store = context.store, navigator = context.navigator, id](const QString&) {
        if (store->contains(id))
            emit navigator->openInstance(id);
    });
}

widgets::Tone toneOfInstance(const client::Instance& instance)
{
    return instance.id == QLatin1String("host") ? widgets::Tone::Host : widgets::toneOf(instance.context.kind);
}

} // namespace diptych::pages
