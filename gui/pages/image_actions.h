// The verbs of the page Images, as QActions that say why they can't; shared by buttons, menus and keys.
#pragma once

#include "pages/context.h"

#include <QAction>

#include <map>

class QMenu;

namespace diptych::pages {

enum class ImageVerb { Create, Tag, Export, Push, Delete, Pull, Import, Build, Registries, Prune, Disks };

class ImageActions final : public QObject
{
    Q_OBJECT
public:
    static QList<std::pair<QString, QString>> shortcuts(); ///< what, keys
    ImageActions(const Context& context, QWidget* owner);
    void setReferences(const QStringList& references);
    [[nodiscard]] const QStringList& references() const { return m_references; }
    [[nodiscard]] QAction* action(ImageVerb verb) const { return m_actions.at(verb); }
    void fill(QMenu* menu) const; ///< those about the selected images
    void pull(const QString& reference);
    void importFile(const QString& file);

private:
    void update();
    [[nodiscard]] QString problem(ImageVerb verb) const;
    void perform(ImageVerb verb);

    Context m_context;
    QWidget* m_owner;
    QStringList m_references;
    std::map<ImageVerb, QAction*> m_actions;
};

} // namespace diptych::pages
