#include "dialogs/form_dialog.h"

#include "models/statements.h"
#include "widgets/banner.h"
#include "widgets/taborder.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>

namespace diptych::dialogs {

namespace {

constexpr int fieldGap = 6;
constexpr int focusFrame = 2;   ///< around a field that has the keyboard
constexpr int windowFrame = 48; ///< title and a little air

QLabel* quietLabel(const QString& text, const char* property, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty(property, true);
    label->setProperty("small", true);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setVisible(!text.isEmpty());
    return label;
}

} // namespace

FormDialog::FormDialog(const QString& title, const QString& action, QWidget* parent)
    : QDialog(parent),
      m_body(new QVBoxLayout(this)),
      m_scroll(new QScrollArea(this)),
      m_form(new QWidget(m_scroll)),
      m_grid(new QGridLayout(m_form)),
      m_banner(new widgets::Banner(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(600);
    auto* heading = new QLabel(title, this);
    heading->setFont(widgets::scaledFont(15.0 / 13, QFont::DemiBold));
    heading->setTextFormat(Qt::PlainText);
    m_buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    m_main = m_buttons->addButton(action, QDialogButtonBox::ActionRole);
    setLook(Look::Primary);
    m_main->setDefault(true);
    m_main->setObjectName(QStringLiteral("main"));
    m_scroll->setWidget(m_form);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_form->setAutoFillBackground(false);
    m_grid->setContentsMargins(0, focusFrame, 0, focusFrame);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_body->setContentsMargins(20, 18, 20, 16);
    m_body->setSpacing(12);
    m_body->addWidget(heading);
    m_body->addWidget(m_scroll);
    m_body->addStretch(1);
    m_body->addWidget(m_banner);
    m_body->addWidget(m_buttons);
    connect(m_main, &QPushButton::clicked, this, [this] {
        follow();
        if (m_main->isEnabled())
            send();
    });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && m_form->isAncestorOf(now))
            m_scroll->ensureWidgetVisible(now);
    });
}

bool FormDialog::focusNextPrevChild(bool next)
{
    return widgets::moveFocus(*this, next) || QDialog::focusNextPrevChild(next);
}

void FormDialog::ask()
{
    setWindowModality(Qt::WindowModal);
    follow();
    show();
    const QWidget* chosen = focusWidget();
    if (m_first && m_first->isVisibleTo(this) && !(chosen && m_form->isAncestorOf(chosen)))
        m_first->setFocus(Qt::TabFocusReason);
    if (auto* proposed = qobject_cast<QLineEdit*>(focusWidget()))
        proposed->selectAll(); // typing replaces it
    fit();
}

void FormDialog::setLook(Look look)
{
    m_main->setProperty("primary", look == Look::Primary);
    m_main->setProperty("danger", look == Look::Danger);
    // Its style was made when the box got it.
    m_main->style()->unpolish(m_main);
    m_main->style()->polish(m_main);
}

void FormDialog::fit()
{
    if (std::exchange(m_fitting, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_fitting = false;
            fitNow();
        },
        Qt::QueuedConnection);
}

void FormDialog::reveal(QWidget* part)
{
    m_revealed = part;
    fit();
}

void FormDialog::fitNow()
{
    m_grid->activate();
    const QMargins around = m_body->contentsMargins();
    const int inner = width() - around.left() - around.right();
    const int wanted = m_grid->hasHeightForWidth() ? m_grid->totalHeightForWidth(inner) : m_grid->sizeHint().height();
    const auto whole = [this] {
        m_body->activate();
        return m_body->hasHeightForWidth() ? m_body->totalHeightForWidth(width()) : sizeHint().height();
    };
    m_scroll->setFixedHeight(0);
    const int room = screen()->availableGeometry().height() - windowFrame - whole();
    m_scroll->setFixedHeight(std::max(0, std::min(wanted, room)));
    resize(width(), whole());
    // What grew past the screen's edge goes up: the buttons are at the bottom.
    const QRect frame = frameGeometry(), available = screen()->availableGeometry();
    if (isVisible() && frame.top() + height() + windowFrame > available.bottom())
        move(x(), std::max(available.top(), available.bottom() - height() - windowFrame));
    if (const QPointer<QWidget> part = std::exchange(m_revealed, {}))
        m_scroll->ensureWidgetVisible(part);
}

