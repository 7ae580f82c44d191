// org.diptych.Instances.Create
#include "base/log.h"
#include "base/names.h"
#include "daemon/daemon.h"
#include "daemon/twins.h"
#include "instances/json.h"

namespace diptych {

using varlink::CallPointer;
using varlink::Mode;

namespace {

/// A call of Create once its parameters are understood.
struct Plan
{
    std::vector<Half> halves; ///< container first
    bool start = false;
};

Result<Plan> planFrom(Daemon& daemon, const Json& parameters)
{
    InstanceSpec spec = TRY(specFrom(JsonReader(parameters["spec"], "spec")));
    spec.twin.clear(); // given by us only
    Plan plan;
    plan.start = parameters["start"].get<bool>();
    std::vector<InstanceSpec> specs = {spec};
    if (parameters["twins"].get<bool>())
        specs = twinSpecs(spec);
    for (InstanceSpec& one : specs) {
        if (auto good = checkSpec(one); !good) {
            Error error = std::move(good).error();
            error.field = error.field.empty() ? "spec" : "spec." + error.field;
            return tl::unexpected<Error>(std::move(error));
        }
        if (one.image.empty())
            return failField("spec.image", "spec.image is missing");
        Driver* driver = daemon.registry.driver(one.kind);
        if (!driver)
            return fail(Code::NotSupported, daemon.registry.problem(one.kind));
        plan.halves.push_back({newId(), std::move(one), driver});
    }
    return plan;
}

Status checkNames(const Daemon& daemon, const Plan& plan)
{
    for (const Half& half : plan.halves) {
        const std::string& name = half.spec.name;
        if (daemon.registry.findName(name) || daemon.reservedNames.count(name))
            return fail(Code::Exists, fmt::format("spec.name: there is an instance \"{}\" already", name));
    }
    return {};
}

Operations::Job jobFor(Daemon& daemon, const CallPointer& call, const Plan& plan)
{
    Operations::Job job;
    job.verb = "create";
    job.subject = plan.halves[0].spec.name;
    job.user = call->peer().uid;
    job.cancellable = true;
    for (const Half& half : plan.halves)
        job.instances.push_back(half.id);
    job.work = [halves = plan.halves, start = plan.start, &daemon](Progress& progress) -> Result<Json> {
        auto made = TRY(createAll(halves, progress));
        // Seen at once: the operation's result names them.
        daemon.loop.post([&daemon, made, halves] {
            for (size_t i = 0; i < made.size(); ++i)
                daemon.registry.put(*halves[i].driver, made[i]);
        });
        Json ids = Json::array();
        for (const Instance& instance : made)
            ids.push_back(instance.id);
        if (start)
            TRY(startAll(halves, made, progress));
        return Json{{"ids", std::move(ids)}};
    };
    ActivityEntry entry = daemon.entryFor(*call, "create");
    job.finished = [&daemon, entry, halves = plan.halves](const Operation& operation, int64_t ns) {
        for (const Half& half : halves) {
            daemon.reservedNames.erase(half.spec.name);
            daemon.registry.refresh(half.id);
            ActivityEntry one = entry;
            one.instance = half.id;
            one.subject = half.spec.name;
            one.kind = toString(half.spec.kind);
            daemon.recordOutcome(one, operation.error ? Status(tl::unexpected<Error>(*operation.error)) : Status(), ns);
        }
    };
    return job;
}

void begin(Daemon& daemon, const CallPointer& call, const Plan& plan)
{
    // Again here: the image was looked up meanwhile, and a dialog may have been open before.
    if (auto good = checkNames(daemon, plan); !good) {
        call->error(good.error());
        return;
    }
    for (const Half& half : plan.halves)
        daemon.reservedNames.insert(half.spec.name);
    call->reply({{"operation", daemon.operations.begin(jobFor(daemon, call, plan))}});
}

Result<images::Image> checkRunning(const Plan& plan, images::Image image)
{
    for (const Half& half : plan.halves) {
        if (auto runs = checkRuns(image.config.architecture, half.spec.kind); !runs) {
            Error error = runs.error();
            error.field = "spec.image";
            return tl::unexpected<Error>(std::move(error));
        }
    }
    return image;
}

void create(Daemon& daemon, const CallPointer& call)
{
    auto plan = planFrom(daemon, call->parameters());
    Status good = plan ? checkNames(daemon, *plan) : Status(tl::unexpected<Error>(plan.error()));
    if (good && !daemon.services.images)
        good = fail(Code::NotSupported, "there is no image store: " + daemon.services.imagesProblem);
    if (!good) {
        daemon.recordOutcome(daemon.entryFor(*call, "create"), good);
        call->error(good.error());
        return;
    }
    daemon.workers.run([source = daemon.services.images.get(),
                        reference = plan->halves[0].spec.image] { return source->find(reference); },
                       [&daemon, call, plan = *plan](Result<images::Image> image) {
                           if (image)
                               image = checkRunning(plan, *std::move(image));
                           if (image)
                               begin(daemon, call, plan);
                           else if (image.error().code == Code::NotFound)
                               call->error(Error{Code::InvalidArgument, image.error().message, "spec.image", 0});
                           else
                               call->error(image.error());
                       });
}

} // namespace

Status addCreateApi(Daemon& daemon)
{
    return daemon.server.handle("org.diptych.Instances.Create", Mode::Plain, [&daemon](const CallPointer& call) {
        daemon.registry.whenReady([&daemon, call] { create(daemon, call); });
    });
}

} // namespace diptych
