#include "dialogs/group_dialogs.h"

#include <QComboBox>
#include <QCompleter>

namespace diptych::dialogs {

using client::Answer;
using client::Nothing;

KillGroupDialog::KillGroupDialog(client::GroupCalls& calls, const QString& path, qint64 tasks, QWidget* parent)
    : FormDialog(tr("Kill all in %1?").arg(path), tr("Kill"), parent), m_calls(calls), m_path(path)
{
    setLook(Look::Danger);
    addNote(tasks > 0
                ? tr("%n process(es) and thread(s) in it and in the groups inside end at once.", nullptr, int(tasks))
                : tr("All processes in it and in the groups inside end at once."));
    addNote(tr("What they have not saved is lost. The group itself stays."));
}

void KillGroupDialog::send()
{
    setBusy(true);
    m_calls.kill(m_path, this, [this](const Answer<Nothing>& answer) {
        if (answer)
            accept();
        else
            refuse(tr("Not killed"), answer.error());
    });
}

MoveProcessDialog::MoveProcessDialog(client::GroupCalls& calls, const client::GroupTask& task, const QString& from,
                                     const QStringList& groups, QWidget* parent)
    : FormDialog(tr("Move process %1 to another group").arg(task.pid), tr("Move"), parent),
      m_calls(calls),
      m_task(task),
      m_from(from),
      m_to(new QComboBox(this))
{
    m_to->setEditable(true);
    m_to->setInsertPolicy(QComboBox::NoInsert);
    m_to->addItems(groups);
    m_to->completer()->setFilterMode(Qt::MatchContains);
    m_to->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_to->setCurrentText(from);
    m_to->setMinimumContentsLength(40);
    addNote(task.command);
    addField(tr("&Group"), m_to, QStringLiteral("path"), tr("Its limits hold for the process from then on."));
    connect(m_to, &QComboBox::currentTextChanged, this, &MoveProcessDialog::follow);
    follow();
}

QString MoveProcessDialog::blocker() const
{
    const QString to = m_to->currentText().trimmed();
    if (to == m_from)
        return tr("It is in this group already.");
    return to.startsWith(u'/') && to.size() > 1 ? QString() : tr("A group's path begins with a slash.");
}

void MoveProcessDialog::send()
{
    clearProblems();
    setBusy(true);
    m_calls.move(m_task, m_to->currentText().trimmed(), this, [this](const Answer<Nothing>& answer) {
        if (answer)
            accept();
        else
            refuse(tr("Not moved"), answer.error());
    });
}

} // namespace diptych::dialogs
