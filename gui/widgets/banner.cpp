#include "widgets/banner.h"

#include "widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych::widgets {
namespace {

struct Look
{
    Tone tone;
    const char* icon;
};

Look lookOf(Banner::Level level)
{
    switch (level) {
    case Banner::Level::Success:
        return {Tone::Good, "success"};
    case Banner::Level::Warning:
        return {Tone::Warn, "warning"};
    case Banner::Level::Error:
        return {Tone::Bad, "error"};
    case Banner::Level::Info:
        break;
    }
    return {Tone::Selection, "info"};
}

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_text(new QLabel(this)),
      m_details(new QPlainTextEdit(this)),
      m_detailsButton(new QToolButton(this)),
      m_close(new QToolButton(this)),
      m_actions(new QHBoxLayout)
{
    setObjectName(QStringLiteral("banner"));
    m_title->setProperty("role", QStringLiteral("title"));
    for (QLabel* label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_details->setReadOnly(true);
    m_details->setFont(Theme::instance().monospace());
    m_details->setMaximumHeight(140);
    m_details->setAccessibleName(tr("Details"));
    m_details->hide();
    m_detailsButton->setText(tr("Details"));
    m_detailsButton->setCheckable(true);
    connect(m_detailsButton, &QToolButton::toggled, m_details, &QWidget::setVisible);
    m_close->setIcon(icon(QStringLiteral("close"), Tone::Muted));
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close"));
    connect(m_close, &QToolButton::clicked, this, &Banner::dismiss);

    m_actions->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(m_icon, 0, Qt::AlignTop);
    line->addLayout(words, 1);
    line->addLayout(m_actions);
    line->addWidget(m_detailsButton, 0, Qt::AlignVCenter);
    line->addWidget(m_close, 0, Qt::AlignTop);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(12, 10, 10, 10);
    outer->addLayout(line);
    outer->addWidget(m_details);
    connect(&Theme::instance(), &Theme::changed, this, &Banner::restyle);
    hide();
}

void Banner::showMessage(Level level, const QString& title, const QString& text, const QString& details)
{
    m_level = level;
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_details->setPlainText(details);
    m_detailsButton->setChecked(false);
    m_detailsButton->setVisible(!details.isEmpty());
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater(); // it may be the sender
        delete item;
    }
    setAccessibleName(title);
    setAccessibleDescription(text);
    restyle();
    show();
}

void Banner::addAction(const QString& text, std::function<void()> act)
{
    auto* button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, this, [act = std::move(act)] {
        if (act)
            act();
    });
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void Banner::dismiss()
{
    hide();
    emit dismissed();
}

void Banner::restyle()
{
    const Look look = lookOf(m_level);
    m_icon->setPixmap(icon(QString::fromLatin1(look.icon), look.tone).pixmap(QSize(18, 18), devicePixelRatioF()));
    setStyleSheet(QStringLiteral("QFrame#banner { background: %1; border: 1px solid %2; border-radius: 8px; }"
                                 "QFrame#banner QLabel { background: transparent; }")
                      .arg(toneTint(look.tone).name(), toneLine(look.tone).name()));
}

} // namespace diptych::widgets
