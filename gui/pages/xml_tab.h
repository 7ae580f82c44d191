// A domain's XML: as it runs, and as it will start, which can be edited.
#pragma once

#include "client/machine_types.h"
#include "pages/detail_tab.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace diptych::widgets {
class Banner;
}

namespace diptych::pages {

class XmlTab final : public DetailTab
{
    Q_OBJECT
public:
    XmlTab(const Context& context, QWidget* parent);
    [[nodiscard]] QPlainTextEdit* editor() const { return m_text; }
    /// Why the text can't be saved as it is; empty when it can.
    [[nodiscard]] QString problem() const;

protected:
    void reset() override;
    void activate() override;

private:
    enum Which { Next, Live };
    void take(const client::Answer<client::DomainXml>& answer);
    void show(Which which);
    void follow();
    void discard();
    void review();
    void find(const QString& text, bool again);
    [[nodiscard]] bool isEdited() const;

    QComboBox* m_which;
    QLabel* m_note;
    QPushButton* m_discard;
    QPushButton* m_review;
    widgets::Banner* m_banner;
    QPlainTextEdit* m_text;
    client::DomainXml m_xml;
    QString m_draft; ///< of Next, while Live is shown
    QTimer m_settle;
    bool m_asking = false;
    bool m_filling = false;
};

} // namespace diptych::pages
