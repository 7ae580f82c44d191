// How the page New instance is laid out; what it does is in new_instance_page.cpp.
#include "models/formatting.h"
#include "pages/adviser_card.h"
#include "pages/folding_columns.h"
#include "pages/limits_panel.h"
#include "pages/new_instance_page.h"
#include "pages/new_machine.h"
#include "pages/operation_strip.h"
#include "pages/parts.h"
#include "pages/ports_editor.h"
#include "pages/preview_card.h"
#include "pages/wall_card.h"
#include "widgets/banner.h"
#include "widgets/card.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>

namespace diptych::pages {

using client::NetworkMode;
using widgets::Card;
using widgets::Tone;

namespace {
constexpr qint64 mebibyte = 1024 * 1024;
constexpr client::Limits startingLimits{1.0, 512 * mebibyte, 256};
constexpr int rightWidth = 372;
} // namespace

NewInstancePage::NewInstancePage(const Context& context, QWidget* parent) : Page(context, parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    QWidget* left = buildLeft();
    m_form = new FoldingColumns(left, buildRight(), rightWidth, this);
    m_banner = new widgets::Banner(this);
    m_strip = new OperationStrip(*context.operations, this);
    auto* content = new QWidget(this);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(22, 18, 22, 18);
    rows->setSpacing(14);
    rows->addWidget(m_banner);
    rows->addWidget(m_strip);
    rows->addWidget(m_form, 1);
    content->setAccessibleName(tr("New instance"));
    layout->addWidget(scrolling(content, this), 1);
    listen();
    fillImages();
    setWall(Wall::Twins);
    suggestName();
    changed();
}

void NewInstancePage::buildHeader()
{
    auto* header = new Header(tr("New instance"), this);
    header->setSubtitle(tr("image → wall → limits → review"));
    header->addStretch();
    m_why = new ToneLabel({}, Tone::Muted, header);
    header->add(m_why);
    QPushButton* machine =
        button(tr("Machine from ISO, disk or OVA…"), header,
               tr("A virtual machine of its own: from a medium, a cloud image, a disk or another hypervisor"));
    machine->setObjectName(QStringLiteral("newMachine"));
    connect(machine, &QPushButton::clicked, this, [this] { askNewMachine(context(), this); });
    header->add(machine);
    QPushButton* cancel = button(tr("Cancel"), header, tr("Back to where you were; nothing is made"));
    connect(cancel, &QPushButton::clicked, this, [this] { emit navigator().back(); });
    header->add(cancel);
    m_create = primaryButton(tr("Create and start"), header);
    m_create->setObjectName(QStringLiteral("create"));
    connect(m_create, &QPushButton::clicked, this, &NewInstancePage::create);
    header->add(m_create);
    auto* key = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &NewInstancePage::create);
    layout()->addWidget(header);
}

QLabel* NewInstancePage::fieldProblem(const QString& field, QWidget* parent)
{
    auto* label = new ToneLabel({}, Tone::Bad, parent);
    label->setObjectName(QStringLiteral("problem.") + field);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    m_problems[field] = label;
    return label;
}

QWidget* NewInstancePage::buildLeft()
{
    auto* column = new QWidget(m_form);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(buildImageCard());
    layout->addWidget(buildWalls());
    auto* limitsCard = new Card({}, column);
    limitsCard->setTitle(tr("Limits"), tr("the same on both sides, can be changed while it runs"));
    m_limits = new LimitsPanel(limitsCard);
    m_limits->setHost(store().host());
    client::Limits limits = startingLimits;
    m_limits->setLimits(limits);
    limitsCard->body()->addWidget(m_limits);
    limitsCard->body()->addWidget(fieldProblem(QStringLiteral("limits"), limitsCard));
    layout->addWidget(limitsCard);
    layout->addWidget(buildNetworkCard());
    layout->addWidget(buildAdvancedCard());
    layout->addStretch(1);
    return column;
}

