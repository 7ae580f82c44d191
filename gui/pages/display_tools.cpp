// DisplayTab: keys that the desktop would keep, the clipboard, the picture as a file.
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

namespace diptych::pages {

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

} // namespace diptych::pages
