#include "pages/hardware_fields.h"

#include "models/hardware.h"
#include "pages/hardware_tab.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

/// A number of the offer's unit; 0 is written as what it means.
PropertyField numberField(const client::DeviceOffer& offer, const QString& value, QWidget* parent)
{
    const bool bytes = offer.unit == u"bytes/s"_s; // shown in MiB, which people think in
    auto* box = new QDoubleSpinBox(parent);
    box->setObjectName(offer.property);
    box->setAccessibleName(models::propertyName(offer.property));
    box->setDecimals(bytes ? 2 : 0);
    box->setRange(0, bytes ? 1e6 : 1e9);
    box->setSuffix(u" "_s + models::unitName(offer.unit));
    box->setSpecialValueText(HardwareTab::tr("no limit"));
    const double scale = bytes ? double(mebibyte) : 1;
    const qint64 before = value.toLongLong();
    box->setValue(double(before) / scale);
    return {offer.property, box, [box, scale, before, shown = box->value(), value] {
                // Untouched it stays exactly what it was, however it was rounded to be shown.
                return box->value() == shown && before > 0 ? value : QString::number(qint64(box->value() * scale));
            }};
}

} // namespace

QSpinBox* spinBox(int least, int most, int value, const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

QComboBox* choiceBox(const client::DeviceOffer& offer, const QString& value, bool optional, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(offer.property);
    box->setAccessibleName(models::propertyName(offer.property));
    if (optional)
        box->addItem(HardwareTab::tr("default"), QString());
    for (const QString& one : offer.values)
        box->addItem(models::valueName(offer, one), one);
    if (!value.isEmpty() && box->findData(value) < 0)
        box->addItem(value, value); // it has it, whatever is offered
    box->setCurrentIndex(std::max(0, box->findData(value)));
    return box;
}

QHBoxLayout* buttonLine(std::initializer_list<QWidget*> buttons)
{
    auto* line = new QHBoxLayout;
    for (QWidget* one : buttons)
        line->addWidget(one);
    line->addStretch(1);
    return line;
}

PropertyField propertyField(const client::DeviceOffer& offer, const QString& value, bool optional, QWidget* parent)
{
    if (!offer.unit.isEmpty())
        return numberField(offer, value, parent);
    QComboBox* box = choiceBox(offer, value, optional, parent);
    return {offer.property, box, [box] { return box->currentData().toString(); }};
}

} // namespace diptych::pages