QWidget* NewInstancePage::buildImageCard()
{
    auto* card = new Card({}, m_form);
    auto* grid = new QGridLayout;
    m_image = new QComboBox(card);
    m_image->setObjectName(QStringLiteral("image"));
    m_image->setAccessibleName(tr("Image"));
    m_image->setAccessibleDescription(m_image->accessibleName()); // the name told is the text shown
    m_image->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_image->setMinimumContentsLength(24);
    m_image->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_build = button({}, card);
    m_build->setObjectName(QStringLiteral("build"));
    m_build->hide();
    m_imageNote = new ToneLabel({}, Tone::Muted, card);
    m_imageNote->setWordWrap(true);
    m_imageNote->hide();
    m_name = new QLineEdit(card);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setAccessibleName(tr("Name"));
    auto* imageLabel = heading(tr("Image"), card);
    imageLabel->setBuddy(m_image);
    auto* nameLabel = heading(tr("Name"), card);
    nameLabel->setBuddy(m_name);
    grid->addWidget(imageLabel, 0, 0);
    auto* imageLine = new QHBoxLayout;
    imageLine->setSpacing(8);
    imageLine->addWidget(m_image, 1);
    imageLine->addWidget(m_build);
    QPushButton* pull = button(tr("Pull…"), card, tr("Fetch an image from a registry"));
    pull->setObjectName(QStringLiteral("pull"));
    connect(pull, &QPushButton::clicked, this, &NewInstancePage::pullImage);
    imageLine->addWidget(pull);
    grid->addLayout(imageLine, 0, 1);
    grid->addWidget(m_imageNote, 1, 1);
    grid->addWidget(fieldProblem(QStringLiteral("image"), card), 2, 1);
    grid->addWidget(nameLabel, 3, 0);
    grid->addWidget(m_name, 3, 1);
    grid->addWidget(fieldProblem(QStringLiteral("name"), card), 4, 1);
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    card->body()->addLayout(grid);
    return card;
}

QWidget* NewInstancePage::buildWalls()
{
    auto* row = new QWidget(m_form);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    m_walls = {new WallCard(Wall::Container, tr("Container"), tr("Shares the host's kernel"), row),
               new WallCard(Wall::Machine, tr("Virtual machine"), tr("Boots a kernel of its own"), row),
               new WallCard(Wall::Twins, tr("Twins"), tr("One of each, same limits, to compare"), row)};
    for (WallCard* card : std::as_const(m_walls)) {
        layout->addWidget(card, 1);
        connect(card, &WallCard::toggled, this, [this](bool on) {
            if (!on)
                return;
            suggestName();
            changed();
        });
    }
    return row;
}

QWidget* NewInstancePage::buildNetworkCard()
{
    auto* card = new Card(tr("Network and ports"), m_form);
    m_network = new QComboBox(card);
    m_network->setAccessibleName(tr("Network"));
    m_network->setAccessibleDescription(m_network->accessibleName()); // the name told is the text shown
    for (NetworkMode mode : {NetworkMode::Nat, NetworkMode::None, NetworkMode::Host})
        m_network->addItem(models::networkName(mode), int(mode));
    m_networkNote = new ToneLabel({}, Tone::Muted, card);
    m_networkNote->setWordWrap(true);
    m_portsBox = new QWidget(card);
    auto* ports = new QVBoxLayout(m_portsBox);
    ports->setContentsMargins(0, 0, 0, 0);
    m_ports = new PortsEditor(m_portsBox);
    ports->addWidget(m_ports);
    ports->addWidget(fieldProblem(QStringLiteral("ports"), m_portsBox));
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_network);
    line->addWidget(m_networkNote, 1);
    card->body()->addLayout(line);
    card->body()->addWidget(fieldProblem(QStringLiteral("network"), card));
    card->body()->addWidget(m_portsBox);
    return card;
}

