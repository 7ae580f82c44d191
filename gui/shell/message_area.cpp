#include "shell/message_area.h"

#include "models/statements.h"
#include "widgets/banner.h"

#include <QTimer>
#include <QVBoxLayout>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

widgets::Banner::Level levelOf(pages::Notice kind)
{
    switch (kind) {
    case pages::Notice::Good:
        return widgets::Banner::Level::Success;
    case pages::Notice::Info:
        return widgets::Banner::Level::Info;
    case pages::Notice::Warning:
        return widgets::Banner::Level::Warning;
    case pages::Notice::Error:
        break;
    }
    return widgets::Banner::Level::Error;
}

/// Nobody sits and watches these; of an export the saved file is told.
bool isAwaited(const QString& verb)
{
    return QStringList{u"create"_s, u"buildImage"_s, u"pull"_s, u"push"_s, u"import"_s, u"commit"_s}.contains(verb);
}

} // namespace

MessageArea::MessageArea(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(22, 10, 22, 10);
    m_layout->setSpacing(8);
    hide();
}

void MessageArea::notify(pages::Notice kind, const QString& text, const QString& details)
{
    add(kind, text, {}, details);
}

void MessageArea::add(pages::Notice kind, const QString& title, const QString& text, const QString& details)
{
    auto* banner = new widgets::Banner(this);
    banner->setClosable(true);
    m_layout->insertWidget(0, banner);
    m_banners.prepend(banner);
    show();
    banner->showMessage(levelOf(kind), title, text, details);
    connect(banner, &widgets::Banner::dismissed, this, [this, banner] { drop(banner); });
    if (kind == pages::Notice::Good || kind == pages::Notice::Info)
        QTimer::singleShot(GoodLasts, banner, [this, banner] { drop(banner); });
    while (m_banners.size() > MaxNotices)
        drop(m_banners.last());
}

/// A thousand that end at once are three banners, not a thousand of which three stay.
void MessageArea::addSoon(pages::Notice kind, const QString& title, const QString& text, const QString& details)
{
    if (m_pending.isEmpty())
        QTimer::singleShot(0, this, [this] {
            for (const Pending& one : std::exchange(m_pending, {}))
                add(one.kind, one.title, one.text, one.details);
        });
    m_pending.append({kind, title, text, details});
    if (m_pending.size() > MaxNotices)
        m_pending.removeFirst();
}

void MessageArea::follow(models::OperationModel& operations)
{
    connect(&operations, &models::OperationModel::ended, this, [this](const client::Operation& operation) {
        if (operation.state == client::OperationState::Failed)
            addSoon(pages::Notice::Error, models::OperationModel::title(operation),
                    operation.error ? models::errorText(*operation.error) : QString(),
                    operation.error ? operation.error->name : QString());
        else if (operation.state == client::OperationState::Done && isAwaited(operation.verb))
            addSoon(pages::Notice::Good, models::OperationModel::title(operation), {}, {});
    });
}

void MessageArea::follow(models::ImageWork& work)
{
    connect(&work, &models::ImageWork::ended, this,
            [this](const QString& title, const std::optional<client::Error>& error) {
                if (error)
                    add(pages::Notice::Error, title, models::errorText(*error), error->name);
                else
                    notify(pages::Notice::Good, title);
            });
}

void MessageArea::clear()
{
    m_pending.clear();
    while (!m_banners.isEmpty())
        drop(m_banners.last());
}

void MessageArea::drop(widgets::Banner* banner)
{
    if (!m_banners.removeOne(banner))
        return;
    banner->hide();
    banner->deleteLater();
    if (m_banners.isEmpty())
        hide();
}

} // namespace diptych::shell
