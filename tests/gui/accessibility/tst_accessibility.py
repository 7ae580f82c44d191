#!/usr/bin/python3
"""The window without eyes and without a mouse: every page over AT-SPI, then a newcomer's session by keyboard alone.

Arguments: the directory of the programs."""
import sys
import time
import traceback

from session import Session, own_bus

own_bus()

from screen_reader import CHECKED, FOCUSABLE, SENSITIVE, Reader  # noqa: E402

PAGES = {
    "Overview": [("combo box", "Width: memory"), ("push button", "New instance"),
                 ("list", "The machine and what stands on it"), ("push button", "Show all activity")],
    "Instances": [("text", "Search instances"), ("check box", "containers…"), ("check box", "virtual machines…"),
                  ("push button", "Stop"), ("push button", "More actions"), ("table", "Instances"),
                  ("page tab", "Summary"), ("page tab", "Terminal"), ("page tab", "Log")],
    "Compare": [("push button", "Swap sides"), ("push button", "Refresh evidence"), ("push button", "Export report…"),
                ("tree", "What is isolated, and how we know"), ("chart", "CPU"), ("chart", "Memory"),
                ("slider", "CPU"), ("slider", "Memory"), ("slider", "Processes")],
    "Activity": [("text", "Search the activity"), ("combo box", "All outcomes")],
}
PRESSED = {"push button": "Press", "radio button": "Toggle", "check box": "Toggle"}


def names_and_actions(reader, where):
    """Whatever takes the focus says what it is; whatever can be pressed offers it."""
    for node in reader.all():
        if node.state(FOCUSABLE) and node.state(SENSITIVE) and node.role not in ("table cell", "frame"):
            assert node.name or node.description, f"{where}: a {node.role} has no name"
        if node.role in PRESSED and node.state(FOCUSABLE) and node.state(SENSITIVE):
            actions = node.actions()
            assert PRESSED[node.role] in actions or "ShowMenu" in actions, f"{where}: {node} offers only {actions}"


def go(reader, page):
    button = reader.find("radio button", page + ("…" if page == "Instances" else ""))
    if not button.state(CHECKED):
        button.act("Toggle")
    Session.wait(lambda: reader.title().startswith(page), 20, "the page " + page)


def every_page_is_named(session, reader):
    for page, wanted in PAGES.items():
        go(reader, page)
        for role, name in wanted:
            reader.find(role, name)
        names_and_actions(reader, page)
    go(reader, "Overview")
    tile = reader.find("list item", "web · container…")
    tile.act("Press")
    Session.wait(lambda: reader.title().startswith("Instances"), 20, "the tile to open its instance")
    go(reader, "Overview")
    reader.find("push button", "New instance").act("Press")
    Session.wait(lambda: reader.title().startswith("New"), 20, "the page New instance")
    time.sleep(0.5)
    names_and_actions(reader, "New instance")
    session.picture("accessibility-new")


def tab_goes_the_way_of_the_eye(_session, reader):
    go(reader, "Overview")
    reader.find("radio button", "Overview").focus()

    def told():
        node = reader.focused()
        return f"{node.role}: {node.name}" if node else ""

    Session.wait(lambda: told() == "radio button: Overview", 20, "the focus on Overview")
    seen = []
    for _ in range(24):
        before = told()
        reader.press("Tab")
        Session.wait(lambda: told() not in ("", before), 20, f"the focus to leave {before}")
        node = reader.focused()
        seen.append(f"{node.role}: {node.name}")
        if node.role == "radio button":
            break
    order = ["combo box: Width: memory", "push button: New instance", "list: The machine", "push button: Show all activity"]
    found = [next((i for i, text in enumerate(seen) if text.startswith(wanted)), -1) for wanted in order]
    assert -1 not in found and found == sorted(found), f"Tab goes {seen}"
    assert seen[-1].startswith("radio button"), f"Tab does not come back to the navigation: {seen}"


