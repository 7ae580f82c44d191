// What needs a look: found in what the window already knows, no call. Pure; no widgets.
#pragma once

#include "client/types.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>

namespace diptych::pages {

enum class Mend { None, Show, RaiseCpu, RaiseMemory, Start, OpenIsolation, NewInstance };

struct Finding
{
    int weight = 0;   ///< higher is worse
    QString instance; ///< id, empty: the host
    QString name;
    client::Kind kind = client::Kind::Container;
    QString text;
    QString detail; ///< tooltip: why, and what to do
    Mend mend = Mend::None;
    QString mendText;
    bool operator==(const Finding&) const = default;
};

class Attention final
{
    Q_DECLARE_TR_FUNCTIONS(Attention)
public:
    /// Worst first. latest: the newest point of each running instance; throttled: its mean over the last minute.
    static QList<Finding> find(const QList<client::Instance>& instances, const QHash<QString, client::Point>& latest,
                               const QHash<QString, double>& throttled, const client::Host& host);
    /// The limits that a mend would set: cores half as many again (at least a quarter more core), memory twice.
    static client::Limits raised(const client::Limits& limits, Mend mend);

private:
    static void ofInstance(const client::Instance& instance, const client::Point* point, double throttled,
                           bool hostHasKvm, QList<Finding>* out);
    static void ofHost(const client::Host& host, QList<Finding>* out);
};

} // namespace diptych::pages
