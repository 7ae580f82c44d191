// Notices above the pages: newest first, at most three. Good news leaves by itself.
#pragma once

#include "pages/context.h"

class QVBoxLayout;

namespace diptych::widgets {
class Banner;
}

namespace diptych::shell {

class MessageArea final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int MaxNotices = 3;
    static constexpr int GoodLasts = 6000; ///< ms

    explicit MessageArea(QWidget* parent = nullptr);
    void notify(pages::Notice kind, const QString& text, const QString& details = {});
    /// Long work that failed, and the end of what somebody waited for.
    void follow(models::OperationModel& operations);
    void follow(models::ImageWork& work);
    void clear();
    [[nodiscard]] int count() const { return int(m_banners.size()); }

private:
    void add(pages::Notice kind, const QString& title, const QString& text, const QString& details);
    void addSoon(pages::Notice kind, const QString& title, const QString& text, const QString& details);
    void drop(widgets::Banner* banner);

    struct Pending
    {
        pages::Notice kind;
        QString title, text, details;
    };
    QVBoxLayout* m_layout;
    QList<widgets::Banner*> m_banners;
    QList<Pending> m_pending;
};

} // namespace diptych::shell
