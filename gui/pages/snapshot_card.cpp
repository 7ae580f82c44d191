#include "pages/snapshot_card.h"

#include "models/formatting.h"
#include "pages/parts.h"

#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace diptych::pages {

using namespace Qt::StringLiterals;

/// As large as there is room; without a picture it says why.
class SnapshotCard::Screen final : public QWidget
{
public:
    explicit Screen(QWidget* parent) : QWidget(parent)
    {
        setMinimumHeight(72);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }
    void set(const QPixmap& picture, const QString& text)
    {
        m_picture = picture;
        m_text = text;
        setAccessibleDescription(text);
        update();
    }
    [[nodiscard]] QPixmap picture() const { return m_picture; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        if (m_picture.isNull()) {
            painter.setPen(widgets::toneColor(widgets::Tone::Muted));
            painter.drawText(rect(), int(Qt::AlignCenter) | Qt::TextWordWrap, m_text);
            return;
        }
        const QSize size = m_picture.size().scaled(this->size(), Qt::KeepAspectRatio);
        const QRect where((width() - size.width()) / 2, 0, size.width(), size.height());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(where, m_picture);
    }

private:
    QPixmap m_picture;
    QString m_text;
};

SnapshotCard::SnapshotCard(QWidget* parent)
    : Card({}, parent),
      m_screen(new Screen(this)),
      m_facts(new ToneLabel({}, widgets::Tone::Muted, this)),
      m_description(new QLabel(this))
{
    setMinimumWidth(240);
    m_screen->setAccessibleName(tr("Screen at that moment"));
    m_description->setTextFormat(Qt::PlainText);
    for (QLabel* label : {m_facts, m_description}) {
        label->setWordWrap(true);
        body()->addWidget(label);
    }
    body()->insertWidget(0, m_screen, 1);
    clear();
}

QString SnapshotCard::holds(const client::Snapshot& snapshot)
{
    return snapshot.external && snapshot.memory ? tr("disk and memory, in files of its own")
           : snapshot.external                  ? tr("disk, in files of its own")
           : snapshot.memory                    ? tr("disk and memory")
                                                : tr("disk");
}

bool SnapshotCard::present(const QString& machine, const client::Snapshot& snapshot)
{
    const QString key = u"%1/%2/%3"_s.arg(machine, snapshot.name).arg(snapshot.createdAt);
    setTitle(snapshot.name);
    m_facts->setText(u"%1 · %2"_s.arg(models::dateTime(snapshot.createdAt), holds(snapshot)));
    m_description->setText(snapshot.description);
    m_description->setVisible(!snapshot.description.isEmpty());
    if (std::exchange(m_shown, key) == key)
        return false;
    const bool off = snapshot.state == u"shutoff"_s;
    m_screen->set({}, snapshot.picture ? tr("Fetching its screen …")
                      : off            ? tr("It was off: there was nothing to see.")
                                       : tr("Its screen of that moment was not kept."));
    return snapshot.picture;
}

void SnapshotCard::setPicture(const QByteArray& png, const QString& problem)
{
    QPixmap picture;
    picture.loadFromData(png, "PNG");
    m_screen->set(picture, problem.isEmpty() ? tr("Its screen of that moment was not kept.") : problem);
}

void SnapshotCard::clear()
{
    m_shown.clear();
    setTitle({});
    m_facts->clear();
    m_description->clear();
    m_screen->set({}, tr("Choose a snapshot to see its screen of that moment."));
}

QPixmap SnapshotCard::picture() const
{
    return m_screen->picture();
}

} // namespace diptych::pages
