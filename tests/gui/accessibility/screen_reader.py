"""The window as a screen reader sees it: a tree of roles, names and actions, over AT-SPI."""
import functools
import subprocess
import time
import warnings

from session import Session, skip

warnings.filterwarnings("ignore", category=DeprecationWarning)
try:
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    skip("python3-gi and gir1.2-atspi-2.0 are not installed")

MOST_CHILDREN = 120
SHOWING, FOCUSABLE, FOCUSED = Atspi.StateType.SHOWING, Atspi.StateType.FOCUSABLE, Atspi.StateType.FOCUSED
SENSITIVE, CHECKED = Atspi.StateType.SENSITIVE, Atspi.StateType.CHECKED


def has(node, state):
    return node.get_state_set().contains(state)


class Node:
    """An accessible object that may go at any time: then it has no name and no children."""

    def __init__(self, raw):
        self.raw = raw

    # Each costs a message there and back: asked for when needed, and once.
    @functools.cached_property
    def role(self):
        return self.safely(self.raw.get_role_name, "")

    @functools.cached_property
    def name(self):
        return self.safely(self.raw.get_name, "")

    @functools.cached_property
    def description(self):
        return self.safely(self.raw.get_description, "")

    @staticmethod
    def safely(call, otherwise, *arguments):
        try:
            return call(*arguments)
        except GLib.Error:
            return otherwise

    def state(self, which):
        return self.safely(has, False, self.raw, which)

    def children(self):
        for index in range(min(self.safely(self.raw.get_child_count, 0), MOST_CHILDREN)):
            child = self.safely(self.raw.get_child_at_index, None, index)
            if child:
                yield Node(child)

    def walk(self):
        """Itself and all below it that can be seen."""
        yield self
        for child in self.children():
            if child.state(SHOWING) or child.role in ("application", "frame"):
                yield from child.walk()

    def actions(self):
        face = self.safely(self.raw.get_action_iface, None)
        return [face.get_action_name(i) for i in range(face.get_n_actions())] if face else []

    def act(self, action):
        face = self.raw.get_action_iface()
        names = self.actions()
        assert action in names, f"{self} has no action {action}: {names}"
        face.do_action(names.index(action))

    def text(self):
        face = self.safely(self.raw.get_text_iface, None)
        return Atspi.Text.get_text(face, 0, -1) if face else ""

    def value(self):
        return Atspi.Value.get_current_value(self.raw.get_value_iface())

    def set_value(self, value):
        Atspi.Value.set_current_value(self.raw.get_value_iface(), value)

    def focus(self):
        self.raw.get_component_iface().grab_focus()

    def __str__(self):
        return f"{self.role} “{self.name}”"


class Reader:
    def __init__(self, pid):
        Atspi.init()
        self.pid = pid
        self.app = Session.wait(self.application, 20, "the window on the accessibility bus")

    def application(self):
        for child in Node(Atspi.get_desktop(0)).children():
            if Node.safely(child.raw.get_process_id, 0) == self.pid and Node.safely(child.raw.get_child_count, 0):
                return child
        return None

    def all(self):
        return list(self.app.walk())

    def look(self, role, name):
        for node in self.app.walk():
            if node.role == role and (node.name == name or name.endswith("…") and node.name.startswith(name[:-1])):
                return node
        return None

    def find(self, role, name, seconds=10):
        return Session.wait(lambda: self.look(role, name), seconds, f"{role} “{name}”")

    def focused(self):
        # Containers call themselves focused for what is inside, an item view its current cell, a tab bar its current tab.
        others = ("frame", "application", "table cell", "page tab")
        for node in self.app.walk():
            if node.state(FOCUSED) and node.state(FOCUSABLE) and node.role not in others:
                return node
        return None

    def title(self):
        return next((child.name for child in self.app.children()), "")

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)
        time.sleep(0.12)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)
        time.sleep(0.12)
