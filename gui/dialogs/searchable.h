// A list that is too long to look through: typed into, and any part of an entry finds it.
#pragma once

class QComboBox;

namespace diptych::dialogs {

void makeSearchable(QComboBox* box);

} // namespace diptych::dialogs
