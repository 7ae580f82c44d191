// What every page and dialog gets: the connection, the models, and the way to the other pages. One Context per
// connection: connecting to another host makes new pages, so a page never sees its client change.
#pragma once

#include "client/client.h"
#include "dialogs/image_context.h"
#include "models/activity_model.h"
#include "models/image_model.h"
#include "models/image_work.h"
#include "models/instance_model.h"
#include "models/instance_store.h"
#include "models/operation_model.h"

#include <QWidget>

namespace diptych::pages {

class DisplayWindows;

enum class Notice { Good, Info, Warning, Error };

/// Where a page sends its wishes; the main window fulfils them.
class Navigator final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    void openInstance(const QString& id); ///< page Instances, with it selected
    void openInstanceTab(const QString& id,
                         const QString& tab); ///< tab: "summary" "performance" "isolation" "resources" "processes"
                                              ///< "terminal" "limits" "changes" "configuration" "log"
    void openCompare(const QString& idA, const QString& idB); ///< both may be empty: the first twins
    void newInstance(const QString& image = {});
    void showPage(const QString& name); ///< "overview" "instances" "compare" "images" "cgroups" "activity" "new" "host"
    void back();                        ///< to the page shown before (New instance: when done or left)
    /// A banner above the pages. details is shown on demand.
    void notify(diptych::pages::Notice kind, const QString& text, const QString& details = {});
};

struct Context
{
    client::Client* client = nullptr;
    models::InstanceStore* store = nullptr;
    models::InstanceModel* instances = nullptr;
    models::OperationModel* operations = nullptr;
    models::ActivityModel* activity = nullptr;
    models::ImageModel* images = nullptr;
    Navigator* navigator = nullptr;
    models::ImageWork* imageWork = nullptr;
    DisplayWindows* displays = nullptr;

    [[nodiscard]] dialogs::ImageContext forImages() const
    {
        return {*client, *store, *images, *operations, *imageWork};
    }
};

/// One page of the window. Pages are made when they are first shown, as `explicit XPage(const Context&, QWidget*
/// parent)` in pages/pages.h: OverviewPage, InstancesPage, ComparePage, ImagesPage, ActivityPage, NewInstancePage. The
/// window has the stack and the banners; a page has its own header line with title, search and buttons.
class Page : public QWidget
{
    Q_OBJECT
public:
    explicit Page(const Context& context, QWidget* parent = nullptr) : QWidget(parent), m_context(context) {}

    [[nodiscard]] virtual QString title() const = 0;
    virtual void refresh() {}     ///< F5: evidence, costs, processes: all that no stream brings
    virtual void focusSearch() {} ///< Ctrl+F
    virtual void shown() {}       ///< became the visible page
    /// The window's navigation: InstancesPage selects ids[0] (and opens the tab), ComparePage shows both,
    /// NewInstancePage takes the image's reference.
    virtual void open(const QStringList& ids, const QString& tab = {})
    {
        Q_UNUSED(ids)
        Q_UNUSED(tab)
    }
    /// Splitters, columns, filters; kept in QSettings by the window under the page's name.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray& state) { Q_UNUSED(state) }

protected:
    [[nodiscard]] const Context& context() const { return m_context; }
    [[nodiscard]] client::Client& client() const { return *m_context.client; }
    [[nodiscard]] models::InstanceStore& store() const { return *m_context.store; }
    [[nodiscard]] Navigator& navigator() const { return *m_context.navigator; }

private:
    Context m_context;
};

} // namespace diptych::pages
