#include "client/image_calls.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/image_tabs.h"
#include "pages/path_tree.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace diptych::pages {

ImageFilesTab::ImageFilesTab(const Context& context, QWidget* parent)
    : ImageTab(context, parent), m_tree(new PathTree(PathTree::Of::Layer, this)), m_layer(new QComboBox(this))
{
    m_layer->setAccessibleName(tr("Layer"));
    m_layer->setMinimumContentsLength(34);
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tree->line()->insertWidget(0, m_layer);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);
    setFocusProxy(m_tree);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &ImageFilesTab::ask);
}

void ImageFilesTab::setLayer(const QString& digest)
{
    m_wanted = digest;
    if (const int at = m_layer->findData(digest); at >= 0)
        m_layer->setCurrentIndex(at);
}

void ImageFilesTab::shown()
{
    const client::Image* i = image();
    const QString before = m_wanted.isEmpty() ? m_layer->currentData().toString() : std::exchange(m_wanted, {});
    {
        const QSignalBlocker quiet(m_layer);
        m_layer->clear();
        for (qsizetype n = 0; i && n < i->layers.size(); ++n) {
            const client::ImageLayer& layer = i->layers.at(n);
            m_layer->addItem(
                tr("Layer %1 of %2   ·   %3").arg(n + 1).arg(i->layers.size()).arg(models::bytes(layer.size)),
                layer.digest);
            m_layer->setItemData(int(n), layer.digest, Qt::ToolTipRole);
        }
        m_layer->setCurrentIndex(std::max(0, m_layer->findData(before)));
    }
    ask();
}

void ImageFilesTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void ImageFilesTab::ask()
{
    const QString digest = m_layer->currentData().toString();
    if (digest.isEmpty()) {
        m_asked.clear();
        m_tree->showNothing(tr("No layers"), tr("This image has no files."));
        return;
    }
    // A layer's content never changes: what is shown stays.
    if (!isVisible() || m_asked == digest)
        return;
    m_asked = digest;
    m_tree->showLoading(tr("Reading the layer …"));
    askPage({});
}

void ImageFilesTab::askPage(const QString& after)
{
    const QString asked = m_asked;
    context().client->imageCalls().listFiles(reference(), asked, after, this,
                                             [this, asked, after](const client::Answer<client::PathPage>& answer) {
                                                 if (asked == m_asked)
                                                     take(answer, after.isEmpty());
                                             });
}

void ImageFilesTab::take(const client::Answer<client::PathPage>& answer, bool first)
{
    if (!answer) {
        m_asked.clear();
        m_tree->showProblem(tr("The files are not known"), models::errorText(answer.error()));
        return;
    }
    const client::PathPage& page = answer.value();
    if (first && page.entries.isEmpty())
        m_tree->showNothing(tr("An empty layer"), tr("It changes no file."));
    else
        m_tree->take(page, first);
    if (!page.more || page.entries.isEmpty())
        return;
    if (isVisible())
        askPage(page.entries.last().path);
    else
        m_asked.clear(); // begun anew when it is looked at again
}

} // namespace diptych::pages
