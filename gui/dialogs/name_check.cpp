#include "dialogs/name_check.h"

#include <QRegularExpression>

namespace diptych::dialogs {

namespace {
constexpr int longest = 63;
}

QString NameCheck::problem(const QString& name, const models::InstanceStore& store, const QString& except)
{
    if (name.isEmpty())
        return tr("A name is needed.");
    if (name.size() > longest)
        return tr("At most %n characters.", nullptr, longest);
    if (name.startsWith(QLatin1Char('-')) || name.startsWith(QLatin1Char('.')))
        return tr("A name begins with a letter or a digit.");
    static const QRegularExpression allowed(QStringLiteral("^[A-Za-z0-9_+.-]+$"));
    if (!allowed.match(name).hasMatch())
        return tr("Only English letters, digits and - _ . + are allowed.");
    const QString owner = store.idOfName(name);
    if (!owner.isEmpty() && owner != except)
        return tr("“%1” is taken.").arg(name);
    return {};
}

QString NameCheck::freeName(const QString& base, const models::InstanceStore& store, bool twins)
{
    const auto taken = [&](const QString& name) {
        return !store.idOfName(name).isEmpty() || (twins && !store.idOfName(name + QStringLiteral("-vm")).isEmpty());
    };
    QString name = base;
    for (int i = 2; taken(name); ++i)
        name = QStringLiteral("%1-%2").arg(base).arg(i);
    return name;
}

QString NameCheck::baseOf(const QString& imageReference)
{
    QString base =
        imageReference.section(QLatin1Char('@'), 0, 0).section(QLatin1Char('/'), -1).section(QLatin1Char(':'), 0, 0);
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9_+.-]"));
    base.remove(other);
    while (base.startsWith(QLatin1Char('-')) || base.startsWith(QLatin1Char('.')))
        base.remove(0, 1);
    // Room for "-vm" and a number.
    return base.isEmpty() ? QStringLiteral("instance") : base.left(longest - 8);
}

} // namespace diptych::dialogs
