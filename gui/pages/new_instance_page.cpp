#include "pages/new_instance_page.h"

#include "dialogs/name_check.h"
#include "dialogs/pull_dialog.h"
#include "models/formatting.h"
#include "models/reasons.h"
#include "models/statements.h"
#include "pages/limits_panel.h"
#include "pages/operation_strip.h"
#include "pages/parts.h"
#include "pages/ports_editor.h"
#include "pages/preview_card.h"
#include "pages/wall_card.h"
#include "widgets/banner.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>

#include <algorithm>

namespace diptych::pages {

using client::Kind;
using client::NetworkMode;
using dialogs::NameCheck;
using widgets::Banner;

QString NewInstancePage::title() const
{
    return tr("New instance");
}

void NewInstancePage::shown()
{
    // Come back after creating something: a name that is free again, no old trouble.
    if (!m_busy) {
        clearProblems();
        m_banner->dismiss();
        if (!nameProblem().isEmpty())
            m_nameTouched = false;
    }
    fillImages();
    suggestName();
    showFacts();
    changed();
    m_create->setFocus();
}

void NewInstancePage::open(const QStringList& ids, const QString&)
{
    m_wantedImage = ids.value(0);
    fillImages();
}

Wall NewInstancePage::wall() const
{
    for (const WallCard* card : m_walls)
        if (card->isChecked())
            return card->wall();
    return Wall::Container;
}

void NewInstancePage::setWall(Wall wall)
{
    for (WallCard* card : std::as_const(m_walls))
        if (card->wall() == wall && card->isEnabled())
            card->setChecked(true);
}

client::Context NewInstancePage::spec() const
{
    client::Context spec;
    spec.name = m_name->text();
    spec.kind = wall() == Wall::Machine ? Kind::Machine : Kind::Container;
    spec.image = m_image->currentData().toString();
    spec.command = QProcess::splitCommand(m_command->text());
    for (const QString& line : m_environment->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        spec.environment.append(line.trimmed());
    spec.limits = m_limits->limits();
    spec.networkMode = static_cast<NetworkMode>(m_network->currentData().toInt());
    if (spec.networkMode == NetworkMode::Nat)
        spec.ports = m_ports->ports();
    return spec;
}

void NewInstancePage::fillImages()
{
    const QString before = m_wantedImage.isEmpty() ? m_image->currentData().toString() : m_wantedImage;
    const QSignalBlocker quiet(m_image);
    m_image->clear();
    for (const client::Image& image : context().images->images())
        m_image->addItem(tr("%1   ·   %n layer(s), %2", nullptr, int(image.layers.size()))
                             .arg(image.reference, models::bytes(image.size)),
                         image.reference);
    const int at = m_image->findData(before);
    m_image->setCurrentIndex(m_image->count() == 0 ? -1 : qMax(0, at));
    if (at >= 0)
        m_wantedImage.clear();
    const bool none = m_image->count() == 0;
    m_image->setEnabled(!none);
    m_image->setPlaceholderText(context().images->isLoaded() ? tr("no image on this machine yet")
                                                             : tr("looking for images …"));
    if (none)
        askTemplates();
    m_build->setVisible(none && !m_template.isEmpty());
    m_imageNote->setVisible(none && !m_imageNote->text().isEmpty());
    if (const client::Image* image = context().images->find(m_image->currentData().toString()))
        m_ports->setExposed(image->exposedPorts);
    suggestName();
    changed();
}

void NewInstancePage::askTemplates()
{
    if (!store().isLive() || !context().images->isLoaded())
        return;
    client().imageTemplates(this, [this](const client::Answer<QList<client::ImageTemplate>>& answer) {
        if (m_image->count() > 0)
            return;
        m_template.clear();
        if (answer) {
            const QList<client::ImageTemplate>& all = answer.value();
            // The one that needs no network, if it can be made; else any that can; else the reason why not.
            auto best = std::find_if(all.begin(), all.end(), [](const client::ImageTemplate& one) {
                return one.available && one.name == QLatin1String("busybox");
            });
            if (best == all.end())
                best = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.available; });
            if (best == all.end())
                best = all.begin();
            if (best != all.end()) {
                const client::ImageTemplate& offered = *best;
                m_template = offered.name;
                m_build->setText(tr("Build a %1 image from this host").arg(offered.name));
                m_build->setEnabled(offered.available && !m_busy);
                m_build->setToolTip(models::templateText(offered));
                m_imageNote->setText(models::templateText(offered));
            }
        } else {
            m_imageNote->setText(models::errorText(answer.error()));
        }
        m_build->setVisible(!m_template.isEmpty());
        m_imageNote->setVisible(!m_imageNote->text().isEmpty());
    });
}

