// What the methods of org.diptych.Images have in common: find the store, ask it on a worker, answer.
#pragma once

#include "daemon/daemon.h"

namespace diptych {

/// The store, or the call is answered with NotSupported.
ImageSource* imagesOrAnswer(Daemon& daemon, const varlink::CallPointer& call);
/// Ids of the instances made from the image.
std::vector<std::string> usersOf(const Daemon& daemon, const images::Image& image);
Json imageJson(const Daemon& daemon, const images::Image& image);

/// work(ImageSource&) on a worker; the call is answered with reply(value), or with work's error.
template <typename Work, typename Reply>
void askImages(Daemon& daemon, const varlink::CallPointer& call, Work work, Reply reply)
{
    ImageSource* source = imagesOrAnswer(daemon, call);
    if (!source)
        return;
    daemon.workers.run([source, work = std::move(work)] { return work(*source); },
                       [call, reply = std::move(reply)](auto result) {
                           if (result)
                               call->reply(reply(*result));
                           else
                               call->error(result.error());
                       });
}

/// The same for a change that is over quickly: recorded in the activity, and subscribers hear of it.
void changeImages(Daemon& daemon, const varlink::CallPointer& call, const std::string& verb, const std::string& subject,
                  std::function<Status(ImageSource&)> work);

/// Work that takes its time, on behalf of this caller.
struct Task
{
    std::string verb, subject;
    std::vector<std::string> instances; ///< held while it runs
    std::function<Result<Json>(Progress&)> work;
};
/// Begins a cancellable operation that the activity will tell of; its id. after: on the loop, when it has ended.
std::string beginTask(Daemon& daemon, const varlink::CallPointer& call, Task task, std::function<void()> after = {});
/// Records a change that is over and answers its call.
void answerChange(Daemon& daemon, const varlink::CallPointer& call, const ActivityEntry& entry, const Status& changed);

/// The first disk of a machine that is off; else an error that says why it can't be read.
Result<images::MachineDisk> diskOfMachine(Driver& driver, const Instance& instance);

struct ImageJob
{
    std::string verb, subject;
    std::vector<std::string> instances; ///< held while it runs
    std::function<Result<Json>(ImageSource&, Progress&)> work;
};
/// Begins an operation; its id. Null store: the call is answered and nothing begun.
std::optional<std::string> beginImageJob(Daemon& daemon, const varlink::CallPointer& call, ImageJob job);

/// {"reference", "digest"}: the result of an operation that makes one image.
Json madeJson(const images::Image& image);
/// Parameter "tlsVerify" and a reference that was checked, or the call is answered.
std::optional<images::Endpoint> endpointOrAnswer(const varlink::CallPointer& call, const char* parameter);

} // namespace diptych
