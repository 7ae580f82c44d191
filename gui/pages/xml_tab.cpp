#include "pages/xml_tab.h"

#include <QVBoxLayout>

namespace diptych::pages {

XmlTab::XmlTab(const Context& context, QWidget* parent) : DetailTab(context, parent), m_editor(new XmlEditor(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->addWidget(m_editor);
    setFocusProxy(m_editor);
    connect(&store(), &models::InstanceStore::changed, this, [this](const QStringList& ids) {
        if (isVisible() && ids.contains(id()))
            activate();
    });
}

void XmlTab::reset()
{
    if (const auto draft = m_editor->draft())
        m_drafts[m_shown] = *draft;
    m_shown = id();
    if (id().isEmpty()) {
        m_editor->setSource({});
        return;
    }
    using client::MachineCalls;
    const auto source = XmlEditor::Source::of(client().machineCalls(), store().nameOf(id()), id(), &MachineCalls::xml,
                                              &MachineCalls::defineXml);
    m_editor->setSource(source, m_drafts.take(id()));
}

} // namespace diptych::pages
