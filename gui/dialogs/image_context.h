// What every dialog about images takes. A dialog's parent is the page, so that it goes with its connection.
#pragma once

#include "client/image_calls.h"
#include "models/image_model.h"
#include "models/image_work.h"
#include "models/instance_store.h"
#include "models/operation_model.h"

namespace diptych::dialogs {

struct ImageContext
{
    client::Client& client;
    const models::InstanceStore& store;
    const models::ImageModel& images;
    models::OperationModel& operations;
    models::ImageWork& work;

    [[nodiscard]] client::ImageCalls& calls() const { return client.imageCalls(); }
};

} // namespace diptych::dialogs
