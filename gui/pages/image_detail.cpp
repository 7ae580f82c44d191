#include "pages/image_detail.h"

#include "client/image_calls.h"
#include "models/formatting.h"
#include "models/json_text.h"
#include "models/statements.h"
#include "pages/image_actions.h"
#include "pages/image_tabs.h"
#include "pages/text_view.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>

namespace diptych::pages {

namespace {
const QStringList imageTabs{QStringLiteral("layers"), QStringLiteral("files"), QStringLiteral("configuration"),
                            QStringLiteral("manifest"), QStringLiteral("usedBy")};
constexpr int shownDigest = 19;
} // namespace

ImageDetail::ImageDetail(const Context& context, ImageActions& actions, QWidget* parent)
    : DetailPane(context, tr("About the selected image"),
                 {tr("Layers"), tr("Files"), tr("Configuration"), tr("Manifest"), tr("Used by")}, parent),
      m_layers(new ImageLayersTab(context, m_stack)),
      m_files(new ImageFilesTab(context, m_stack)),
      m_config(new TextView(tr("Configuration"), m_stack)),
      m_manifest(new TextView(tr("Manifest"), m_stack)),
      m_usedBy(new ImageUsedByTab(context, m_stack))
{
    for (ImageVerb verb : {ImageVerb::Create, ImageVerb::Tag, ImageVerb::Export, ImageVerb::Push, ImageVerb::Delete})
        addVerb(actions.action(verb));
    for (QWidget* tab : std::initializer_list<QWidget*>{m_layers, m_files, m_config, m_manifest, m_usedBy})
        m_stack->addWidget(tab);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_layers, &ImageLayersTab::filesWanted, this, [this](const QString& layer) {
        m_files->setLayer(layer);
        openTab(QStringLiteral("files"));
    });
    connect(context.images, &models::ImageModel::changed, this, [this] {
        showHead();
        ask();
    });
}

QString ImageDetail::digest() const
{
    const client::Image* image = m_context.images->find(m_reference);
    return image ? image->digest : QString();
}

void ImageDetail::setReference(const QString& reference)
{
    if (reference == m_reference)
        return;
    m_reference = reference;
    m_inspected.clear();
    m_details.reset();
    m_problem.clear();
    showHead();
    showDetails();
    ask();
}

void ImageDetail::openTab(const QString& name)
{
    if (const qsizetype at = imageTabs.indexOf(name); at >= 0)
        m_tabs->setCurrentIndex(int(at));
}

QString ImageDetail::tab() const
{
    return imageTabs.value(m_tabs->currentIndex());
}

void ImageDetail::refresh()
{
    m_inspected.clear();
    ask();
}

void ImageDetail::focusTab()
{
    if (QWidget* shown = m_stack->currentWidget())
        shown->setFocus(Qt::OtherFocusReason);
}

void ImageDetail::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void ImageDetail::showHead()
{
    const client::Image* image = m_context.images->find(m_reference);
    if (!image)
        return;
    m_name->setText(image->reference);
    QStringList words{image->digest.left(shownDigest), models::bytes(image->size), image->architecture,
                      tr("made %1").arg(models::ago(image->createdAt))};
    words.removeAll(QString());
    m_text->setText(words.join(QStringLiteral("  ·  ")));
    m_text->setToolTip(image->digest);
}

void ImageDetail::ask()
{
    // A name may move to another image: then it is another one.
    const QString wanted = m_reference + QLatin1Char('@') + digest();
    if (!m_context.images->find(m_reference) || wanted == m_inspected || !isVisible())
        return;
    m_inspected = wanted;
    m_context.client->imageCalls().inspect(
        m_reference, this, [this, asked = m_reference, wanted](const client::Answer<client::ImageDetails>& answer) {
            if (asked != m_reference || wanted != m_inspected)
                return;
            m_details = answer ? std::optional(answer.value()) : std::nullopt;
            m_problem = answer ? QString() : models::errorText(answer.error());
            showDetails();
        });
}

void ImageDetail::showDetails()
{
    const client::ImageDetails* details = m_details ? &*m_details : nullptr;
    m_layers->setImage(m_reference, details);
    m_files->setImage(m_reference, details);
    m_usedBy->setImage(m_reference, details);
    const QString waiting = m_problem.isEmpty() ? tr("Asking the helper …") : m_problem;
    m_config->setText(details ? models::indentedJson(details->config) : QString(),
                      details ? tr("What runs when it starts, and how it was made; with line breaks for reading")
                              : waiting);
    m_manifest->setText(details ? models::indentedJson(details->manifest) : QString(),
                        details ? tr("What it consists of: its digest is %1").arg(digest()) : waiting);
}

} // namespace diptych::pages
