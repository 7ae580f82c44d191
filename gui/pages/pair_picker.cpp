#include "pages/pair_picker.h"

#include "models/wall_words.h"
#include "widgets/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace diptych::pages {

using client::Kind;
using widgets::Tone;

/// "redis (Podman)": whose it is, for names of others may be ours, too.
static QString otherName(const client::Workload& other)
{
    return other.id == QLatin1String("host")
               ? PairPicker::tr("This machine")
               : QStringLiteral("%1 (%2)").arg(other.name, models::workloadMaker(other.maker));
}

PairPicker::PairPicker(const models::InstanceStore& store, QWidget* parent) : QWidget(parent), m_store(store)
{
    for (size_t side = 0; side < 2; ++side) {
        auto* list = new QComboBox(this);
        list->setAccessibleName(side == 0 ? tr("Instance on the left") : tr("Instance on the right"));
        list->setAccessibleDescription(list->accessibleName()); // the name that is told is the text shown
        list->setMinimumWidth(120);
        list->setMaximumWidth(240);
        list->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(list, &QComboBox::activated, this, [this] { emit picked(idOf(0), idOf(1)); });
        m_lists[side] = list;
    }
    auto* swap = new QToolButton(this);
    swap->setIcon(widgets::icon(QStringLiteral("swap"), Tone::Muted));
    swap->setAccessibleName(tr("Swap sides"));
    swap->setToolTip(tr("Swap sides"));
    swap->setFocusPolicy(Qt::StrongFocus);
    connect(swap, &QToolButton::clicked, this, [this] { emit picked(idOf(1), idOf(0)); });
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(m_lists[0]);
    line->addWidget(swap);
    line->addWidget(m_lists[1]);
}

QString PairPicker::idOf(int side) const
{
    return m_lists[size_t(side)]->currentData().toString();
}

void PairPicker::setPair(const QString& left, const QString& right)
{
    m_ids = {left, right};
    for (size_t side = 0; side < 2; ++side)
        m_lists[side]->setCurrentIndex(m_lists[side]->findData(m_ids[side]));
}

void PairPicker::fill()
{
    QStringList wanted;
    for (const QString& id : m_store.ids())
        wanted.append(m_store.nameOf(id));
    for (const client::Workload& other : m_store.others())
        wanted.append(otherName(other));
    for (size_t side = 0; side < 2; ++side) {
        QComboBox* list = m_lists[side];
        QStringList have;
        for (int i = 0; i < list->count(); ++i)
            have.append(list->itemText(i));
        if (wanted == have)
            continue;
        list->clear();
        for (const QString& id : m_store.ids()) {
            const bool machine = m_store.find(id)->context.kind == Kind::Machine;
            list->addItem(widgets::icon(machine ? QStringLiteral("machine") : QStringLiteral("container"),
                                        machine ? Tone::Machine : Tone::Container),
                          m_store.nameOf(id), id);
        }
        for (const client::Workload& other : m_store.others()) {
            const bool machine = other.form == QLatin1String("machine");
            list->addItem(widgets::icon(machine ? QStringLiteral("machine") : QStringLiteral("container"), Tone::Host),
                          otherName(other), other.id);
        }
        list->setCurrentIndex(list->findData(m_ids[side]));
    }
}

} // namespace diptych::pages
