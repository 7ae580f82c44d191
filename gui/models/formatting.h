// Numbers and times in words, translated and in the user's locale.
#pragma once

#include "client/types.h"

namespace diptych::models {

QString bytes(qint64 size);                   ///< "512 MiB", "1.5 GiB"
QString bytesOrNone(qint64 limit);            ///< 0: "no limit"
QString rate(double bytesPerSecond);          ///< "3.1 MiB/s"
QString percent(double fraction);             ///< 0.38: "38 %"; below 10 % with one digit
QString cores(double cores);                  ///< "1.5 cores"
QString coresOrNone(double limit);            ///< 0: "no limit"
QString cpuUse(double cores, double limit);   ///< share of its limit, else of one core: "41 %"
QString memoryUse(qint64 used, qint64 limit); ///< "26 MiB of 512 MiB", "26 MiB" without a limit
QString nanoseconds(qint64 ns);               ///< "850 µs", "6.8 ms", "1.92 s"; 0: "–"
QString duration(qint64 milliseconds);        ///< the largest unit: "18 min", "12 d"
QString ago(qint64 time, qint64 now = 0);     ///< Unix ms: "3 min ago", "just now"; now 0: this moment
QString dateTime(qint64 time);                ///< "2026-11-24 07:51:08" as the locale writes it
QString timeOfDay(qint64 time);               ///< "07:51:08", with the date when not of today
QString ratio(double value);                  ///< "134 ×"
QString count(qint64 number);                 ///< with the locale's group separators
QString none();                               ///< "–"

QString exitText(int code);                        ///< "exited with code 143 (SIGTERM)"
QString kindName(client::Kind kind);               ///< "container", "virtual machine"
QString stateName(client::State state);            ///< "running"
QString stateText(const client::Runtime& runtime); ///< with how it ended, or that it is being installed
QString networkName(client::NetworkMode mode);
QString plainToolTip(const QString& text);           ///< of words that others wrote: never taken for markup
QString accelerationName(const QString& word);       ///< "kvm": "KVM", "tcg": "TCG (software)"
QString portsText(const QList<client::Port>& ports); ///< ":8080 → 80"

} // namespace diptych::models
