#include "shell/sidebar.h"

#include "widgets/icons.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

QWidget* brand(QWidget* parent, QToolButton* settings)
{
    auto* line = new QWidget(parent);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(8, 0, 2, 8);
    layout->setSpacing(9);
    auto* picture = new QLabel(line);
    picture->setPixmap(widgets::applicationIcon().pixmap(QSize(24, 24), line->devicePixelRatio()));
    auto* name = new QLabel(u"Diptych"_s, line);
    name->setFont(widgets::scaledFont(15.0 / 13, QFont::Bold));
    layout->addWidget(picture);
    layout->addWidget(name, 1);
    layout->addWidget(settings);
    return line;
}

} // namespace

QStringList Sidebar::pageNames()
{
    return {u"overview"_s, u"instances"_s, u"compare"_s,    u"images"_s,  u"networks"_s,
            u"storage"_s,  u"cgroups"_s,   u"namespaces"_s, u"activity"_s};
}

Sidebar::Sidebar(QWidget* parent) : QWidget(parent), m_host(new HostCard(this)), m_helper(new HelperStatus(this))
{
    setFixedWidth(204);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 14, 11, 12);
    layout->setSpacing(2);
    auto* settings = new QToolButton(this);
    settings->setIcon(widgets::icon(u"settings"_s, widgets::Tone::Muted));
    settings->setToolTip(tr("Settings (Ctrl+,)"));
    settings->setAccessibleName(tr("Settings"));
    connect(settings, &QToolButton::clicked, this, &Sidebar::settingsWanted);
    layout->addWidget(brand(this, settings));
    layout->addWidget(m_host);
    layout->addSpacing(10);
    addPage(u"overview"_s, tr("Overview"));
    addPage(u"instances"_s, tr("Instances"));
    addPage(u"compare"_s, tr("Compare"));
    addCaption(tr("RESOURCES"));
    addPage(u"images"_s, tr("Images"));
    addPage(u"networks"_s, tr("Networks"));
    addPage(u"storage"_s, tr("Storage"));
    addPage(u"cgroups"_s, tr("Control groups"));
    addPage(u"namespaces"_s, tr("Namespaces"));
    addCaption(tr("HISTORY"));
    addPage(u"activity"_s, tr("Activity"));
    layout->addStretch();
    layout->addWidget(m_helper);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sidebar::addCaption(const QString& text)
{
    auto* caption = new QLabel(text, this);
    caption->setProperty("role", u"caption"_s);
    caption->setContentsMargins(10, 12, 0, 4);
    layout()->addWidget(caption);
}

void Sidebar::addPage(const QString& name, const QString& text)
{
    auto* button = new NavButton(name, text, this);
    button->setObjectName(u"nav-"_s + name);
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(text).arg(pageNames().indexOf(name) + 1));
    // Not clicked(): a screen reader toggles without clicking.
    connect(button, &NavButton::toggled, this, [this, name](bool on) {
        if (on)
            emit chosen(name);
    });
    m_buttons.insert(name, button);
    layout()->addWidget(button);
}

void Sidebar::setCurrent(const QString& page)
{
    for (auto button = m_buttons.cbegin(); button != m_buttons.cend(); ++button) {
        // An exclusive button can't be unchecked while it is exclusive.
        const QSignalBlocker quiet(*button);
        (*button)->setAutoExclusive(false);
        (*button)->setChecked(button.key() == page);
        (*button)->setAutoExclusive(true);
    }
}

QString Sidebar::textOf(const QString& page) const
{
    const NavButton* button = m_buttons.value(page);
    return button ? button->text() : page;
}

void Sidebar::setCount(const QString& page, int count)
{
    if (NavButton* button = m_buttons.value(page))
        button->setCount(count);
}

void Sidebar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::colors().sidebar);
    painter.setPen(widgets::colors().line);
    painter.drawLine(width() - 1, 0, width() - 1, height());
}

} // namespace diptych::shell
