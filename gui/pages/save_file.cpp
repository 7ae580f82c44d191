#include "pages/save_file.h"

#include <QFileDialog>
#include <QRegularExpression>
#include <QSaveFile>

namespace diptych::pages {

namespace {

QString suffixOf(const QString& filter)
{
    static const QRegularExpression pattern(QStringLiteral("\\*\\.(\\w+)"));
    return pattern.match(filter).captured(1);
}

} // namespace

void saveFile(QWidget* parent, Navigator& navigator, const SaveOffer& offer,
              std::function<QByteArray(const QString& path)> contents)
{
    auto* dialog = new QFileDialog(parent, offer.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(offer.filters);
    dialog->setDefaultSuffix(suffixOf(offer.filters.value(0)));
    dialog->selectFile(offer.name + QLatin1Char('.') + suffixOf(offer.filters.value(0)));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, name = offer.name](const QString& filter) {
        dialog->setDefaultSuffix(suffixOf(filter));
        dialog->selectFile(name + QLatin1Char('.') + suffixOf(filter));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [&navigator, offer, contents = std::move(contents)](const QString& path) {
                         QSaveFile file(path);
                         const QByteArray bytes = contents(path);
                         if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
                             emit navigator.notify(Notice::Good, offer.saved.arg(path));
                         else
                             emit navigator.notify(Notice::Error, offer.failed.arg(path), file.errorString());
                     });
    dialog->open();
}

} // namespace diptych::pages
