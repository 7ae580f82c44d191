// DisplayTab: keys that the desktop would keep, the clipboard, the picture as a file, a display where there is none.
#include "client/machine_calls.h"
#include "models/hardware.h"
#include "models/statements.h"
#include "pages/clipboard_sharing.h"
#include "pages/display_tab.h"
#include "pages/display_windows.h"
#include "pages/save_file.h"
#include "widgets/displayview.h"

#include <QBuffer>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace diptych::pages {

using namespace Qt::StringLiterals;

namespace {

// X11's keysymdef.h
constexpr quint32 Control = 0xffe3;
constexpr quint32 Alt = 0xffe9;
constexpr quint32 F1 = 0xffbe;

} // namespace

QMenu* DisplayTab::keysMenu()
{
    auto* menu = new QMenu(this);
    const auto add = [&](const QString& text, const QList<quint32>& keys) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, keys] { m_view->sendKeys(keys); });
    };
    add(tr("Ctrl+Alt+Delete"), {Control, Alt, 0xffff});
    add(tr("Ctrl+Alt+Backspace"), {Control, Alt, 0xff08});
    menu->addSeparator();
    for (quint32 i = 0; i < 8; ++i)
        add(tr("Ctrl+Alt+F%1").arg(i + 1), {Control, Alt, F1 + i});
    menu->addSeparator();
    add(tr("Print Screen"), {0xff61});
    add(tr("Magic SysRq: sync (Alt+SysRq+S)"), {Alt, 0xff61, 's'});
    menu->addSeparator();
    m_clipboard->addTo(menu);
    return menu;
}

bool DisplayTab::isElsewhere() const
{
    return m_place == Place::Tab && context().displays->has(id());
}

void DisplayTab::changePlace()
{
    if (context().displays->has(id()))
        context().displays->close(id());
    else
        context().displays->open(id());
}

void DisplayTab::keepToolsRoom()
{
    for (QWidget* tool : std::initializer_list<QWidget*>{m_fit, m_grab, m_keys, m_screenshot, m_window, m_full}) {
        QSizePolicy policy = tool->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        tool->setSizePolicy(policy);
    }
    m_status->setWordWrap(true);
    m_status->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
}

void DisplayTab::saveScreenshot()
{
    const QImage picture = m_view->picture();
    saveFile(this, *context().navigator,
             {tr("Save the picture"),
              tr("%1 screen").arg(store().nameOf(id())),
              {tr("PNG image (*.png)")},
              tr("The picture is saved in %1"),
              tr("The picture could not be saved in %1")},
             [picture](const QString&) {
                 QByteArray bytes;
                 QBuffer buffer(&bytes);
                 buffer.open(QIODevice::WriteOnly);
                 picture.save(&buffer, "PNG");
                 return bytes;
             });
}

/// Asking again and again brings no display that is not there.
void DisplayTab::lookForDisplay()
{
    client().machineCalls().hardware(id(), this, [this, asked = id()](const client::Answer<client::Hardware>& answer) {
        const client::Instance* i = instance();
        if (asked != id() || !i || !answer || !answer.value().live || m_stream)
            return;
        const auto has = [](const std::optional<client::HardwareConfig>& config, const QString& kind) {
            return config && std::any_of(config->devices.cbegin(), config->devices.cend(), [&](const auto& one) {
                       return one.type == u"graphics"_s && one.properties.value(u"kind"_s) == kind;
                   });
        };
        const client::Hardware& hardware = answer.value();
        if (has(hardware.live, u"vnc"_s))
            return;
        m_retry.stop();
        const bool mayHave = hardware.next && !i->runtime.managed;
        const bool comes = has(hardware.next, u"vnc"_s);
        const QString why = has(hardware.live, u"spice"_s)
                                ? tr("It has a SPICE display, and this window speaks VNC. It can have both.")
                            : i->runtime.managed ? tr("A twin has none: what it writes is in its terminal.")
                                                 : QString();
        showNothing(tr("No display that can be shown here"),
                    comes ? tr("It has a VNC display from its next start on.") : why,
                    mayHave && !comes ? tr("Add a VNC display") : QString());
        m_offersDisplay = mayHave && !comes;
    });
}

void DisplayTab::addDisplay()
{
    client().machineCalls().addDevice(
        id(), u"graphics"_s, {{u"kind"_s, u"vnc"_s}}, {}, this, [this](const client::Answer<client::Applied>& answer) {
            emit context().navigator->notify(
                answer ? Notice::Info : Notice::Error, answer ? tr("The VNC display was added") : tr("Not added"),
                answer ? models::appliedText(answer.value()) : models::errorText(answer.error()));
            lookForDisplay();
        });
}

} // namespace diptych::pages
