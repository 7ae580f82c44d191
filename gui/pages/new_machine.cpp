#include "pages/new_machine.h"

#include "dialogs/new_machine_dialog.h"

namespace diptych::pages {

void askNewMachine(const Context& context, QWidget* parent, const client::VolumeName& volume, bool medium,
                   const QString& connection)
{
    auto* dialog = new dialogs::NewMachineDialog(*context.client, *context.store, connection, parent);
    dialog->setWork(*context.imageWork);
    if (!volume.pool.isEmpty())
        dialog->start(volume, medium);
    QObject::connect(dialog, &dialogs::NewMachineDialog::begun, parent, [context, parent](const QString& operation) {
        context.operations->whenEnded(operation, parent, [context](const client::Operation& ended) {
            if (!ended.resultIds.isEmpty())
                emit context.navigator->openInstanceTab(ended.resultIds.first(), QStringLiteral("display"));
        });
    });
    dialog->ask();
}

} // namespace diptych::pages
