// One namespace: how we know of it, who is in it, and the way to them.
#pragma once

#include "models/namespace_model.h"
#include "pages/context.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace diptych::widgets {
class EvidenceTable;
class Pill;
} // namespace diptych::widgets

namespace diptych::pages {

class ToneLabel;

class NamespaceDetail final : public QWidget
{
    Q_OBJECT
public:
    NamespaceDetail(const Context& context, const models::NamespaceModel& model, QWidget* parent);

    void setNamespace(const QString& id);
    void follow(); ///< a listing was merged
    [[nodiscard]] const QString& id() const { return m_id; }

private:
    void ask();
    void fillMembers();
    void followMember();
    void fit();
    [[nodiscard]] const client::NamespaceOwner*
    chosenOwner() const; ///< of the chosen process, else the first; null: the host
    void jump();

    Context m_context;
    const models::NamespaceModel& m_model;
    QString m_id;
    widgets::Pill* m_kind;
    QLabel* m_name;
    QPushButton* m_open;
    widgets::EvidenceTable* m_rows;
    ToneLabel* m_problem;
    ToneLabel* m_count;
    QTreeWidget* m_members;
    bool m_asking = false;
};

} // namespace diptych::pages
