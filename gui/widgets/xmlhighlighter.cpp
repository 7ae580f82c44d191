#include "widgets/xmlhighlighter.h"

#include "widgets/theme.h"

#include <QRegularExpression>

namespace diptych::widgets {

XmlHighlighter::XmlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void XmlHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression name(QStringLiteral("</?[\\w:.-]+|/?>"));
    static const QRegularExpression attribute(QStringLiteral("[\\w:.-]+(?==)"));
    static const QRegularExpression value(QStringLiteral("'[^']*'|\"[^\"]*\""));
    const Colors& c = colors();
    const auto paint = [&](const QRegularExpression& what, const QColor& color) {
        for (auto match = what.globalMatch(text); match.hasNext();) {
            const QRegularExpressionMatch one = match.next();
            setFormat(int(one.capturedStart()), int(one.capturedLength()), color);
        }
    };
    paint(name, c.machine);
    paint(attribute, c.container);
    paint(value, c.host);
    // A comment may go on over lines: state 1.
    qsizetype from = previousBlockState() == 1 ? 0 : text.indexOf(QLatin1String("<!--"));
    setCurrentBlockState(0);
    while (from >= 0) {
        const qsizetype end = text.indexOf(QLatin1String("-->"), from);
        const qsizetype to = end < 0 ? text.size() : end + 3;
        setFormat(int(from), int(to - from), c.muted);
        if (end < 0)
            setCurrentBlockState(1);
        from = end < 0 ? -1 : text.indexOf(QLatin1String("<!--"), to);
    }
}

} // namespace diptych::widgets
