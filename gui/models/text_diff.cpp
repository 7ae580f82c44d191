#include "models/text_diff.h"

#include <QStringList>

#include <vector>

namespace diptych::models {

namespace {

using Kind = DiffLine::Kind;

/// Longest common subsequence of what lies between the equal beginning and end; texts far too long for that are shown
/// as replaced whole.
QList<DiffLine> middle(const QStringList& a, const QStringList& b)
{
    QList<DiffLine> out;
    constexpr qsizetype most = 4'000'000;
    if (a.size() * b.size() > most) {
        for (const QString& line : a)
            out.append({Kind::Removed, line});
        for (const QString& line : b)
            out.append({Kind::Added, line});
        return out;
    }
    const auto width = size_t(b.size() + 1);
    std::vector<int> common(size_t(a.size() + 1) * width, 0);
    const auto at = [&](qsizetype i, qsizetype j) -> int& { return common[size_t(i) * width + size_t(j)]; };
    for (qsizetype i = a.size() - 1; i >= 0; --i)
        for (qsizetype j = b.size() - 1; j >= 0; --j)
            at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            out.append({Kind::Same, a[i++]});
            ++j;
        } else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1))) {
            out.append({Kind::Removed, a[i++]});
        } else {
            out.append({Kind::Added, b[j++]});
        }
    }
    return out;
}

QList<DiffLine> shorten(const QList<DiffLine>& all, int context)
{
    QList<bool> kept(all.size(), false);
    for (qsizetype i = 0; i < all.size(); ++i)
        if (all[i].kind != Kind::Same)
            for (qsizetype j = std::max<qsizetype>(0, i - context); j <= std::min(all.size() - 1, i + context); ++j)
                kept[j] = true;
    QList<DiffLine> out;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (kept[i])
            out.append(all[i]);
        else if (!out.isEmpty() && out.last().kind != Kind::Gap)
            out.append({Kind::Gap, {}});
    }
    if (!out.isEmpty() && out.last().kind == Kind::Gap)
        out.removeLast();
    return out;
}

} // namespace

QList<DiffLine> diffLines(const QString& before, const QString& after, int context)
{
    const QStringList a = before.split(u'\n');
    const QStringList b = after.split(u'\n');
    qsizetype head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        ++head;
    qsizetype tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    QList<DiffLine> all;
    for (qsizetype i = 0; i < head; ++i)
        all.append({Kind::Same, a[i]});
    all.append(middle(a.sliced(head, a.size() - head - tail), b.sliced(head, b.size() - head - tail)));
    for (qsizetype i = a.size() - tail; i < a.size(); ++i)
        all.append({Kind::Same, a[i]});
    return shorten(all, context);
}

} // namespace diptych::models
