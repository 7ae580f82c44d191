// Names of images as docker and podman write them, checked while typing.
#pragma once

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace diptych::models {

class ImageReference final
{
    Q_DECLARE_TR_FUNCTIONS(ImageReference)
public:
    QString registry;   ///< "quay.io", "localhost:5000"; empty: none was written, the helper's default
    QString repository; ///< "library/nginx", without registry
    QString tag;
    QString digest;

    static std::optional<ImageReference> parse(const QString& text);
    /// Why it is none, in a sentence; empty when it is one.
    static QString problem(const QString& text);
    /// What a paste of arbitrary text may be taken for: strict enough that prose is not.
    static bool looksLikeOne(const QString& text);
    [[nodiscard]] QString name() const;         ///< registry and repository
    [[nodiscard]] QString registryName() const; ///< "docker.io" where none was written
};

} // namespace diptych::models
