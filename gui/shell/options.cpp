#include "shell/options.h"

#include "client/client.h"

#include <QCommandLineParser>
#include <QDir>

#include <cstdio>

namespace diptych::shell {

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuse(const QString& text)
{
    std::fputs(qPrintable(u"diptych: "_s + text + u'\n'), stderr);
    std::exit(2);
}

std::optional<widgets::Scheme> schemeOf(const QString& word)
{
    if (word.isEmpty())
        return {};
    if (word == u"light"_s)
        return widgets::Scheme::Light;
    if (word == u"dark"_s)
        return widgets::Scheme::Dark;
    if (word != u"system"_s)
        refuse(u"--theme is light, dark or system"_s);
    return widgets::Scheme::System;
}

QSize sizeOf(const QString& text)
{
    if (text.isEmpty())
        return {};
    const QStringList sides = text.split(u'x');
    const QSize size(sides.value(0).toInt(), sides.value(1).toInt());
    if (sides.size() != 2 || size.isEmpty())
        refuse(u"--size is <width>x<height>, such as 1440x900"_s);
    return size;
}

} // namespace

Options Options::parse(const QCoreApplication& application)
{
    const QStringList pages{u"overview"_s, u"instances"_s, u"compare"_s,    u"images"_s, u"networks"_s, u"storage"_s,
                            u"cgroups"_s,  u"activity"_s,  u"namespaces"_s, u"host"_s,   u"new"_s};
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Containers and virtual machines side by side, and what walls them off."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption socket(u"socket"_s, u"Use the helper's socket at <path>."_s, u"path"_s);
    const QCommandLineOption connectTo(u"connect"_s, u"Use the helper at <address>: unix:/path or ssh:user@host."_s,
                                       u"address"_s);
    const QCommandLineOption page(u"page"_s, u"Show <name>: %1."_s.arg(pages.join(u", "_s)), u"name"_s);
    const QCommandLineOption theme(u"theme"_s, u"light, dark or system."_s, u"name"_s);
    const QCommandLineOption language(u"language"_s, u"en or zh_CN."_s, u"name"_s);
    const QCommandLineOption screenshot(u"screenshot"_s, u"Save a picture of the window to <file> and quit."_s,
                                        u"file"_s);
    const QCommandLineOption after(u"after"_s, u"Wait <ms> after the data arrived (1500)."_s, u"ms"_s, u"1500"_s);
    const QCommandLineOption size(u"size"_s, u"Make the window <width>x<height>."_s, u"size"_s);
    parser.addOptions({socket, connectTo, page, theme, language, screenshot, after, size});
    parser.process(application);

    Options options;
    options.address = parser.isSet(connectTo) ? parser.value(connectTo) : client::Client::defaultAddress();
    if (parser.isSet(socket))
        options.address = u"unix:"_s + QDir::current().absoluteFilePath(parser.value(socket));
    options.page = parser.value(page);
    if (!options.page.isEmpty() && !pages.contains(options.page))
        refuse(u"--page is one of %1"_s.arg(pages.join(u", "_s)));
    options.scheme = schemeOf(parser.value(theme));
    options.size = sizeOf(parser.value(size));
    options.language = parser.value(language);
    options.screenshot = parser.value(screenshot);
    bool isNumber = false;
    options.after = parser.value(after).toInt(&isNumber);
    if (!isNumber || options.after < 0)
        refuse(u"--after is a number of milliseconds"_s);
    return options;
}

} // namespace diptych::shell
