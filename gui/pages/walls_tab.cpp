#include "pages/walls_tab.h"

#include "client/wall_calls.h"
#include "models/attempt_words.h"
#include "models/formatting.h"
#include "models/statements.h"
#include "pages/parts.h"
#include "widgets/banner.h"
#include "widgets/card.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStyle>
#include <QStyleOptionButton>
#include <QTreeWidget>

namespace diptych::pages {

using namespace Qt::StringLiterals;
using client::Attempt;
using widgets::Tone;

namespace {

constexpr int choiceWidth = 310;
enum Column { What, With, Without, Evidence, ColumnCount };

/// What became possible first, then what no longer is, then the rest.
int groupOf(const Attempt& attempt)
{
    if (attempt.without.possible != attempt.with.possible)
        return attempt.without.possible ? 0 : 1;
    return attempt.without.possible ? 2 : 3;
}

QString evidenceOf(const client::AttemptOutcome& outcome)
{
    return outcome.seen.isEmpty() ? outcome.call : u"%1 → %2"_s.arg(outcome.call, outcome.seen);
}

Tone toneOfOutcome(const client::AttemptOutcome& outcome)
{
    if (!outcome.possible)
        return Tone::Good;
    return outcome.reach == u"host"_s ? Tone::Bad : outcome.reach == u"kernel"_s ? Tone::Warn : Tone::Muted;
}

/// Where the words of a box begin.
int textLeftOf(QCheckBox& box)
{
    box.ensurePolished();
    QStyleOptionButton option;
    option.initFrom(&box);
    option.rect = QRect({}, box.sizeHint());
    return box.style()->subElementRect(QStyle::SE_CheckBoxContents, &option, &box).left();
}

} // namespace

WallsTab::WallsTab(const Context& context, QWidget* parent)
    : DetailTab(context, parent),
      m_banner(new widgets::Banner(this)),
      m_choice(new widgets::Card(tr("Walls of a throw-away copy"), this)),
      m_walls(new QGridLayout),
      m_takeDown(primaryButton(tr("Take down"), this)),
      m_putBack(button(tr("Put back"), this, tr("End and remove the copy"))),
      m_state(new ToneLabel({}, Tone::Muted, this)),
      m_verdict(new QLabel(this)),
      m_table(new QTreeWidget(this))
{
    m_table->setHeaderLabels({tr("Attempt"), tr("With all walls"), tr("Without"), tr("Evidence")});
    m_table->setAccessibleName(tr("What is possible with and without these walls"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->header()->setStretchLastSection(true);
    m_table->setTextElideMode(Qt::ElideRight);
    m_takeDown->setObjectName(u"takeDown"_s);
    m_verdict->setFont(widgets::scaledFont(1.0, QFont::DemiBold));
    m_verdict->setWordWrap(true);
    m_state->setWordWrap(true);
    build();
    connect(m_takeDown, &QPushButton::clicked, this, &WallsTab::takeDown);
    connect(m_putBack, &QPushButton::clicked, this, &WallsTab::putBack);
    connect(context.store, &models::InstanceStore::liveChanged, this, &WallsTab::follow);
    connect(context.client, &client::Client::operationsChanged, this,
            [this](const QList<client::Operation>& operations) {
                for (const client::Operation& one : operations)
                    if (one.verb == u"takeDown"_s && one.finishedAt != 0)
                        ended(one);
            });
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] {
        if (m_copy)
            showAttempts(m_copy->attempts);
    });
}

void WallsTab::build()
{
    m_walls->setHorizontalSpacing(14);
    m_walls->setVerticalSpacing(0);
    auto* list = new QWidget(this);
    list->setLayout(m_walls);
    m_walls->setContentsMargins(0, 0, 0, 0);
    m_choice->body()->addWidget(scrolling(list, this), 1);
    m_choice->body()->addWidget(m_takeDown);
    m_choice->setFixedWidth(choiceWidth);
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_verdict);
    words->addWidget(m_state);
    line->addLayout(words, 1);
    line->addWidget(m_putBack, 0, Qt::AlignTop);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_banner);
    right->addLayout(line);
    right->addWidget(m_table, 1000);
    right->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(16);
    layout->addWidget(m_choice);
    layout->addLayout(right, 1);
}

void WallsTab::reset()
{
    m_banner->dismiss();
    m_operation.clear();
    m_copy.reset();
    m_there = m_asking = m_sending = false;
    m_others = 0;
    m_table->clear();
    follow();
}

