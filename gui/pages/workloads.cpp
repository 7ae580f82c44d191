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

widgets::Tone toneOfInstance(const client::Instance& instance)
{
    return instance.id == QLatin1String("host") ? widgets::Tone::Host : widgets::toneOf(instance.context.kind);
}

} // namespace diptych::pages