def newcomer_by_keyboard(session, reader):
    """Makes a twin, reads Compare, types in a terminal, lowers a limit, stops and deletes. Keys only."""
    reader.press("ctrl+n")
    Session.wait(lambda: reader.title().startswith("New"), 20, "Ctrl+N")
    create = reader.find("push button", "Create and start")
    Session.wait(lambda: reader.look("push button", "Create and start").state(SENSITIVE), 10, "an image to be chosen")
    reader.press("ctrl+Return")
    Session.wait(lambda: reader.title().startswith("Compare"), 20, f"Compare after {create}")
    chosen = Session.wait(
        lambda: [n.name for n in reader.all() if n.role == "combo box" and n.name.startswith("busybox")], 10,
        "the twins in Compare")
    assert len(chosen) == 2, chosen
    session.picture("accessibility-compare")
    # The palette finds an instance and its verbs by their names.
    reader.press("ctrl+k")
    reader.find("text", "Go to, or do")
    reader.type("busybox: terminal")
    reader.press("Return")
    Session.wait(lambda: reader.title().startswith("Instances"), 20, "the palette to open the terminal")
    view = reader.find("terminal", "Terminal")
    Session.wait(lambda: reader.focused() and reader.focused().role == "terminal", 20, "the focus in the terminal")
    reader.type("hello")
    Session.wait(lambda: "hello" in view.text(), 10, "the terminal's text to be read")
    reader.press("ctrl+Tab")
    Session.wait(lambda: reader.focused() and reader.focused().role != "terminal", 20, "Ctrl+Tab to leave the terminal")
    # A limit by arrow keys.
    reader.press("ctrl+k")
    reader.type("busybox: limits")
    reader.press("Return")
    slider = reader.find("slider", "CPU")
    slider.focus()
    before = slider.value()
    reader.press("Left", "Left", "Left")
    Session.wait(lambda: slider.value() < before, 20, "the slider to obey the arrow keys")
    go(reader, "Activity")
    Session.wait(lambda: any("limits changed" in n.name for n in reader.all()), 10, "the change in the activity")
    for verb, said in (("stop", "stopped"), ("delete", "deleted")):
        reader.press("ctrl+k")
        reader.find("text", "Go to, or do")
        reader.type("busybox: " + verb)
        reader.press("Return")
        if verb == "delete":
            names_and_actions(reader, "the question before deleting")
            session.picture("accessibility-delete")
            button = reader.find("push button", "Delete…")
            button.focus()
            reader.press("space")
        Session.wait(lambda: any(n.name.startswith(said) for n in reader.all()), 15, f"“{said}” in the activity")


def keys_are_listed(session, reader):
    reader.press("F1")
    reader.find("tree", "Keyboard shortcuts")
    names_and_actions(reader, "Keyboard shortcuts")
    session.picture("accessibility-keys")
    reader.press("Escape")
    reader.press("ctrl+comma")
    reader.find("push button", "Close")
    names_and_actions(reader, "Settings")
    reader.press("Escape")


def main():
    session = Session(next(a for a in sys.argv[1:] if not a.startswith("--")), containers=4, machines=3)
    failures = 0
    try:
        reader = Reader(session.window.pid)
        Session.wait(lambda: reader.look("radio button", "Instances…"), 15, "the window's data")
        for test in (every_page_is_named, tab_goes_the_way_of_the_eye, keys_are_listed, newcomer_by_keyboard):
            begin = time.monotonic()
            try:
                test(session, reader)
                print(f"PASS   : {test.__name__} ({time.monotonic() - begin:.1f} s)", flush=True)
            except AssertionError:
                failures += 1
                session.picture("accessibility-failed-" + test.__name__)
                print(f"FAIL!  : {test.__name__}", flush=True)
                traceback.print_exc()
                reader.press("Escape")
    finally:
        session.close()
    sys.exit(1 if failures else 0)


main()
