// A table of the helper's stable words, each with its text in English, marked for translation.
#pragma once

#include <QCoreApplication>
#include <QString>

namespace diptych::models {

struct Word
{
    const char* word;
    const char* text;
};

template <size_t N>
QString look(const Word (&words)[N], const char* context, const QString& word)
{
    for (const Word& entry : words)
        if (word == QLatin1StringView(entry.word))
            return QCoreApplication::translate(context, entry.text);
    return word;
}

} // namespace diptych::models
