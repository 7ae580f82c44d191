// One page from image to running instance. Everything has a sensible default: opened and created, it makes a twin.
#pragma once

#include "pages/advice.h"
#include "pages/context.h"

#include <QMap>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace diptych::widgets {
class Banner;
}

namespace diptych::pages {

class LimitsPanel;
class OperationStrip;
class PortsEditor;
class PreviewCard;
class WallCard;

class NewInstancePage final : public Page
{
    Q_OBJECT
public:
    explicit NewInstancePage(const Context& context, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void shown() override;
    void open(const QStringList& ids, const QString& tab = {}) override;

    [[nodiscard]] Wall wall() const;
    void setWall(Wall wall);
    [[nodiscard]] client::Context spec() const;
    void create();

private:
    void buildHeader();
    [[nodiscard]] QWidget* buildLeft();
    [[nodiscard]] QWidget* buildImageCard();
    [[nodiscard]] QWidget* buildWalls();
    [[nodiscard]] QWidget* buildNetworkCard();
    [[nodiscard]] QWidget* buildAdvancedCard();
    [[nodiscard]] QWidget* buildRight();
    void listen();
    QLabel* fieldProblem(const QString& field, QWidget* parent);

    void fillImages();
    void askTemplates();
    void buildImage(const QString& templateName);
    void pullImage();
    void suggestName();
    void showFacts();
    void changed();
    void validate();
    bool showAtField(const client::Error& error);
    void showProblem(const client::Error& error);
    void clearProblems();
    void created(const client::Operation& operation);
    [[nodiscard]] QString nameProblem() const;
    [[nodiscard]] QString blocker() const;
    [[nodiscard]] QString measuredStart(client::Kind kind) const;
    [[nodiscard]] QString machineReason() const;

    widgets::Banner* m_banner = nullptr;
    OperationStrip* m_strip = nullptr;
    QWidget* m_form = nullptr;
    QComboBox* m_image = nullptr;
    QLabel* m_imageNote = nullptr;
    QPushButton* m_build = nullptr;
    QString m_template;
    QLineEdit* m_name = nullptr;
    bool m_nameTouched = false;
    QList<WallCard*> m_walls;
    LimitsPanel* m_limits = nullptr;
    QComboBox* m_network = nullptr;
    QLabel* m_networkNote = nullptr;
    PortsEditor* m_ports = nullptr;
    QWidget* m_portsBox = nullptr;
    QLineEdit* m_command = nullptr;
    QPlainTextEdit* m_environment = nullptr;
    PreviewCard* m_preview = nullptr;
    QPushButton* m_create = nullptr;
    QLabel* m_why = nullptr;
    QMap<QString, QLabel*> m_problems; ///< field -> the label beside it
    QString m_wantedImage;
    bool m_busy = false;
};

} // namespace diptych::pages
