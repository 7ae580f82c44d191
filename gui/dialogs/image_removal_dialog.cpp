#include "dialogs/image_removal_dialog.h"

#include "models/formatting.h"
#include "models/layer_sharing.h"
#include "models/statements.h"
#include "widgets/banner.h"
#include "widgets/icons.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

namespace diptych::dialogs {

namespace {

QTreeWidget* planTree(QWidget* parent)
{
    auto* tree = new QTreeWidget(parent);
    tree->setHeaderHidden(true);
    tree->setSelectionMode(QAbstractItemView::NoSelection);
    tree->setTextElideMode(Qt::ElideMiddle);
    tree->setMinimumSize(480, 260);
    tree->setObjectName(QStringLiteral("plan"));
    return tree;
}

void addPlanGroup(QTreeWidget* tree, const QString& title, const QStringList& lines, widgets::Tone tone,
                  const QString& iconName)
{
    auto* head = new QTreeWidgetItem(tree, {title});
    head->setForeground(0, widgets::toneColor(tone));
    head->setIcon(0, widgets::icon(iconName, tone));
    for (const QString& line : lines)
        (new QTreeWidgetItem(head, {line}))->setToolTip(0, line);
    if (lines.isEmpty())
        (new QTreeWidgetItem(head, {QCoreApplication::translate("Plan", "nothing")}))
            ->setForeground(0, widgets::toneColor(widgets::Tone::Muted));
    head->setExpanded(true);
}

} // namespace

ImageDeleteDialog::ImageDeleteDialog(const ImageContext& context, const QStringList& references, QWidget* parent)
    : FormDialog(references.size() == 1 ? tr("Delete %1?").arg(references.first())
                                        : tr("Delete %n images?", nullptr, int(references.size())),
                 tr("Delete"), parent),
      m_context(context),
      m_references(references),
      m_tree(planTree(this))
{
    m_tree->setAccessibleName(tr("What will be deleted and what stays"));
    addWide(m_tree);
    setLook(Look::Danger);
    connect(&context.images, &models::ImageModel::changed, this, &ImageDeleteDialog::list);
    list();
}

QStringList ImageDeleteDialog::deletable() const
{
    QStringList all;
    for (const QString& reference : m_references) {
        const client::Image* image = m_context.images.find(reference);
        if (image && image->usedBy.isEmpty())
            all.append(reference);
    }
    return all;
}

void ImageDeleteDialog::list()
{
    m_tree->clear();
    const QStringList going = deletable();
    QStringList gone;
    QStringList used;
    QStringList kept;
    for (const QString& reference : m_references) {
        const client::Image* image = m_context.images.find(reference);
        if (!image)
            continue;
        if (!image->usedBy.isEmpty()) {
            QStringList names;
            for (const QString& id : image->usedBy)
                names.append(m_context.store.nameOf(id));
            used.append(tr("%1: used by %2").arg(reference, names.join(QStringLiteral(", "))));
            continue;
        }
        gone.append(tr("the name %1").arg(reference));
        for (const client::Image& other : m_context.images.images())
            if (other.digest == image->digest && !going.contains(other.reference))
                kept.append(tr("the image itself, by its name %1").arg(other.reference));
    }
    const qint64 freed = models::freedBy(m_context.images.images(), going);
    qint64 all = 0;
    QSet<QString> seen;
    for (const QString& reference : going) {
        for (const client::ImageLayer& layer : m_context.images.find(reference)->layers) {
            all += seen.contains(layer.digest) ? 0 : layer.size;
            seen.insert(layer.digest);
        }
    }
    if (freed > 0)
        gone.append(tr("layers that no other image has: %1").arg(models::bytes(freed)));
    if (all > freed)
        kept.append(tr("layers that other images have too: %1").arg(models::bytes(all - freed)));
    kept.append(tr("every instance, and what is written in it"));
    addPlanGroup(m_tree, tr("Will be deleted"), gone, widgets::Tone::Bad, QStringLiteral("delete"));
    if (!used.isEmpty())
        addPlanGroup(m_tree, tr("Can't be deleted while it is used"), used, widgets::Tone::Warn,
                     QStringLiteral("warning"));
    kept.removeDuplicates();
    addPlanGroup(m_tree, tr("Stays"), kept, widgets::Tone::Good, QStringLiteral("check"));
    follow();
}

QString ImageDeleteDialog::blocker() const
{
    return deletable().isEmpty() ? tr("An instance uses it: delete that first.") : QString();
}

void ImageDeleteDialog::send()
{
    clearProblems();
    setBusy(true);
    m_open = deletable();
    next();
}

void ImageDeleteDialog::next()
{
    if (m_open.isEmpty()) {
        accept();
        return;
    }
    const QString reference = m_open.takeFirst();
    m_context.calls().remove(reference, this, [this, reference](const client::Answer<client::Nothing>& answer) {
        if (answer)
            next();
        else
            refuse(tr("%1 was not deleted").arg(reference), answer.error());
    });
}

PruneDialog::PruneDialog(const ImageContext& context, QWidget* parent)
    : FormDialog(tr("Remove what no instance uses?"), tr("Remove"), parent),
      m_context(context),
      m_tree(planTree(this)),
      m_why(tr("Waiting for the list of what would be removed."))
{
    m_tree->setAccessibleName(tr("What will be removed and what stays"));
    addWide(m_tree);
    setLook(Look::Danger);
    new QTreeWidgetItem(m_tree, {tr("Asking the helper …")});
    context.calls().prune(true, this, [this](const auto& answer) { showPlan(answer); });
}

void PruneDialog::showPlan(const client::Answer<client::PrunePlan>& answer)
{
    m_tree->clear();
    if (!answer) {
        m_why = tr("What would be removed is not known, so nothing can be removed here.");
        refuse(tr("No list"), answer.error());
        return;
    }
    m_plan = answer.value();
    QStringList gone;
    for (const client::PrunePlan::Garbage& one : m_plan->images)
        gone.append(one.reference.isEmpty()
                        ? tr("left over without a name, %1: %2").arg(one.digest.left(19), models::bytes(one.bytes))
                        : tr("%1: %2", "image, bytes").arg(one.reference, models::bytes(one.bytes)));
    addPlanGroup(m_tree, tr("Will be removed: %1").arg(models::bytes(m_plan->bytes)), gone, widgets::Tone::Bad,
                 QStringLiteral("delete"));
    addPlanGroup(m_tree, tr("Stays"), m_plan->kept, widgets::Tone::Good, QStringLiteral("check"));
    m_why = gone.isEmpty() ? tr("Everything is used: there is nothing to remove.") : QString();
    follow();
}

QString PruneDialog::blocker() const
{
    return m_why;
}

void PruneDialog::send()
{
    clearProblems();
    setBusy(true);
    m_context.calls().prune(false, this, [this](const client::Answer<client::PrunePlan>& answer) {
        if (answer)
            accept();
        else
            refuse(tr("Not removed"), answer.error());
    });
}

} // namespace diptych::dialogs
