// The window's palette and its list of keys.
#include "dialogs/connections_dialog.h"
#include "dialogs/shortcuts_dialog.h"
#include "pages/image_actions.h"
#include "pages/instance_actions.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/sidebar.h"

namespace diptych::shell {

using namespace Qt::StringLiterals;

void MainWindow::showPalette()
{
    if (!m_session)
        return;
    auto* palette = new CommandPalette(ownCommands(), m_session->store(), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    connect(palette, &CommandPalette::chosen, this, &MainWindow::obey);
    palette->open();
}

QList<PaletteCommand> MainWindow::ownCommands()
{
    QList<PaletteCommand> all;
    const QStringList names = Sidebar::pageNames();
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString keys = QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)).toString(QKeySequence::NativeText);
        all.append({m_sidebar->textOf(names.at(i)), {}, names.at(i), keys, names.at(i), {}, {}, {}});
    }
    const auto add = [&](const QString& text, const QString& icon, const QKeySequence& keys, auto run) {
        all.append({text, {}, icon, keys.toString(QKeySequence::NativeText), {}, {}, {}, run});
    };
    add(tr("New instance"), u"add"_s, Qt::CTRL | Qt::Key_N, [this] { showPage(u"new"_s); });
    add(tr("Host history: the last 30 days"), u"chart"_s, {}, [this] { showPage(u"host"_s); });
    add(tr("Settings"), u"settings"_s, Qt::CTRL | Qt::Key_Comma, [this] { showSettings(); });
    add(tr("Keyboard shortcuts"), u"info"_s, Qt::Key_F1, [this] { showShortcuts(); });
    add(tr("Libvirt connections"), u"host"_s, {},
        [this] { (new dialogs::ConnectionsDialog(m_session->client(), m_session->store(), this))->open(); });
    add(tr("Connect to another host"), u"host"_s, {}, [this] { askForHost(); });
    return all;
}

void MainWindow::obey(const PaletteCommand& command)
{
    if (command.run) {
        command.run();
    } else if (!command.page.isEmpty()) {
        showPage(command.page);
    } else if (!command.action) {
        emit m_session->navigator().openInstance(command.instance);
    } else {
        m_actions->setIds({command.instance});
        m_actions->trigger(*command.action);
    }
}

void MainWindow::showShortcuts()
{
    const auto keys = [](const QKeySequence& sequence) { return sequence.toString(QKeySequence::NativeText); };
    dialogs::ShortcutsDialog::Group everywhere{tr("Everywhere"), {}};
    everywhere.keys.append({tr("Find anything by its name"), keys(Qt::CTRL | Qt::Key_K)});
    for (const PaletteCommand& command : ownCommands())
        if (!command.keys.isEmpty())
            everywhere.keys.append({command.text, command.keys});
    everywhere.keys.append({tr("Search on this page"), keys(Qt::CTRL | Qt::Key_F)});
    everywhere.keys.append({tr("Ask again for what is shown"), keys(Qt::Key_F5)});
    everywhere.keys.append({tr("Quit"), keys(Qt::CTRL | Qt::Key_Q)});
    QList<dialogs::ShortcutsDialog::Group> groups{everywhere,
                                                  {tr("On an instance"), pages::InstanceActions::shortcuts()},
                                                  {tr("On an image"), pages::ImageActions::shortcuts()}};
    groups.append(dialogs::ShortcutsDialog::ofWidgets());
    auto* dialog = new dialogs::ShortcutsDialog(groups, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace diptych::shell
