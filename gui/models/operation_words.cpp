#include "models/formatting.h"
#include "models/operation_model.h"
#include "models/statements.h"

namespace diptych::models {

using namespace Qt::StringLiterals;

QString OperationModel::title(const client::Operation& operation)
{
    switch (operation.state) {
    case client::OperationState::Done:
        return verbDone(operation.verb, operation.subject);
    case client::OperationState::Failed:
        return verbFailed(operation.verb, operation.subject);
    case client::OperationState::Cancelled:
        return tr("%1: cancelled").arg(verbProgress(operation.verb, operation.subject));
    case client::OperationState::Waiting:
    case client::OperationState::Running:
        break;
    }
    return verbProgress(operation.verb, operation.subject);
}

QString OperationModel::detail(const client::Operation& operation)
{
    if (operation.error)
        return errorText(*operation.error);
    QStringList parts;
    if (!operation.step.isEmpty())
        parts.append(stepName(operation.step));
    if (!operation.detail.isEmpty())
        parts.append(operation.detail);
    if (operation.progress >= 0 && operation.state == client::OperationState::Running)
        parts.append(percent(operation.progress));
    return parts.join(u" · "_s);
}

} // namespace diptych::models
