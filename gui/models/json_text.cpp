#include "models/json_text.h"

namespace diptych::models {

namespace {

class Indenter final
{
public:
    QString run(const QString& text)
    {
        for (qsizetype i = 0; i < text.size(); ++i)
            take(text.at(i), i + 1 < text.size() ? text.at(i + 1) : QChar());
        return m_out;
    }

private:
    void newLine()
    {
        m_out += QLatin1Char('\n');
        m_out += QString(m_depth * 2, QLatin1Char(' '));
    }
    void take(QChar c, QChar next)
    {
        if (m_inString) {
            m_out += c;
            m_inString = m_escaped || c != QLatin1Char('"');
            m_escaped = !m_escaped && c == QLatin1Char('\\');
            return;
        }
        if (c.isSpace())
            return;
        const bool opens = c == QLatin1Char('{') || c == QLatin1Char('[');
        const bool closes = c == QLatin1Char('}') || c == QLatin1Char(']');
        if (closes && !m_empty) {
            --m_depth;
            newLine();
        }
        m_out += c;
        m_inString = c == QLatin1Char('"');
        m_empty = opens && (next == QLatin1Char('}') || next == QLatin1Char(']'));
        if (opens && !m_empty) {
            ++m_depth;
            newLine();
        } else if (c == QLatin1Char(',')) {
            newLine();
        } else if (c == QLatin1Char(':')) {
            m_out += QLatin1Char(' ');
        }
    }

    QString m_out;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_empty = false; ///< what was just opened closes at once
};

} // namespace

QString indentedJson(const QString& text)
{
    return text.trimmed().contains(QLatin1Char('\n')) ? text : Indenter().run(text);
}

} // namespace diptych::models
