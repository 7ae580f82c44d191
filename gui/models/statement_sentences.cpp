// The sentences of the isolation table, by the helper's statement ids. {name} takes the row's value of that name.
#include "models/statements.h"

#include <QCoreApplication>

namespace diptych::models {

namespace {

struct Sentence
{
    const char* id;
    const char* text;
};

constexpr Sentence Sentences[] = {
    {"notMeasured", QT_TRANSLATE_NOOP("Statement", "Not measured: {reason}")},
};

QString filled(QString text, const QMap<QString, QString>& values)
{
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        text.replace(u'{' + value.key() + u'}', value.value());
    return text;
}

} // namespace

QString statement(const client::IsolationRow& row)
{
    for (const Sentence& sentence : Sentences) {
        if (row.statement != QLatin1StringView(sentence.id))
            continue;
        const QString text = filled(QCoreApplication::translate("Statement", sentence.text), row.values);
        // A value that the helper did not send would leave a hole: its own sentence has none.
        return text.contains(u'{') && !row.text.isEmpty() ? row.text : text;
    }
    return row.text.isEmpty() ? row.statement : row.text;
}

QString claimName(const QString& claim)
{
    return QCoreApplication::translate("Claim", claim.toUtf8().constData());
}

} // namespace diptych::models
