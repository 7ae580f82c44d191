// Pull by name. Tags are looked up while a repository is typed; what was begun is followed here layer by layer and goes
// on when the dialog is left.
#pragma once

#include "dialogs/form_dialog.h"
#include "dialogs/image_context.h"
#include "dialogs/platform_box.h"
#include "models/image_reference.h"

#include <QTimer>

class QCompleter;
class QLineEdit;
class QListWidget;

namespace diptych::dialogs {

class WorkView;

class PullDialog final : public FormDialog
{
    Q_OBJECT
public:
    PullDialog(const ImageContext& context, const QString& reference, QWidget* parent);
    static PullDialog* ask(const ImageContext& context, const QString& reference, QWidget* parent);

signals:
    void pulled(const QString& reference); ///< it is in the store now

protected:
    [[nodiscard]] QString blocker() const override;
    void send() override;

private:
    void typed();
    void settled();
    void askTags(const models::ImageReference& reference);
    void showTags(const QString& repository, const client::Answer<QStringList>& answer);
    void chooseTag(const QString& tag);
    void begun(const QString& operation);
    void ended(const client::Operation& operation);
    void signIn();

    ImageContext m_context;
    QLineEdit* m_reference;
    QListWidget* m_tags;
    QLabel* m_tagsNote;
    PlatformBox* m_platform;
    TlsBox* m_tls;
    QPushButton* m_signIn;
    QTimer m_settle;
    QString m_askedRepository;
    WorkView* m_view = nullptr;
    QString m_operation;
    bool m_failed = false;
};

} // namespace diptych::dialogs
