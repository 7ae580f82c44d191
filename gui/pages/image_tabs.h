// The tabs of an image's details that are more than text. Each is told the image and what Inspect answered; it asks the
// helper for more only while it is looked at.
#pragma once

#include "client/image_types.h"
#include "pages/context.h"

#include <optional>

class QComboBox;
class QLabel;
class QTableWidget;
class QTimer;

namespace diptych::widgets {
class LayerMap;
}

namespace diptych::pages {

class PathTree;

class ImageTab : public QWidget
{
    Q_OBJECT
public:
    ImageTab(const Context& context, QWidget* parent) : QWidget(parent), m_context(context) {}
    /// reference empty: none. details null: not known yet.
    void setImage(const QString& reference, const client::ImageDetails* details)
    {
        m_reference = reference;
        m_details = details ? std::optional(*details) : std::nullopt;
        shown();
    }

protected:
    virtual void shown() = 0; ///< the image is another one, or more is known of it
    [[nodiscard]] const Context& context() const { return m_context; }
    [[nodiscard]] const QString& reference() const { return m_reference; }
    [[nodiscard]] const client::Image* image() const { return m_context.images->find(m_reference); }
    [[nodiscard]] const std::optional<client::ImageDetails>& details() const { return m_details; }

private:
    Context m_context;
    QString m_reference;
    std::optional<client::ImageDetails> m_details;
};

/// History steps with size and command, and the picture of what is shared.
class ImageLayersTab final : public ImageTab
{
    Q_OBJECT
public:
    ImageLayersTab(const Context& context, QWidget* parent);

signals:
    void filesWanted(const QString& digest);

protected:
    void shown() override;

private:
    void showPicture();
    void showSteps();
    void choose(const QString& digest);
    [[nodiscard]] QList<client::ImageStep> steps() const;

    QLabel* m_sum;
    widgets::LayerMap* m_map;
    QTableWidget* m_table;
};

class ImageFilesTab final : public ImageTab
{
    Q_OBJECT
public:
    ImageFilesTab(const Context& context, QWidget* parent);
    void setLayer(const QString& digest);

protected:
    void shown() override;
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void askPage(const QString& after);
    void take(const client::Answer<client::PathPage>& answer, bool first);

    PathTree* m_tree;
    QComboBox* m_layer;
    QString m_asked; ///< image and layer of what is shown
    QString m_wanted;
};

class ImageUsedByTab final : public ImageTab
{
    Q_OBJECT
public:
    ImageUsedByTab(const Context& context, QWidget* parent);

protected:
    void shown() override;

private:
    void open(int row);
    QLabel* m_note;
    QTableWidget* m_table;
};

} // namespace diptych::pages
