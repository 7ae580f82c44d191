// A domain's XML. What was written and not saved waits for whoever comes back to the machine.
#pragma once

#include "pages/detail_tab.h"
#include "pages/xml_editor.h"

#include <QHash>

namespace diptych::pages {

class XmlTab final : public DetailTab
{
    Q_OBJECT
public:
    XmlTab(const Context& context, QWidget* parent);

protected:
    void reset() override;
    void activate() override { m_editor->look(); }

private:
    XmlEditor* m_editor;
    QString m_shown; ///< whose XML is in it
    QHash<QString, XmlEditor::Draft> m_drafts;
};

} // namespace diptych::pages
