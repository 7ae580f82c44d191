// A FormDialog put together where it is asked, for questions too small for a class of their own.
#pragma once

#include "dialogs/form_dialog.h"

#include <functional>

namespace diptych::dialogs {

class TaskDialog final : public FormDialog
{
    Q_OBJECT
public:
    TaskDialog(const QString& title, const QString& action, QWidget* parent) : FormDialog(title, action, parent) {}

    using FormDialog::addField;
    using FormDialog::addNote;
    using FormDialog::addWide;
    using FormDialog::setFieldVisible;
    using FormDialog::setHint;
    void changed() { follow(); }
    void setDangerous() { setLook(Look::Danger); }
    void setBlocker(std::function<QString()> blocker) { m_blocker = std::move(blocker); }
    void setTask(std::function<void()> task) { m_task = std::move(task); }

    /// What a call's answer does: close, then go on; or the refusal, beside the field it names.
    template <typename T>
    client::Callback<T> answered(const QString& refusal, std::function<void(const T&)> then = {})
    {
        return [this, refusal, then = std::move(then)](const client::Answer<T>& answer) {
            if (!answer) {
                refuse(refusal, answer.error());
                return;
            }
            if (then)
                then(answer.value());
            accept();
        };
    }

protected:
    [[nodiscard]] QString blocker() const override { return m_blocker ? m_blocker() : QString(); }
    void send() override
    {
        clearProblems();
        setBusy(true);
        m_task();
    }

private:
    std::function<QString()> m_blocker;
    std::function<void()> m_task;
};

} // namespace diptych::dialogs