void WallsTab::activate()
{
    follow();
    if (!instance() || m_asking || !store().isLive())
        return;
    m_asking = true;
    client().wallCalls().walls(id(), this, [this, asked = id()](const client::Answer<client::WallReport>& answer) {
        if (asked != id())
            return;
        m_asking = false;
        if (!answer) {
            m_banner->showMessage(widgets::Banner::Level::Error, tr("The walls are not known"),
                                  models::errorText(answer.error()));
            return;
        }
        showWalls(answer.value().walls);
        const QList<client::WallCopy>& copies = answer.value().copies;
        const auto newest = std::max_element(copies.cbegin(), copies.cend(),
                                             [](const auto& a, const auto& b) { return a.startedAt < b.startedAt; });
        m_there = newest != copies.cend();
        m_others = m_there ? int(copies.size()) - 1 : 0;
        if (m_there)
            showCopy(*newest);
        follow();
    });
}

void WallsTab::showWalls(const QList<client::WallChoice>& walls)
{
    if (walls == m_shownWalls)
        return;
    m_shownWalls = walls;
    const QStringList before = chosen();
    clearLayout(m_walls);
    for (int row = 0; row < m_walls->rowCount(); ++row)
        m_walls->setRowStretch(row, 0);
    m_boxes.clear();
    const auto there = [](const client::WallChoice& wall) { return wall.missing.isEmpty(); };
    constexpr int fewest = 4; // of more, two columns
    const int count = int(std::count_if(walls.cbegin(), walls.cend(), there));
    const int half = count > fewest ? (count + 1) / 2 : count;
    int place = 0;
    for (const client::WallChoice& wall : walls) {
        auto* box = new QCheckBox(models::wallName(wall.name), this);
        m_boxes.insert(wall.name, box);
        box->setEnabled(there(wall));
        if (there(wall)) {
            box->setChecked(before.contains(wall.name));
            box->setToolTip(models::wallMeaning(wall.name));
            box->setAccessibleDescription(box->toolTip());
            m_walls->addWidget(box, place % half, place / half);
            ++place;
        }
        connect(box, &QCheckBox::toggled, this, &WallsTab::follow);
    }
    showStanding(walls, half);
}

/// Those that can't be taken down, with the reason: below the others.
void WallsTab::showStanding(const QList<client::WallChoice>& walls, int row)
{
    bool first = true;
    for (const client::WallChoice& wall : walls) {
        if (wall.missing.isEmpty())
            continue;
        if (std::exchange(first, false)) {
            auto* head = new ToneLabel(tr("These stay"), Tone::Muted, this);
            head->setFont(widgets::scaledFont(1.0, QFont::DemiBold));
            head->setContentsMargins(0, row > 0 ? 12 : 0, 0, 2);
            m_walls->addWidget(head, row++, 0, 1, 2);
        }
        QCheckBox* box = m_boxes.value(wall.name);
        const QString reason = models::wallMissing(wall.name, wall.missing);
        box->setAccessibleDescription(reason);
        m_walls->addWidget(box, row++, 0, 1, 2);
        auto* text = new ToneLabel(reason, Tone::Muted, this);
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        text->setContentsMargins(textLeftOf(*box), 0, 0, 6);
        // Reached by keys: what is greyed is passed by.
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setFocusPolicy(Qt::StrongFocus);
        text->setAccessibleName(tr("%1: %2", "a wall, why it can't be taken down").arg(box->text(), reason));
        m_walls->addWidget(text, row++, 0, 1, 2);
    }
    m_walls->setRowStretch(row, 1);
}

QStringList WallsTab::chosen() const
{
    QStringList walls;
    for (auto box = m_boxes.cbegin(); box != m_boxes.cend(); ++box)
        if (box.value()->isChecked())
            walls.append(box.key());
    return walls;
}

QString WallsTab::blocker() const
{
    if (!store().isLive())
        return tr("The helper can't be reached.");
    if (m_sending || !m_operation.isEmpty())
        return tr("The copy is being made.");
    if (chosen().isEmpty())
        return tr("Choose a wall first.");
    return {};
}

void WallsTab::follow()
{
    const QString problem = blocker();
    const qsizetype count = chosen().size();
    const bool busy = m_sending || !m_operation.isEmpty();
    m_takeDown->setText(busy        ? tr("Trying …")
                        : count > 1 ? tr("Take %n wall(s) down", nullptr, int(count))
                                    : tr("Take down"));
    m_takeDown->setEnabled(problem.isEmpty());
    m_takeDown->setToolTip(problem.isEmpty()
                               ? tr("Make a copy without them and try what that allows; asks for an administrator")
                               : problem);
    m_putBack->setVisible(m_there);
    m_putBack->setEnabled(store().isLive());
    showState();
}

void WallsTab::takeDown()
{
    if (!blocker().isEmpty())
        return;
    m_banner->dismiss();
    m_sending = true;
    follow();
    client().wallCalls().takeDown(id(), chosen(), this, [this, asked = id()](const client::Answer<QString>& answer) {
        if (asked != id())
            return;
        m_sending = false;
        if (answer) {
            m_operation = answer.value();
            if (m_operations.contains(m_operation))
                ended(m_operations.take(m_operation));
        } else {
            m_banner->showMessage(widgets::Banner::Level::Error, tr("The wall was not taken down"),
                                  models::errorText(answer.error()));
        }
        follow();
    });
}

