// Two columns side by side, the right one of fixed width; one below the other where the page is too narrow for that.
#pragma once

#include <QWidget>

class QBoxLayout;

namespace diptych::pages {

class FoldingColumns final : public QWidget
{
    Q_OBJECT
public:
    /// page: whose width decides. rightWidth is for a font of normal size.
    FoldingColumns(QWidget* left, QWidget* right, int rightWidth, QWidget* page);

signals:
    void folded(bool narrow);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fold(bool narrow);

    QWidget* m_page;
    QWidget* m_right;
    QBoxLayout* m_layout;
    int m_rightWidth;
    bool m_narrow = false;
};

} // namespace diptych::pages
