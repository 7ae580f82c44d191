// Asks where to keep something, writes it there whole or not at all, and says so above the pages.
#pragma once

#include "pages/context.h"

namespace diptych::pages {

struct SaveOffer
{
    QString title;       ///< of the dialog
    QString name;        ///< suggested, without a suffix
    QStringList filters; ///< "Web page (*.html)"; the first is chosen
    QString saved;       ///< "Report saved in %1"
    QString failed;      ///< "The report could not be saved in %1"
};

/// contents gets the path, whose suffix says what is wanted.
void saveFile(QWidget* parent, Navigator& navigator, const SaveOffer& offer,
              std::function<QByteArray(const QString& path)> contents);

} // namespace diptych::pages