void WallsTab::ended(const client::Operation& operation)
{
    if (operation.id != m_operation) {
        if (m_sending)
            m_operations.insert(operation.id, operation);
        return;
    }
    m_operation.clear();
    m_operations.clear();
    if (operation.error)
        m_banner->showMessage(widgets::Banner::Level::Error, tr("The wall was not taken down"),
                              models::errorText(*operation.error));
    activate();
}

void WallsTab::putBack()
{
    if (!m_copy)
        return;
    m_putBack->setEnabled(false);
    client().wallCalls().putBack(m_copy->id, this, [this, asked = id()](const client::Answer<client::Nothing>& answer) {
        if (asked != id())
            return;
        // Gone by itself meanwhile is as good.
        if (!answer && answer.error().name != u"org.diptych.NotFound"_s)
            m_banner->showMessage(widgets::Banner::Level::Error, tr("The copy is still there"),
                                  models::errorText(answer.error()));
        m_there = false;
        activate();
    });
}

void WallsTab::showCopy(const client::WallCopy& copy)
{
    const bool same = m_copy && m_copy->id == copy.id;
    m_copy = copy;
    if (same)
        return;
    for (auto box = m_boxes.cbegin(); box != m_boxes.cend(); ++box)
        box.value()->setChecked(copy.walls.contains(box.key()));
    showAttempts(copy.attempts);
}

void WallsTab::showState()
{
    m_table->setVisible(m_copy.has_value());
    if (!m_copy) {
        m_verdict->setText(tr("Which wall holds what back?"));
        m_state->setText(
            tr("Choose a wall and take it down: in a copy with all walls and in one without it the same things are "
               "tried, and what differs is what the wall does.") +
            u"\n\n"_s +
            tr("The copy has its image, limits and walls but these, no ports, and runs none of its programs: only "
               "harmless attempts. It goes by itself after ten minutes."));
        return;
    }
    int now = 0, host = 0;
    for (const Attempt& one : std::as_const(m_copy->attempts)) {
        const bool became = one.without.possible && !one.with.possible;
        now += became;
        host += became && one.without.reach == u"host"_s;
    }
    m_verdict->setText(
        now == 0    ? tr("Nothing became possible: the other walls hold it back as well.")
        : host == 0 ? tr("%n thing(s) became possible, none reaches this machine.", nullptr, now)
                    : tr("%n thing(s) became possible, of which reach this machine: %1.", nullptr, now).arg(host));
    QStringList names;
    for (const QString& wall : std::as_const(m_copy->walls))
        names.append(models::wallName(wall));
    const QString walls = names.join(tr(", "));
    QString text = m_there ? tr("Down: %1. The copy is process %2 and goes at %3 by itself.")
                                 .arg(walls)
                                 .arg(m_copy->pid)
                                 .arg(models::timeOfDay(m_copy->endsAt))
                           : tr("Put back. What was down: %1.").arg(walls);
    if (m_others > 0)
        text += u' ' + tr("There are further copies of it: %n.", nullptr, m_others);
    m_state->setText(text);
}

void WallsTab::showAttempts(const QList<Attempt>& attempts)
{
    m_table->clear();
    const QStringList titles{tr("Became possible"), tr("No longer possible"), tr("Possible with and without"),
                             tr("Impossible with and without")};
    for (int group = 0; group < titles.size(); ++group) {
        QList<QTreeWidgetItem*> rows;
        for (const Attempt& one : attempts) {
            if (groupOf(one) != group)
                continue;
            auto* row = new QTreeWidgetItem({models::attemptName(one.name), models::outcomeText(one.with),
                                             models::outcomeText(one.without), evidenceOf(one.without)});
            row->setForeground(With, widgets::toneColor(toneOfOutcome(one.with)));
            row->setForeground(Without, widgets::toneColor(toneOfOutcome(one.without)));
            row->setFont(Evidence, widgets::Theme::instance().monospace());
            row->setToolTip(What, tr("%1\nNothing happens when it succeeds: %2")
                                      .arg(models::attemptName(one.name), models::attemptReason(one.name)));
            row->setToolTip(With, evidenceOf(one.with));
            row->setToolTip(Evidence, evidenceOf(one.without));
            rows.append(row);
        }
        if (rows.isEmpty() && group != 0)
            continue;
        auto* head = new QTreeWidgetItem({u"%1 (%2)"_s.arg(titles.at(group)).arg(rows.size())});
        head->setFont(What, widgets::scaledFont(1.0, QFont::DemiBold));
        head->setFlags(Qt::ItemIsEnabled);
        m_table->addTopLevelItem(head);
        head->setFirstColumnSpanned(true);
        head->addChildren(rows);
        head->setExpanded(true);
    }
    for (int column : {What, With, Without})
        m_table->resizeColumnToContents(column);
}

} // namespace diptych::pages
