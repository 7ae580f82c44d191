#include "widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace diptych::widgets {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent),
      m_title(new QLabel(this)),
      m_subtitle(new QLabel(this)),
      m_header(new QHBoxLayout),
      m_body(new QVBoxLayout)
{
    setProperty("card", true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 12, 16, 14);
    outer->setSpacing(8);
    m_title->setProperty("role", QStringLiteral("title"));
    // With a title, cards beside each other begin at one line, whether or not there is a button in it.
    m_title->setMinimumHeight(fontMetrics().height() + 8);
    m_subtitle->setProperty("muted", true);
    m_subtitle->setProperty("small", true);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addWidget(m_subtitle);
    m_header->addStretch(1);
    outer->addLayout(m_header);
    m_body->setSpacing(8);
    outer->addLayout(m_body, 1);
    setTitle(title);
}

void Card::setTitle(const QString& title, const QString& subtitle)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(subtitle);
}

void Card::addHeaderWidget(QWidget* widget)
{
    m_header->addWidget(widget);
}

} // namespace diptych::widgets
