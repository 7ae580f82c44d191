#include "dialogs/searchable.h"

#include <QComboBox>
#include <QCompleter>

namespace diptych::dialogs {

void makeSearchable(QComboBox* box)
{
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(28);
}

} // namespace diptych::dialogs
