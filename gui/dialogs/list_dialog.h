// What there is of something as a list: a word on it above, what went wrong below, and buttons for the chosen one.
#pragma once

#include "client/client.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QPushButton;

namespace diptych::widgets {
class Banner;
}

namespace diptych::dialogs {

class ListDialog : public QDialog
{
    Q_OBJECT
protected:
    /// Deletes itself when it is closed.
    ListDialog(const QString& title, QSize least, QWidget* parent);
    /// Once, before buttons are added; about, below the list: more of the chosen one.
    void layOut(const QString& heading, QWidget* list, QWidget* about = nullptr);
    QPushButton* addButton(const QString& text);
    /// what: that something is not as it was wanted.
    void showError(const QString& what, const client::Error& error);
    [[nodiscard]] QLabel* note() const { return m_note; }
    [[nodiscard]] widgets::Banner* banner() const { return m_banner; }

private:
    QLabel* m_note;
    widgets::Banner* m_banner = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace diptych::dialogs
