// What an edit of an object's XML changes, line by line, before it is kept.
#pragma once

#include "dialogs/form_dialog.h"

#include <functional>

class QPlainTextEdit;

namespace diptych::dialogs {

class ReviewXmlDialog final : public FormDialog
{
    Q_OBJECT
public:
    struct Edit
    {
        QString name;
        QString before;
        QString after;
        bool running = false;
        std::function<void(QObject* guard, client::Callback<client::Nothing>)> define;
    };
    ReviewXmlDialog(Edit edit, QWidget* parent);

signals:
    void kept();

protected:
    void send() override;

private:
    void showDiff();
    Edit m_edit;
    QPlainTextEdit* m_diff;
};

} // namespace diptych::dialogs
