// Questions about control groups: killing all in one, and where a process shall go.
#pragma once

#include "client/group_calls.h"
#include "dialogs/form_dialog.h"

class QComboBox;

namespace diptych::dialogs {

class KillGroupDialog final : public FormDialog
{
    Q_OBJECT
public:
    /// tasks: how many are in it and in the groups inside.
    KillGroupDialog(client::GroupCalls& calls, const QString& path, qint64 tasks, QWidget* parent);

protected:
    void send() override;

private:
    client::GroupCalls& m_calls;
    QString m_path;
};

class MoveProcessDialog final : public FormDialog
{
    Q_OBJECT
public:
    MoveProcessDialog(client::GroupCalls& calls, const client::GroupTask& task, const QString& from,
                      const QStringList& groups, QWidget* parent);

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    client::GroupCalls& m_calls;
    client::GroupTask m_task;
    QString m_from;
    QComboBox* m_to;
};

} // namespace diptych::dialogs
