#include "pages/cost_card.h"

#include "pages/parts.h"
#include "pages/report.h"

#include <QGridLayout>

namespace diptych::pages {

using widgets::Tone;

CostCard::CostCard(QWidget* parent) : Card(tr("What it costs"), parent), m_grid(new QGridLayout)
{
    m_grid->setColumnStretch(0, 1);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(8);
    body()->addLayout(m_grid);
}

void CostCard::setColumns(const Column& left, const Column& right)
{
    const Report::Table table = Report::costs(left.costs, right.costs);
    QList<QStringList> all{{QString(), left.name, right.name, tr("Ratio")}};
    all.append(table.rows);
    if (all == m_shown)
        return;
    m_shown = all;
    clearLayout(m_grid);
    for (int row = 0; row < all.size(); ++row) {
        const bool head = row == 0;
        for (int column = head ? 1 : 0; column < 4; ++column) {
            Tone tone = head || column == 3 ? Tone::Muted : Tone::Text;
            if (head && (column == 1 || column == 2))
                tone = column == 1 ? left.tone : right.tone;
            addLabel(row, column, all.at(row).at(column), tone);
        }
    }
    QStringList words;
    for (const QStringList& row : std::as_const(all))
        words.append(row.join(QStringLiteral(", ")));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
}

void CostCard::addLabel(int row, int column, const QString& text, Tone tone)
{
    auto* label = new ToneLabel(text, tone, this);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (row == 0)
        label->setFont(widgets::Theme::instance().small());
    m_grid->addWidget(label, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace diptych::pages
