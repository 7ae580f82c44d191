// The helper's reasons in the language of the window. They come as English sentences; those that are seen most are
// known here, with their parameters, and a test holds them against the helper's sources.
#pragma once

#include "client/types.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace diptych::models {

/// As it came where it is not known.
QString reasonText(const QString& message);
/// What an image's template makes, or why it can't.
QString templateText(const client::ImageTemplate& offered);
/// "disk:vda": "Disk vda"; as it came where it is not known.
QString reasonField(const QString& field);
/// Who needs a file: "domain web", "snapshot s1 of web", "volume images/web.qcow2".
QString diskUserTexts(const QStringList& users);
/// "there is no disk %1": for the test.
QList<const char*> knownReasons();

} // namespace diptych::models