void NewInstancePage::buildImage(const QString& templateName)
{
    m_build->setEnabled(false);
    const QString reference = QStringLiteral("%1:latest").arg(templateName);
    client().buildTemplate(templateName, reference, this, [this, reference](const client::Answer<QString>& answer) {
        if (!answer) {
            m_build->setEnabled(true);
            showProblem(answer.error());
            return;
        }
        m_wantedImage = reference;
        m_strip->follow(answer.value(), [this](const client::Operation& operation) {
            m_build->setEnabled(true);
            if (operation.error)
                showProblem(*operation.error);
        });
    });
}

void NewInstancePage::pullImage()
{
    auto* dialog = dialogs::PullDialog::ask(context().forImages(), {}, this);
    connect(dialog, &dialogs::PullDialog::pulled, this, [this](const QString& reference) {
        m_wantedImage = reference;
        fillImages();
    });
}

QString NewInstancePage::nameProblem() const
{
    const QString problem = NameCheck::problem(m_name->text(), store());
    if (!problem.isEmpty() || wall() != Wall::Twins)
        return problem;
    return NameCheck::problem(m_name->text() + QStringLiteral("-vm"), store());
}

void NewInstancePage::suggestName()
{
    if (m_nameTouched || m_busy)
        return;
    const QString image = m_image->currentData().toString();
    const QSignalBlocker quiet(m_name);
    m_name->setText(NameCheck::freeName(NameCheck::baseOf(image), store(), wall() == Wall::Twins));
}

QString NewInstancePage::measuredStart(Kind kind) const
{
    QList<qint64> starts;
    for (const QString& id : store().ids()) {
        const client::Instance* i = store().find(id);
        if (i->context.kind == kind && i->runtime.startNanoseconds > 0)
            starts.append(i->runtime.startNanoseconds);
    }
    if (starts.isEmpty())
        return {};
    std::sort(starts.begin(), starts.end());
    return tr("%1, median of %2").arg(models::nanoseconds(starts.at(starts.size() / 2))).arg(starts.size());
}

QString NewInstancePage::machineReason() const
{
    const client::Host& host = store().host();
    if (!store().hasHost() || host.acceleration != QLatin1String("none"))
        return {};
    return host.accelerationReason.isEmpty() ? tr("This machine can't run virtual machines.") : host.accelerationReason;
}

void NewInstancePage::showFacts()
{
    const client::Host& host = store().host();
    const QString reason = machineReason();
    for (WallCard* card : std::as_const(m_walls)) {
        QList<std::pair<QString, QString>> facts;
        const auto add = [&facts](const QString& name, const QString& value) {
            if (!value.isEmpty())
                facts.append({name, value});
        };
        switch (card->wall()) {
        case Wall::Container:
            add(tr("Starts here in"), measuredStart(Kind::Container));
            add(tr("Kernel"), host.kernel.isEmpty() ? tr("the host's") : tr("the host's, %1").arg(host.kernel));
            add(tr("Kernel bugs"), tr("reach the host"));
            break;
        case Wall::Machine:
            add(tr("Starts here in"), measuredStart(Kind::Machine));
            add(tr("Kernel"), host.acceleration.isEmpty()
                                  ? tr("its own")
                                  : tr("its own, on %1").arg(models::accelerationName(host.acceleration)));
            add(tr("Kernel bugs"), tr("stay inside"));
            break;
        case Wall::Twins:
            add(tr("Makes"), tr("%1, %1-vm").arg(m_name->text()));
            add(tr("Network"), tr("the same for both"));
            add(tr("Opens in"), tr("Compare"));
        }
        card->setFacts(facts);
        if (card->wall() != Wall::Container)
            card->setReason(reason);
    }
    if (!reason.isEmpty() && wall() != Wall::Container)
        setWall(Wall::Container);
}

