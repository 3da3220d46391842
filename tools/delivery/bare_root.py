"""From nothing to a first enhanced frame of one's own, in a bare Debian, as a user goes it.

    sudo python -m tools.delivery.bare_root dist/astroview-*.deb [--root DIR] [--pictures DIR]

A root by `debootstrap` holds nothing but Debian's smallest set. A `.deb` is installed there by
apt; of a `.tar.zst` its own `install.sh` is run. The window is started in the root, on an X server
outside of it, and driven by keys that it believes in: open a frame, enhance it, save the result.
Printed are the commands that were typed, the questions that were asked, and the seconds waited.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from astropy.io import fits
from PIL import Image, ImageGrab

from astroview.preflight import LIBRARIES
from tools.delivery.release import ROOT

MIRROR, SUITE = "http://deb.debian.org/debian", "bookworm"
NEEDED = ("debootstrap", "Xvfb", "xdotool", "chroot", "mount", "zstd")
SCREEN = "1280x800x24"
PATIENCE_S = 300.0
STILL_S = 6.0  # of a picture that does not change: the window has nothing more to show
IDLE_S, IDLE = 0.1, 0.05  # CPU seconds, and share of a core, of a program that only waits
HOME = Path("root")


class NotReached(Exception):
    """A step of the way did not lead where it should."""


@dataclass
class Way:
    """What was typed, and how long each step took."""

    typed: list[str] = field(default_factory=list[str])
    seconds: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        """Take the time of a step."""
        began = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - began
        print(f"  {name}: {self.seconds[name]:.1f} s", flush=True)

    def table(self) -> str:
        """Markdown."""
        lines = ["| step | seconds |", "|---|---|"]
        lines += [f"| {name} | {took:.0f} |" for name, took in self.seconds.items()]
        lines += [f"| together | {sum(self.seconds.values()):.0f} |", "", "Typed:", ""]
        return "\n".join([*lines, *(f"    {line}" for line in self.typed)])


def main() -> int:
    """Go the way and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", type=Path, help="a .deb or a .tar.zst of `make installer`")
    parser.add_argument("--root", type=Path, default=ROOT / "build" / "bare-root")
    parser.add_argument("--pictures", type=Path, help="where pictures of the window go")
    chosen = parser.parse_args()
    if missing := [tool for tool in NEEDED if shutil.which(tool) is None]:
        print(f"Not installed: {', '.join(missing)}.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, leave)
    try:
        print(gone(chosen.package, chosen.root, chosen.pictures).table())
    except (NotReached, subprocess.CalledProcessError) as problem:
        print(f"The way ends here: {problem}", file=sys.stderr)
        return 1
    return 0


def leave(number: int, _frame: object) -> None:
    """End through the context managers: what was mounted and begun ends too."""
    sys.exit(128 + number)


def gone(package: Path, root: Path, pictures: Path | None) -> Way:
    """The whole way. Raises NotReached."""
    way = Way()
    if not (root / "etc" / "debian_version").is_file():
        subprocess.run(["debootstrap", "--variant=minbase", SUITE, root, MIRROR], check=True)
    frame = frame_of_ones_own(fresh(root / HOME))
    with ExitStack() as stack:
        stack.enter_context(mounted(root))
        program = installed(package, root, way)
        display = stack.enter_context(screen())
        window = Window(display, pictures)
        running = stack.enter_context(started(root, program, display, way))
        driven(window, running, frame, way)
    return way


def fresh(home: Path) -> Path:
    """A home in which nobody was before: an earlier way's session would be brought back."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700, parents=True)
    return home


def frame_of_ones_own(home: Path) -> Path:
    """A frame that the program has never seen: stars on a sky with noise."""
    rng = np.random.default_rng(5)
    sky = rng.normal(200.0, 6.0, (240, 320))
    y, x = np.mgrid[:240, :320]
    for star_y, star_x, peak in zip(*rng.uniform(0, (240, 320, 1), (40, 3)).T, strict=True):
        sky += 900.0 * peak**2 * np.exp(-((y - star_y) ** 2 + (x - star_x) ** 2) / 5.0)
    path = home / "my_frame.fits"
    fits.writeto(path, sky.astype(np.float32), overwrite=True)
    return path


@contextmanager
def mounted(root: Path) -> Generator[None]:
    """The root with the kernel's files, as every system has them."""
    places = {"proc": root / "proc", "devpts": root / "dev" / "pts"}
    places = {kind: place for kind, place in places.items() if not os.path.ismount(place)}
    for kind, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", kind, kind, place], check=True)
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    try:
        yield
    finally:
        for place in reversed(places.values()):
            subprocess.run(["umount", "--lazy", place], check=False)


def installed(package: Path, root: Path, way: Way) -> str:
    """Install a package as its page says; the program's path in the root."""
    shutil.copy(package, root / HOME / package.name)
    quiet = "DEBIAN_FRONTEND=noninteractive"
    with way.step("the list of packages"):
        typed(root, way, "apt-get update -qq")
    if package.suffix == ".deb":
        with way.step("install"):
            typed(root, way, f"{quiet} apt-get install -y -qq ./{package.name}")
        return "/usr/bin/astroview"
    libraries = " ".join(sorted({"zstd", *LIBRARIES["xcb"].values()}))
    with way.step("what the window needs of the system"):
        typed(root, way, f"{quiet} apt-get install -y -qq {libraries}")
    with way.step("unpack and install"):
        typed(root, way, f"tar -xf {package.name}")
        typed(root, way, f"./{package.name.removesuffix('.tar.zst')}/install.sh")
    return f"/{HOME}/.local/bin/astroview"


def typed(root: Path, way: Way, line: str) -> None:
    """A line in the root's shell; with nobody there to answer questions."""
    way.typed.append(line)
    done = subprocess.run(
        ["chroot", root, "sh", "-c", f"cd /{HOME} && export HOME=/{HOME} && {line}"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotReached(f"{line}\n{(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def screen() -> Generator[str]:
    """An X server of our own; what programs call it. Its socket has no place in any root."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        display = told.readline().strip()
    try:
        if not display:
            raise NotReached("Xvfb gives no display")
        yield f":{display}"
    finally:
        ended(server)


@contextmanager
def started(root: Path, program: str, display: str, way: Way) -> Generator[subprocess.Popen[str]]:
    """The program in the root, without a locale, a desktop, or a font of the system's."""
    way.typed.append("astroview")
    bare = {"HOME": f"/{HOME}", "PATH": "/usr/bin:/bin", "DISPLAY": display}
    running = subprocess.Popen(
        [shutil.which("chroot") or "chroot", root, program], env=bare, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield running
    finally:
        ended(running)


def ended(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a process that this script began."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Window:
    """The screen, as eyes and fingers have it."""

    display: str
    pictures: Path | None

    def xdotool(self, *words: object) -> str:
        """What xdotool says; "" where it finds nothing."""
        done = subprocess.run(
            ["xdotool", *map(str, words)], env={**os.environ, "DISPLAY": self.display},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.stdout.strip()

    def named(self, words: str) -> str:
        """The first window whose name has these words, "" without one."""
        return next(iter(self.xdotool("search", "--onlyvisible", "--name", words).split()), "")

    def focus(self, words: str) -> None:
        """Give a window the keys: where no window manager runs, nobody else does."""
        self.xdotool("windowfocus", "--sync", self.named(words))

    def press(self, *keys: str) -> None:
        """Keys, one after another."""
        self.xdotool("key", "--delay", 80, *keys)

    def fill_in(self, words: str) -> None:
        """Words for a field that has the focus, in place of what it says, and Enter."""
        self.press("ctrl+a")
        self.xdotool("type", "--delay", 20, words)
        self.press("Return")

    def seen(self) -> Image.Image:
        """What is on the screen."""
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def keep(self, name: str) -> None:
        """A picture of the screen, for people to look at."""
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.seen().save(self.pictures / f"{name}.png")

    def still(self, running: subprocess.Popen[str]) -> None:
        """Wait until nothing moves any more and the program and its workers hardly compute: on a
        busy machine the picture may stand for a while although the work goes on.
        """
        last, spent, since = self.seen().tobytes(), computed(running.pid), time.monotonic()
        end = since + PATIENCE_S
        while (calm := time.monotonic() - since) < STILL_S:
            if time.monotonic() > end:
                raise NotReached("the window does not come to rest")
            time.sleep(0.25)
            now, used = self.seen().tobytes(), computed(running.pid)
            if now != last or used - spent > IDLE_S + IDLE * calm:
                last, spent, since = now, used, time.monotonic()


def computed(pid: int) -> float:
    """CPU seconds of a process and of those that it began and that are still there."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                used = process.cpu_times()
                total += used.user + used.system
    return total


def driven(window: Window, running: subprocess.Popen[str], frame: Path, way: Way) -> None:
    """Open, enhance, save, quit. Raises NotReached."""

    def until(found: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not found():
            if running.poll() is not None:
                raise NotReached(f"astroview ended: {running.stderr and running.stderr.read()}")
            if time.monotonic() > end:
                window.keep("lost")
                raise NotReached(f"waited in vain for {what}")
            time.sleep(0.1)

    saved = frame.with_name("first.fits")
    saved.unlink(missing_ok=True)
    with way.step("start"):
        until(lambda: window.named("astroview"), "the window")
    window.still(running)
    window.focus("astroview")
    window.keep("1-empty")
    with way.step("open the frame"):
        window.press("ctrl+o")
        until(lambda: window.named("Open"), "the dialog that opens")
        window.focus("Open")
        window.fill_in(f"/{HOME / frame.name}")
        until(lambda: window.named(f"{frame.stem} "), "the frame")
    window.focus(frame.stem)
    window.still(running)
    window.keep("2-opened")
    before = window.seen().tobytes()
    with way.step("enhance it"):
        window.press("ctrl+e")
        until(lambda: window.seen().tobytes() != before, "the work to begin")
        window.still(running)
    window.keep("3-enhanced")
    with way.step("save the result"):
        window.press("ctrl+s")
        until(lambda: window.named("Save"), "the dialog that saves")
        window.focus("Save")
        window.keep("4-saving")
        window.fill_in(f"/{HOME / saved.name}")
        until(saved.is_file, "the saved file")
    check(frame, saved)
    window.focus(frame.stem)
    window.press("ctrl+q")
    try:
        running.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise NotReached("the window does not close") from None


def check(frame: Path, saved: Path) -> None:
    """Raise NotReached unless the saved file is the frame, twice as fine, with its flux."""
    before = np.asarray(fits.getdata(frame), np.float64)
    after = np.asarray(fits.getdata(saved, "LUMINANCE"), np.float64)
    if after.shape != tuple(2 * n for n in before.shape):
        raise NotReached(f"the saved frame has {after.shape} pixels")
    off = abs(after.mean() / before.mean() - 1)
    if off > 1e-4:  # of samples without a unit the means are kept
        raise NotReached(f"the saved frame's flux is off by {off:.2e}")


if __name__ == "__main__":
    sys.exit(main())