QWidget* NewInstancePage::buildAdvancedCard()
{
    auto* card = new Card(tr("Command and environment"), m_form);
    auto* inner = new QWidget(card);
    auto* grid = new QGridLayout(inner);
    grid->setContentsMargins(0, 0, 0, 0);
    m_command = new QLineEdit(inner);
    m_command->setAccessibleName(tr("Command"));
    m_environment = new QPlainTextEdit(inner);
    m_environment->setAccessibleName(tr("Environment, a NAME=value on each line"));
    m_environment->setPlaceholderText(QStringLiteral("NAME=value"));
    m_environment->setFont(widgets::Theme::instance().monospace());
    m_environment->setTabChangesFocus(true);
    m_environment->setFixedHeight(rowHeight(m_environment, 4.4));
    grid->addWidget(new QLabel(tr("Command"), inner), 0, 0);
    grid->addWidget(m_command, 0, 1);
    grid->addWidget(fieldProblem(QStringLiteral("command"), inner), 1, 1);
    grid->addWidget(new QLabel(tr("Environment"), inner), 2, 0, Qt::AlignTop);
    grid->addWidget(m_environment, 2, 1);
    grid->addWidget(fieldProblem(QStringLiteral("environment"), inner), 3, 1);
    grid->setHorizontalSpacing(14);
    inner->hide();
    card->body()->addWidget(inner);
    QPushButton* toggle = linkButton(tr("Change"), card, tr("Run something else than the image says"));
    toggle->setCheckable(true);
    connect(toggle, &QPushButton::toggled, inner, [inner, toggle](bool on) {
        inner->setVisible(on);
        toggle->setText(on ? NewInstancePage::tr("Hide") : NewInstancePage::tr("Change"));
    });
    card->addHeaderWidget(toggle);
    return card;
}

QWidget* NewInstancePage::buildRight()
{
    auto* column = new QWidget(m_form);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    auto* adviser = new AdviserCard(column);
    connect(adviser, &AdviserCard::advised, this, &NewInstancePage::setWall);
    m_preview = new PreviewCard(client(), column);
    layout->addWidget(adviser);
    layout->addWidget(m_preview, 1);
    return column;
}

void NewInstancePage::listen()
{
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_nameTouched = true;
        changed();
    });
    connect(m_image, &QComboBox::currentIndexChanged, this, [this] {
        const client::Image* image = context().images->find(m_image->currentData().toString());
        if (image) {
            m_ports->setExposed(image->exposedPorts);
            const QString own = QStringList(image->entrypoint + image->command).join(QLatin1Char(' '));
            m_command->setPlaceholderText(own.isEmpty() ? tr("the image's") : own);
        }
        suggestName();
        changed();
    });
    connect(m_network, &QComboBox::currentIndexChanged, this, &NewInstancePage::changed);
    connect(m_ports, &PortsEditor::changed, this, &NewInstancePage::changed);
    connect(m_command, &QLineEdit::textEdited, this, &NewInstancePage::changed);
    connect(m_environment, &QPlainTextEdit::textChanged, this, &NewInstancePage::changed);
    connect(m_limits, &LimitsPanel::limitsChanged, this, &NewInstancePage::changed);
    connect(m_build, &QPushButton::clicked, this, [this] { buildImage(m_template); });
    connect(m_preview, &PreviewCard::refused, this, [this](const client::Error& error) {
        if (!error.field.isEmpty() && nameProblem().isEmpty())
            showProblem(error);
    });
    connect(context().images, &models::ImageModel::changed, this, &NewInstancePage::fillImages);
    const auto* s = &store();
    connect(s, &models::InstanceStore::hostChanged, this, [this] {
        m_limits->setHost(store().host());
        showFacts();
    });
    for (auto signal : {&models::InstanceStore::added, &models::InstanceStore::removed}) {
        connect(s, signal, this, [this] {
            suggestName();
            validate();
            showFacts();
        });
    }
    connect(s, &models::InstanceStore::liveChanged, this, [this] {
        fillImages();
        validate();
    });
}

} // namespace diptych::pages
