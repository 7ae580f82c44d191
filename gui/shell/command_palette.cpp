#include "shell/command_palette.h"

#include "widgets/icons.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

constexpr int DetailRole = Qt::UserRole;

/// The command, and at the right, faintly, what it is about or its keys.
class Delegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(widgets::Theme::instance().small());
        painter->setPen(widgets::colors().muted);
        const int taken = option.fontMetrics.horizontalAdvance(index.data().toString()) + 60;
        const QRect rest = option.rect.adjusted(taken, 0, -12, 0);
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(DetailRole).toString(), Qt::ElideRight,
                                                            std::max(0, rest.width())));
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(QList<PaletteCommand> own, const models::InstanceStore& store, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      m_own(std::move(own)),
      m_store(store),
      m_typed(new QLineEdit(this)),
      m_list(new QListWidget(this)),
      m_none(new QLabel(tr("Nothing has these words."), this))
{
    setWindowTitle(tr("Go to, or do"));
    setModal(true);
    m_typed->setPlaceholderText(tr("Type a page, an instance, or what to do with it"));
    m_typed->setAccessibleName(tr("Go to, or do"));
    m_typed->addAction(widgets::icon(u"search"_s, widgets::Tone::Muted), QLineEdit::LeadingPosition);
    m_typed->installEventFilter(this);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new Delegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setIconSize(QSize(15, 15));
    m_none->setProperty("muted", true);
    m_none->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_typed);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none, 1);
    const QSize around = parent->size();
    resize(std::min(640, around.width() - 60), std::min(440, around.height() - 120));
    move(parent->mapToGlobal(QPoint((around.width() - width()) / 2, 60)));
    connect(m_typed, &QLineEdit::textEdited, this, &CommandPalette::search);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    search();
    m_typed->setFocus();
}

void CommandPalette::search()
{
    m_found = PaletteCommands::find(m_typed->text(), m_own, m_store);
    m_list->clear();
    for (const PaletteCommand& command : std::as_const(m_found)) {
        auto* item = new QListWidgetItem(widgets::icon(command.icon, widgets::Tone::Muted), command.text, m_list);
        item->setData(DetailRole, command.keys.isEmpty() ? command.detail : command.keys);
        item->setData(Qt::AccessibleDescriptionRole, item->data(DetailRole));
    }
    m_list->setCurrentRow(0);
    m_list->setVisible(!m_found.isEmpty());
    m_none->setVisible(m_found.isEmpty());
    // The list is never focused: what is marked in it is read with the line.
    m_typed->setAccessibleDescription(m_found.isEmpty() ? m_none->text() : m_found.first().text);
}

void CommandPalette::choose()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_found.size())
        return;
    const PaletteCommand command = m_found.at(row);
    accept();
    emit chosen(command);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_typed || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int last = m_list->count() - 1;
    const int page = 8;
    const int row = m_list->currentRow();
    if (key == Qt::Key_Return || key == Qt::Key_Enter)
        choose();
    else if (key == Qt::Key_Down)
        m_list->setCurrentRow(row == last ? 0 : row + 1);
    else if (key == Qt::Key_Up)
        m_list->setCurrentRow(row <= 0 ? last : row - 1);
    else if (key == Qt::Key_PageDown)
        m_list->setCurrentRow(std::min(last, row + page));
    else if (key == Qt::Key_PageUp)
        m_list->setCurrentRow(std::max(0, row - page));
    else
        return QDialog::eventFilter(watched, event);
    if (QListWidgetItem* item = m_list->currentItem())
        m_typed->setAccessibleDescription(item->text());
    return true;
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::colors().surface);
    painter.setPen(widgets::colors().faint);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace diptych::shell
