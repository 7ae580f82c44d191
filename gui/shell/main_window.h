// The window: navigation at the left, banners and one page at the right. Pages are made when they are first shown.
#pragma once

#include "shell/palette_commands.h"
#include "shell/session.h"

#include <QHash>
#include <QMainWindow>

class QGraphicsOpacityEffect;
class QStackedWidget;

namespace diptych::pages {
class InstanceActions;
}

namespace diptych::shell {

class ConnectionBanner;
class MessageArea;
class Sidebar;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Leaves the host looked at, if any, and opens a session with this one.
    void connectTo(const QString& address);
    /// A name of Sidebar::pageNames() or "new"; another one does nothing.
    void showPage(const QString& name);
    [[nodiscard]] QString currentPage() const { return m_current; }
    [[nodiscard]] pages::Page* page(const QString& name); ///< made when it is not there yet; null for an unknown name
    [[nodiscard]] Session* session() { return m_session.get(); }
    [[nodiscard]] MessageArea& messages() { return *m_messages; }
    [[nodiscard]] Sidebar& sidebar() { return *m_sidebar; }
    static QString lastPage(); ///< the one shown when the program ended

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void addShortcuts();
    void followNavigator();
    void followSession();
    void openOn(const QString& name, const QStringList& ids, const QString& tab = {});
    void goBack();
    void updateCounts();
    void updateConnection();
    void updateTitle();
    void askForHost();
    void showSettings();
    void showPalette();
    void showShortcuts();
    [[nodiscard]] QList<PaletteCommand> ownCommands();
    void obey(const PaletteCommand& command);
    void endSession();
    void saveState();

    std::unique_ptr<Session> m_session;
    std::unique_ptr<pages::InstanceActions> m_actions; ///< of the palette
    QHash<QString, pages::Page*> m_pages;
    QString m_current;
    QString m_previous;
    Sidebar* m_sidebar;
    ConnectionBanner* m_connection;
    MessageArea* m_messages;
    QStackedWidget* m_stack;
    QGraphicsOpacityEffect* m_faded; ///< on while what is shown is old
};

} // namespace diptych::shell
