// What an upload sends: a file as it is, or several as the tar that they would make.
#pragma once

#include <QList>
#include <QString>

namespace diptych::client {

struct FilePack
{
    struct Member
    {
        QString name; ///< at most 100 bytes
        QString path;
    };
    QString file;
    QList<Member> members; ///< empty: the file alone
};

} // namespace diptych::client
