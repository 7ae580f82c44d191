// The terminal without a program in it: bytes in, bytes out, and never long in the way of the window.
#include "widgets/terminal.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

#include <ctime>

using namespace diptych::widgets;

namespace {

QByteArray sent(QSignalSpy& typed)
{
    QByteArray all;
    for (const QList<QVariant>& arguments : typed)
        all += arguments.front().toByteArray();
    typed.clear();
    return all;
}

qint64 threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT

    std::unique_ptr<TerminalView> view;
    std::unique_ptr<QSignalSpy> typed;

    void wait()
    {
        while (view->backlog() > 0)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    QPoint cell(int column, int row) const
    {
        // The cursor's rectangle tells where the grid lies.
        const QRectF at = static_cast<const QWidget*>(view.get())->inputMethodQuery(Qt::ImCursorRectangle).toRectF();
        return {int(8 + (column + 0.25) * at.width()), int(8 + (row + 0.5) * at.height())};
    }

private slots:
    void initTestCase() { Theme::instance().setScheme(Scheme::Light); }
    void init()
    {
        view = std::make_unique<TerminalView>();
        view->resize(view->sizeHint());
        view->show();
        QCoreApplication::processEvents();
        typed = std::make_unique<QSignalSpy>(view.get(), &TerminalView::typed);
    }

    void showsText()
    {
        view->feed("hello\r\n\x1b[1;31mred\x1b[0m \x1b[48;2;10;20;30mtrue\x1b[0m\r\n");
        QCOMPARE(view->screenText(), QStringLiteral("hello\nred true"));
    }

    void showsWideAndCombined()
    {
        view->feed(QStringLiteral("容器 и e\u0301x").toUtf8());
        QCOMPARE(view->screenText(), QStringLiteral("容器 и e\u0301x"));
        // Split in the middle of a character.
        const QByteArray bytes = QStringLiteral("\r\n虚拟机").toUtf8();
        for (char byte : bytes)
            view->feed(QByteArray(1, byte));
        QVERIFY(view->screenText().endsWith(QStringLiteral("虚拟机")));
        QImage image(view->size(), QImage::Format_RGB32);
        view->render(&image);
    }

    void keysBecomeBytes_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("enter") << int(Qt::Key_Return) << 0 << QByteArray("\r");
        QTest::newRow("shift enter") << int(Qt::Key_Return) << int(Qt::ShiftModifier) << QByteArray("\r");
        QTest::newRow("backspace") << int(Qt::Key_Backspace) << 0 << QByteArray("\x7f");
        QTest::newRow("tab") << int(Qt::Key_Tab) << 0 << QByteArray("\t");
        QTest::newRow("backtab") << int(Qt::Key_Backtab) << int(Qt::ShiftModifier) << QByteArray("\x1b[Z");
        QTest::newRow("up") << int(Qt::Key_Up) << 0 << QByteArray("\x1b[A");
        QTest::newRow("ctrl right") << int(Qt::Key_Right) << int(Qt::ControlModifier) << QByteArray("\x1b[1;5C");
        QTest::newRow("delete") << int(Qt::Key_Delete) << 0 << QByteArray("\x1b[3~");
        QTest::newRow("F1") << int(Qt::Key_F1) << 0 << QByteArray("\x1bOP");
        QTest::newRow("F5") << int(Qt::Key_F5) << 0 << QByteArray("\x1b[15~");
        QTest::newRow("ctrl c") << int(Qt::Key_C) << int(Qt::ControlModifier) << QByteArray("\x03");
        QTest::newRow("ctrl i") << int(Qt::Key_I) << int(Qt::ControlModifier) << QByteArray("\t");
        QTest::newRow("ctrl [") << int(Qt::Key_BracketLeft) << int(Qt::ControlModifier) << QByteArray("\x1b");
        QTest::newRow("ctrl space") << int(Qt::Key_Space) << int(Qt::ControlModifier) << QByteArray(1, '\0');
        QTest::newRow("alt b") << int(Qt::Key_B) << int(Qt::AltModifier)
                               << QByteArray("\x1b"
                                             "b");
        QTest::newRow("escape") << int(Qt::Key_Escape) << 0 << QByteArray("\x1b");
        QTest::newRow("keypad 5") << int(Qt::Key_5) << int(Qt::KeypadModifier) << QByteArray("5");
    }
    void keysBecomeBytes()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QByteArray, bytes);
        QTest::keyClick(view.get(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(sent(*typed), bytes);
    }

    void typesTextAndInputMethods()
    {
        QTest::keyClicks(view.get(), QStringLiteral("ls -A"));
        QCOMPARE(sent(*typed), QByteArray("ls -A"));
        QInputMethodEvent event;
        event.setCommitString(QStringLiteral("容器"));
        QApplication::sendEvent(view.get(), &event);
        QCOMPARE(sent(*typed), QStringLiteral("容器").toUtf8());
    }

    void readOnlyTypesNothing()
    {
        view->setReadOnly(true, QStringLiteral("stopped"));
        QTest::keyClicks(view.get(), QStringLiteral("rm"));
        view->feed("\x1b[c"); // asks who we are
        QApplication::clipboard()->setText(QStringLiteral("x"));
        view->paste();
        QCOMPARE(sent(*typed), QByteArray());
    }

    void pastesSafely()
    {
        QApplication::clipboard()->setText(QStringLiteral("a\nb\x1b[201~c\x03"));
        view->paste();
        QCOMPARE(sent(*typed), QByteArray("a\rb[201~c"));
        view->feed("\x1b[?2004h");
        view->paste();
        QCOMPARE(sent(*typed), QByteArray("\x1b[200~a\rb[201~c\x1b[201~"));
    }

    void selectsAndCopies()
    {
        view->feed("first line\r\nsecond /usr/bin/env word\r\nthird\r\n");
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cell(10, 1));
        QCOMPARE(view->selectedText(), QStringLiteral("/usr/bin/env"));
        view->copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/usr/bin/env"));
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, cell(10, 1)); // the third of three
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, cell(10, 1));
        QCOMPARE(view->selectedText(), QStringLiteral("second /usr/bin/env word"));
        view->selectAll();
        QVERIFY(view->selectedText().startsWith(QStringLiteral("first line\nsecond")));
    }

    void selectionStaysOnItsText()
    {
        view->feed("keep me\r\n");
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cell(1, 0));
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, cell(1, 0));
        QCOMPARE(view->selectedText(), QStringLiteral("keep"));
        view->feed(QByteArray("x\r\n").repeated(100));
        QCOMPARE(view->selectedText(), QStringLiteral("keep"));
    }

    void scrollbackIsBounded()
    {
        QByteArray lines;
        for (int i = 0; i < 12'000; ++i)
            lines += "line " + QByteArray::number(i) + "\r\n";
        view->feed(lines);
        wait();
        QCOMPARE(view->scrollbackLines(), TerminalView::scrollbackLimit);
        QTRY_COMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
        QTest::keyClick(view.get(), Qt::Key_PageUp, Qt::ShiftModifier);
        QVERIFY(view->verticalScrollBar()->value() < view->verticalScrollBar()->maximum());
        QCOMPARE(sent(*typed), QByteArray());
        QTest::keyClick(view.get(), Qt::Key_A);
        QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
    }

    void alternateScreenLeavesNoTrace()
    {
        view->feed("before\r\n\x1b[?1049h\x1b[2Jeditor" + QByteArray("\r\n~").repeated(60));
        QCOMPARE(view->scrollbackLines(), 0);
        view->feed("\x1b[?1049l");
        QCOMPARE(view->screenText(), QStringLiteral("before"));
    }

    void reportsTheMouse()
    {
        view->feed("\x1b[?1000h\x1b[?1006h");
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell(4, 2));
        QCOMPARE(sent(*typed), QByteArray("\x1b[<0;5;3M\x1b[<0;5;3m"));
    }

    void tellsSizeAndTitle()
    {
        QSignalSpy resized(view.get(), &TerminalView::resized);
        QSignalSpy title(view.get(), &TerminalView::titleChanged);
        view->resize(view->width() + 200, view->height() + 60);
        QTRY_VERIFY(!resized.isEmpty());
        QCOMPARE(resized.back().at(0).toInt(), view->columns());
        view->feed("\x1b]0;root@shop: /\x07");
        QCOMPARE(title.back().front().toString(), QStringLiteral("root@shop: /"));
        view->feed("\x1b[?25l\x1b[5 q\x07");
        view->resize(10, 10);
        view->feed("still here");
    }

    void resizeKeepsLines()
    {
        for (int i = 0; i < 30; ++i)
            view->feed("row " + QByteArray::number(i) + "\r\n");
        const QSize before = view->size();
        view->resize(before.width(), before.height() / 2);
        QCoreApplication::processEvents();
        view->resize(before);
        QCoreApplication::processEvents();
        view->selectAll();
        const QString all = view->selectedText();
        for (int i = 0; i < 30; ++i)
            QCOMPARE(all.count(QStringLiteral("row %1\n").arg(i)), 1);
    }

    void floodDoesNotBlock()
    {
        QByteArray flood;
        for (int i = 0; flood.size() < 10 << 20; ++i)
            flood += "\x1b[3" + QByteArray::number(i % 8) + "mline " + QByteArray::number(i) +
                     " of a long output that somebody typed cat for\r\n";
        // The machine may be busy with other things: count this thread's own time between two turns of the loop.
        qint64 worst = 0;
        qint64 before = threadMilliseconds();
        QTimer tick;
        connect(&tick, &QTimer::timeout, this, [&] {
            const qint64 now = threadMilliseconds();
            worst = std::max(worst, now - before);
            before = now;
        });
        tick.start(0);
        QElapsedTimer total;
        total.start();
        view->feed(flood);
        while (view->backlog() > 0) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            QVERIFY(total.elapsed() < 60'000);
        }
        qInfo("10 MiB in %lld ms, longest pause %lld ms", total.elapsed(), worst);
        QVERIFY2(worst < 50, qPrintable(QString::number(worst)));
    }

    void isLeftByControlTab()
    {
        QWidget window;
        auto* box = new QVBoxLayout(&window);
        auto* before = new QLineEdit(&window);
        auto* inside = new TerminalView(&window);
        auto* after = new QLineEdit(&window);
        for (QWidget* part : std::initializer_list<QWidget*>{before, inside, after})
            box->addWidget(part);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        inside->setFocus();
        QTest::keyClick(inside, Qt::Key_Tab);
        QVERIFY(inside->hasFocus()); // Tab is the shell's
        QTest::keyClick(inside, Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(after->hasFocus());
        inside->setFocus();
        QTest::keyClick(inside, Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(before->hasFocus());
    }

    void findsInScrollback()
    {
        for (int i = 0; i < 200; ++i)
            view->feed("needle-" + QByteArray::number(i) + " in 容器 hay\r\n");
        wait();
        using Search = TerminalView::Search;
        QVERIFY(view->find(QStringLiteral("Needle-15"), Search::Here)); // the newest: 159
        QVERIFY(view->verticalScrollBar()->value() < view->verticalScrollBar()->maximum());
        QCOMPARE(view->selectedText(), QStringLiteral("needle-15"));
        view->copy();
        QVERIFY(view->find(QStringLiteral("needle-15 "), Search::Older));
        QVERIFY(view->find(QStringLiteral("needle-15 "), Search::Older)); // once around, the same
        QCOMPARE(view->selectedText().trimmed(), QStringLiteral("needle-15"));
        QVERIFY(view->find(QStringLiteral("needle-16"), Search::Newer));
        QVERIFY(view->find(QStringLiteral("器 hay"), Search::Older)); // after wide characters
        QCOMPARE(view->selectedText(), QStringLiteral("器 hay"));
        QVERIFY(!view->find(QStringLiteral("straw"), Search::Older));
    }

    void searchLineKeepsItsKeys()
    {
        view->feed("alpha\r\nbeta\r\n");
        typed->clear();
        QTest::keyClick(view.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto* line = view->findChild<QLineEdit*>();
        QVERIFY(line && line->isVisible());
        QVERIFY(!line->accessibleName().isEmpty());
        QTest::keyClicks(line, QStringLiteral("alp"));
        QCOMPARE(view->selectedText(), QStringLiteral("alp"));
        QTest::keyClick(line, Qt::Key_Return);
        QTest::keyClick(line, Qt::Key_F5);
        QCOMPARE(sent(*typed), QByteArray()); // nothing of it reached the shell
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(!line->isVisible());
    }

    void isReadByScreenReaders()
    {
        view->feed("one\r\ntwo 容器\r\n$ ");
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(view.get());
        QVERIFY(face);
        QCOMPARE(face->role(), QAccessible::Terminal);
        QAccessibleTextInterface* text = face->textInterface();
        QVERIFY(text);
        QCOMPARE(text->text(0, text->characterCount()), QStringLiteral("one\ntwo 容器\n$ "));
        QCOMPARE(text->cursorPosition(), int(QStringLiteral("one\ntwo 容器\n$ ").size()));
        text->setSelection(0, 4, 10);
        QCOMPARE(view->selectedText(), QStringLiteral("two 容器"));
        int start = 0;
        int end = 0;
        text->selection(0, &start, &end);
        QCOMPARE(start, 4);
        QCOMPARE(end, 10);
        const QRect wide = text->characterRect(8);
        QCOMPARE(text->offsetAtPoint(wide.center()), 8);
        QCOMPARE(text->offsetAtPoint(view->mapToGlobal(QPoint(-5, -5))), -1);
    }

    // A program inside may be hostile: it must neither write nor read the clipboard, and a link shows as its words.
    void leavesTheClipboardAlone()
    {
        QApplication::clipboard()->setText(QStringLiteral("mine"));
        typed->clear();
        view->feed("\x1b]52;c;c3RvbGVu\x07\x1b]52;p;c3RvbGVu\x1b\\\x1b]52;c;?\x07");
        view->feed("\x1b]8;;http://example.invalid/\x07words\x1b]8;;\x07 after");
        wait();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
        QCOMPARE(sent(*typed), QByteArray());
        QCOMPARE(view->screenText(), QStringLiteral("words after"));
    }

    void survivesNonsense()
    {
        QByteArray noise(300'000, Qt::Uninitialized);
        quint32 seed = 7;
        for (char& byte : noise) {
            seed = seed * 1664525 + 1013904223;
            byte = char(seed >> 24);
        }
        view->feed(noise);
        view->hide(); // no font knows what would be painted now
        wait();
        view->feed("\x1b[999999999;999999999H\x1b[99999L\x1b]0;" + QByteArray(100'000, 'x') +
                   "\x07\x1b"
                   "c");
        wait();
        view->reset();
        QCOMPARE(view->screenText(), QString());
        QVERIFY(view->title().isEmpty());
    }
};

QTEST_MAIN(TestTerminal)
#include "tst_terminal.moc"
