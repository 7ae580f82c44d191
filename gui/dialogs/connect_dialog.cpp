#include "dialogs/connect_dialog.h"

#include "client/client.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSettings>
#include <QVBoxLayout>

namespace diptych::dialogs {

namespace {
constexpr int keptHosts = 10;
const QString hostsKey = QStringLiteral("recentHosts");
} // namespace

ConnectDialog::ConnectDialog(const QString& current, QWidget* parent)
    : QDialog(parent),
      m_local(new QRadioButton(tr("This machine"), this)),
      m_remote(new QRadioButton(tr("Another machine, over ssh"), this)),
      m_host(new QComboBox(this)),
      m_problem(new QLabel(this))
{
    setWindowTitle(tr("Connect to a host"));
    m_host->setEditable(true);
    m_host->setAccessibleName(tr("Host, as user@host"));
    m_host->setAccessibleDescription(m_host->accessibleName()); // the name told is the text shown
    m_host->addItems(recentHosts());
    m_host->lineEdit()->setPlaceholderText(tr("user@host"));
    m_host->setMinimumWidth(320);
    const bool remote = current.startsWith(QLatin1String("ssh:"));
    (remote ? m_remote : m_local)->setChecked(true);
    m_host->setCurrentText(remote ? current.mid(4) : QString());
    auto* note =
        new QLabel(tr("Uses your own ssh configuration and keys and runs “diptychd bridge” there. A key or agent is "
                      "needed: no password can be typed."),
                   this);
    note->setWordWrap(true);
    m_problem->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    m_connect = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setProperty("primary", true);
    m_connect->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*>{m_local, m_remote, m_host, note, m_problem, buttons})
        layout->addWidget(part);
    connect(m_local, &QRadioButton::toggled, this, &ConnectDialog::validate);
    connect(m_host, &QComboBox::editTextChanged, this, [this] {
        m_remote->setChecked(true);
        validate();
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    validate();
}

QString ConnectDialog::address() const
{
    return m_local->isChecked() ? QStringLiteral("unix:") + client::Client::defaultAddress()
                                : QStringLiteral("ssh:") + m_host->currentText().trimmed();
}

QStringList ConnectDialog::recentHosts()
{
    return QSettings().value(hostsKey).toStringList();
}

void ConnectDialog::validate()
{
    // A host that begins with "-" would be an option of ssh.
    static const QRegularExpression allowed(
        QStringLiteral("^([A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9_\\[][A-Za-z0-9_.:\\]-]*$"));
    const QString host = m_host->currentText().trimmed();
    const bool good = m_local->isChecked() || allowed.match(host).hasMatch();
    m_problem->setText(good || host.isEmpty() ? QString() : tr("“%1” is no host: write host or user@host.").arg(host));
    m_connect->setEnabled(good);
}

void ConnectDialog::choose()
{
    if (m_remote->isChecked()) {
        QStringList hosts = recentHosts();
        const QString host = m_host->currentText().trimmed();
        hosts.removeAll(host);
        hosts.prepend(host);
        QSettings().setValue(hostsKey, hosts.mid(0, keptHosts));
    }
    emit chosen(address());
    accept();
}

} // namespace diptych::dialogs
