#include "dialogs/platform_box.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych::dialogs {

PlatformBox::PlatformBox(QWidget* parent) : QWidget(parent), m_box(new QComboBox(this)), m_note(new QLabel(this))
{
    m_box->setObjectName(QStringLiteral("platforms"));
    m_box->setAccessibleName(tr("Platform"));
    m_note->setProperty("muted", true);
    m_note->setProperty("small", true);
    m_note->setWordWrap(true);
    m_note->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_box);
    column->addWidget(m_note);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::currentIndexChanged, this, &PlatformBox::follow);
}

void PlatformBox::ask(client::ImageCalls& calls, const QString& reference, client::Tls tls)
{
    if (reference == m_asked)
        return;
    forget();
    m_asked = reference;
    calls.listPlatforms(reference, tls, this, [this, reference](const auto& answer) {
        if (reference == m_asked)
            show(answer ? answer.value() : QList<client::ImagePlatform>());
    });
}

void PlatformBox::forget()
{
    m_asked.clear();
    show({});
}

void PlatformBox::show(const QList<client::ImagePlatform>& platforms)
{
    m_platforms = platforms;
    std::stable_partition(m_platforms.begin(), m_platforms.end(), [](const auto& one) { return one.host; });
    const QSignalBlocker quiet(m_box);
    m_box->clear();
    for (const client::ImagePlatform& one : std::as_const(m_platforms))
        m_box->addItem(one.host ? tr("%1 (this machine)").arg(one.name) : one.name);
    follow();
    emit known(m_platforms.size() > 1 || (m_platforms.size() == 1 && !m_platforms.first().host));
}

void PlatformBox::follow()
{
    const client::ImagePlatform now = m_platforms.value(m_box->currentIndex());
    m_note->setText(now.runs
                        ? tr("Not this machine's own, but it can run here.")
                        : tr("It can be kept and pushed, but can't run here: this machine has another processor."));
    m_note->setVisible(!now.name.isEmpty() && !now.host);
}

QString PlatformBox::platform() const
{
    const client::ImagePlatform now = m_platforms.value(m_box->currentIndex());
    return now.host ? QString() : now.name;
}

} // namespace diptych::dialogs
