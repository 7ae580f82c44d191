// Asks where to keep something that the helper sends, takes it there whole or not at all, and says so above the pages.
// It goes on when the page is left; the list of work shows it and can cancel it.
#pragma once

#include "client/transfer.h"
#include "pages/context.h"

namespace diptych::pages {

struct ReceiveOffer
{
    QString title;  ///< of the dialog
    QString name;   ///< suggested, with its suffix
    QString filter; ///< "Disk images (*.qcow2)"
};
using MakeTransfer = std::function<std::unique_ptr<client::Transfer>(const QString& file)>;
void receiveFile(QWidget* parent, const Context& context, const ReceiveOffer& offer, MakeTransfer make);

} // namespace diptych::pages