void FormDialog::addField(const QString& label, QWidget* field, const QString& name, const QString& hint)
{
    Field one;
    one.label = new QLabel(label, this);
    one.label->setBuddy(field);
    one.field = field;
    one.hint = quietLabel(hint, "muted", this);
    one.problem = quietLabel({}, "bad", this);
    one.problem->setObjectName(QStringLiteral("problem.") + name);
    field->setObjectName(name);
    if (!m_first)
        m_first = field;
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    field->setAccessibleDescription(hint);
    const int row = m_grid->rowCount();
    m_grid->addWidget(one.label, row, 0, Qt::AlignTop);
    one.label->setContentsMargins(0, 5, 0, 0);
    m_grid->addWidget(field, row, 1);
    m_grid->addWidget(one.hint, row + 1, 1);
    m_grid->addWidget(one.problem, row + 2, 1);
    one.lastRow = row + 3;
    m_grid->setRowMinimumHeight(one.lastRow, fieldGap);
    m_fields[name] = one;
}

void FormDialog::addWide(QWidget* widget)
{
    m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2);
}

QLabel* FormDialog::addNote(const QString& text)
{
    QLabel* note = quietLabel(text, "muted", this);
    note->setContentsMargins(0, 0, 0, 4);
    addWide(note);
    return note;
}

void FormDialog::showField(const Field& field) const
{
    field.label->setVisible(field.visible);
    field.field->setVisible(field.visible);
    field.hint->setVisible(field.visible && !field.hint->text().isEmpty());
    field.problem->setVisible(field.visible && !field.problem->text().isEmpty());
    m_grid->setRowMinimumHeight(field.lastRow, field.visible ? fieldGap : 0);
}

void FormDialog::setFieldVisible(const QString& name, bool visible)
{
    m_fields[name].visible = visible;
    showField(m_fields[name]);
    fit();
}

void FormDialog::setHint(const QString& name, const QString& text)
{
    if (m_fields[name].hint->text() == text)
        return;
    m_fields[name].hint->setText(text);
    m_fields[name].field->setAccessibleDescription(text);
    showField(m_fields[name]);
    fit();
}

QString FormDialog::problem(const QString& field) const
{
    return m_fields.value(field).problem ? m_fields.value(field).problem->text() : QString();
}

void FormDialog::setProblem(const QString& field, const QString& text)
{
    const Field& one = m_fields[field];
    if (one.problem->text() == text)
        return;
    one.problem->setText(text);
    showField(one);
    fit();
}

void FormDialog::clearProblems()
{
    for (const Field& field : std::as_const(m_fields)) {
        field.problem->clear();
        field.problem->hide();
    }
    m_banner->dismiss();
    fit();
}

void FormDialog::refuse(const QString& title, const client::Error& error)
{
    setBusy(false);
    const QString field = error.field.section(QLatin1Char('['), 0, 0);
    if (m_fields.contains(field) && m_fields[field].visible) {
        // The label stands beside: no need to name the field again.
        client::Error bare = error;
        bare.field.clear();
        setProblem(field, models::errorText(bare));
        m_fields[field].field->setFocus();
        return;
    }
    m_banner->showMessage(widgets::Banner::Level::Error, title, models::errorText(error), error.name);
    fit();
}

void FormDialog::setBusy(bool busy)
{
    m_busy = busy;
    follow();
}

void FormDialog::follow()
{
    const QString why = m_busy ? tr("The helper was asked …") : blocker();
    m_main->setEnabled(why.isEmpty());
    m_main->setToolTip(why);
    m_main->setAccessibleDescription(why);
}

TlsBox::TlsBox(QWidget* parent)
    : QWidget(parent),
      m_box(new QCheckBox(tr("Only over TLS with a good certificate"), this)),
      m_warning(quietLabel({}, "warn", this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_box);
    layout->addWidget(m_warning);
    m_box->setObjectName(QStringLiteral("tls"));
    m_box->setChecked(true);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this] { m_touched = true; });
    connect(m_box, &QCheckBox::toggled, this, [this] {
        follow();
        emit changed();
    });
    follow();
}

void TlsBox::setRegistry(const QString& registry)
{
    m_registry = registry;
    const QString host = registry.section(QLatin1Char(':'), 0, 0);
    const bool local = host == QLatin1String("localhost") || host.startsWith(QLatin1String("127."));
    if (!m_touched)
        m_box->setChecked(!local);
    follow();
}

std::optional<bool> TlsBox::tls() const
{
    return m_touched ? std::optional(m_box->isChecked()) : std::nullopt;
}

void TlsBox::follow()
{
    QString text;
    if (!m_box->isChecked())
        text = m_touched ? tr("Whoever is on the way to %1 can read the password and change the image.")
                               .arg(m_registry.isEmpty() ? tr("the registry") : m_registry)
                         : tr("A registry on the helper's own machine: http is enough.");
    m_warning->setText(text);
    m_warning->setVisible(!text.isEmpty());
    if (auto* form = qobject_cast<FormDialog*>(window()))
        form->fit();
}

} // namespace diptych::dialogs
