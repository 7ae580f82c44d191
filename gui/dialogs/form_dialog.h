// A question with fields: each with its label, a hint, and its problem beside it; a banner for what no field is to
// blame for; one button that does it. Shows itself without blocking and deletes itself.
#pragma once

#include "client/client.h"

#include <QDialog>
#include <QMap>
#include <QPointer>

class QCheckBox;
class QDialogButtonBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace diptych::widgets {
class Banner;
}

namespace diptych::dialogs {

class FormDialog : public QDialog
{
    Q_OBJECT
public:
    [[nodiscard]] QPushButton* mainButton() const { return m_main; }
    /// What is wrong with this field now; empty when nothing is.
    [[nodiscard]] QString problem(const QString& field) const;
    void ask(); ///< window modal
    /// Room for what appeared, none for what went; a moment later, when the layout knows. Fields that the screen has no
    /// room for are scrolled to; the buttons stay.
    void fit();

protected:
    /// fit(), and what appeared is scrolled to.
    void reveal(QWidget* part);
    FormDialog(const QString& title, const QString& action, QWidget* parent);

    bool focusNextPrevChild(bool next) override; ///< as the eye goes
    /// name: as the helper calls it in its errors.
    void addField(const QString& label, QWidget* field, const QString& name, const QString& hint = {});
    void addWide(QWidget* widget); ///< below the fields so far, as wide as all
    QLabel* addNote(const QString& text);
    void setFieldVisible(const QString& name, bool visible);
    void setHint(const QString& name, const QString& text);
    void setProblem(const QString& field, const QString& text);
    void clearProblems();
    enum class Look { Primary, Danger };
    void setLook(Look look);
    /// The helper's refusal: at the field it names, else in the banner.
    void refuse(const QString& title, const client::Error& error);
    void setBusy(bool busy); ///< asked, and not answered yet
    /// Why it can't be done now; empty when it can. Called by follow().
    [[nodiscard]] virtual QString blocker() const { return {}; }
    virtual void send() = 0;
    void follow(); ///< after every change
    [[nodiscard]] QDialogButtonBox* buttons() const { return m_buttons; }
    [[nodiscard]] widgets::Banner& banner() { return *m_banner; }
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    struct Field
    {
        QLabel* label = nullptr;
        QWidget* field = nullptr;
        QLabel* hint = nullptr;
        QLabel* problem = nullptr;
        int lastRow = 0; ///< the gap below it
        bool visible = true;
    };
    void showField(const Field& field) const;
    void fitNow();

    QVBoxLayout* m_body;
    QScrollArea* m_scroll;
    QWidget* m_form;
    QGridLayout* m_grid;
    QMap<QString, Field> m_fields;
    QWidget* m_first = nullptr; ///< field
    widgets::Banner* m_banner;
    QDialogButtonBox* m_buttons;
    QPushButton* m_main;
    bool m_busy = false;
    bool m_fitting = false;
    QPointer<QWidget> m_revealed;
};

/// "Demand a good certificate" and the plain warning when it is off; off by itself for a registry on the helper's own
/// machine, as long as nobody touched it.
class TlsBox final : public QWidget
{
    Q_OBJECT
public:
    explicit TlsBox(QWidget* parent);
    void setRegistry(const QString& registry);
    [[nodiscard]] std::optional<bool> tls() const; ///< as ImageCalls takes it
    [[nodiscard]] QCheckBox* box() const { return m_box; }

signals:
    void changed();

private:
    void follow();
    QCheckBox* m_box;
    QLabel* m_warning;
    QString m_registry;
    bool m_touched = false;
};

} // namespace diptych::dialogs
