// For which processor an image is pulled: what its registry has, this machine's first.
#pragma once

#include "client/image_calls.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace diptych::dialogs {

class PlatformBox final : public QWidget
{
    Q_OBJECT
public:
    explicit PlatformBox(QWidget* parent);
    /// Asks the registry unless that was done for this reference. Its silence is no error: pulling says what is wrong.
    void ask(client::ImageCalls& calls, const QString& reference, client::Tls tls);
    void forget();
    [[nodiscard]] QString platform() const; ///< as ImageCalls takes it

signals:
    void known(bool worthShowing); ///< there is a choice, or none for this machine

private:
    void show(const QList<client::ImagePlatform>& platforms);
    void follow();

    QComboBox* m_box;
    QLabel* m_note;
    QString m_asked;
    QList<client::ImagePlatform> m_platforms;
};

} // namespace diptych::dialogs
