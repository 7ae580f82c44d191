// Says why there is no connection and what mends it; gone as soon as there is one.
#pragma once

#include "client/client.h"
#include "widgets/banner.h"

#include <QTimer>

namespace diptych::shell {

class ConnectionBanner final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionBanner(QWidget* parent = nullptr);
    void follow(client::Client& client);

signals:
    void otherHostWanted();

private:
    void update();
    void showProblem();

    widgets::Banner* m_banner;
    QPointer<client::Client> m_client;
    QTimer m_patience; ///< a connection that comes at once needs no banner
    bool m_hadConnection = false;
};

} // namespace diptych::shell
