// A row per resource: glyph (of plain rows none), sentence, and faintly how we know; a click or Enter opens all
// evidence of the row.
#pragma once

#include "widgets/tone.h"

#include <QTreeWidget>

namespace diptych::widgets {

class EvidenceTable final : public QTreeWidget
{
    Q_OBJECT
public:
    explicit EvidenceTable(QWidget* parent = nullptr);
    void setHead(const QString& text); ///< of the first column
    /// In their tone.
    void setColumns(const QList<std::pair<QString, Tone>>& columns);
    /// reports as many as columns; rows are matched by resource, and keep their expansion over refreshes.
    void setReports(const QList<client::IsolationReport>& reports);
    void setResourceText(std::function<QString(const QString& resource)> text);
    /// Translates a row's sentence; without it IsolationRow::text is shown.
    void setSentence(std::function<QString(const client::IsolationRow& row)> sentence);
    void setClaimText(std::function<QString(const QString& claim)> text);
    [[nodiscard]] QString tableText() const;
    void copyCurrent(); ///< the command, or the value, of the current line
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int wholeHeight() const; ///< so that nothing of it scrolls

signals:
    void copied(const QString& text);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void fillRow(QTreeWidgetItem* item, int column, const client::IsolationRow* row);
    void fillEvidence(QTreeWidgetItem* item, const QList<const client::IsolationRow*>& rows);

    QString m_head;
    QList<std::pair<QString, Tone>> m_columns;
    QList<client::IsolationReport> m_reports;
    std::function<QString(const QString&)> m_resourceText;
    std::function<QString(const client::IsolationRow&)> m_sentence;
    std::function<QString(const QString&)> m_claimText;
};

} // namespace diptych::widgets
