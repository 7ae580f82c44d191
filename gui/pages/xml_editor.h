// The XML of an object of libvirt: as it is now, and as it will start, which can be edited, looked over and saved.
#pragma once

#include "client/machine_calls.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace diptych::widgets {
class Banner;
}

namespace diptych::pages {

class XmlEditor final : public QWidget
{
    Q_OBJECT
public:
    struct Source
    {
        using Ask = void (client::MachineCalls::*)(const QString&, QObject*, client::Callback<client::ObjectXml>);
        using Define = void (client::MachineCalls::*)(const QString&, const QString&, const QString&, QObject*,
                                                      client::Callback<client::Nothing>);
        /// key: what the calls name it by.
        static Source of(client::MachineCalls& calls, const QString& name, const QString& key, Ask ask, Define define);

        QString name;
        std::function<void(QObject* guard, client::Callback<client::ObjectXml>)> ask;
        /// previous: ObjectXml::next that the text was made from.
        std::function<void(const QString& xml, const QString& previous, QObject* guard,
                           client::Callback<client::Nothing>)>
            define;
    };
    /// What was written, and the text that it was made from.
    struct Draft
    {
        QString text;
        QString from;
    };

    explicit XmlEditor(QWidget* parent);
    /// Another object, or none.
    void setSource(const Source& source, const Draft& draft = {});
    /// Asks again.
    void look();
    [[nodiscard]] QPlainTextEdit* editor() const { return m_text; }
    /// What is not saved.
    [[nodiscard]] std::optional<Draft> draft() const;
    /// Why the text can't be saved as it is; empty when it can.
    [[nodiscard]] QString problem() const;

signals:
    void saved();

private:
    enum Which { Next, Live };
    void build();
    void take(const client::Answer<client::ObjectXml>& answer);
    void show(Which which);
    void follow();
    void discard();
    void review();
    [[nodiscard]] QString text() const; ///< as edited
    [[nodiscard]] bool isEdited() const { return text() != m_xml.next; }

    QComboBox* m_which;
    QLabel* m_note;
    QPushButton* m_discard;
    QPushButton* m_review;
    widgets::Banner* m_banner;
    QPlainTextEdit* m_text;
    Source m_source;
    client::ObjectXml m_xml;
    Which m_shown = Next; ///< the box is ahead of it while one is chosen
    QString m_draft;      ///< of Next, while Live is shown
    QTimer m_settle;
    unsigned m_object = 0; ///< counts up with each
    bool m_asking = false;
    bool m_filling = false;
};

} // namespace diptych::pages
