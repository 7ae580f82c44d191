// What an edit of a domain's XML changes, line by line, before it is kept.
#pragma once

#include "client/machine_calls.h"
#include "dialogs/form_dialog.h"

class QPlainTextEdit;

namespace diptych::dialogs {

class ReviewXmlDialog final : public FormDialog
{
    Q_OBJECT
public:
    struct Edit
    {
        QString id;
        QString name;
        QString before;
        QString after;
        bool running = false;
    };
    ReviewXmlDialog(client::Client& client, Edit edit, QWidget* parent);

signals:
    void kept();

protected:
    void send() override;

private:
    void showDiff();
    client::Client& m_client;
    Edit m_edit;
    QPlainTextEdit* m_diff;
};

} // namespace diptych::dialogs