void NewInstancePage::changed()
{
    clearProblems();
    m_portsBox->setVisible(m_network->currentData().toInt() == int(NetworkMode::Nat));
    const auto mode = static_cast<NetworkMode>(m_network->currentData().toInt());
    m_networkNote->setText(
        mode == NetworkMode::Nat    ? tr("An address of its own on libvirt's network “default”; containers and "
                                            "virtual machines reach each other.")
        : mode == NetworkMode::Host ? tr("The container uses this machine's own interfaces: no wall there.")
                                    : tr("Only a loopback interface."));
    if (wall() == Wall::Twins && mode != NetworkMode::Nat)
        m_networkNote->setText(m_networkNote->text() + QLatin1Char(' ') +
                               tr("The virtual machine keeps its own address."));
    else if (wall() == Wall::Twins && !m_ports->ports().isEmpty())
        m_networkNote->setText(m_networkNote->text() + QLatin1Char(' ') + tr("The ports lead into the container."));
    validate();
    showFacts();
    m_preview->setSpec(spec(), wall() == Wall::Twins);
}

QString NewInstancePage::blocker() const
{
    if (m_busy)
        return tr("It is being made.");
    if (!store().isLive())
        return tr("The helper can't be reached.");
    if (m_image->currentIndex() < 0)
        return tr("An image is needed first.");
    if (!nameProblem().isEmpty())
        return nameProblem();
    if (m_network->currentData().toInt() == int(NetworkMode::Host) && wall() == Wall::Machine)
        return tr("Only a container can share the host's network.");
    return {};
}

void NewInstancePage::validate()
{
    const QString name = nameProblem();
    QLabel* label = m_problems.value(QStringLiteral("name"));
    label->setText(name);
    label->setVisible(!name.isEmpty());
    const QString network =
        m_network->currentData().toInt() == int(NetworkMode::Host) && wall() == Wall::Machine ? blocker() : QString();
    m_problems.value(QStringLiteral("network"))->setText(network);
    m_problems.value(QStringLiteral("network"))->setVisible(!network.isEmpty());
    const QString why = blocker();
    m_create->setEnabled(why.isEmpty());
    m_create->setToolTip(why.isEmpty() ? tr("Create and start (Ctrl+Return)") : why);
    m_why->setText(why);
}

void NewInstancePage::clearProblems()
{
    for (QLabel* label : std::as_const(m_problems)) {
        label->clear();
        label->hide();
    }
}

bool NewInstancePage::showAtField(const client::Error& error)
{
    // "spec.limits.memory" belongs to the label "limits", "spec.ports[0].hostPort" to "ports".
    for (auto at = m_problems.constBegin(); at != m_problems.constEnd(); ++at) {
        if (!error.field.isEmpty() && error.field.contains(at.key())) {
            at.value()->setText(models::errorText(error));
            at.value()->show();
            return true;
        }
    }
    return false;
}

void NewInstancePage::showProblem(const client::Error& error)
{
    if (!showAtField(error))
        m_banner->showMessage(Banner::Level::Error, tr("Not created"), models::errorText(error), error.name);
}

void NewInstancePage::create()
{
    if (!blocker().isEmpty())
        return;
    clearProblems();
    m_banner->dismiss();
    m_busy = true;
    validate();
    client().createInstance(spec(), wall() == Wall::Twins, true, this, [this](const client::Answer<QString>& answer) {
        if (!answer) {
            m_busy = false;
            validate();
            showProblem(answer.error());
            return;
        }
        m_form->setEnabled(false);
        m_strip->follow(answer.value(), [this](const client::Operation& operation) { created(operation); });
    });
}

void NewInstancePage::created(const client::Operation& operation)
{
    m_busy = false;
    m_form->setEnabled(true);
    // The window has told of it above all pages.
    if (operation.error)
        showAtField(*operation.error);
    if (operation.state != client::OperationState::Done) {
        validate();
        return;
    }
    m_nameTouched = false;
    // Left meanwhile: then nothing may pull the user away from where they are.
    if (!isVisible())
        return;
    if (operation.resultIds.size() == 2)
        emit navigator().openCompare(operation.resultIds.first(), operation.resultIds.last());
    else if (!operation.resultIds.isEmpty())
        emit navigator().openInstance(operation.resultIds.first());
    else
        emit navigator().showPage(QStringLiteral("instances"));
}

} // namespace diptych::pages
