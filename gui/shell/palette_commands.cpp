#include "shell/palette_commands.h"

#include "models/formatting.h"

namespace diptych::shell {

using namespace Qt::StringLiterals;
using models::Action;

namespace {

constexpr qsizetype FewInstances = 8;

/// 0: not meant. More is better: every word is found, at best at the beginning.
int score(const PaletteCommand& command, const QStringList& words)
{
    int sum = 1;
    for (const QString& word : words) {
        const qsizetype at = command.text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at == 0)
            sum += 6;
        else if (at > 0)
            sum += command.text.at(at - 1).isLetterOrNumber() ? 2 : 4;
        else if (command.detail.contains(word, Qt::CaseInsensitive))
            sum += 1;
        else
            return 0;
    }
    return sum;
}

} // namespace

QList<PaletteCommand> PaletteCommands::ofInstance(const client::Instance& i)
{
    const QString name = i.context.name;
    const QString detail =
        QStringList{models::kindName(i.context.kind), models::stateName(i.runtime.state), i.context.image}.join(
            u" · "_s);
    const QString icon = i.context.kind == client::Kind::Machine ? u"machine"_s : u"container"_s;
    QList<PaletteCommand> all{{name, detail, icon, {}, {}, i.id, {}, {}}};
    const std::initializer_list<std::tuple<Action, QString, QString>> verbs{
        {Action::Terminal, tr("%1: terminal").arg(name), u"terminal"_s},
        {Action::Start, tr("%1: start").arg(name), u"start"_s},
        {Action::Stop, tr("%1: stop").arg(name), u"stop"_s},
        {Action::Restart, tr("%1: restart").arg(name), u"restart"_s},
        {Action::Pause, tr("%1: pause").arg(name), u"pause"_s},
        {Action::Resume, tr("%1: resume").arg(name), u"resume"_s},
        {Action::SetLimits, tr("%1: limits").arg(name), u"limits"_s},
        {Action::Compare, tr("%1: compare").arg(name), u"compare"_s},
        {Action::TakeDown, tr("%1: take a wall down").arg(name), u"walls"_s},
        {Action::Changes, tr("%1: show changes").arg(name), u"images"_s},
        {Action::Commit, tr("%1: commit as image").arg(name), u"images"_s},
        {Action::Export, tr("%1: export").arg(name), u"export"_s},
        {Action::Rename, tr("%1: rename").arg(name), u"rename"_s},
        {Action::Delete, tr("%1: delete").arg(name), u"delete"_s},
    };
    for (const auto& [action, text, picture] : verbs)
        all.append({text, detail, picture, {}, {}, i.id, action, {}});
    return all;
}

QList<PaletteCommand> PaletteCommands::find(const QString& typed, const QList<PaletteCommand>& own,
                                            const models::InstanceStore& store)
{
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    QList<std::pair<int, PaletteCommand>> found;
    const auto consider = [&](const PaletteCommand& command) {
        if (const int points = score(command, words))
            found.append({points, command});
    };
    for (const PaletteCommand& command : own)
        consider(command);
    if (!words.isEmpty() || store.size() <= FewInstances) {
        for (const QString& id : store.ids()) {
            const QList<PaletteCommand> verbs = ofInstance(*store.find(id));
            if (words.isEmpty())
                consider(verbs.first());
            else
                std::for_each(verbs.begin(), verbs.end(), consider);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QList<PaletteCommand> result;
    for (const auto& [points, command] : std::as_const(found)) {
        // Whether a verb can be done now is asked of those alone that will be seen.
        if (command.action && !models::availability(*command.action, store, {command.instance}).allowed)
            continue;
        result.append(command);
        if (result.size() == mostShown)
            break;
    }
    return result;
}

} // namespace diptych::shell
