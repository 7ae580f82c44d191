#include "pages/activity_filter.h"

#include "models/activity_model.h"

#include <QDateTime>

namespace diptych::pages {

using models::ActivityModel;

namespace {

/// Which part of the program an action belongs to; what is not listed is none of them.
QString areaOf(const QString& verb)
{
    static const QHash<QString, QStringList> areas{
        {QStringLiteral("life"),
         {QStringLiteral("create"), QStringLiteral("start"), QStringLiteral("stop"), QStringLiteral("kill"),
          QStringLiteral("pause"), QStringLiteral("resume"), QStringLiteral("restart"), QStringLiteral("delete"),
          QStringLiteral("rename"), QStringLiteral("clone"), QStringLiteral("migrate"), QStringLiteral("save")}},
        {QStringLiteral("limits"),
         {QStringLiteral("setLimits"), QStringLiteral("changeHardware"), QStringLiteral("editXml")}},
        {QStringLiteral("images"),
         {QStringLiteral("buildImage"), QStringLiteral("buildTemplate"), QStringLiteral("pull"), QStringLiteral("push"),
          QStringLiteral("import"), QStringLiteral("export"), QStringLiteral("importDisk"),
          QStringLiteral("exportDisk"), QStringLiteral("importMachine"), QStringLiteral("deleteDisk"),
          QStringLiteral("deleteImage"), QStringLiteral("commit"), QStringLiteral("tag"), QStringLiteral("prune"),
          QStringLiteral("login"), QStringLiteral("logout")}},
        {QStringLiteral("groups"),
         {QStringLiteral("limitGroup"), QStringLiteral("freezeGroup"), QStringLiteral("thawGroup"),
          QStringLiteral("killGroup"), QStringLiteral("moveProcess")}},
        {QStringLiteral("events"),
         {QStringLiteral("exited"), QStringLiteral("oomKilled"), QStringLiteral("throttled")}}};
    for (auto area = areas.cbegin(); area != areas.cend(); ++area)
        if (area->contains(verb))
            return area.key();
    return {};
}

/// For other programs: quoted, and nothing that a spreadsheet would take for a formula.
QString csvField(QString text)
{
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front()))
        text.prepend(QLatin1Char('\''));
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

} // namespace

void ActivityFilter::setText(const QString& text)
{
    m_text = text;
    invalidateFilter();
}

void ActivityFilter::setArea(const QString& area)
{
    m_area = area;
    invalidateFilter();
}

void ActivityFilter::setKind(int kind)
{
    m_kind = kind;
    invalidateFilter();
}

void ActivityFilter::setOutcome(const QString& outcome)
{
    m_outcome = outcome;
    invalidateFilter();
}

bool ActivityFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex first = sourceModel()->index(row, 0, parent);
    const QString outcome = first.data(ActivityModel::OutcomeRole).toString();
    if (m_outcome == QLatin1String("trouble") ? outcome == QLatin1String("ok")
                                              : !m_outcome.isEmpty() && outcome != m_outcome)
        return false;
    if (m_kind >= 0 && first.data(ActivityModel::KindRole).toInt() != m_kind)
        return false;
    if (!m_area.isEmpty() && areaOf(first.data(ActivityModel::VerbRole).toString()) != m_area)
        return false;
    if (m_text.isEmpty())
        return true;
    for (int column = 0; column < ActivityModel::ColumnCount; ++column)
        if (sourceModel()->index(row, column, parent).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    return first.data(ActivityModel::MessageRole).toString().contains(m_text, Qt::CaseInsensitive);
}

QByteArray activityCsv(const QAbstractItemModel& listed)
{
    QString text = QStringLiteral("time,instance,subject,action,outcome,what,who,message\r\n");
    for (int row = 0; row < listed.rowCount(); ++row) {
        const auto cell = [&listed, row](int column, int role = Qt::DisplayRole) {
            return csvField(listed.index(row, column).data(role).toString());
        };
        const qint64 time = listed.index(row, 0).data(ActivityModel::MomentRole).toLongLong();
        const QStringList fields{QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs),
                                 cell(0, ActivityModel::InstanceRole),
                                 cell(ActivityModel::InstanceColumn),
                                 cell(0, ActivityModel::VerbRole),
                                 cell(0, ActivityModel::OutcomeRole),
                                 cell(ActivityModel::WhatColumn),
                                 cell(ActivityModel::WhoColumn),
                                 cell(0, ActivityModel::MessageRole)};
        text += fields.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return text.toUtf8();
}

} // namespace diptych::pages
