#include "pages/changes_tab.h"

#include "client/image_calls.h"
#include "dialogs/name_image_dialog.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "pages/path_tree.h"

#include <QHBoxLayout>

namespace diptych::pages {

ChangesTab::ChangesTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_tree(new PathTree(PathTree::Of::Changes, this)),
      m_commit(button(tr("Commit as image…"), this))
{
    m_commit->setObjectName(QStringLiteral("commit"));
    QPushButton* again = button(tr("Look again"), this, tr("Ask anew what was changed (F5)"));
    m_tree->line()->addWidget(again);
    m_tree->line()->addWidget(m_commit);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);
    setFocusProxy(m_tree);
    connect(again, &QPushButton::clicked, this, &ChangesTab::activate);
    connect(m_commit, &QPushButton::clicked, this, [this] {
        if (commitProblem(store(), id()).isEmpty())
            (new dialogs::CommitDialog(this->context().forImages(), id(), this))->ask();
    });
    connect(context.store, &models::InstanceStore::changed, this, &ChangesTab::follow);
    connect(context.store, &models::InstanceStore::liveChanged, this, &ChangesTab::follow);
}

QString ChangesTab::commitProblem(const models::InstanceStore& store, const QString& id)
{
    const client::Instance* instance = store.find(id);
    if (!instance)
        return tr("Choose a container first.");
    if (!store.isLive())
        return tr("The helper can't be reached.");
    if (instance->context.kind == client::Kind::Machine)
        return tr("%1 is a virtual machine: what it writes is on its disk, out of sight of the host. When it is "
                  "stopped, its "
                  "menu makes an image of the disk.")
            .arg(instance->context.name);
    if (!instance->runtime.managed || instance->context.image.isEmpty())
        return tr("%1 was not made from an image of this host.").arg(instance->context.name);
    if (instance->runtime.state == client::State::Creating)
        return tr("%1 is being made.").arg(instance->context.name);
    return {};
}

void ChangesTab::reset()
{
    m_asking = false;
    m_filled = false;
    follow();
}

void ChangesTab::follow()
{
    const QString problem = commitProblem(store(), id());
    m_commit->setEnabled(problem.isEmpty());
    m_commit->setToolTip(problem.isEmpty() ? tr("Make an image of its image and of what was changed") : problem);
    m_commit->setAccessibleDescription(m_commit->toolTip());
}

void ChangesTab::activate()
{
    const client::Instance* i = instance();
    follow();
    if (!i || m_asking)
        return;
    if (i->context.kind == client::Kind::Machine) {
        m_tree->showNothing(tr("Not for virtual machines"), commitProblem(store(), id()));
        return;
    }
    m_asking = true;
    if (!m_filled)
        m_tree->showLoading(tr("Comparing with the image …"));
    const QString asked = id();
    client().imageCalls().changes(asked, this, [this, asked](const client::Answer<client::PathPage>& answer) {
        if (asked == id())
            showChanges(answer);
    });
}

void ChangesTab::showChanges(const client::Answer<client::PathPage>& answer)
{
    m_asking = false;
    if (!answer) {
        m_tree->showProblem(tr("The changes are not known"), models::errorText(answer.error()));
        return;
    }
    m_filled = true;
    if (answer.value().entries.isEmpty())
        m_tree->showNothing(tr("Nothing was changed"), tr("Its files are those of the image."));
    else
        m_tree->take(answer.value(), true);
}

} // namespace diptych::pages
