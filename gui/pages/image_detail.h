// The selected image below the table: its head with the main verbs, and its tabs.
#pragma once

#include "client/image_types.h"
#include "pages/detail_pane.h"

#include <optional>

namespace diptych::pages {

class ImageActions;
class ImageFilesTab;
class ImageLayersTab;
class ImageUsedByTab;
class TextView;

class ImageDetail final : public DetailPane
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

    QString m_reference;
    QString m_inspected; ///< name and digest of what was asked for
    std::optional<client::ImageDetails> m_details;
    QString m_problem;
    ImageLayersTab* m_layers;
    ImageFilesTab* m_files;
    TextView* m_config;
    TextView* m_manifest;
    ImageUsedByTab* m_usedBy;
};

} // namespace diptych::pages
