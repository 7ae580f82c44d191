#include "dialogs/searchable.h"

#include <QComboBox>
#include <QCompleter>
#include <QListView>

namespace diptych::dialogs {

void makeSearchable(QComboBox* box)
{
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(28);
    // Each text would be measured with every change of style: a list of languages takes seconds, and fonts of all
    // scripts.
    for (QAbstractItemView* view : {box->view(), box->completer()->popup()})
        if (auto* list = qobject_cast<QListView*>(view))
            list->setUniformItemSizes(true);
}

} // namespace diptych::dialogs
