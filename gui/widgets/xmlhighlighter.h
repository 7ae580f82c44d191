// Colours for XML: names, attributes, values, comments. For reading, not for checking.
#pragma once

#include <QSyntaxHighlighter>

namespace diptych::widgets {

class XmlHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit XmlHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace diptych::widgets
