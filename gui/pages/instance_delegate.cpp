#include "pages/instance_delegate.h"

#include "models/instance_model.h"
#include "widgets/kind.h"
#include "widgets/sparkline.h"

#include <QApplication>
#include <QPainter>

namespace diptych::pages {

using models::InstanceModel;
using widgets::colors;
using widgets::Tone;

namespace {

constexpr double margin = 8;
constexpr double sparkWidth = 84;

void paintText(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color, const QFont& font)
{
    painter.setFont(font);
    painter.setPen(color);
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

void paintCpu(QPainter& painter, const QRectF& rect, const QModelIndex& index, const QColor& tone)
{
    const double limit = index.data(InstanceModel::LimitRole).toDouble();
    const auto history = index.data(InstanceModel::HistoryRole).value<QList<double>>();
    const double height = qMin(rect.height() - 10, 24.0);
    const QRectF spark(rect.left(), rect.center().y() - height / 2, qMin(sparkWidth, rect.width()), height);
    if (!history.isEmpty())
        widgets::paintSparkline(painter, spark, history, limit > 0 ? limit : 1.0, tone);
    const QRectF rest(spark.right() + margin, rect.top(), rect.right() - spark.right() - margin, rect.height());
    if (rest.width() > 12)
        paintText(painter, rest, index.data().toString(), colors().muted, widgets::Theme::instance().small());
}

void paintMemory(QPainter& painter, const QRectF& rect, const QModelIndex& index, const QColor& tone)
{
    const QFont small = widgets::Theme::instance().small();
    const QFontMetricsF metrics(small);
    const double barHeight = 6;
    const double block = barHeight + 3 + metrics.height();
    const double top = rect.center().y() - block / 2;
    const double fraction = index.data(InstanceModel::FractionRole).toDouble();
    const bool limited = index.data(InstanceModel::LimitRole).toDouble() > 0;
    const QRectF bar(rect.left(), top, qMin(sparkWidth, rect.width()), barHeight);
    // Without a limit the bar is of the host's memory, and so never alarming by itself.
    widgets::paintMeter(painter, bar, qMax(0.0, limited ? fraction : qMin(fraction, 0.89)), 1, tone);
    const QRectF line(rect.left(), bar.bottom() + 3, rect.width(), metrics.height());
    paintText(painter, line, index.data().toString(), colors().muted, small);
}

/// What people call it below its name, where they do.
void paintName(QPainter& painter, const QRectF& rect, const QModelIndex& index, const QColor& text)
{
    const QFont strong = widgets::scaledFont(1, QFont::DemiBold);
    const QString title = index.data(InstanceModel::TitleRole).toString();
    if (title.isEmpty()) {
        paintText(painter, rect, index.data().toString(), text, strong);
        return;
    }
    const QFont small = widgets::Theme::instance().small();
    const double name = QFontMetricsF(strong).height(), below = QFontMetricsF(small).height();
    const double top = rect.center().y() - (name + below) / 2;
    paintText(painter, {rect.left(), top, rect.width(), name}, index.data().toString(), text, strong);
    paintText(painter, {rect.left(), top + name, rect.width(), below}, title, colors().muted, small);
}

void paintState(QPainter& painter, const QRectF& rect, const QModelIndex& index, const QColor& text, const QFont& font)
{
    const auto state = static_cast<client::State>(index.data(InstanceModel::StateRole).toInt());
    widgets::paintStateDot(painter, QPointF(rect.left() + 4, rect.center().y()), state);
    paintText(painter, rect.adjusted(14, 0, 0, 0), index.data().toString(), text, font);
}

} // namespace

void InstanceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item(option);
    initStyleOption(&item, index);
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const auto kind = static_cast<client::Kind>(index.data(InstanceModel::KindRole).toInt());
    const auto state = static_cast<client::State>(index.data(InstanceModel::StateRole).toInt());
    const bool quiet = index.data(InstanceModel::StaleRole).toBool();
    const bool off = state == client::State::Stopped;
    const QColor tone = quiet ? colors().faint : widgets::toneColor(widgets::toneOf(kind));
    const QColor text = quiet ? colors().faint : colors().text;
    const QRectF rect = QRectF(option.rect).adjusted(margin, 0, -margin, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (index.column()) {
    case InstanceModel::KindColumn:
        widgets::paintKindIcon(*painter, QRectF(rect.left() + 2, rect.center().y() - 6.5, 18, 13), kind, quiet);
        break;
    case InstanceModel::NameColumn:
        paintName(*painter, rect, index, text);
        break;
    case InstanceModel::StateColumn:
        paintState(*painter, rect, index, text, option.font);
        break;
    case InstanceModel::CpuColumn:
        if (!off)
            paintCpu(*painter, rect, index, tone);
        break;
    case InstanceModel::MemoryColumn:
        paintMemory(*painter, rect, index, off ? colors().faint : tone);
        break;
    case InstanceModel::AddressColumn:
        paintText(*painter, rect, index.data().toString(), text, widgets::Theme::instance().monospace());
        break;
    case InstanceModel::UpColumn:
        paintText(*painter, rect, index.data().toString(), colors().muted, option.font);
        break;
    default:
        paintText(*painter, rect, index.data().toString(), text, option.font);
    }
    painter->restore();
}

QSize InstanceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    if (index.column() == InstanceModel::CpuColumn)
        size.setWidth(int(sparkWidth + 4 * margin) + option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")));
    return size;
}

} // namespace diptych::pages
