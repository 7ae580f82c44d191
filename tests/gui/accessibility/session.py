"""A desktop of its own: session bus, X server, window manager, accessibility bus, a pretended helper and the window."""
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def skip(reason):
    print("SKIP:", reason)
    sys.exit(SKIPPED)


def own_bus():
    """Runs this program again below a session bus of its own."""
    if "--inside" in sys.argv:
        return
    for program in ("dbus-run-session", "Xvfb", "openbox", "xdotool"):
        if not shutil.which(program):
            skip(program + " is not installed")
    os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv, "--inside"])


class Session:
    def __init__(self, binaries, containers, machines):
        self.binaries = binaries
        self.home = tempfile.mkdtemp(prefix="diptych-a11y-")
        self.processes = []
        os.environ.update(
            XDG_CONFIG_HOME=self.home, XDG_RUNTIME_DIR=self.home, HOME=self.home, LC_ALL="C.UTF-8", LANGUAGE="en",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", DISPLAY=self.x_server())
        os.chmod(self.home, 0o700)
        self.run("openbox", "--sm-disable")
        # A window that is there before its manager is given no keyboard.
        self.wait(lambda: self.tool("get_desktop"), 15, "the window manager")
        self.socket = os.path.join(self.home, "helper.sock")
        self.run(os.path.join(binaries, "fake-diptychd"), "--socket", self.socket, "--state",
                 os.path.join(self.home, "state"), "--containers", str(containers), "--machines", str(machines))
        self.wait(lambda: os.path.exists(self.socket), 10, "the pretended helper")
        self.window = self.run(os.path.join(binaries, "diptych"), "--socket", self.socket, "--language", "en",
                               "--theme", "light", "--page", "overview", "--size", "1440x900")
        self.wait(self.activated, 20, "the window to have the keyboard")

    @staticmethod
    def tool(*words):
        done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=10, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    def activated(self):
        ours = self.tool("search", "--onlyvisible", "--pid", str(self.window.pid), "--name", ".").split()
        if ours and self.tool("getactivewindow") in ours:
            return True
        for window in ours[:1]:
            self.tool("windowactivate", window)
        return False

    def x_server(self):
        reading, writing = os.pipe()
        self.run("Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp",
                 pass_fds=[writing])
        os.close(writing)
        if not select.select([reading], [], [], 15)[0]:
            skip("Xvfb did not start")
        return ":" + os.read(reading, 16).decode().strip()

    def run(self, *command, **options):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    @staticmethod
    def wait(condition, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            result = condition()
            if result:
                return result
            time.sleep(0.05)
        raise AssertionError("timed out: " + what)

    def picture(self, name):
        folder = os.environ.get("DIPTYCH_SCREENSHOTS")
        if folder and shutil.which("import"):
            subprocess.run(["import", "-window", "root", os.path.join(folder, name + ".png")], check=False)

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.home, ignore_errors=True)
