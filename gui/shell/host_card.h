// Which host the window looks at: its name, system and what its machines run on; a click offers others.
#pragma once

#include "models/instance_store.h"

#include <QAbstractButton>

namespace diptych::shell {

class HostCard final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit HostCard(QWidget* parent = nullptr);
    void showHost(const QString& address, const client::Host& host);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void chosen(const QString& address);
    void dialogWanted(); ///< "connect to another host…"

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void offer();

    QString m_address;
    QString m_name;
    QString m_detail;
    bool m_ringed = false; ///< the focus came by keyboard
};

} // namespace diptych::shell
