// Images that look like real ones: common bases, histories as builders write them, files of a layer.
#pragma once

#include "gui/support/fake_helper.h"

namespace diptych::test {

QJsonObject imageLayer(const QString& name, qint64 size);
QJsonObject image(const QString& reference, const QJsonArray& layers, const QStringList& usedBy = {});
/// Eight images on three bases; nginx is used by web and web-vm.
QJsonArray sampleImages();
/// The streams and answers of a helper that knows images.
void serveImages(FakeHelper& helper);
QJsonObject imageOperation(const QString& id, const QString& verb, const QString& subject, const QString& state,
                           const QJsonArray& parts = {}, const QJsonObject& result = {});
QJsonArray pullParts(qint64 done);

} // namespace diptych::test
