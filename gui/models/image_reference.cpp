#include "models/image_reference.h"

#include <QRegularExpression>

namespace diptych::models {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression& tagPattern()
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"_s);
    return pattern;
}

const QRegularExpression& digestPattern()
{
    static const QRegularExpression pattern(u"^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$"_s);
    return pattern;
}

const QRegularExpression& repositoryPattern()
{
    static const QRegularExpression pattern(
        u"^[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$"_s);
    return pattern;
}

const QRegularExpression& registryPattern()
{
    static const QRegularExpression pattern(u"^([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+\\])(:[0-9]{1,5})?$"_s);
    return pattern;
}

bool isRegistry(const QString& first)
{
    return first.contains(u'.') || first.contains(u':') || first == u"localhost"_s;
}

ImageReference split(const QString& text)
{
    ImageReference result;
    QString rest = text;
    if (const qsizetype at = rest.indexOf(u'@'); at >= 0) {
        result.digest = rest.mid(at + 1);
        rest.truncate(at);
    }
    if (const qsizetype colon = rest.lastIndexOf(u':'); colon > rest.lastIndexOf(u'/')) {
        result.tag = rest.mid(colon + 1);
        rest.truncate(colon);
    }
    const qsizetype slash = rest.indexOf(u'/');
    if (slash > 0 && isRegistry(rest.left(slash))) {
        result.registry = rest.left(slash);
        rest.remove(0, slash + 1);
    }
    result.repository = rest;
    return result;
}

} // namespace

QString ImageReference::problem(const QString& text)
{
    if (text.isEmpty())
        return tr("A name is needed, like nginx:1.27 or quay.io/x/y.");
    if (text.contains(u"://"_s))
        return tr("Leave %1 out: a name begins with the registry or the repository.")
            .arg(text.left(text.indexOf(u"://"_s) + 3));
    const ImageReference parts = split(text);
    if (!parts.registry.isEmpty() && !registryPattern().match(parts.registry).hasMatch())
        return tr("“%1” is no registry: write host or host:port.").arg(parts.registry);
    if (parts.repository.toLower() != parts.repository)
        return tr("The repository's name has small letters only; only the tag may have capitals.");
    if (!repositoryPattern().match(parts.repository).hasMatch())
        return tr("“%1” is no repository: small letters, digits and single - _ . between them, parts divided by /.")
            .arg(parts.repository);
    if (text.contains(u'@') && !digestPattern().match(parts.digest).hasMatch())
        return tr("After @ a whole digest is needed: sha256: and 64 digits.");
    if (text.section(u'@', 0, 0).endsWith(u':') || (!parts.tag.isEmpty() && !tagPattern().match(parts.tag).hasMatch()))
        return tr("“%1” is no tag: letters, digits and _ . -, at most 128.").arg(parts.tag);
    return {};
}

std::optional<ImageReference> ImageReference::parse(const QString& text)
{
    if (!problem(text).isEmpty())
        return {};
    return split(text);
}

bool ImageReference::looksLikeOne(const QString& text)
{
    return text.size() <= 512 && problem(text).isEmpty() &&
           (text.contains(u':') || text.contains(u'/') || text.contains(u'@') || text.size() <= 40);
}

QString ImageReference::name() const
{
    return registry.isEmpty() ? repository : registry + u'/' + repository;
}

QString ImageReference::registryName() const
{
    return registry.isEmpty() ? u"docker.io"_s : registry;
}

} // namespace diptych::models
