// What creating would write: config.json of the container, the XML of the machine; asked a moment after the last
// change.
#pragma once

#include "client/client.h"
#include "widgets/card.h"

#include <QTimer>

class QPlainTextEdit;
class QTabBar;

namespace diptych::pages {

class PreviewCard final : public widgets::Card
{
    Q_OBJECT
public:
    explicit PreviewCard(client::Client& client, QWidget* parent = nullptr);
    /// twins: both kinds can be looked at.
    void setSpec(const client::Context& spec, bool twins);

signals:
    void refused(const diptych::client::Error& error);
    void accepted();

private:
    void ask();
    client::Client& m_client;
    client::Context m_spec;
    bool m_twins = false;
    QTabBar* m_kinds;
    QPlainTextEdit* m_text;
    QTimer m_settle;
    int m_asked = 0; ///< answers to older questions are dropped
};

} // namespace diptych::pages
