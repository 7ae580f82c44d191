// The store of images that twin machines on a real libvirtd are made from.
#pragma once

#include "base/files.h"
#include "images/images.h"
#include "machines/host.h"
#include "machines/sandboxed.h"

#include <csignal>

namespace diptych::test {

/// Opens it with busybox:latest in it and a kernel for guests beside it. The text is what this machine lacks: skip.
inline Result<std::string> openTwinStore(Paths& paths, std::unique_ptr<images::Store>& store, Progress& progress)
{
    if (!getenv("DIPTYCH_SANDBOX"))
        return std::string("runs inside tests/support/sandbox --libvirtd only");
    const char* given = getenv("DIPTYCH_KERNELS");
    std::string kernels = given ? given : DIPTYCH_SOURCE "/.build/kernels";
    paths.guest = DIPTYCH_BIN "/diptych-guest";
    bool boot = machines::hostArchitecture() != "" && images::findKernel(paths).has_value();
    if (!boot && !exists(kernels))
        return std::string("no kernel for guests: installer/fetch-kernel .build/kernels");
    signal(SIGPIPE, SIG_IGN); // QtTest has a handler on it that would end us
    TRY(makeDirectories(paths.state));
    if (!boot)
        shell("cp -a '" + kernels + "' " + paths.kernels());
    store = TRY(images::Store::open(paths));
    auto image = store->buildTemplate("busybox", "busybox:latest", progress);
    if (!image && image.error().code == Code::NotSupported)
        return image.error().message;
    if (!image)
        return tl::unexpected<Error>(image.error());
    return std::string();
}

} // namespace diptych::test
