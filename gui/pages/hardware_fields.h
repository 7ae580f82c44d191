// The controls of the Hardware tab that its parts share.
#pragma once

#include "client/machine_types.h"

#include <QSpinBox>

#include <functional>

class QComboBox;
class QHBoxLayout;

namespace diptych::pages {

constexpr qint64 mebibyte = 1 << 20;
constexpr qint64 gibibyte = 1 << 30;

QSpinBox* spinBox(int least, int most, int value, const QString& name, QWidget* parent);
/// Words that libvirt offers; optional: none of them too.
QComboBox* choiceBox(const client::DeviceOffer& offer, const QString& value, bool optional, QWidget* parent);
QHBoxLayout* buttonLine(std::initializer_list<QWidget*> buttons);

/// One property of a device: what it is called, its control, and what was chosen there.
struct PropertyField
{
    QString property;
    QWidget* widget = nullptr;
    std::function<QString()> value;
};
PropertyField propertyField(const client::DeviceOffer& offer, const QString& value, bool optional, QWidget* parent);

} // namespace diptych::pages
