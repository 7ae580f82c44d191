// The limits of one or two instances by slider. With instances each committed value goes to all of them at once;
// without (New instance) it only holds the values.
#pragma once

#include "client/client.h"
#include "models/instance_store.h"

#include <QWidget>

namespace diptych::widgets {
class Banner;
class LimitSlider;
} // namespace diptych::widgets

namespace diptych::pages {

class LimitsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit LimitsPanel(QWidget* parent = nullptr); ///< holds values only
    LimitsPanel(client::Client& client, models::InstanceStore& store, QWidget* parent = nullptr);

    void setIds(const QStringList& ids);
    void setHost(const client::Host& host); ///< the sliders' ranges
    void setLimits(const client::Limits& limits);
    [[nodiscard]] client::Limits limits() const;
    [[nodiscard]] widgets::LimitSlider* cpu() const { return m_cpu; }
    [[nodiscard]] widgets::LimitSlider* memory() const { return m_memory; }
    [[nodiscard]] widgets::LimitSlider* pids() const { return m_pids; }

signals:
    void limitsChanged(const diptych::client::Limits& limits); ///< by the user

private:
    void build();
    void follow();
    void showNotes();
    void send();
    [[nodiscard]] QString reason() const;

    client::Client* m_client = nullptr;
    models::InstanceStore* m_store = nullptr;
    QStringList m_ids;
    widgets::LimitSlider* m_cpu = nullptr;
    widgets::LimitSlider* m_memory = nullptr;
    widgets::LimitSlider* m_pids = nullptr;
    widgets::Banner* m_banner = nullptr;
    int m_sending = 0;
    bool m_again = false; ///< a value was committed while another was on its way
};

} // namespace diptych::pages
