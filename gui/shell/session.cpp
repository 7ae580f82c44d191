#include "shell/session.h"

namespace diptych::shell {

Session::Session(const QString& address)
    : m_client(client::Client::create(address)),
      m_store(*m_client),
      m_instances(m_store),
      m_operations(*m_client),
      m_activity(*m_client),
      m_images(*m_client),
      m_imageWork(*m_client, m_operations),
      m_context{m_client.get(), &m_store,     &m_instances, &m_operations, &m_activity,
                &m_images,      &m_navigator, &m_imageWork, &m_displays},
      m_displays(m_context)
{
}

} // namespace diptych::shell
