// The XML of a network or a pool, in a window of its own.
#pragma once

#include "pages/xml_editor.h"

#include <QDialog>

namespace diptych::pages {

class XmlWindow final : public QDialog
{
    Q_OBJECT
public:
    XmlWindow(const XmlEditor::Source& source, QWidget* parent);
    /// Asks first when something was written and not saved.
    void reject() override;

signals:
    void saved();

private:
    XmlEditor* m_editor;
};

} // namespace diptych::pages
