"""The program on an X server, with a mouse and keys that the server believes in (xdotool)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waiting
from x_server import x_server

from tools.delivery.bare_root import ended

TOOLS = ("Xvfb", "xdotool")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.slow,
    pytest.mark.fresh_start,
]


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on an X server of our own."""
    with x_server() as environment:
        yield {**environment, "QT_QPA_PLATFORM": "xcb"}


@pytest.fixture
def program(
    screen: dict[str, str], tiny_frame: Path, samples: Path, tmp_path: Path
) -> Iterator[Callable[..., str]]:
    """The program with two frames open; a function that runs xdotool."""
    words = tmp_path / "stderr"
    with words.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "astroview", str(tiny_frame), str(samples / "deep_field.fits")],
            env=screen,
            stderr=out,
        )

    def xdotool(*words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=screen, capture_output=True, text=True, timeout=60
        )
        return done.stdout.strip()

    def window() -> str:
        if running.poll() is not None:
            told = words.read_text()
            if "xcb" in told:
                pytest.skip("Qt's xcb plugin lacks a library here")
            pytest.fail(told)
        return xdotool("search", "--name", "tiny – astroview")

    waiting.until(window, "the window")
    yield xdotool
    ended(running)


def test_mouse_and_keys(program: Callable[..., str]) -> None:
    """Zoom by wheel, next frame by Tab, a command by its letters, a drag; then close it."""

    def title() -> str:
        found = program("search", "--name", "– astroview")
        names = [program("getwindowname", one) for one in found.split()]
        return next((name for name in names if name.endswith("– astroview")), "")

    one = program("search", "--name", "tiny – astroview").split()[0]
    geometry = program("getwindowgeometry", one)
    width, height = map(int, re.findall(r"Geometry: (\d+)x(\d+)", geometry)[0])
    program("windowfocus", one)
    program("mousemove", "--window", one, width // 2, height // 2)
    for _ in range(3):
        program("click", 4)  # the wheel, upwards
    program("mousedown", 1)
    program("mousemove_relative", 60, 40)
    program("mouseup", 1)

    def reached(key: str, name: str) -> bool:
        """Press once more where a slow machine had not opened the other frame yet."""
        if not title().startswith(name):
            program("key", key)
            time.sleep(0.5)
        return title().startswith(name)

    waiting.until(lambda: reached("Tab", "deep_field"), "the next frame by Tab")
    waiting.until(lambda: reached("shift+Tab", "tiny"), "the frame before by Shift+Tab")
    program("key", "ctrl+k")
    time.sleep(1)
    program("type", "--delay", "60", "next frame")
    program("key", "Return")
    waiting.until(lambda: title().startswith("deep_field"), "the next frame by the palette")
    program("key", "ctrl+q")
    waiting.until(lambda: not title(), "the window to close")
