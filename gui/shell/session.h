// One connection to a helper and what is known through it.
#pragma once

#include "pages/display_windows.h"

namespace diptych::shell {

class Session final
{
public:
    explicit Session(const QString& address);

    void open() { m_client->open(); }
    [[nodiscard]] client::Client& client() { return *m_client; }
    [[nodiscard]] models::InstanceStore& store() { return m_store; }
    [[nodiscard]] models::OperationModel& operations() { return m_operations; }
    [[nodiscard]] models::ImageModel& images() { return m_images; }
    [[nodiscard]] models::ImageWork& imageWork() { return m_imageWork; }
    [[nodiscard]] pages::Navigator& navigator() { return m_navigator; }
    [[nodiscard]] const pages::Context& context() const { return m_context; }

private:
    // In this order: the models listen to the client, and go before it.
    std::unique_ptr<client::Client> m_client;
    models::InstanceStore m_store;
    models::InstanceModel m_instances;
    models::OperationModel m_operations;
    models::ActivityModel m_activity;
    models::ImageModel m_images;
    models::ImageWork m_imageWork;
    pages::Navigator m_navigator;
    pages::Context m_context;
    pages::DisplayWindows m_displays;
};

} // namespace diptych::shell
