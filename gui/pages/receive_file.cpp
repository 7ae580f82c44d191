#include "pages/receive_file.h"

#include "client/errors.h"
#include "models/statements.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace diptych::pages {

namespace {

struct Receive
{
    Q_DECLARE_TR_FUNCTIONS(Receive)
};

void receive(const Context& context, std::unique_ptr<client::Transfer> made, const QString& file)
{
    client::Transfer* transfer = made.release();
    transfer->setParent(context.navigator); // as long as this connection is shown
    QObject::connect(transfer, &client::Transfer::finished, context.navigator,
                     [transfer, file, navigator = context.navigator](const std::optional<client::Error>& error) {
                         transfer->deleteLater();
                         if (!error)
                             emit navigator->notify(Notice::Good, Receive::tr("%1 is saved").arg(file));
                         else if (error->name != client::errors::Cancelled)
                             emit navigator->notify(Notice::Error, Receive::tr("%1 could not be saved").arg(file),
                                                    models::errorText(*error));
                     });
    transfer->start();
}

} // namespace

void receiveFile(QWidget* parent, const Context& context, const ReceiveOffer& offer, MakeTransfer make)
{
    auto* dialog = new QFileDialog(parent, offer.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({offer.filter, Receive::tr("All files (*)")});
    dialog->selectFile(offer.name);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [context, make = std::move(make)](const QString& file) { receive(context, make(file), file); });
    dialog->open();
}

} // namespace diptych::pages
