// Other programs, run to their end. Header only.
#pragma once

#include <QDebug>
#include <QProcess>

#include <string>

namespace diptych::test {

inline QString qs(const std::string& s)
{
    return QString::fromStdString(s);
}

/// True: it ended with 0. Otherwise what it said is shown. output: all of its standard output.
inline bool runProgram(const QString& program, const QStringList& arguments, QByteArray* output = nullptr)
{
    QProcess process;
    process.start(program, arguments);
    const bool good =
        process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    const QByteArray said = process.readAllStandardOutput();
    if (output)
        *output = said;
    if (!good)
        qInfo() << program << arguments << process.readAllStandardError() << (output ? QByteArray() : said);
    return good;
}

} // namespace diptych::test
