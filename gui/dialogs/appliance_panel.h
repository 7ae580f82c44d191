// What a machine's archive says of it: its disks, which network each of its cards gets, the licence to be agreed to,
// and what can't be carried over.
#pragma once

#include "client/machine_calls.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QPlainTextEdit;

namespace diptych::dialogs {

class AppliancePanel final : public QWidget
{
    Q_OBJECT
public:
    AppliancePanel(client::MachineCalls& calls, QWidget* parent);
    /// Of this file; empty: of none. read() or refused() follows.
    void look(const QString& file);
    [[nodiscard]] const std::optional<client::Appliance>& appliance() const { return m_appliance; }
    [[nodiscard]] const client::FilePack& pack() const { return m_pack; }
    [[nodiscard]] QStringList networks() const; ///< of the cards that have one
    [[nodiscard]] QStringList macs() const;     ///< of the same cards, where they are kept; else none
    [[nodiscard]] QString problem() const;      ///< why it can't be imported now

signals:
    void read();
    void refused(const QString& reason);
    void changed();

private:
    void ask(const QString& descriptor, const QList<client::FileEntry>& files);
    void showAll(const client::Appliance& appliance);
    void showCards(const QList<client::ApplianceCard>& cards);
    void showAddresses(const QList<client::ApplianceCard>& cards);
    void fillNetworks();

    client::MachineCalls& m_calls;
    QString m_file;
    std::optional<client::Appliance> m_appliance;
    client::FilePack m_pack;
    QStringList m_networks;
    QLabel* m_about;
    QLabel* m_disks;
    QWidget* m_cardBox;
    QGridLayout* m_cardGrid;
    QList<QComboBox*> m_cards;
    QCheckBox* m_keepMacs;
    QLabel* m_macNote;
    QLabel* m_left;
    QLabel* m_licenceTitle;
    QPlainTextEdit* m_licence;
    QCheckBox* m_agree;
};

} // namespace diptych::dialogs
