#include "models/formatting.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

struct Formatting
{
    Q_DECLARE_TR_FUNCTIONS(Formatting)
};

/// Three digits that count: "9.75" has two decimals, "97.5" one, "975" none. Zeros at the end are left out.
QString figures(double value)
{
    const double size = std::abs(value);
    const int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    QString text = QLocale().toString(value, 'f', decimals);
    const QString point = QLocale().decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
    }
    return text;
}

QString withDecimals(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

QString none()
{
    return u"–"_s;
}

QString count(qint64 number)
{
    return QLocale().toString(number);
}

QString bytes(qint64 size)
{
    static const QStringList units{u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s, u"PiB"_s};
    double value = double(size);
    qsizetype unit = 0;
    while (std::abs(value) >= 1023.5 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    // One digit after the point is all that memory and disks need.
    const double rounded = std::abs(value) < 99.95 && unit > 0 ? std::round(value * 10) / 10 : std::round(value);
    return figures(rounded) + u' ' + units.at(unit);
}

QString bytesOrNone(qint64 limit)
{
    return limit > 0 ? bytes(limit) : Formatting::tr("no limit");
}

QString rate(double bytesPerSecond)
{
    return Formatting::tr("%1/s", "bytes per second").arg(bytes(qint64(std::llround(bytesPerSecond))));
}

QString percent(double fraction)
{
    const double value = fraction * 100;
    return withDecimals(value, std::abs(value) < 9.95 && value != 0 ? 1 : 0) + u" %"_s;
}

QString cores(double value)
{
    // Plural forms go by whole numbers; anything else is plural.
    return value == 1 ? Formatting::tr("1 core") : Formatting::tr("%1 cores").arg(figures(value));
}

QString coresOrNone(double limit)
{
    return limit > 0 ? cores(limit) : Formatting::tr("no limit");
}

QString cpuUse(double used, double limit)
{
    return percent(limit > 0 ? used / limit : used);
}

QString memoryUse(qint64 used, qint64 limit)
{
    return limit > 0 ? Formatting::tr("%1 of %2", "memory used, limit").arg(bytes(used), bytes(limit)) : bytes(used);
}

QString nanoseconds(qint64 ns)
{
    if (ns <= 0)
        return none();
    const double value = double(ns);
    if (value < 999.5)
        return figures(value) + u" ns"_s;
    if (value < 999.5e3)
        return figures(value / 1e3) + u" µs"_s;
    if (value < 999.5e6)
        return figures(value / 1e6) + u" ms"_s;
    if (value < 119.5e9)
        return figures(value / 1e9) + u" s"_s;
    return duration(ns / 1'000'000);
}

QString duration(qint64 milliseconds)
{
    const qint64 seconds = std::max<qint64>(0, milliseconds) / 1000;
    if (seconds < 60)
        return Formatting::tr("%1 s", "seconds").arg(count(seconds));
    if (seconds < 3600)
        return Formatting::tr("%1 min", "minutes").arg(count(seconds / 60));
    if (seconds < 48 * 3600)
        return Formatting::tr("%1 h", "hours").arg(count(seconds / 3600));
    return Formatting::tr("%1 d", "days").arg(count(seconds / 86400));
}

QString ago(qint64 time, qint64 now)
{
    if (time <= 0)
        return none();
    const qint64 past = (now > 0 ? now : QDateTime::currentMSecsSinceEpoch()) - time;
    return past < 5000 ? Formatting::tr("just now") : Formatting::tr("%1 ago").arg(duration(past));
}

QString dateTime(qint64 time)
{
    if (time <= 0)
        return none();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    return QLocale().toString(moment.date(), QLocale::ShortFormat) + u' ' + moment.time().toString(u"HH:mm:ss"_s);
}

QString timeOfDay(qint64 time)
{
    if (time <= 0)
        return none();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time);
    return moment.date() == QDate::currentDate() ? moment.time().toString(u"HH:mm:ss"_s) : dateTime(time);
}

QString ratio(double value)
{
    return std::isfinite(value) ? figures(value) + u" ×"_s : none();
}

} // namespace diptych::models
