// One tab of an instance's details. Made when first shown; asks the helper only while it is the visible one.
#pragma once

#include "pages/context.h"

namespace diptych::pages {

class DetailTab : public QWidget
{
    Q_OBJECT
public:
    explicit DetailTab(const Context& context, QWidget* parent) : QWidget(parent), m_context(context) {}

    /// Another instance, or none (empty).
    void setId(const QString& id)
    {
        if (id == m_id)
            return;
        m_id = id;
        reset();
        if (isVisible())
            activate();
    }
    [[nodiscard]] const QString& id() const { return m_id; }
    virtual void refresh() { activate(); }

protected:
    virtual void reset() {}    ///< forget the other instance
    virtual void activate() {} ///< visible with an instance: ask for what is shown
    void showEvent(QShowEvent* event) override
    {
        QWidget::showEvent(event);
        activate();
    }

    [[nodiscard]] const Context& context() const { return m_context; }
    [[nodiscard]] client::Client& client() const { return *m_context.client; }
    [[nodiscard]] models::InstanceStore& store() const { return *m_context.store; }
    [[nodiscard]] const client::Instance* instance() const { return store().find(m_id); }
    /// Storage and networks through it are those of the machine's own connection.
    [[nodiscard]] client::MachineCalls& placeCalls() const
    {
        return client().machineCallsOn(instance() ? instance()->runtime.connection : QString());
    }

private:
    Context m_context;
    QString m_id;
};

} // namespace diptych::pages
