// The selected image below the table: its head with the main verbs, and its tabs.
#pragma once

#include "client/image_types.h"
#include "pages/context.h"

#include <optional>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace diptych::pages {

class ImageActions;
class ImageFilesTab;
class ImageLayersTab;
class ImageUsedByTab;
class TextView;

class ImageDetail final : public QWidget
{
    Q_OBJECT
public:
    ImageDetail(const Context& context, ImageActions& actions, QWidget* parent);
    void setReference(const QString& reference); ///< empty: none
    [[nodiscard]] const QString& reference() const { return m_reference; }
    void openTab(const QString& name); ///< "layers" "files" "configuration" "manifest" "usedBy"
    [[nodiscard]] QString tab() const;
    void refresh();
    void focusTab();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showHead();
    void ask();
    void showDetails();
    [[nodiscard]] QString digest() const;

    Context m_context;
    QString m_reference;
    QString m_inspected; ///< name and digest of what was asked for
    std::optional<client::ImageDetails> m_details;
    QString m_problem;
    QLabel* m_name;
    QLabel* m_text;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    ImageLayersTab* m_layers;
    ImageFilesTab* m_files;
    TextView* m_config;
    TextView* m_manifest;
    ImageUsedByTab* m_usedBy;
};

} // namespace diptych::pages
