// org.diptych.Namespaces
#include "daemon/daemon.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

using Question = std::function<Result<Json>(NamespaceSource&, const std::vector<NamespaceSource::Known>&)>;

std::vector<NamespaceSource::Known> runningInstances(const Daemon& daemon)
{
    std::vector<NamespaceSource::Known> running;
    for (const auto& [id, entry] : daemon.registry.all())
        if (const Instance& i = entry.instance; i.pid > 0)
            running.push_back({id, i.spec.name, i.spec.kind, i.pid, i.cgroup});
    for (const WallCopy* copy : daemon.wallCopies.all())
        running.push_back({copy->instance, fmt::format("copy-{} ({})", copy->id.substr(0, 8), copy->name),
                           Kind::Container, copy->pid, copy->cgroup});
    return running;
}

void answerFrom(Daemon& daemon, const CallPointer& call, Question question)
{
    NamespaceSource* source = daemon.services.namespaces.get();
    if (!source) {
        call->error(Error{Code::NotSupported, "this helper was built without evidence", {}, 0});
        return;
    }
    daemon.workers.run([source, question = std::move(question),
                        running = runningInstances(daemon)] { return question(*source, running); },
                       [call](Result<Json> answer) {
                           if (answer)
                               call->reply(std::move(*answer));
                           else
                               call->error(answer.error());
                       });
}

} // namespace

Status addNamespacesApi(Daemon& daemon)
{
    auto handle = [&daemon](const char* method, Question question) {
        return daemon.server.handle(method, Mode::Plain, [&daemon, question](const CallPointer& call) {
            daemon.registry.whenReady([&daemon, question, call] { answerFrom(daemon, call, question); });
        });
    };
    TRY(handle("org.diptych.Namespaces.List",
               [](NamespaceSource& source, const auto& running) { return source.list(running); }));
    TRY(handle("org.diptych.Namespaces.ListInterfaces",
               [](NamespaceSource& source, const auto& running) { return source.interfaces(running); }));
    return daemon.server.handle("org.diptych.Namespaces.Describe", Mode::Plain, [&daemon](const CallPointer& call) {
        answerFrom(daemon, call,
                   [id = call->parameters()["id"].get<std::string>()](NamespaceSource& source, const auto&) {
                       return source.describe(id);
                   });
    });
}

} // namespace diptych
