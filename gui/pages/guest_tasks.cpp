// GuestTab: what is asked before the agent does something.
#include "client/machine_calls.h"
#include "dialogs/task_dialog.h"
#include "models/hardware.h"
#include "models/statements.h"
#include "pages/guest_tab.h"
#include "widgets/banner.h"

#include <QLineEdit>
#include <QSpinBox>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using dialogs::TaskDialog;
using widgets::Banner;

client::Callback<client::Nothing> GuestTab::teller(const QString& done, const QString& refused)
{
    return [this, asked = id(), done, refused](const client::Answer<client::Nothing>& answer) {
        if (asked != id())
            return;
        if (answer)
            m_banner->showMessage(Banner::Level::Success, done, {});
        else
            m_banner->showMessage(Banner::Level::Error, refused, models::errorText(answer.error()));
        activate();
    };
}

void GuestTab::setClock()
{
    client().machineCalls().setGuestClock(id(), this, teller(tr("Its clock is as the host's"), tr("Clock not set")));
}

void GuestTab::shutDown(bool restart)
{
    client().machineCalls().shutDownGuest(
        id(), restart, this,
        teller(restart ? tr("It was asked to restart") : tr("It was asked to shut down"), tr("Not shut down")));
}

void GuestTab::addChannel()
{
    client().machineCalls().addDevice(
        id(), u"channel"_s, {}, {}, this, [this, asked = id()](const client::Answer<client::Applied>& answer) {
            if (asked != id())
                return;
            if (answer)
                m_banner->showMessage(answer.value().live ? Banner::Level::Success : Banner::Level::Info,
                                      tr("The channel is added"), models::appliedText(answer.value()));
            else
                m_banner->showMessage(Banner::Level::Error, tr("Not added"), models::errorText(answer.error()));
            activate();
        });
}

void GuestTab::askPassword()
{
    auto* dialog = new TaskDialog(tr("Set a password inside %1").arg(store().nameOf(id())), tr("Set it"), this);
    auto* user = new QLineEdit(u"root"_s, dialog);
    auto* password = new QLineEdit(dialog);
    auto* again = new QLineEdit(dialog);
    user->setObjectName(u"user"_s);
    password->setObjectName(u"password"_s);
    again->setObjectName(u"again"_s);
    for (QLineEdit* line : {password, again})
        line->setEchoMode(QLineEdit::Password);
    dialog->addField(tr("User"), user, u"user"_s, tr("One that exists inside"));
    dialog->addField(tr("Password"), password, u"password"_s);
    dialog->addField(tr("Once more"), again, u"again"_s);
    dialog->setBlocker([user, password, again] {
        if (user->text().isEmpty())
            return tr("Whose password?");
        if (password->text().isEmpty())
            return tr("It can't be empty.");
        return password->text() == again->text() ? QString() : tr("Both differ.");
    });
    for (QLineEdit* line : {user, password, again})
        connect(line, &QLineEdit::textChanged, dialog, &TaskDialog::changed);
    dialog->setTask([this, dialog, user, password] {
        client().machineCalls().setGuestPassword(
            id(), user->text(), password->text(), dialog,
            dialog->answered<client::Nothing>(tr("Not set"), [this, name = user->text()](const auto&) {
                m_banner->showMessage(Banner::Level::Success, tr("The password of %1 is set").arg(name), {});
            }));
    });
    dialog->changed();
    dialog->ask();
}

void GuestTab::askFreeze()
{
    auto* dialog = new TaskDialog(tr("Freeze the file systems of %1").arg(store().nameOf(id())), tr("Freeze"), this);
    auto* seconds = new QSpinBox(dialog);
    seconds->setObjectName(u"seconds"_s);
    seconds->setRange(1, 600);
    seconds->setValue(60);
    seconds->setSuffix(tr(" s"));
    dialog->addNote(tr("What is in its memory is written, then nothing more, so that a copy made below it (of a volume "
                       "group, a file system, an array) is whole. Programs inside that write stand still."));
    dialog->addField(tr("At most"), seconds, u"seconds"_s, tr("Then it goes on by itself, or before when you say so."));
    dialog->setTask([this, dialog, seconds] {
        client().machineCalls().freezeGuest(
            id(), seconds->value(), dialog,
            dialog->answered<QString>(tr("Not frozen"), [this](const QString& operation) {
                // A failure is told above the pages.
                context().operations->whenEnded(operation, this, [this](const client::Operation&) { activate(); });
            }));
    });
    dialog->changed();
    dialog->ask();
}

} // namespace diptych::pages
