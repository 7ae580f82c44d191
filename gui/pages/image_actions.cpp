#include "pages/image_actions.h"

#include "dialogs/build_dialog.h"
#include "dialogs/disks_dialog.h"
#include "dialogs/export_dialog.h"
#include "dialogs/image_removal_dialog.h"
#include "dialogs/import_dialog.h"
#include "dialogs/name_image_dialog.h"
#include "dialogs/pull_dialog.h"
#include "dialogs/push_dialog.h"
#include "dialogs/registries_dialog.h"
#include "widgets/icons.h"

#include <QMenu>

namespace diptych::pages {

namespace {

struct VerbOfImages
{
    ImageVerb verb;
    const char* icon;
    QString text;
    QString tip;
    QKeySequence keys;
};

QList<VerbOfImages> verbsOfImages()
{
    const auto ctrl = [](Qt::Key key) { return QKeySequence(Qt::CTRL | key); };
    return {
        {ImageVerb::Create, "add", ImageActions::tr("New instance"),
         ImageActions::tr("Make a container, a virtual machine or both from it"), ctrl(Qt::Key_Return)},
        {ImageVerb::Tag, "rename", ImageActions::tr("Add a name…"), ImageActions::tr("Give the image a further name"),
         QKeySequence(Qt::Key_F2)},
        {ImageVerb::Export, "export", ImageActions::tr("Export…"),
         ImageActions::tr("Save it as an archive for podman or docker"), ctrl(Qt::Key_E)},
        {ImageVerb::Push, "export", ImageActions::tr("Push…"), ImageActions::tr("Send it to a registry"),
         ctrl(Qt::Key_U)},
        {ImageVerb::Delete, "delete", ImageActions::tr("Delete…"),
         ImageActions::tr("List what would go, then delete it"), QKeySequence(QKeySequence::Delete)},
        {ImageVerb::Pull, "import", ImageActions::tr("Pull…"), ImageActions::tr("Fetch an image from a registry"),
         ctrl(Qt::Key_L)},
        {ImageVerb::Import, "import", ImageActions::tr("Import…"),
         ImageActions::tr("Take in an archive, a root file system or a disk from this machine"), ctrl(Qt::Key_O)},
        {ImageVerb::Build, "labs", ImageActions::tr("Build…"), ImageActions::tr("Make one from a template"),
         ctrl(Qt::Key_B)},
        {ImageVerb::Registries,
         "user",
         ImageActions::tr("Registries…"),
         ImageActions::tr("Where the helper is signed in"),
         {}},
        {ImageVerb::Disks,
         "machine",
         ImageActions::tr("Disks…"),
         ImageActions::tr("Disks of virtual machines that were imported"),
         {}},
        {ImageVerb::Prune,
         "delete",
         ImageActions::tr("Remove unused…"),
         ImageActions::tr("List what no instance uses, then remove it"),
         {}},
    };
}

} // namespace

QList<std::pair<QString, QString>> ImageActions::shortcuts()
{
    QList<std::pair<QString, QString>> all;
    for (const VerbOfImages& one : verbsOfImages())
        if (!one.keys.isEmpty())
            all.append({one.text, one.keys.toString(QKeySequence::NativeText)});
    all.append(
        {tr("Pull or import what was copied"), QKeySequence(QKeySequence::Paste).toString(QKeySequence::NativeText)});
    return all;
}

ImageActions::ImageActions(const Context& context, QWidget* owner) : QObject(owner), m_context(context), m_owner(owner)
{
    for (const VerbOfImages& one : verbsOfImages()) {
        auto* made = new QAction(widgets::icon(QLatin1String(one.icon)), one.text, this);
        made->setShortcut(one.keys);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        made->setStatusTip(one.tip);
        connect(made, &QAction::triggered, this, [this, verb = one.verb] {
            if (problem(verb).isEmpty())
                perform(verb);
        });
        owner->addAction(made);
        m_actions[one.verb] = made;
    }
    connect(context.store, &models::InstanceStore::liveChanged, this, &ImageActions::update);
    connect(context.images, &models::ImageModel::changed, this, &ImageActions::update);
    update();
}

void ImageActions::setReferences(const QStringList& references)
{
    m_references = references;
    update();
}

QString ImageActions::problem(ImageVerb verb) const
{
    if (!m_context.store->isLive())
        return tr("The helper can't be reached.");
    switch (verb) {
    case ImageVerb::Create:
    case ImageVerb::Tag:
    case ImageVerb::Export:
    case ImageVerb::Push:
        return m_references.isEmpty()    ? tr("Choose an image first.")
               : m_references.size() > 1 ? tr("Choose a single image.")
                                         : QString();
    case ImageVerb::Delete:
        break;
    case ImageVerb::Prune:
        return m_context.images->images().isEmpty() ? tr("There is no image.") : QString();
    default:
        return {};
    }
    if (m_references.isEmpty())
        return tr("Choose an image first.");
    for (const QString& reference : m_references)
        if (const client::Image* image = m_context.images->find(reference); image && image->usedBy.isEmpty())
            return {};
    const client::Image* first = m_context.images->find(m_references.first());
    return tr("%1 uses it: delete that first.")
        .arg(first ? m_context.store->nameOf(first->usedBy.value(0)) : QString());
}

void ImageActions::update()
{
    for (const auto& [verb, made] : m_actions) {
        const QString why = problem(verb);
        made->setEnabled(why.isEmpty());
        const QString keys = made->shortcut().toString(QKeySequence::NativeText);
        const QString tip = keys.isEmpty() ? made->statusTip() : tr("%1 (%2)").arg(made->statusTip(), keys);
        made->setToolTip(why.isEmpty() ? tip : why);
    }
}

void ImageActions::fill(QMenu* menu) const
{
    menu->setToolTipsVisible(true);
    for (ImageVerb verb : {ImageVerb::Create, ImageVerb::Tag, ImageVerb::Export, ImageVerb::Push})
        menu->addAction(action(verb));
    menu->addSeparator();
    menu->addAction(action(ImageVerb::Delete));
}

void ImageActions::pull(const QString& reference)
{
    if (problem(ImageVerb::Pull).isEmpty())
        dialogs::PullDialog::ask(m_context.forImages(), reference, m_owner);
}

void ImageActions::importFile(const QString& file)
{
    if (problem(ImageVerb::Import).isEmpty())
        (new dialogs::ImportDialog(m_context.forImages(), file, m_owner))->ask();
}

void ImageActions::perform(ImageVerb verb)
{
    const dialogs::ImageContext context = m_context.forImages();
    const QString first = m_references.value(0);
    switch (verb) {
    case ImageVerb::Create:
        emit m_context.navigator->newInstance(first);
        break;
    case ImageVerb::Tag:
        (new dialogs::TagDialog(context, first, m_owner))->ask();
        break;
    case ImageVerb::Export:
        (new dialogs::ExportDialog(context, first, m_owner))->ask();
        break;
    case ImageVerb::Push:
        (new dialogs::PushDialog(context, first, m_owner))->ask();
        break;
    case ImageVerb::Delete:
        (new dialogs::ImageDeleteDialog(context, m_references, m_owner))->ask();
        break;
    case ImageVerb::Pull:
        pull({});
        break;
    case ImageVerb::Import:
        importFile({});
        break;
    case ImageVerb::Build:
        (new dialogs::BuildDialog(context, m_owner))->ask();
        break;
    case ImageVerb::Registries: {
        auto* dialog = new dialogs::RegistriesDialog(context, m_owner);
        dialog->setWindowModality(Qt::WindowModal);
        dialog->show();
        break;
    }
    case ImageVerb::Disks: {
        auto* dialog = new dialogs::DisksDialog(context, m_owner);
        dialog->setWindowModality(Qt::WindowModal);
        dialog->show();
        break;
    }
    case ImageVerb::Prune:
        (new dialogs::PruneDialog(context, m_owner))->ask();
        break;
    }
}

} // namespace diptych::pages
